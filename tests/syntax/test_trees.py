"""Trees and queries: what stands between the binding's defects and the rest."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
import tracemalloc

import pytest

from notion_lsp.syntax.trees import Grammar, parse, text_of

GRAMMAR = Grammar("tree_sitter_python", "")
SOURCE = b'a = "one"\nb = "two"\n'


def found(query: str) -> list[str]:
    return [
        text_of(node)
        for match in parse(SOURCE, GRAMMAR).matches(query, None)
        for node in match.nodes["found"]
    ]


@pytest.mark.parametrize(
    ("predicate", "names"),
    [
        ('(#match? @found "^a")', ["a"]),
        ('(#not-match? @found "^a")', ["b"]),
        ('(#match? @found "^[ab]$")', ["a", "b"]),
        ('(#match? @absent "no such capture is in the match")', ["a", "b"]),
        ('(#eq? @found "b")', ["b"]),
    ],
)
def test_a_predicate_holds_for_the_text_of_its_capture(predicate: str, names: list[str]) -> None:
    query = f"((assignment left: (identifier) @found right: (call)? @absent) {predicate})"
    assert found(query) == names


def test_a_regular_expression_is_not_left_to_the_binding_which_frees_its_match_twice() -> None:
    # The binding would refuse the expression when it compiles the query.
    with pytest.raises((re.error, SystemError)):
        found('((string) @found (#match? @found "("))')


def test_what_a_predicate_has_been_asked_about_is_freed() -> None:
    parsed = parse(SOURCE, GRAMMAR)
    query = '((assignment left: (identifier) @found) (#match? @found "^a"))'

    def objects_after(questions: int) -> int:
        for _ in range(questions):
            assert len(list(parsed.matches(query, None))) == 1
        gc.collect()
        return len(gc.get_objects())

    before = objects_after(10)
    assert objects_after(100) < before + 50


def test_a_text_that_was_parsed_is_freed() -> None:
    row, rows = b"a = 1\n", 5_000

    def held_after(texts: int) -> int:
        for _ in range(texts):
            parse(row * rows, GRAMMAR)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    before = held_after(2)
    held = held_after(20)
    tracemalloc.stop()
    assert held - before < 5 * len(row) * rows


def test_a_language_without_a_grammar_on_this_machine_has_no_trees_and_a_reason() -> None:
    parsed = parse(SOURCE, Grammar("tree_sitter_of_another_machine", ""))
    assert parsed.unread
    assert parsed.unread.reason == "The grammar of this language cannot be had for this machine."
    assert list(parsed.matches("(string) @found", None)) == []


READ_KOTLIN = """
import sys
from notion_lsp.languages.kotlin import LANGUAGE
from notion_lsp.syntax.site import Syntax
print(Syntax(sys.stdin.read(), LANGUAGE.grammar).unread)
"""


@pytest.mark.parametrize("annotation", ["@", "@a", '@"a', '@a("b c', "@a(b c"])
def test_a_text_of_kotlin_that_ends_in_an_annotation_is_read_to_its_end(annotation: str) -> None:
    # In a process of its own, as the parser cannot be stopped once it goes round.
    text = f"val a = 1\n{annotation}"
    command = [sys.executable, "-c", READ_KOTLIN]
    done = subprocess.run(
        command, input=text, text=True, capture_output=True, timeout=60, check=True
    )
    assert done.stdout == "None\n"


ASK_AT_ONCE = """
from threading import Barrier, Thread
from notion_lsp.languages import languages
from notion_lsp.syntax.trees import parse

threads = 4
together = Barrier(threads)

def ask():
    for language in languages():
        if language.id in {"go", "python", "shell"}:
            parsed = parse(b"a = 1", language.grammar)
            together.wait()
            for query in filter(None, (language.grammar.context, language.grammar.outline)):
                list(parsed.matches(query, None))

asking = [Thread(target=ask) for _ in range(threads)]
for each in asking:
    each.start()
for each in asking:
    each.join()
"""


def test_threads_that_ask_at_once_make_no_query_twice_as_one_of_them_would_be_freed() -> None:
    # In a process of its own, which would crash.
    subprocess.run([sys.executable, "-c", ASK_AT_ONCE], timeout=60, check=True)
