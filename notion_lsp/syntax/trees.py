"""Trees and queries: the only module that imports tree-sitter, and only when asked."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from itertools import count, groupby
from typing import TYPE_CHECKING, NamedTuple, Protocol

from notion_lsp.refused import Refused
from notion_lsp.syntax.nesting import nests_too_deeply
from notion_lsp.syntax.timed import TimedText
from notion_lsp.syntax.wide_characters import bearable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tree_sitter import Language, Query, Tree

    from notion_lsp.text import Span

# The binding frees what a regular expression found twice (0.25 and 0.26), and the process crashes
# some time later; and it never frees the nodes that it gives to a predicate of ours, nor their tree
# (py-tree-sitter, issue 467). So a setting takes its place, which we look at in each match.
_MATCH = re.compile(r"#((?:not-)?match\?)\s+@([\w.-]+)")
_AS_SETTING = re.compile(r'#set! "\d+ (\S+) (\S+)"')

# What tree-sitter needs for a query grows with the square of both, and it takes no limit on time:
# its binding ends the process where it is asked to report progress (0.26.1).
_DEEPEST = 1_000  # nodes around a place
_IN_A_ROW = 2_000  # nodes without a name that follow each other in an error

# The binding frees some of what is in a query twice (0.26.1), and the process crashes: where two
# threads ask at once, `cache` keeps one of two queries.
_KEPT: list[Query] = []

_TOO_DEEP = Refused("The text nests too deeply to be parsed.")
_TOO_LONG = Refused("The text takes too long to parse.")


@dataclass(frozen=True, slots=True)
class Grammar:
    """A tree-sitter grammar and how to read it.

    `mended` gives a text that means the same and is as long, without what the grammar cannot read.
    """

    package: str
    context: str
    outline: str = ""
    names: str = ""
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


class Parsed:
    """A tree and how to ask it; what the grammar cannot read is an error in it.

    Once it was asked for a place that lies too deep, or for all of a text that nests so, it is
    `unread`: that nothing matches there says nothing.
    """

    def __init__(self, tree: Tree, language: Language) -> None:
        self.root = tree.root_node
        self.unread: Refused | None = None
        self._language = language
        self._error_count, in_a_row = self._errors()
        if in_a_row > _IN_A_ROW:
            self.unread = _TOO_LONG

    def matches(self, query: str, within: Span | None) -> Iterator[Match]:
        """Yield the matches of a query, those only that meet a span of bytes if there is one."""
        from tree_sitter import QueryCursor

        if self._depth(within.start) > _DEEPEST if within else not self.nests:
            self.unread = _TOO_DEEP
        if self.unread:
            return
        cursor = QueryCursor(_query(self._language, query))
        # tree-sitter, ts_query_cursor_set_byte_range: a match that meets the range is found whole,
        # and some of its captures may stand outside.
        if within:
            cursor.set_byte_range(within.start, within.end)
        rows = _rows(self._language, query)
        for index, nodes in cursor.matches(self.root):
            row = rows[index]
            if all(condition.holds(nodes) for condition in row.conditions):
                yield Match(row.settings, nodes, row.written)

    @cached_property
    def nests(self) -> bool:
        """Whether the nodes nest, and none so deeply that a query about all would take long."""
        cursor = self.root.walk()
        deeper = True
        while deeper:
            while cursor.goto_first_child():
                if cursor.depth > _DEEPEST:
                    return False
            while not (deeper := cursor.goto_next_sibling()) and cursor.goto_parent():
                pass
        return True

    def count_errors(self) -> int:
        """Return how many places of the tree are errors or were left out."""
        return self._error_count

    def _errors(self) -> tuple[int, int]:
        # How many there are, and the most nodes without a name in a row.
        found = in_a_row = 0
        # A list, not recursion: how deep a text nests is up to who wrote it.
        pending = [self.root] if self.root.has_error else []
        while pending:
            node = pending.pop()
            children = node.children
            found += node.is_error or node.is_missing
            pending += [child for child in children if child.has_error or child.is_missing]
            if len(children) > _IN_A_ROW:
                rows = groupby(children, lambda child: child.is_named)
                in_a_row = max(in_a_row, *(len(list(row)) for named, row in rows if not named), 0)
        return found, in_a_row

    def _depth(self, byte: int) -> int:
        cursor = self.root.walk()
        while cursor.goto_first_child_for_byte(byte) is not None:
            if cursor.depth > _DEEPEST:
                break
        return cursor.depth


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that has no tree, and why: nothing in it matches."""

    unread: Refused
    nests = False

    def matches(self, _query: str, _within: Span | None) -> Iterator[Match]:
        """Yield nothing."""
        return iter(())

    def count_errors(self) -> int:
        """Return 1: the text as a whole is what cannot be read."""
        return 1


