"""What a check says of files and tokens that somebody has left out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from repositories import make_repository, write
from token_factory import access_token

from notion_lsp import cli
from notion_lsp.check.left_out import LeftOut
from notion_lsp.detect.finding import fingerprint
from notion_lsp.project.project import load_project

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = access_token(31)
LEAK = f'x = "{TOKEN}"\n'

CASES = [
    (".notion-lsp.toml", 'exclude = ["*"]', '2 files left out by "exclude" in .notion-lsp.toml.'),
    (
        "pyproject.toml",
        '[tool.notion-lsp]\nexclude = ["a.py"]',
        '1 file left out by "exclude" in pyproject.toml.',
    ),
    (
        "deep/.notion-lsp.toml",
        'exclude = ["*.py"]',
        '1 file left out by "exclude" in deep/.notion-lsp.toml.',
    ),
    (".secretlintignore", "*", "2 files left out by .secretlintignore."),
    (
        ".gitguardian.yaml",
        "version: 2\nsecret:\n  ignored_paths:\n    - '**/*.py'\n",
        "2 files left out by .gitguardian.yaml.",
    ),
    (
        ".notion-lsp.toml",
        'severity = "off"',
        '2 tokens left out by "severity" or "kinds" in .notion-lsp.toml.',
    ),
    (
        ".notion-lsp.toml",
        '[kinds]\naccess-token = "off"',
        '2 tokens left out by "severity" or "kinds" in .notion-lsp.toml.',
    ),
    (".notion-lsp-ignore", fingerprint(TOKEN), "2 tokens left out by entries of ignore files."),
    ("a.py", f"{LEAK}# notion-lsp:ignore-file", "1 token left out by comments."),
    ("a.py", f"# secretlint-disable\n{LEAK}", "1 token left out by comments."),
]


@pytest.fixture
def leaky(folder: Path) -> Path:
    make_repository(folder)
    for name in ("a.py", "deep/b.py"):
        write(folder / name, LEAK)
    return folder


@pytest.mark.parametrize(("file", "text", "said"), CASES)
def test_what_is_left_out_is_told(
    leaky: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, said: str
) -> None:
    write(leaky / file, text)
    cli.main(["check"])
    assert f"notion-lsp: {said}\n" in capsys.readouterr().err


@pytest.mark.parametrize(("file", "text", "said"), CASES)
def test_sarif_has_what_is_left_out(
    leaky: Path, capsys: pytest.CaptureFixture[str], file: str, text: str, said: str
) -> None:
    write(leaky / file, text)
    cli.main(["check", "--output-format", "sarif"])
    [run] = json.loads(capsys.readouterr().out)["runs"]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [(each["level"], each["message"]["text"]) for each in notes] == [("note", said)]


@pytest.mark.parametrize(("file", "text", "said"), CASES)
def test_a_strict_check_leaves_nothing_out(leaky: Path, file: str, text: str, said: str) -> None:
    write(leaky / file, text)
    assert cli.main(["check", "--strict"]) == 2, said


def test_a_strict_check_of_files_that_are_all_looked_into_is_as_any_other(leaky: Path) -> None:
    assert cli.main(["check", "--strict"]) == 1
    for name in ("a.py", "deep/b.py"):
        write(leaky / name, "")
    assert cli.main(["check", "--strict"]) == 0


def test_a_file_without_anything_like_a_token_is_not_told(
    leaky: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(leaky / "c.py", "x = 1\n")
    write(leaky / ".notion-lsp.toml", 'exclude = ["c.py"]')
    cli.main(["check"])
    assert capsys.readouterr().err == ""


def test_a_file_that_is_left_out_is_not_read(
    leaky: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(leaky / ".notion-lsp.toml", 'exclude = ["*.py"]')
    assert cli.main(["check", "missing.py"]) == 0
    assert "1 file left out" in capsys.readouterr().err


def test_what_is_no_message_is_not_left_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    message = folder / ".git" / "COMMIT_EDITMSG"
    write(message, f"Take it out\n# {'-' * 24} >8 {'-' * 24}\n-{LEAK}")
    assert cli.main(["check", "--strict", str(message)]) == 0
    assert capsys.readouterr().err == ""


def test_what_leaves_a_file_out_is_told_without_the_token_of_its_folder(tmp_path: Path) -> None:
    write(tmp_path / TOKEN / ".notion-lsp.toml", 'exclude = ["a.py"]\n')
    left_out = LeftOut()
    left_out.add_file(tmp_path / TOKEN / "a.py", load_project(tmp_path / TOKEN))
    [said] = left_out.sentences()
    assert said.startswith('1 file left out by "exclude" in ')
    assert TOKEN not in said
