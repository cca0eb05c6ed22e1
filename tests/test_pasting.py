"""What is pasted instead of a token: the text that the rewrite of the pasted token would leave."""

from __future__ import annotations

import itertools
from datetime import date
from typing import TYPE_CHECKING

import pytest
import test_fixtures
from token_factory import access_token, integration_token, refresh_token

from notion_lsp.assists import MOVE
from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import fingerprint
from notion_lsp.ignore.ignore_file import IGNORE_FILE
from notion_lsp.pasting import LOOKUP, pastes
from notion_lsp.project.project import load_project
from notion_lsp.project.sources import NotebookCell
from notion_lsp.project.texts import AS_SAVED
from notion_lsp.project.variables import UsualNames
from notion_lsp.rewrite.notebook_cells import Cell
from notion_lsp.subject import Subject
from notion_lsp.text import Span, apply_edits

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.pasting import Paste

TOKEN = access_token(1)
TODAY = date(2026, 1, 1)
READ = 'os.environ["NOTION_TOKEN"]'
IMPORTED = "import os\n\n"
AS_IT_IS = {
    # A text that a person alone reads.
    *("dotenv/commented.env", "ini/crlf.cfg", "ini/one_line.conf", "powershell/shebang_alone.ps1"),
    "toml/crlf.toml",
    # What is written in place of the token stands elsewhere, and here is nothing left to paste.
    *("go/constant_after_iota.go", "go/constant_grouped.go", "go/constant_grouped_last.go"),
    *("go/constant_local_grouped.go", "go/constant_grouped_below_an_odd_comment.go"),
    *("rust/default_of_clap.rs", "gitlab-ci/included.yml", "gitlab-ci/stages_alone.yml"),
    # Code for the browser, where the file's name does not say otherwise.
    *("javascript/helper_after_use_client.js", "tsx/helper_after_use_client.tsx"),
}


def subject_of(
    text: str, path: Path | None, language: str | None = None, cell: NotebookCell | None = None
) -> Subject:
    return Subject(
        text=text,
        path=path,
        project=load_project(path.parent if path else None),
        findings=find_tokens(text),
        name="a",
        language_id=language,
        cell=cell,
        newer=AS_SAVED,
        took_place={},
        usual_names=UsualNames(),
    )


def offered(subject: Subject, at: Span, pasted: str) -> tuple[Paste, ...]:
    return pastes(subject, at, pasted, subject.project.ignored(subject.path, TODAY))


def result(text: str, paste: Paste) -> str:
    return apply_edits(text, paste.change.edits)


def after(folder: Path, marked: str, pasted: str = TOKEN, name: str = "a.py") -> str | None:
    """Return what a paste makes of a text, in which bars stand at the cursor or the selection."""
    before, *selected, behind = marked.split("|")
    text = "".join([before, *selected, behind])
    at = Span(len(before), len(text) - len(behind))
    found = offered(subject_of(text, folder / name), at, pasted)
    return result(text, found[0]) if found else None


def one_token() -> list[Path]:
    """Return the fixtures of one plain token, in languages that an editor has an id for."""
    return [
        path
        for path in test_fixtures.sources()
        if test_fixtures.result_file(path).exists()
        and (language := test_fixtures.language_of_folder(path))
        and language.recognition.editor_ids
        and len(marks := test_fixtures.unmarked(path.read_bytes().decode())[1]) == 1
        and len(marks[0].spans) == 1
    ]