def parse(source: bytes, grammar: Grammar) -> Parsed | Unread:
    """Parse a text in UTF-8, unless it nests too deeply or takes too long."""
    from tree_sitter import Parser

    text = source.decode()
    if nests_too_deeply(text, grammar.package):
        return Unread(_TOO_DEEP)
    source = bearable(text, grammar.package)
    language = _language(grammar.package, grammar.function)
    if language is None:
        return Unread(Refused("The grammar of this language cannot be had for this machine."))
    parser, timed = Parser(language), TimedText(source)
    try:
        tree = parser.parse(timed.read, progress_callback=timed.is_over)
    except ValueError:  # the callback has ended it
        return Unread(_TOO_LONG)
    finally:
        timed.release()
    if timed.is_over():
        return Unread(_TOO_LONG)
    # The nodes of that tree have no text. A second parse takes over what the first has found.
    return Parsed(parser.parse(source, tree), language)


def text_of(node: Node) -> str:
    """Return the source of a node."""
    return (node.text or b"").decode()


@cache
def _language(package: str, function: str) -> Language | None:
    from tree_sitter import Language

    try:
        module = import_module(package)
    except ImportError:
        return None
    return Language(_capsule(getattr(module, function)()))


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
def _query(language: Language, source: str) -> Query:
    from tree_sitter import Query

    _KEPT.append(query := Query(language, _owned(source)))
    return query


class _Condition(NamedTuple):
    """What the text of a capture has to match, or not."""

    capture: str
    pattern: re.Pattern[str]
    wanted: bool

    def holds(self, nodes: Mapping[str, Sequence[Node]]) -> bool:
        # tree-sitter's `match?` holds for all nodes of a quantified capture.
        texts = map(text_of, nodes.get(self.capture, ()))
        return all(bool(self.pattern.search(text)) is self.wanted for text in texts)


class _Row(NamedTuple):
    """A pattern of a query, with its conditions apart from its other settings."""

    written: str
    settings: Mapping[str, str | None]
    conditions: tuple[_Condition, ...]


@cache
def _rows(language: Language, source: str) -> tuple[_Row, ...]:
    query, written = _query(language, source), _owned(source).encode()
    return tuple(_row(query, written, index) for index in range(query.pattern_count))


def _row(query: Query, source: bytes, index: int) -> _Row:
    span = slice(query.start_byte_for_pattern(index), query.end_byte_for_pattern(index))
    written = _AS_SETTING.sub(r"#\1 @\2", source[span].decode().strip())
    settings = query.pattern_settings(index)
    conditions = {key: key.split() for key in settings if key[0].isdigit()}
    return _Row(
        written,
        {key: value for key, value in settings.items() if key not in conditions},
        tuple(
            _Condition(capture, re.compile(settings[key] or ""), predicate == "match?")
            for key, (_, predicate, capture) in conditions.items()
        ),
    )


def _owned(source: str) -> str:
    # Numbered, as a pattern has each setting once.
    numbers = count()
    return _MATCH.sub(lambda found: f'#set! "{next(numbers)} {found[1]} {found[2]}"', source)
