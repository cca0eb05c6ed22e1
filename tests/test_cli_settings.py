"""What the settings make of a check and a fix: kinds of one's own, tests and examples."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from repositories import make_repository, run_git, write
from token_factory import access_token, old_session_cookie

from notion_lsp import cli
from notion_lsp.detect.finding import fingerprint

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = access_token(41)
COOKIE = old_session_cookie(42)
SECRET = "acme_" + "a1b2c3d4" * 3
PIN = "4711"
PATTERNS = "[patterns]\nacme-key = 'acme_[a-z0-9]{24}'\n"


@pytest.fixture(autouse=True)
def folder(folder: Path) -> Path:
    return make_repository(folder)


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[tuple[str, str, str]]:
    cli.main(["check", "--output-format", "json", *arguments])
    rows = json.loads(capsys.readouterr().out)
    return [(row["path"], row["kind"], row["severity"]) for row in rows]


def test_what_a_pattern_finds_is_reported_wherever_git_searches(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".notion-lsp.toml", PATTERNS)
    write(folder / ".gitignore", "ignored/\n")
    for name in ("a.py", "deep/b.txt", "ignored/c.py"):
        write(folder / name, f"x = '{SECRET}'\n")
    expected = [("a.py", "acme-key", "error"), ("deep/b.txt", "acme-key", "error")]
    assert found(capsys) == expected
    assert found(capsys, "deep") == expected[1:]


def test_what_a_pattern_finds_is_reported_without_git(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / ".notion-lsp.toml", PATTERNS)
    write(folder / "a.py", f"x = '{SECRET}'\n")
    monkeypatch.setattr("notion_lsp.files.git.program_path", lambda _: None)
    assert found(capsys) == [("a.py", "acme-key", "error")]


def test_what_a_pattern_finds_is_reported_before_it_is_committed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".notion-lsp.toml", PATTERNS)
    write(folder / "a.py", f"x = '{SECRET}'\n")
    run_git(folder, "add", "a.py")
    assert found(capsys, "--staged") == [("a.py", "acme-key", "error")]


def test_a_kind_of_the_settings_has_a_severity_as_the_others_do(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(
        folder / "pyproject.toml",
        f"[tool.notion-lsp.kinds]\nacme-key = 'warning'\n[tool.notion-lsp.{PATTERNS[1:]}",
    )
    write(folder / "a.py", f"x = '{SECRET}'\n")
    assert found(capsys) == [("a.py", "acme-key", "warning")]


def test_what_a_pattern_finds_is_masked_and_read_from_its_own_variable(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".notion-lsp.toml", PATTERNS)
    path = write(folder / "a.py", f"f('{SECRET}')\ng('{TOKEN}')\n")
    assert cli.main(["fix", "--diff"]) == 1
    assert SECRET[5:15] not in "".join(capsys.readouterr())
    assert cli.main(["fix"]) == 0
    assert path.read_text() == (
        'import os\n\nf(os.environ["ACME_KEY"])\ng(os.environ["NOTION_TOKEN"])\n'
    )


def test_a_pattern_that_takes_too_long_costs_one_message(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slow = "slow = '(.*)*x(.*)*y(.*)*z{9}'\nbad = '('\n"
    write(folder / ".notion-lsp.toml", PATTERNS + slow)
    for name in ("a.txt", "b.txt"):
        write(folder / name, f"{'abc x' * 5000}\n{SECRET}\n")
    assert cli.main(["check"]) == 1
    shown = capsys.readouterr()
    assert shown.err.count("slow: it took too long") == 1
    assert shown.err.count("bad: it is not a regular expression: missing ) at position 1.") == 1
    assert shown.out.endswith("Found 2 tokens in 2 files.\n")


def test_a_token_in_a_test_or_an_example_is_a_hint_and_still_found(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("a.py", "deep/tests/b.py", "examples/c/d.py", "testing/e.py")
    for name in names:
        write(folder / name, f"x = '{TOKEN}'\n")
    rows = found(capsys)
    assert [severity for _, _, severity in rows] == ["error", "hint", "hint", "error"]
    assert cli.main(["check", "examples"]) == 1
    assert "(exact form, in a test or example path)" in capsys.readouterr().out


def test_a_project_says_itself_where_its_examples_are(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".notion-lsp.toml", "example-paths = ['*.sample', 'a[']\n")
    for name in ("a.sample", "tests/b.py"):
        write(folder / name, f"x = '{TOKEN}'\n")
    cli.main(["check", "--output-format", "json"])
    shown = capsys.readouterr()
    assert [row["severity"] for row in json.loads(shown.out)] == ["hint", "error"]


def test_a_diff_shows_no_piece_of_a_token(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "a.py", f'body = "{TOKEN[4:]}"\nx = 1\ny = "ntn_" + body\n')
    write(folder / "b.py", f'y = "{TOKEN[:9]}" + "{TOKEN[9:]}"\nz = "{TOKEN}"\n')
    cli.main(["fix", "--diff"])
    shown = "".join(capsys.readouterr())
    assert "+import os" in shown
    assert TOKEN[9:20] not in shown
    assert TOKEN[-20:] not in shown


def test_a_short_value_is_named_by_no_digest(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".notion-lsp.toml", "[patterns]\npin = '(?<=pin = )[0-9]{4}'\n")
    write(folder / "a.py", f"pin = {PIN}\n")
    said = []
    for name in ("json", "sarif", "gitlab"):
        cli.main(["check", "--output-format", name])
        said.append(capsys.readouterr().out)
    cli.main(["check", "--baseline", "known.json"])
    said.append((folder / "known.json").read_text())
    assert json.loads(said[0])[0]["fingerprint"] is None
    assert [text for text in said if PIN in text or fingerprint(PIN) in text] == []


def test_a_baseline_knows_how_many_short_values_there_are(folder: Path) -> None:
    write(folder / ".notion-lsp.toml", "[patterns]\npin = '(?<=pin = )[0-9]{4}'\n")
    write(folder / "a.py", f"pin = {PIN}\n")
    assert cli.main(["check", "--baseline", "known.json"]) == 0
    write(folder / "a.py", f"# moved\npin = {PIN}\n")
    assert cli.main(["check", "--baseline", "known.json"]) == 0
    write(folder / "a.py", f"pin = {PIN}\npin = 0815\n")
    assert cli.main(["check", "--baseline", "known.json"]) == 1


@pytest.mark.parametrize(
    "settings",
    [
        f'"{TOKEN}" = 1\n',
        f'"{COOKIE}" = 1\n',
        f'[patterns]\n"{COOKIE}" = "x"\n',
        f'a = {{"{COOKIE}" = 1, "{COOKIE}" = 2}}\n',
        f'["{COOKIE}"]\n["{COOKIE}"]\n',
    ],
)
def test_a_key_that_is_a_secret_is_not_said(
    folder: Path, settings: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".notion-lsp.toml", settings)
    cli.main(["check"])
    said = capsys.readouterr().err
    assert said.startswith("notion-lsp: warning: ")
    assert [secret for secret in (TOKEN, COOKIE) if secret in said] == []


@pytest.mark.parametrize("name", [".notion-lsp.toml", ".secrets.baseline", "known.json"])
def test_a_file_that_another_program_is_writing_is_read_when_it_is_written(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {".notion-lsp.toml": 'severity = "hint"\n', ".secrets.baseline": '{"results": {}}\n'}
    text = whole.get(name, '{"version": 1, "findings": {}}\n')
    path = write(folder / name, text[:9])
    # The rest is written while the check waits for it.
    monkeypatch.setattr("time.sleep", lambda _: path.write_text(text))
    cli.main(["check", *(["--baseline", name] if name == "known.json" else [])])
    assert capsys.readouterr().err == ""
