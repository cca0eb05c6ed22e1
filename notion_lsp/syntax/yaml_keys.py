"""The keys of a file in YAML: which stand around a token, and what stands beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.plain import find_plain
from notion_lsp.refused import Refused
from notion_lsp.syntax.yaml_scalars import Scalar, read
from notion_lsp.text import Edit, Span, line_bounds, next_line, overlapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.syntax.site import Syntax

_SCALARS = "[(plain_scalar) (double_quote_scalar) (single_quote_scalar)]"

CONTEXT = f"""
(comment) @comment
{_SCALARS} @literal
(block_scalar) @literal

((block_mapping_pair key: (_) @fixed) (#set! reason "The token is a key, and keys are constant."))
((flow_pair key: (_) @fixed) (#set! reason "The token is a key, and keys are constant."))
"""

# What the code calls a value: its key, or in an entry of a list what stands under `name`.
KEY_AS_NAME = f"""
(block_mapping_pair key: (_) @name value: (flow_node {_SCALARS} @literal))
(flow_pair key: (_) @name value: (flow_node {_SCALARS} @literal))
"""
# Between two keys of an entry, up to two others: to take any two of a mapping together takes as
# long as the square of their number.
_NEAR = ". (_)? . (_)? ."
# The siblings of a query stand in the order of the text: `name` may come first or last.
ENTRY_AS_NAME = f"""
((block_mapping
  (block_mapping_pair key: (_) @_key value: (_) @name)
  {_NEAR} (block_mapping_pair value: (flow_node {_SCALARS} @literal)))
  (#eq? @_key "name"))
((block_mapping
  (block_mapping_pair value: (flow_node {_SCALARS} @literal))
  {_NEAR} (block_mapping_pair key: (_) @_key value: (_) @name))
  (#eq? @_key "name"))
((flow_mapping
  (flow_pair key: (_) @_key value: (_) @name)
  {_NEAR} (flow_pair value: (flow_node {_SCALARS} @literal)))
  (#eq? @_key "name"))
"""

OUTLINE = f"""
(block_mapping_pair key: (_) @key) @pair
(flow_pair key: (_) @key) @pair
[(block_mapping) (flow_mapping)] @mapping
[(flow_mapping) (flow_sequence)] @flow
{_SCALARS} @scalar
(block_scalar) @scalar
"""

# The variables that the entries of a list set.
ENTRIES = rf"""
((block_mapping
  (block_mapping_pair key: (_) @_key value: (_) @variable)
  {_NEAR} (block_mapping_pair key: (_) @_value))
  (#eq? @_key "name") (#match? @_value "^value(From)?$"))
((block_mapping
  (block_mapping_pair key: (_) @_value)
  {_NEAR} (block_mapping_pair key: (_) @_key value: (_) @variable))
  (#eq? @_key "name") (#match? @_value "^value(From)?$"))
((flow_mapping
  (flow_pair key: (_) @_key value: (_) @variable)
  {_NEAR} (flow_pair key: (_) @_value))
  (#eq? @_key "name") (#match? @_value "^value(From)?$"))
"""
# YAML 1.2.2, 6.9.2: an anchor is `&` and anything but white space, commas and brackets.
_ANCHOR = re.compile(r"(?<=\s)&[^\s,\[\]{}]+")
_BETWEEN = re.compile(r"\s*,\s*")


_NOTHING_LEFT = Refused("Nothing would be left of what holds this key.")


class Pair(NamedTuple):
    """A key and its value: where, and in which mapping."""

    span: Span
    key: str
    key_span: Span
    mapping: Span

    def value(self, text: str) -> str:
        """Return the source of the value."""
        return text[self.key_span.end : self.span.end].lstrip(" \t").removeprefix(":").strip()


class Tree:
    """The pairs of a file, by where they stand."""

    def __init__(self, syntax: Syntax) -> None:
        self.text = syntax.text
        captures = syntax.outline.captures
        pairs, keys = captures.get("pair", ()), captures.get("key", ())
        mapping_of = _mappings(pairs, captures.get("mapping", ()))
        self.pairs = tuple(
            sorted(
                Pair(pair, key.of(self.text).strip("\"'"), key, mapping_of[pair])
                for pair, key in zip(pairs, keys, strict=True)
            )
        )
        self.scalars = captures.get("scalar", ())
        self._in_brackets = overlapping(captures.get("flow", ()))
        self._chains = _chains(self.pairs)
        # Each of many tokens asks for what is around it, which is found once for all of them.
        self._inside: dict[Pair, dict[str, Pair]] = {}
        self._read: dict[Span, Scalar] = {}
        self._tokens_alone: dict[Span, bool] = {}
        self._in_mapping: dict[Span, dict[str, Pair]] = {}
        for each in self.pairs:
            self._in_mapping.setdefault(each.mapping, {})[each.key] = each

    def around(self, span: Span) -> tuple[Pair, ...]:
        """Return the pairs around a span, the outermost first."""
        above = bisect_right(self.pairs, span.start, key=lambda pair: pair.span.start)
        chain = self._chains[above - 1] if above else ()
        return tuple(pair for pair in chain if pair.span.contains(span))

    def scalar(self, span: Span) -> Scalar:
        """Return the scalar at a span."""
        if span not in self._read:
            # In brackets a plain scalar ends at commas and brackets, too (YAML 1.2.2, 7.3.3).
            self._read[span] = read(self.text, span, in_brackets=self._in_brackets(span))
        return self._read[span]

    def beside(self, pair: Pair) -> dict[str, Pair]:
        """Return the pairs of the mapping that a pair stands in, by their keys."""
        return self._in_mapping[pair.mapping]

    def inside(self, pair: Pair) -> dict[str, Pair]:
        """Return the pairs of the mapping that is a pair's value, by their keys."""
        if pair not in self._inside:
            self._inside[pair] = self._find_inside(pair)
        return self._inside[pair]

    def _find_inside(self, pair: Pair) -> dict[str, Pair]:
        value = Span(pair.key_span.end, pair.span.end)
        within = [each for each in self.pairs if value.contains(each.span)]
        # Mappings nest: the largest one inside the value is the value itself.
        own = max((each.mapping for each in within), key=lambda each: each.size, default=None)
        is_value = own and not self.text[value.start : own.start].lstrip(" \t:\r\n").startswith("-")
        return {each.key: each for each in within if each.mapping == own} if is_value else {}

    def is_same_everywhere(self, pair: Pair) -> bool:
        """Whether the file gives the pair's key no other value."""
        return len(self._values[pair.key]) == 1

    @cached_property
    def _values(self) -> dict[str, set[str]]:
        values: dict[str, set[str]] = {}
        for each in self.pairs:
            values.setdefault(each.key, set()).add(each.value(self.text).strip("\"'"))
        return values

    def column(self, offset: int) -> int:
        """Return how far a place is into its line."""
        return offset - line_bounds(self.text, offset).start

    def in_brackets(self, pair: Pair) -> bool:
        """Whether the pair stands in a mapping in braces."""
        return self.text[pair.mapping.start : pair.mapping.start + 1] == "{"

    def without(self, pair: Pair) -> tuple[Edit, ...] | Refused:
        """Return the edits that take a pair out, and the key above it that would be left empty."""
        if self._has_anchor(pair):
            return Refused("The value has an anchor: another place may use it.")
        is_alone = len(self.beside(pair)) == 1
        if not is_alone and self._has_tokens_alone(pair.mapping):
            return Refused("The keys beside it have tokens too: delete them together.")
        above = self.around(pair.span)[-2:-1]
        if not is_alone or not above:
            return self._removal(pair)
        if len(self.beside(above[0])) == 1 or self._has_anchor(above[0]):
            return _NOTHING_LEFT
        return self._removal(above[0])

    def _has_tokens_alone(self, mapping: Span) -> bool:
        if mapping not in self._tokens_alone:
            values = (each.value(self.text) for each in self._in_mapping[mapping].values())
            self._tokens_alone[mapping] = all(map(_is_token, values))
        return self._tokens_alone[mapping]

    def _has_anchor(self, pair: Pair) -> bool:
        return _ANCHOR.search(self.text, pair.key_span.end, pair.span.end) is not None

    def _removal(self, pair: Pair) -> tuple[Edit, ...] | Refused:
        start = pair.span.start
        end = start + len(self.text[start : pair.span.end].rstrip())
        if self.in_brackets(pair):
            if after := _BETWEEN.match(self.text, end):
                return (Edit(Span(start, after.end()), ""),)
            return (Edit(Span(self._behind_former(pair), end), ""),)
        bounds = line_bounds(self.text, start)
        if self.text[bounds.start : start].strip():
            # The first key beside a dash: the next one takes its place.
            starts = (each.span.start for each in self.beside(pair).values())
            later = min((each for each in starts if each > start), default=None)
            return (Edit(Span(start, later), ""),) if later else _NOTHING_LEFT
        return (Edit(Span(bounds.start, next_line(self.text, end)), ""),)

    def _behind_former(self, last: Pair) -> int:
        # Where the pair before the last one in braces ends, if there is one.
        start = last.span.start
        comma = self.text.rfind(",", last.mapping.start, start)
        if comma < 0 or self.text[comma + 1 : start].strip():
            return start
        while self.text[comma - 1].isspace():
            comma -= 1
        return comma


def tree_of(syntax: Syntax) -> Tree:
    """Return the tree of a text, made once for all of its tokens."""
    return syntax.once(_tree, None)


def _tree(syntax: Syntax, _about: None) -> Tree:
    return Tree(syntax)


def _chains(pairs: Sequence[Pair]) -> tuple[tuple[Pair, ...], ...]:
    # For each pair, in the order of their starts, those around it and itself.
    chains: list[tuple[Pair, ...]] = []
    chain: tuple[Pair, ...] = ()
    for pair in pairs:
        chain = (*(each for each in chain if each.span.contains(pair.span)), pair)
        chains.append(chain)
    return tuple(chains)


def path_of(pairs: Sequence[Pair]) -> str:
    """Return the keys of pairs, with slashes between them."""
    return "/".join(pair.key for pair in pairs)


def _is_token(value: str) -> bool:
    said = value.strip("\"'")
    return Span(0, len(said)) in [each.span for each in find_plain(said)]


def _mappings(pairs: Sequence[Span], mappings: Sequence[Span]) -> dict[Span, Span]:
    # Spans of a tree nest: the innermost mapping that is still open is the pair's own.
    opened: list[Span] = []
    found: dict[Span, Span] = {}
    spans = [*((span, False) for span in mappings), *((span, True) for span in pairs)]
    for span, is_pair in sorted(spans, key=lambda each: (each[0].start, -each[0].end, each[1])):
        while opened and not opened[-1].contains(span):
            opened.pop()
        if is_pair:
            found[span] = opened[-1] if opened else span
        else:
            opened.append(span)
    return found
