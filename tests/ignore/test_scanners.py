"""What other scanners' files say: the digests and rules here are those that these tools wrote."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from repositories import write
from token_factory import access_token, integration_token

from notion_lsp import cli
from notion_lsp.ignore import scanners
from notion_lsp.ignore.review import review
from notion_lsp.project.project import load_project

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = access_token(71)
OTHER = integration_token(72)
TEXT = f'a = 1\nx = "{TOKEN}"\ny = "{OTHER}"\n'
TODAY = date(2026, 1, 31)


def left(folder: Path, path: str = "below/a.py", text: str = TEXT) -> list[str]:
    """Return the tokens that are reported in a file of a project."""
    project = load_project(folder)
    assert project.problems == ()
    if project.excludes(folder / path):
        return []
    found = review(text, project.ignored(folder / path, TODAY)).findings
    return [finding.span.of(text) for finding in found]


@pytest.mark.parametrize(
    "entry",
    [
        "below/a.py:notion-api-token:2",
        "below/a.py:generic-api-key:2",
        "below/a.py:curl-auth-header:2",
        "below/a.py:our-Notion-rule:2",
        "./below/a.py:notion-api-token:2",
        r"below\a.py:notion-api-token:2",
        r".\below\a.py:notion-api-token:2",
        f"{'0a' * 32}:below/a.py:notion-api-token:2",
        f"{'0a' * 20}:below/a.py:notion-api-token:2",
        "# of the samples\n\n  below/a.py:notion-api-token:2  ",
    ],
)
def test_a_fingerprint_of_gitleaks_silences_its_line(tmp_path: Path, entry: str) -> None:
    write(tmp_path / ".gitleaksignore", entry)
    assert left(tmp_path) == [OTHER]


@pytest.mark.parametrize(
    "entry",
    [
        "below/a.py:notion-api-token:1",
        "a.py:notion-api-token:2",
        "below/a.py:aws-access-token:2",
        "# below/a.py:notion-api-token:2",
    ],
)
def test_a_fingerprint_of_something_else_silences_nothing(tmp_path: Path, entry: str) -> None:
    write(tmp_path / ".gitleaksignore", entry)
    assert left(tmp_path) == [TOKEN, OTHER]


def test_a_line_of_gitleaks_ends_at_a_line_feed(tmp_path: Path) -> None:
    progress = "".join(f"{percent}%\r" for percent in range(10))
    write(tmp_path / ".gitleaksignore", "a.log:notion-api-token:3\n")
    assert left(tmp_path, "a.log", f"{progress}\nbuilt\r\nx = {TOKEN}\n") == []


def test_a_fingerprint_of_gitleaks_may_name_a_file_with_an_odd_character(tmp_path: Path) -> None:
    write(tmp_path / ".gitleaksignore", "a\u2028b.py:notion-api-token:2\r\n")
    assert left(tmp_path, "a\u2028b.py") == [OTHER]


def test_a_fingerprint_of_gitleaks_may_name_a_file_with_a_colon(tmp_path: Path) -> None:
    write(tmp_path / ".gitleaksignore", "a:1.py:notion-api-token:2\n")
    assert left(tmp_path, "a:1.py") == [OTHER]


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("below/", "below/a.py"),
        ("*.py", "below/a.py"),
        ("/below/*", "below/a.py"),
        ("**/a.py", "below/deep/a.py"),
        ("# all\n*.py\n!b.py", "a.py"),
    ],
)
def test_a_file_that_secretlint_leaves_out_is_left_out(
    tmp_path: Path, pattern: str, path: str
) -> None:
    write(tmp_path / ".secretlintignore", pattern + "\n")
    assert left(tmp_path, path) == []
    assert left(tmp_path, "b.js") == [TOKEN, OTHER]


def test_a_file_that_secretlint_takes_in_again_is_reported(tmp_path: Path) -> None:
    write(tmp_path / ".secretlintignore", "*.py\n!b.py\n")
    assert left(tmp_path, "b.py") == [TOKEN, OTHER]


def gitguardian(token: str) -> str:
    return hashlib.sha256(f"{token},apikey".encode()).hexdigest()


MATCHES = [
    "version: 2\nsecret:\n  ignored_matches:\n    - name: a sample\n      match: {}\n",
    "version: 2\nsecret:\n  ignored_matches:\n    - match: '{}' # a sample\n      name: x\n",
    "secret: {{ignored-matches: [{{name: x, match: {}}}]}}\nversion: 2\n",
    "matches-ignore:\n  - {}\n",
    "matches_ignore:\n- name: ''\n  match: \"{}\"\nversion: 1\n",
    "matches_ignore: [a, '{}']\n",
]


@pytest.mark.parametrize("configuration", MATCHES)
@pytest.mark.parametrize("name", [".gitguardian.yaml", ".gitguardian.yml"])
def test_a_match_that_gitguardian_ignores_is_silent(
    tmp_path: Path, configuration: str, name: str
) -> None:
    for match in (gitguardian(TOKEN), TOKEN):
        write(tmp_path / name, configuration.format(match))
        assert left(tmp_path) == [OTHER]


@pytest.mark.parametrize(
    "configuration",
    [
        "version: 2\niac:\n  ignored_matches:\n    - match: {}\n",
        "version: 2\nsecret:\n  ignored_detectors:\n    - {}\n",
        "version: 2\nsecret:\n  ignored_matches:\n    - name: {}\n      match: x\n",
        "# matches-ignore: [{}]\n",
        "- {}\n",
        "",
    ],
)
def test_what_is_no_match_of_gitguardian_silences_nothing(
    tmp_path: Path, configuration: str
) -> None:
    write(tmp_path / ".gitguardian.yaml", configuration.format(gitguardian(TOKEN)))
    assert left(tmp_path) == [TOKEN, OTHER]


@pytest.mark.parametrize(
    ("pattern", "path", "is_excluded"),
    [
        ("a.py", "below/a.py", True),
        ("a.py", "below/ba.py", False),
        ("/a.py", "below/a.py", False),
        ("/below/a.py", "below/a.py", True),
        ("below/", "above/below/deep/a.py", True),
        ("below", "below/a.py", False),
        ("below/*", "below/a.py", True),
        ("below/*", "below/deep/a.py", False),
        ("below/**/*", "below/deep/deeper/a.py", True),
        ("**/*.py", "a.py", True),
        ("a.?y", "a.py", False),
        ("**/**/**/a.py", "below/a.py", True),
    ],
)
def test_a_path_that_gitguardian_ignores_is_left_out(
    tmp_path: Path, pattern: str, path: str, *, is_excluded: bool
) -> None:
    for configuration in (
        "version: 2\nsecret:\n  ignored_paths:\n  - '{}'\n",
        "paths-ignore: ['{}']",
    ):
        write(tmp_path / ".gitguardian.yaml", configuration.format(pattern))
        assert left(tmp_path, path) == ([] if is_excluded else [TOKEN, OTHER])


def test_a_path_of_gitguardian_that_would_take_for_ever_leaves_nothing_out(tmp_path: Path) -> None:
    write(tmp_path / ".gitguardian.yaml", f"paths-ignore: ['{'*a' * 20}']\n")
    assert left(tmp_path, f"{'a' * 100}.py") == [TOKEN, OTHER]


def baseline(**changes: object) -> str:
    secret = {
        "type": "Base64 High Entropy String",
        "filename": "below/a.py",
        "hashed_secret": hashlib.sha1(TOKEN.encode(), usedforsecurity=False).hexdigest(),
        "is_verified": False,
        "line_number": 7,
    }
    return json.dumps({"version": "1.5.0", "results": {"below/a.py": [secret | changes]}})


@pytest.mark.parametrize("text", [baseline(), baseline(is_secret=False)])
def test_what_stands_in_a_baseline_of_detect_secrets_is_silent(tmp_path: Path, text: str) -> None:
    write(tmp_path / ".secrets.baseline", text)
    assert left(tmp_path) == [OTHER]
    assert left(tmp_path, "a.py") == [TOKEN, OTHER]


def test_what_an_audit_has_called_a_secret_is_reported(tmp_path: Path) -> None:
    write(tmp_path / ".secrets.baseline", baseline(is_secret=True))
    assert left(tmp_path) == [TOKEN, OTHER]


def test_a_baseline_written_on_windows_names_the_same_files(tmp_path: Path) -> None:
    write(tmp_path / ".secrets.baseline", baseline().replace("below/", r"below\\"))
    assert left(tmp_path) == [OTHER]


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (".gitleaksignore", "\nx:y\n", ".gitleaksignore, line 2: expected `file:rule:line`."),
        (
            ".secretlintignore",
            "a\n!\n",
            ".secretlintignore, line 2: no path can match this pattern.",
        ),
        (".gitguardian.yaml", "a: [\n", ".gitguardian.yaml: this is not YAML."),
        (".gitguardian.yaml", "[" * 3000, ".gitguardian.yaml: this is not YAML."),
        (".gitguardian.yaml", "a: \x01", ".gitguardian.yaml: this is not YAML."),
        (".gitguardian.yaml", "? [a]\n: b\n", ".gitguardian.yaml: this is not YAML."),
        (
            ".gitguardian.yaml",
            "a: b\n" * 50_000,
            ".gitguardian.yaml: the file is too long to be read.",
        ),
        (
            ".gitguardian.yaml",
            "paths-ignore: ['***']\n",
            ".gitguardian.yaml: an entry of the ignored paths is not a pattern.",
        ),
        (
            ".secrets.baseline",
            "{}",
            ".secrets.baseline: this is not a baseline of detect-secrets.",
        ),
        (
            ".secrets.baseline",
            "[" * 100_000,
            ".secrets.baseline: this is not a baseline of detect-secrets.",
        ),
        (".gitleaksignore", "\0", ".gitleaksignore cannot be read: it is not text."),
    ],
)
def test_a_bad_file_costs_a_sentence(tmp_path: Path, name: str, text: str, problem: str) -> None:
    write(tmp_path / name, text)
    loaded = load_project(tmp_path)
    assert loaded.problems == (problem,)
    assert not loaded.excludes(tmp_path / "a.py")


@pytest.mark.parametrize("name", scanners.FILES)
@given(text=st.text() | st.text(st.sampled_from("a:/*!#-[]{}'\"1\n secret_match"), max_size=80))
def test_no_text_is_too_odd_for_a_file_of_another_scanner(name: str, text: str) -> None:
    said = scanners.read({name: text})
    assert {excludes("a/b.py") for _, excludes in said.excludes} <= {True, False}
    assert all(problem.startswith(name) for problem in said.problems)


def test_a_file_of_another_scanner_counts_in_the_folder_of_the_project_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    write(tmp_path / "below" / "a.py", f'x = "{TOKEN}"\n')
    write(tmp_path / "below" / ".gitleaksignore", "a.py:notion-api-token:1\n")
    assert cli.main(["check", "below"]) == 1
    write(tmp_path / ".gitleaksignore", "below/a.py:notion-api-token:1\n")
    assert cli.main(["check", "below"]) == 0


def test_the_check_and_the_fix_honour_what_other_scanners_were_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    path = write(tmp_path / "below" / "a.py", f'x = "{TOKEN}"\n')
    write(tmp_path / "left_out.py", TEXT)
    assert cli.main(["check"]) == 1
    write(tmp_path / ".secrets.baseline", baseline())
    write(tmp_path / ".secretlintignore", "left_out.py\n")
    capsys.readouterr()
    assert cli.main(["check", "."]) == cli.main(["check", "left_out.py"]) == 0
    assert cli.main(["fix"]) == 0
    assert path.read_text() == f'x = "{TOKEN}"\n'
    told = {line.partition("left out by ")[2] for line in capsys.readouterr().err.splitlines()}
    assert told == {".secretlintignore.", "entries of ignore files."}
