"""README.md and docs/ say what the code does."""

import json
import re
import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules

import pytest
from token_factory import access_token

from notion_lsp import commands, languages, settings, stores
from notion_lsp.check import reports
from notion_lsp.detect import kinds
from notion_lsp.ignore import scanners
from notion_lsp.ignore.comments import FILE_LINES
from notion_lsp.ignore.review import review
from notion_lsp.lookup import fill
from notion_lsp.refused import Refused

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
COMMAND, EDITORS, IGNORING, LANGUAGES, SECURITY, SETTINGS, STORES, TOKENS = (
    (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    for page in (
        *("command", "editors", "ignoring", "languages"),
        *("security", "settings", "stores", "tokens"),
    )
)
EDITOR_PAGES = sorted(page.stem for page in (ROOT / "docs" / "editors").glob("*.md"))
GITHUB = "https://github.com/notion-lsp/notion-lsp"
EXTENSION = ROOT / "vscode-extension"
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
        EXTENSION / "README.md",
        EXTENSION / "guide/leaked.md",
    ]
)


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def section(document: str, heading: str) -> str:
    body = document.split(f"\n## {heading}\n")[1]
    return body.partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """Return the cells of the first table of a text, its head left out."""
    first = re.split(r"(?m)^(?=\|)", text, maxsplit=1)[1].partition("\n\n")[0]
    lines = re.findall(r"(?m)^\| (.*) \|$", first)
    return [re.split(r" (?<!\\)\| ", line) for line in lines[2:]]


def anchors(document: str) -> set[str]:
    headings = re.findall(r"(?m)^#+ (.*)$", document)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    "command", [found.name.replace("_", "-") for found in iter_modules(commands.__path__)]
)
def test_each_option_of_a_command_is_in_the_table(command: str) -> None:
    asked = [sys.executable, "-m", "notion_lsp", command, "--help"]
    shown = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    documented = " ".join(
        cell for row in rows(COMMAND) if f"notion-lsp {command}" in row[0] for cell in row
    )
    options = set(re.findall(r"(?<=\s)--[a-z-]+", shown)) - {"--help"}
    assert options <= set(re.findall(r"--[a-z-]+", documented))


def test_each_output_format_is_in_the_table() -> None:
    (formats,) = (row[1] for row in rows(COMMAND) if "check --output-format" in row[0])
    assert sorted(re.findall(r"`([\w-]+)`", formats)) == sorted(reports.formats())


def test_each_store_has_its_row() -> None:
    found = [[f"`{store.id}`", store.title] for store in stores.stores().values()]
    assert sorted(rows(STORES)) == sorted(found)


def test_each_page_on_an_editor_has_its_row() -> None:
    linked = re.findall(r"\(editors/(\w+)\.md\)", str(rows(EDITORS)))
    assert sorted(linked) == EDITOR_PAGES


def test_the_readme_links_each_page_on_an_editor() -> None:
    assert sorted(re.findall(r"\(docs/editors/(\w+)\.md\)", README)) == EDITOR_PAGES


def test_the_readme_shows_what_the_command_prints(tmp_path: Path) -> None:
    (sample,) = re.findall(r"(?s)```console\n\$ notion-lsp check\n(.*?)```", README)
    leak = tmp_path / "src" / "report.py"
    leak.parent.mkdir()
    leak.write_text(f'\n\n\n\nnotion = Client(auth="{access_token(77)}")\n')
    command = [sys.executable, "-m", "notion_lsp", "check"]
    shown = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert (shown.returncode, shown.stdout) == (1, sample)


def test_each_setting_has_its_row() -> None:
    assert rows(SETTINGS) == [
        [
            f"`{settings.camel_case(name)}`",
            f"`{name.replace('_', '-')}`",
            option.accepted.expects,
            f"`{json.dumps(getattr(settings.Settings(), name))}`",
            option.about,
        ]
        for name, option in settings.options().items()
    ]


def test_the_example_of_a_settings_file_is_right() -> None:
    (example,) = re.findall(r"(?s)```toml\n(.*?)```", SETTINGS)
    chosen, problems = settings.parse_project(example, None, settings.Settings())
    assert not problems
    assert chosen != settings.Settings()


