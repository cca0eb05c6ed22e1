"""The module that CONTRIBUTING.md begins a language with does what is said of it there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_fixtures import rewritten
from token_factory import access_token

from notion_lsp.rewrite.source import Source

if TYPE_CHECKING:
    from notion_lsp.languages import Language

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"
ATTRIBUTE = 'defmodule Client do\n  @token "{}"\nend\n'


def block(language: str) -> str:
    """Return the one block of code in that language in the section on languages."""
    (_, _, rest) = CONTRIBUTING.read_text("utf-8").partition("\n## To add a language")
    (found,) = re.findall(rf"(?s)```{language}\n(.*?)```", rest.partition("\n## ")[0])
    return str(found)


def language(more: str = "") -> Language:
    """Return the language of the example, with more rows in its query."""
    code = block("python").replace('@comment\n"""', f'@comment\n{more}"""')
    scope: dict[str, Any] = {}
    exec(code, scope)  # noqa: S102, the code is ours
    made: Language = scope["LANGUAGE"]
    return made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('token = "{}"\n', 'token = System.fetch_env!("NOTION_TOKEN")\n'),
        ('IO.puts("Bearer {}")\n', 'IO.puts("Bearer #{System.fetch_env!("NOTION_TOKEN")}")\n'),
        ("# {}\n", "# ntn_****\n"),
    ],
)
def test_the_first_module_rewrites_strings(before: str, after: str) -> None:
    text = before.replace("{}", access_token(1))
    assert rewritten(Source(text, language())).result == after


def test_the_row_refuses_what_the_fixture_says() -> None:
    text = ATTRIBUTE.replace("{}", access_token(1))
    assert rewritten(Source(text, language())).edits
    (reason,) = rewritten(Source(text, language(block("scheme")))).refused.values()
    assert block("elixir").count(f"access-token refused: {reason}\n") == 1
