"""What the rewrites make of the fixtures, read by the languages themselves."""

from __future__ import annotations

import subprocess
from functools import cache
from typing import TYPE_CHECKING

import pytest
from test_fixtures import language_of_folder, rewritten, sources, unmarked
from toolchains import required

from notion_lsp.rewrite.source import Source
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from pathlib import Path

_PARSE = "Code.string_to_quoted!(IO.read(:stdio, :eof))"
CHECKS = {
    "elixir": ["elixir", "-e", _PARSE],
    "php": ["php", "-n", "-l"],
    "ruby": ["ruby", "-c"],
}
CASES = [path for path in sources() if path.parent.name in CHECKS]


@cache
def complaint(language: str, text: str) -> str:
    """Return what the language says against a text, empty where it takes it."""
    required(CHECKS[language][0])
    done = subprocess.run(
        CHECKS[language],
        input=text.encode("utf-8", "surrogatepass"),
        capture_output=True,
        check=False,
    )
    return (done.stdout + done.stderr).decode() if done.returncode else ""


@pytest.mark.parametrize("store", stores())
@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_language_takes_the_result_of_what_it_takes(path: Path, store: str) -> None:
    text, marks = unmarked(path.read_bytes().decode("utf-8", "surrogatepass"))
    made = rewritten(Source(text, language_of_folder(path)), marks, store)
    if not complaint(path.parent.name, text):
        assert complaint(path.parent.name, made.result) == ""