@pytest.mark.parametrize("path", one_token(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_paste_leaves_what_the_rewrite_would(path: Path) -> None:
    source, (mark,) = test_fixtures.unmarked(path.read_bytes().decode())
    language = test_fixtures.language_of_folder(path)
    assert language
    (span,) = mark.spans
    text, at = source[: span.start] + source[span.end :], Span(span.start, span.start)
    subject = subject_of(text, None, language.recognition.editor_ids[0])
    rewritten = test_fixtures.result_file(path).read_bytes().decode()
    found = offered(subject, at, span.of(source))
    expected = [] if f"{path.parent.name}/{path.name}" in AS_IT_IS else [rewritten]
    assert [result(text, each) for each in found] == expected


@pytest.mark.parametrize(
    ("marked", "pasted", "expected"),
    [
        ('x = f("|")\n', TOKEN, f"{IMPORTED}x = f({READ})\n"),
        ("x = f(|)\n", TOKEN, f"{IMPORTED}x = f({READ})\n"),
        ("x = f(|)\n", f'"{TOKEN}"', f"{IMPORTED}x = f({READ})\n"),
        ("x = f(|)\n", f"`{TOKEN}`", f"{IMPORTED}x = f({READ})\n"),
        ('x = f("|")\n', f"'{TOKEN}'", f"{IMPORTED}x = f({READ})\n"),
        ('x = f("|")\n', f"  {TOKEN}\n", f"{IMPORTED}x = f({READ})\n"),
        ('x = f("|your token|")\n', TOKEN, f"{IMPORTED}x = f({READ})\n"),
        ('x = f(|"your token"|)\n', TOKEN, f"{IMPORTED}x = f({READ})\n"),
        ("import os\n\nx = f(|)\n", TOKEN, f"{IMPORTED}x = f({READ})\n"),
        (
            'x = {"a": "Bearer |"}\n',
            TOKEN,
            IMPORTED + 'x = {"a": f"Bearer {os.environ[\'NOTION_TOKEN\']}"}\n',
        ),
        ('x = "|"\r\n', TOKEN, f"import os\r\n\r\nx = {READ}\r\n"),
    ],
)
def test_a_lookup_is_pasted_where_the_token_would_stand(
    tmp_path: Path, marked: str, pasted: str, expected: str
) -> None:
    assert after(tmp_path, marked, pasted) == expected


@pytest.mark.parametrize(
    ("name", "marked", "pasted"),
    [
        ("a.py", '"|"', "nothing"),
        ("a.py", '"|"', ""),
        ("a.py", '"|"', f"token {TOKEN}"),
        ("a.py", '"|"', f"{TOKEN}\n{TOKEN}"),
        ("a.py", '"|"', f"{TOKEN}x"),
        ("a.py", "# |\n", TOKEN),
        ("a.py", 'x = "|"  # notion-lsp:ignore\n', TOKEN),
        ("a.py", "x = 'it|'\n", TOKEN),
        ("a.py", "x = f(`|`)\n", f"`{TOKEN}`"),
        ("a.json", '{"a": "|"}', TOKEN),
        ("a.txt", "|", TOKEN),
        (".env", "NOTION_TOKEN=|\n", TOKEN),
        (".env", "|\n", f"NOTION_TOKEN={TOKEN}"),
        (".env.example", "NOTION_TOKEN=|\n", TOKEN),
    ],
)
def test_what_is_no_token_or_belongs_there_is_left_alone(
    tmp_path: Path, name: str, marked: str, pasted: str
) -> None:
    assert after(tmp_path, marked, pasted, name) is None


def test_a_token_that_the_project_ignores_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / IGNORE_FILE).write_text(f"{fingerprint(TOKEN)}  # made up\n")
    assert after(tmp_path, 'x = "|"\n') is None


def test_a_kind_that_is_switched_off_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".notion-lsp.toml").write_text('[kinds]\naccess-token = "off"\n')
    assert after(tmp_path, 'x = "|"\n') is None


@pytest.mark.parametrize(
    ("pasted", "variable"),
    [
        (integration_token(1), "NOTION_TOKEN"),
        (refresh_token(1), "NOTION_REFRESH_TOKEN"),
    ],
)
def test_each_kind_has_its_variable(tmp_path: Path, pasted: str, variable: str) -> None:
    expected = f'{IMPORTED}x(os.environ["{variable}"])\n'
    assert after(tmp_path, 'x("|")\n', pasted) == expected


def test_another_token_of_the_file_keeps_its_variable(tmp_path: Path) -> None:
    text = after(tmp_path, f'a("{access_token(2)}")\nb("|")\n')
    assert text
    assert text.endswith('b(os.environ["NOTION_TOKEN_2"])\n')


def test_the_token_may_go_into_dotenv_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "Pipfile").touch()  # pipenv loads .env.
    at = Span(3, 3)
    first, second = offered(subject_of('x("")\n', tmp_path / "a.py"), at, TOKEN)
    assert (first.id, second.id) == (LOOKUP, MOVE)
    assert result('x("")\n', second) == f"{IMPORTED}x({READ})\n"
    (dotenv,) = (each for each in second.change.beside if each.path == tmp_path / ".env")
    assert apply_edits("", dotenv.edits) == f"NOTION_TOKEN={TOKEN}\n"


def test_no_choice_puts_a_token_into_the_text(tmp_path: Path) -> None:
    for name, marked in itertools.product(("a.py", "a.js", "a.go", "a.rb", "a.sh"), ("|", '"|"')):
        assert TOKEN not in (after(tmp_path, f"x = {marked}\n", TOKEN, name) or "")


def test_a_cell_uses_what_those_above_it_import() -> None:
    cells = (Cell("import os\n", "python"), Cell('x("")\n', "python"))
    subject = subject_of('x("")\n', None, "python", NotebookCell(cells, 1))
    (paste,) = offered(subject, Span(3, 3), TOKEN)
    assert result('x("")\n', paste) == f"x({READ})\n"