def test_each_token_kind_has_its_row() -> None:
    assert [row[:2] for row in rows(TOKENS)] == [
        [f"[`{kind.id}`](#{kind.id})", kind.title] for kind in kinds.TOKEN_KINDS
    ]


@pytest.mark.parametrize("kind", kinds.TOKEN_KINDS, ids=lambda kind: kind.id)
def test_a_diagnostic_links_to_a_section_of_the_documentation(kind: kinds.TokenKind) -> None:
    assert kind.documentation.endswith(f"/docs/tokens.md#{kind.id}")
    assert kind.id in anchors(TOKENS)


def test_each_language_has_its_row() -> None:
    documented = dict(rows(LANGUAGES))
    assert documented.keys() == {language.title for language in languages.languages()}


@pytest.mark.parametrize("language", languages.languages(), ids=lambda language: language.id)
def test_a_languages_row_shows_its_lookup(language: languages.Language) -> None:
    result = dict(rows(LANGUAGES))[language.title]
    lookup = language.environment
    values = {"name": "NOTION_TOKEN", "dashed": "notion-token"}
    if language.parts and isinstance(lookup, Refused):
        # The languages of its parts have rows of their own.
        assert result.startswith("what ")
        return
    if isinstance(lookup, Refused):
        assert result == f"Not rewritten. {fill(lookup.reason, values)}"
        return
    expression = lookup.written(values).expression
    names = [requirement.name for requirement in lookup.requirements]
    names += [lookup.definition.name] if lookup.definition else []
    for name in names:
        expression = expression.replace(f"{{{name}}}", name)
    expression = expression.replace("{LOWER}", "notion_token")
    shown = f"`{expression}`" if expression else "nothing: the value is left empty"
    # What is special of some places may follow.
    assert re.fullmatch(rf"{re.escape(shown)}(?:[;,]? .+)?", result)


@pytest.mark.parametrize(
    ("comment", "where"), [(row[0], row[2]) for row in rows(section(IGNORING, "A line or a file"))]
)
def test_a_comment_ignores_where_the_table_says(comment: str, where: str) -> None:
    line = f"# {comment.strip('`')}\n"
    leak = f'x = "{access_token(1)}"'
    below = "\n" * FILE_LINES
    places = {
        "on the line": f"{below}{leak}  {line}",
        "on the line before": f"{below}{line}{leak}",
        "in the first 10 lines, for the whole file": f"{leak}\n\n{line}",
        "before the token, until `secretlint-enable`": f"{below}{line}\n{leak}",
    }
    silent = {place for place, text in places.items() if not review(text).findings}
    assert silent - {"on the line before"} == set(where.split(", or ")) - {"on the line before"}
    assert ("on the line before" in silent) == ("before" in where)


def test_each_file_of_another_scanner_has_its_row() -> None:
    documented = " ".join(row[0] for row in rows(section(IGNORING, "Other scanners' files")))
    assert re.findall(r"`(.+?)`", documented) == list(scanners.FILES)


def test_each_promise_names_tests_that_there_are() -> None:
    promises = re.findall(r"(?m)^\| (?!Promise|---)(.*) \| (.*) \|$", SECURITY)
    named = [(promise, re.findall(r"`([\w/.]+)::(\w+)`", tests)) for promise, tests in promises]
    assert named
    assert [promise for promise, tests in named if not tests] == []
    assert [
        f"{path}::{name}"
        for _, tests in named
        for path, name in tests
        if not re.search(rf"(?m)^(?:async )?def {name}\(", (ROOT / path).read_text("utf-8"))
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_a_link_to_a_file_of_the_repository_leads_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    links = re.findall(r"\]\((?!\w+:)([^)#]*)(?:#([^)]+))?\)", text)
    for path, anchor in links:
        target = document.parent / path if path else document
        assert target.exists(), path
        assert not anchor or anchor in anchors(target.read_text("utf-8")), anchor


@pytest.mark.parametrize("document", DOCUMENTS, ids=relative)
def test_a_link_to_the_repository_on_github_leads_somewhere(document: Path) -> None:
    links = re.findall(rf"{GITHUB}/blob/\w+/([^)#\s]*)(?:#([^)\s]+))?", document.read_text("utf-8"))
    for path, anchor in links:
        target = ROOT / path
        assert target.exists(), path
        assert not anchor or anchor in anchors(target.read_text("utf-8")), anchor
