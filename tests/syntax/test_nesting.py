"""What would end the process in a native parser: each text is read in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_lsp.languages import languages
from notion_lsp.syntax.nesting import nests_too_deeply
from notion_lsp.syntax.site import NoSite, Syntax
from notion_lsp.text import Span

YAML, PYTHON = "tree_sitter_yaml", "tree_sitter_python"
PARSE = """
import importlib, sys, tree_sitter
grammar = importlib.import_module(sys.argv[1])
parser = tree_sitter.Parser(tree_sitter.Language(grammar.language()))
parser.parse(sys.stdin.buffer.read())
"""


def indented(line: str, count: int, end: str = "\n") -> str:
    return "".join(f"{' ' * depth}{line}{end}" for depth in range(count))


def continued(count: int) -> str:
    """Return blocks whose indents are each made of one space on many lines."""
    return "".join(" \\\n" * depth + "if 1:\n" for depth in range(count))


CRASHES = {
    "dashes on a line": (YAML, "- " * 254 + "1"),
    "question marks on a line": (YAML, "? " * 300),
    "keys": (YAML, indented("a:", 300)),
    "keys that end in carriage returns": (YAML, indented("a:", 300, "\r")),
    "dashes on lines": (YAML, indented("-", 300)),
    "question marks on lines": (YAML, indented("?", 300)),
    "keys with a comment below each": (YAML, indented("a:\n# c", 300)),
    "keys with a line of one space below each": (YAML, indented("a:\n ", 300)),
    "dashes on two lines around a comment": (YAML, f"{'- ' * 150}\n#\n{' ' * 300}{'- ' * 150}"),
    "blocks": (PYTHON, indented("if 1:", 600) + " " * 600 + "'a'\n"),
    "blocks with lines in brackets": (PYTHON, indented("if (\n1):", 600) + " " * 600 + "'a'\n"),
}


@pytest.mark.parametrize(("grammar", "text"), CRASHES.values(), ids=CRASHES.keys())
def test_what_ends_the_process_in_the_parser_is_not_given_to_it(grammar: str, text: str) -> None:
    command = [sys.executable, "-c", PARSE, grammar]
    alone = subprocess.run(command, input=text.encode(), check=False)
    assert alone.returncode < 0
    assert nests_too_deeply(text, grammar)


def test_an_indent_that_goes_on_behind_a_backslash_is_measured_whole() -> None:
    assert nests_too_deeply(continued(400), PYTHON)


@pytest.mark.parametrize("text", [indented("if 1:", 100), "    x = 1\n" * 10_000])
def test_what_python_takes_is_parsed(text: str) -> None:
    assert not nests_too_deeply(text, PYTHON)


@pytest.mark.parametrize(
    ("grammar", "text"),
    [
        ("tree_sitter_bash", "cat << A\n" + "| a | b |\n" * 2_000 + "A\n"),
        ("tree_sitter_bash", "a | b |\n  c || d | e\n" * 2_000),
        ("tree_sitter_bash", "a | b; " * 2_000),
        ("tree_sitter_c", "struct a b[] = {" + "{.c = 1, .d = 2}," * 2_000 + "};\n"),
        ("tree_sitter_c", "int a = b == c;\n" * 2_000 + f"// {'=' * 2_000}\n"),
        ("tree_sitter_java", "a = b = c <= d;\n" * 2_000),
    ],
)
def test_pipes_and_assignments_of_many_statements_are_parsed(grammar: str, text: str) -> None:
    assert not nests_too_deeply(text, grammar)


@pytest.mark.parametrize(
    "text",
    [
        indented("a:", 150),
        "a: word, word - word: word\n" * 1000,
        f"a: {'- word ' * 90}\n",
        "a:\n  - b: c\n    d: e\n" * 1000,
        "()[]{}" * 10_000,
        "[" * 4_000 + "]" * 4_000,
    ],
)
def test_what_people_write_is_parsed(text: str) -> None:
    assert not nests_too_deeply(text, YAML)


@pytest.mark.parametrize("bracket", "([{")
def test_a_hundred_thousand_brackets_are_too_deep_for_every_parser(bracket: str) -> None:
    assert nests_too_deeply(bracket * 100_000, "tree_sitter_python")


@given(st.integers(1, 250), st.sampled_from(["a:", "- a:", "? a", "-"]))
def test_each_column_that_is_open_counts(count: int, line: str) -> None:
    # The last rows may open a second column each, beside their own.
    assert nests_too_deeply(indented(line, count), YAML) or count <= 200
    assert not nests_too_deeply(indented(line, count // 2 + 1), YAML) or count > 150


@pytest.mark.parametrize(
    ("language_id", "text", "reason"),
    [
        ("yaml", "- " * 254 + "1", "The text nests too deeply to be parsed."),
        ("python", "(" * 100_000, "The text nests too deeply to be parsed."),
        ("ruby", "%{" * 30_000, "The text nests too deeply to be parsed."),
    ],
)
def test_a_text_without_a_tree_has_no_site_and_says_why(
    language_id: str, text: str, reason: str
) -> None:
    language = next(each for each in languages() if each.id == language_id)
    assert language.grammar
    syntax = Syntax(text, language.grammar)
    assert syntax.site([Span(0, 1)], language.opening) == NoSite(reason=reason)
    assert syntax.outline.definitions == ()
