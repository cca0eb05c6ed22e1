"""Trees and queries: the only module that imports tree-sitter, and only when asked."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tree_sitter import Language, Query, Tree
    from tree_sitter import Node as TreeNode

    from notion_lsp.text import Span

# The binding frees what a regular expression found twice (0.25 and 0.26), and the process crashes
# some time later. Under another name the predicate is ours to answer.
_MATCH = re.compile(r"#(not-)?match\?")
_OWN_MATCH = "own-match?"


@dataclass(frozen=True, slots=True)
class Grammar:
    """A tree-sitter grammar and how to read it.

    `mended` gives a text that means the same and is as long, without what the grammar cannot read.
    """

    package: str
    context: str
    outline: str = ""
    opening: str = "[\"'`]"  # what a literal begins with; it ends with the group `quote`, if any
    function: str = "language"
    mended: Callable[[str], str] = str


class Node(Protocol):
    """What a match has of a piece of source, be it a node of a tree or not."""

    @property
    def type(self) -> str:
        """What it is called in its grammar."""

    @property
    def text(self) -> bytes | None:
        """The source of it."""

    @property
    def start_byte(self) -> int:
        """Where it begins."""

    @property
    def end_byte(self) -> int:
        """Where it ends."""

    @property
    def parent(self) -> Node | None:
        """What it is a part of, if anything."""


class Match(NamedTuple):
    """A match of a pattern: its settings, the nodes by capture, and the pattern as it is written.

    `row` is for a person who asks why a query says what it says.
    """

    settings: Mapping[str, str | None]
    nodes: Mapping[str, Sequence[Node]]
    row: str = ""


def parse(source: bytes, grammar: Grammar) -> Tree:
    """Return the tree of a text in UTF-8; what cannot be read is an error in it."""
    from tree_sitter import Parser

    return Parser(_language(grammar.package, grammar.function)).parse(source)


def run_query(tree: Tree, grammar: Grammar, query: str, within: Span | None) -> Iterator[Match]:
    """Yield the matches of a query, those only that meet a span of bytes if there is one."""
    from tree_sitter import QueryCursor

    compiled = _query(grammar, query)
    cursor = QueryCursor(compiled)
    # tree-sitter, ts_query_cursor_set_byte_range: a match that meets the range is found whole, and
    # some of its captures may stand outside.
    if within:
        cursor.set_byte_range(within.start, within.end)
    for index, nodes in cursor.matches(tree.root_node, _holds):
        yield Match(compiled.pattern_settings(index), nodes, _rows(grammar, query)[index])


def count_errors(node: TreeNode) -> int:
    """Return how many places of a tree are errors or were left out."""
    found = 0
    # A list, not recursion: how deep a text nests is up to who wrote it.
    pending = [node] if node.has_error else []
    while pending:
        node = pending.pop()
        found += node.is_error or node.is_missing
        pending += [child for child in node.children if child.has_error or child.is_missing]
    return found


def text_of(node: Node) -> str:
    """Return the source of a node."""
    return (node.text or b"").decode()


@cache
def _language(package: str, function: str) -> Language:
    from tree_sitter import Language

    return Language(_capsule(getattr(import_module(package), function)()))


def _capsule(grammar: object) -> object:
    # tree-sitter-perl gives a bare address, which the binding takes no more in its next version.
    if not isinstance(grammar, int):
        return grammar
    new = ctypes.pythonapi.PyCapsule_New
    new.restype, new.argtypes = (
        ctypes.py_object,
        (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p),
    )
    return new(grammar, b"tree_sitter.Language", None)


@cache
def _query(grammar: Grammar, source: str) -> Query:
    from tree_sitter import Query

    return Query(_language(grammar.package, grammar.function), _owned(source))


@cache
def _rows(grammar: Grammar, source: str) -> tuple[str, ...]:
    query, written = _query(grammar, source), _owned(source).encode()
    spans = (
        (query.start_byte_for_pattern(index), query.end_byte_for_pattern(index))
        for index in range(query.pattern_count)
    )
    return tuple(
        written[start:end].decode().strip().replace(_OWN_MATCH, "match?") for start, end in spans
    )


def _owned(source: str) -> str:
    return _MATCH.sub(lambda found: f"#{found[1] or ''}{_OWN_MATCH}", source)


def _holds(
    predicate: str,
    args: list[tuple[str, Literal["capture", "string"]]],
    pattern_index: int,  # noqa: ARG001, the binding's own signature
    captures: Mapping[str, Sequence[TreeNode]],
) -> bool:
    [(capture, _), (expression, _)] = args
    wanted = predicate == _OWN_MATCH
    texts = map(text_of, captures.get(capture, ()))
    # tree-sitter's `match?` holds for all nodes of a quantified capture; `any-match?` is another.
    return all(bool(re.search(expression, text)) is wanted for text in texts)
