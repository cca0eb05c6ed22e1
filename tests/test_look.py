"""The script that shows why a token is rewritten, or why it is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from token_factory import access_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.positions import LineIndex
from scripts import look

FIXTURES = Path(__file__).parent / "fixtures"
TOKEN = access_token(83)
OTHER = access_token(84)
# All that hide a token in pieces or in an encoding, and a few of all the others.
SHOWN = [
    *sorted(FIXTURES.glob("*/split_*")),
    *sorted(FIXTURES.glob("*/encoded_*")),
    *sorted(FIXTURES.glob("*/refused_*"))[::4],
]


def seen(folder: Path, name: str, text: str, line: int) -> str:
    path = folder / name
    path.write_text(text, "utf-8")
    return look.look(path, line)


def test_the_row_that_refused_is_named(tmp_path: Path) -> None:
    shown = seen(tmp_path, "a.py", f'def f(x: "{TOKEN}"):\n    pass\n', 1)
    assert "verdict: refused: A type annotation is not evaluated as a value." in shown
    assert "rows that keep a lookup out:\n  ((type) @fixed\n" in shown


def test_a_row_of_a_format_without_a_grammar_is_a_pattern(tmp_path: Path) -> None:
    shown = seen(tmp_path, "a.ini", f"; {TOKEN}\n", 1)
    assert "rows that keep a lookup out:\n  " in shown
    assert "(?P<comment>" in shown


def test_a_token_that_is_rewritten_is_kept_out_by_no_row(tmp_path: Path) -> None:
    shown = seen(tmp_path, "a.py", f'a = "{TOKEN}"\n', 1)
    assert "verdict: rewritten: Read it from the environment variable" in shown
    assert "rows that keep a lookup out: none" in shown


def test_nodes_have_their_fields_and_places(tmp_path: Path) -> None:
    shown = seen(tmp_path, "a.py", f'é = 1\na = f("{TOKEN}")\n', 2)
    assert f"right: call 2:5-2:{10 + len(TOKEN)}  f(" in shown


def test_captures_have_their_nodes_and_places(tmp_path: Path) -> None:
    shown = seen(tmp_path, "a.py", f'é = 1\na = "{TOKEN}"\n', 2)
    assert "@name: identifier 2:1-2:2  a\n" in shown


def test_the_site_is_shown(tmp_path: Path) -> None:
    shown = seen(tmp_path, "a.py", f'a = "Bearer {TOKEN}"\n', 1)
    assert "\nsite:\n  literal:\n" in shown
    assert "    parts: 'Bearer ', ''\n" in shown


def test_a_token_in_a_notebook_is_shown_in_its_cell(tmp_path: Path) -> None:
    code: dict[str, object] = {
        "cell_type": "code",
        "source": ["import x\n", f"a = '{TOKEN}'\n"],
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    notebook = {
        "cells": [code],
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    text = json.dumps(notebook, indent=1)
    line = text[: text.index(TOKEN)].count("\n") + 1
    shown = seen(tmp_path, "a.ipynb", text, line)
    assert "in a text inside the file, Python:" in shown
    assert "@name: identifier 2:1-2:2  a\n" in shown


def test_a_split_token_is_shown_as_it_is_rewritten(tmp_path: Path) -> None:
    shown = seen(tmp_path, "a.py", f'a = "{TOKEN[:20]}" + "{TOKEN[20:]}"\n', 1)
    assert "written out in one piece" in shown
    assert f"right: string 1:5-1:{7 + len(TOKEN)}" in shown


def test_a_line_without_a_token_says_where_there_are_some(tmp_path: Path) -> None:
    shown = seen(tmp_path, "a.py", f'\na = "{TOKEN}"\n\nb = "{OTHER}"\n', 1)
    assert shown.endswith("Lines with tokens: 2, 4.\n")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "could not be read: no such file" in look.look(tmp_path / "gone.py", 1)


@pytest.mark.parametrize("arguments", [[], ["a.py"], ["a.py:x"], [":3"], ["a.py:1", "b.py:1"]])
def test_an_argument_that_names_no_line_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert look.main(arguments) == 2
    assert "FILE:LINE" in capsys.readouterr().err


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_token_is_shown(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    index = LineIndex(text)
    found = find_tokens(text)
    lines = {index.position(each.span.start, "utf-32")[0] + 1 for each in found}
    shown = "".join(look.look(path, line) for line in lines)
    secrets = {span.of(text) for each in found for span in each.spans}
    assert not [secret for secret in secrets if len(secret) > 8 and secret[5:] in shown]
    assert find_tokens(shown) == ()
