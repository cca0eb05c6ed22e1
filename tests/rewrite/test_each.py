"""Several tokens, each rewritten as if it were the only one."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from token_factory import access_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.languages import languages
from notion_lsp.refused import Refused
from notion_lsp.rewrite.each import Several, rewrite_each
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.ignore_edits import ignore_line, ignore_lines
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.source import Source
from notion_lsp.settings import DEFAULTS
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from notion_lsp.detect.finding import Finding
    from notion_lsp.rewrite.one_text import Rewrite

TOKENS = [access_token(number) for number in range(8)]


def rows(row: str) -> str:
    return "".join(row.format(each, each[:20], each[20:]) for each in TOKENS)


def numbered(row: str) -> str:
    return "".join(
        row.format(each, each[:20], each[20:], number, each[4:])
        for number, each in enumerate(TOKENS)
    )


ENCODED = base64.b64encode(TOKENS[0].encode()).decode()
UNTERMINATED = f'{rows("f({0!r})")}\nprint("{TOKENS[0]})\n'
TEXTS = {
    "calls": ("python", rows('print("{0}")\n')),
    "comments": ("python", rows('# "{0}"\n')),
    "split": ("python", rows('print("{1}" + "{2}")\n')),
    "split and whole": ("python", rows('print("{1}" + "{2}", "{0}")\n')),
    "constants": ("python", numbered('A{3} = "{1}"\nB{3} = A{3} + "{2}"\n')),
    "constants above all that uses them": (
        "python",
        numbered('A{3} = "{1}"\n') + "\n" + numbered('f(A{3} + "{2}")\n'),
    ),
    "constants in their own lines at the top": (
        "javascript",
        numbered('const a{3} = "{1}";\n') + numbered('a{3} + "{2}";\n'),
    ),
    "one prefix for all": ("python", 'P = "ntn_"\n' + numbered('B{3} = P + "{4}"\n')),
    "one constant for two": ("python", numbered('A{3} = "{1}"\nf(A{3} + "{2}", A{3} + "{2}")\n')),
    "split, with one that would break": (
        "python",
        rows('f("{1}" + "{2}")\n') + f'g("{TOKENS[0][:20]}" + "{TOKENS[0][20:]}\n',
    ),
    "split in fences": ("markdown", rows('```python\nk = "{1}" + "{2}"\n```\n')),
    "split in carriage returns": ("python", rows('print("{1}" + "{2}")\r\n')),
    "encoded and split": ("python", rows('f("{1}" + "{2}")\n') + f'g("{ENCODED}")\n'),
    "one literal": ("python", f'a = "{" ".join(TOKENS)}"\n'),
    "a string of several lines": ("python", f'a = """{rows("{0}")}"""\nb = "{TOKENS[0]}"\n'),
    "lines that go on": ("python", rows('a = "{0}" + \\\n    "b"\n')),
    "an error above": ("python", "def f(:\n" + rows('    print("{0}")\n')),
    "an open string below": ("python", UNTERMINATED),
    "an open string in javascript": ("javascript", rows('f("{0}");\n') + f'g("{TOKENS[0]}\n'),
    "fences": ("markdown", rows('```python\nk = "{0}"\n```\n')),
    "a fence with an open string": (
        "markdown",
        rows('```python\nk = "{0}"\n```\n') + f'```python\nk = "{TOKENS[0]}\n```\n',
    ),
    "scripts": ("html", f"<script>\n{rows('f({0!r});')}\n</script>\n<!-- {TOKENS[0]} -->\n"),
}


def source_and_tokens(kind: str) -> tuple[Source, tuple[Finding, ...]]:
    language, text = TEXTS[kind]
    source = Source(text, next(each for each in languages() if each.id == language))
    return source, tuple(find_tokens(text))


@pytest.mark.parametrize("store", ["env", "vault"])
@pytest.mark.parametrize("kind", TEXTS)
def test_each_becomes_what_it_becomes_alone(kind: str, store: str) -> None:
    source, found = source_and_tokens(kind)
    names = variable_names(source, found, {})
    each = rewrite_each(Several(source, found), stores()[store], names, DEFAULTS)
    alone: dict[Finding, Rewrite | Refused] = {
        finding: rewrite(source, (finding,), stores()[store], names) for finding in found
    }
    assert found
    assert each == alone


@pytest.mark.parametrize("kind", TEXTS)
def test_each_line_takes_the_comment_that_it_takes_alone(kind: str) -> None:
    source, found = source_and_tokens(kind)
    assert ignore_lines(source, found) == {each: ignore_line(source, each) for each in found}


def test_one_that_would_break_the_text_is_refused_and_no_other() -> None:
    source, found = source_and_tokens("an open string below")
    made = rewrite_each(
        Several(source, found), stores()["env"], variable_names(source, found, {}), DEFAULTS
    )
    assert [isinstance(made[each], Refused) for each in found] == [False] * len(TOKENS) + [True]
