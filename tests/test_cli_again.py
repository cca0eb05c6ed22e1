"""A token that a check has found is found in other files too, where it is part of a longer word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from corpus.encoders import ENCODERS, Text
from repositories import make_repository, run_git, write
from token_factory import access_token

from notion_lsp import cli
from notion_lsp.files import read_write

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("folder")

TOKEN = access_token(51)
LEAK = f'key = "{TOKEN}"\n'
GLUED = f'key = "x{TOKEN}y"\n'


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    cli.main(["check", "--output-format", "json", *arguments])
    return [row["path"] for row in json.loads(capsys.readouterr().out)]


@pytest.mark.parametrize("way", ["base64", "hex", "percent-all", r"\u", "&#", "base64-wrapped"])
def test_a_token_is_found_again_encoded_in_another_file(
    way: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", LEAK)
    write(folder / "b.txt", f"a: {ENCODERS[way](Text(GLUED, ())).text}\n")
    assert found(capsys) == ["a.py", "b.txt"]


@pytest.mark.parametrize("again", ["x{}y", "name_{}_z", '"x{}" + "{}y"'])
def test_a_token_is_found_again_in_another_file(
    again: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = '" + "' not in again
    parts = [TOKEN] if whole else [TOKEN[:30], TOKEN[30:]]
    write(folder / "a.py", LEAK)
    write(folder / "b.py", f'a = "{again.format(*parts)}"\n' if whole else again.format(*parts))
    assert found(capsys) == ["a.py", "b.py"]


@pytest.mark.parametrize("way", ["base64url", "hex", "json"])
def test_a_token_is_found_again_in_the_name_of_a_file(
    way: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", LEAK)
    write(folder / f"{ENCODERS[way](Text(f'x{TOKEN}y', ())).text}.txt", "")
    assert len(found(capsys)) == 2


def test_a_token_of_a_file_s_name_is_found_again_in_another_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / f"{TOKEN}.txt", "")
    write(folder / "z.py", GLUED)
    assert len(found(capsys)) == 2


def test_no_other_file_is_told_where_the_value_is_another_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", LEAK)
    write(folder / "b.py", f'a = "x{access_token(52)}y"\n')
    assert found(capsys) == ["a.py"]


def test_a_token_is_found_again_in_a_file_that_is_read_in_blocks(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_write, "LARGEST", 2**10)
    write(folder / "a.log", f"{LEAK}{'-' * 2000}\n{GLUED}")
    assert found(capsys) == ["a.log", "a.log"]


def test_what_is_staged_holds_a_token_again_that_stood_in_another_staged_file_before(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_repository(folder)
    write(folder / "a.py", LEAK)
    run_git(folder, "add", ".")
    run_git(folder, "commit", "-qm", "first")
    write(folder / "a.py", f"{LEAK}x = 1\n")
    write(folder / "b.py", GLUED)
    run_git(folder, "add", ".")
    assert found(capsys, "--staged") == ["b.py"]


def test_a_short_value_of_a_pattern_is_not_found_again_by_chance(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".notion-lsp.toml", "[patterns]\npin = '(?<=pin = )[0-9]{4}'\n")
    write(folder / "a.txt", "pin = 1234\n")
    write(folder / "b.txt", "call 12345\n")
    assert found(capsys) == ["a.txt"]


def test_a_fix_tells_of_a_token_that_is_still_there_encoded(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hidden = ENCODERS["base64"](Text(f"x{TOKEN}y", ())).text
    write(folder / "a.py", f'key = "{TOKEN}"\nother = "{hidden}"\n')
    assert cli.main(["fix"]) == 1
    assert "Fixed 1 of 2 tokens. 1 is left." in capsys.readouterr().out
