"""What only syntax can tell: the literal at a span, what stands around it, what a file imports.

A language brings two queries, or patterns of lines with groups of the same names.

The `context` query runs at a token. Its captures:

- `@literal`: a string; the smallest one that holds the token is the one that is rewritten.
- `@comment`: text that no program reads.
- `@fixed`: no expression may stand in here; `(#set! reason "…")` says why. With a `@handed`, it is
  so if the outline has a `@handed` of the same text.
- `@name`, beside a `@literal` that is a token and nothing else: what the code calls the value.
- `@source`, beside such a `@literal` with a `@name`: what reads the variable of that name already.
  It stays, and so does the name; the token is what the code falls back to.
- `@prefix`: what stands before each `@name` in here that has `(#set! prefixed "true")`.
- `@tried`, beside a `@literal`: what the code takes before it, which may have been read as well.
- `@default`, beside a `@literal`: the code evaluates it whether it is needed or not, so that the
  lookup may not stop the program; in what runs `@apart`, it cannot.
- `@replace`, beside a `@literal` that is a token and nothing else: the lookup takes the place from
  its start to the literal's end, or of the whole of it where it holds the literal. With a `@name`
  it is a source too, one that the lookup takes the place of.
- `(#set! wrap "…%…")`, beside a `@literal`: what the new expression is put into.
- `(#set! instead "…")`, beside a `@literal` or a `@replace`: what takes its place if that is not
  the language's lookup, such as an argument by which a library reads the variable itself. Where it
  is empty, the blanks before go too.
- `(#set! bare "true")`, beside a `@literal`: it has no quotes, even if it begins with one.
- any other name is handed on in `Site.captures`.

The `outline` query runs over the file: `@import` with `@module`, `@member` and `@alias`; `@header`,
which must stay above what is inserted, and `@banner`, a comment at the top which must where a blank
line follows, or where it is for the whole file (see `directives`); `@definition`, the name of a
function at the top level, `@earlier`, what helpers stand below, and `@declared`, that of anything
else there that other texts of its package see; `@home`, the body of a type for a helper, with its
`@end`; `(#set! without "…")` says what the helper does not begin with; `@homeless`, what leaves a
helper no place; `@variable`, one that the code itself sets: what falls back from it to a token
keeps it; `@inherited`, one it takes over; `@handed`, a function whose text is sent away, or another
name of the environment; `@read`, where code reads a variable, with its `@name`; `@gives`, a
statement that gives a `@target` the value `@given`, in what holds it or in the `@scope`.

The `names` query runs at the words of a name: see `names`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from notion_lsp.positions import ByteIndex
from notion_lsp.syntax.around import Around
from notion_lsp.syntax.captures import (
    Captures,
    Spans,
    first_text,
    inside,
    read_name,
    reason_of,
    setting,
    smallest,
)
from notion_lsp.syntax.earlier import Assigned, Values, VariableRead
from notion_lsp.syntax.line_patterns import read
from notion_lsp.syntax.literal import Literal, taken_apart
from notion_lsp.syntax.names import Meaning, asked, meaning_at, meaning_of
from notion_lsp.syntax.outline import Outline, outline_of
from notion_lsp.syntax.trees import text_of
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from notion_lsp.refused import Refused
    from notion_lsp.syntax.line_patterns import LineGrammar
    from notion_lsp.syntax.trees import Grammar, Match, Node

_WORD = re.compile(r"\w+")
_MANY_NAMES = 50

_About = TypeVar("_About")
_Said = TypeVar("_Said")


@dataclass(frozen=True)
class Site:
    """Where an expression may stand in a token's place: the literal, and what is around it.

    It is a `fallback` where the code reads the variable `name` already.
    """

    literal: Literal
    name: str | None = None
    fallback: bool = False
    replaced: Span | None = None
    instead: str | None = None
    wrap: str = "%"
    captures: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class NoSite:
    """Where no expression may stand: in a comment, where `reason` says why, or in no literal."""

    comment: bool = False
    reason: str | None = None


class Syntax:
    """A text, parsed. Spans are in code points; the bytes of trees and patterns stay inside."""

    def __init__(self, text: str, grammar: Grammar | LineGrammar) -> None:
        self.text, self._grammar = text, grammar
        self.tells_names = bool(grammar.names)  # else it cannot be looked through
        # No grammar ends a comment at a lone carriage return.
        text = re.sub(r"\r(?!\n)", "\n", text)
        self._bytes = ByteIndex(text)
        self._spans = Spans(self.text, self._bytes)
        self._read = read(text, grammar)
        self._asked: dict[Any, Around] = {}
        self._sites: dict[tuple[Span, ...], Site | NoSite] = {}
        self._named_by: dict[str, tuple[tuple[Span, Meaning], ...]] = {}
        self._meant: dict[str, Meaning] = {}
        self._said: dict[tuple[object, object], Any] = {}

    @property
    def unread(self) -> Refused | None:
        """Why the text cannot be asked: then it has no site either, and declares nothing."""
        return self._read.unread

    def _matches(self, query: Any, within: Span | None) -> list[Match]:  # noqa: ANN401, the reader's
        return list(self._read.matches(query, within))

    @cached_property
    def error_count(self) -> int:
        """How many places of the text the grammar cannot read."""
        return self._read.count_errors()

    def site(self, spans: Sequence[Span], opening: re.Pattern[str]) -> Site | NoSite:
        """Return the place of the tokens, which stand in one literal if there are several."""
        known = tuple(spans)
        if known not in self._sites:
            self._sites[known] = self._site(spans, opening)
        # Only a question tells whether it could be answered.
        return NoSite(reason=self.unread.reason) if self.unread else self._sites[known]

    def _site(self, spans: Sequence[Span], opening: re.Pattern[str]) -> Site | NoSite:
        first = self._spans.in_bytes(spans[0])
        matches = self._around(self._grammar.context, first)
        literal = smallest("literal", matches, first)
        comment = inside("comment", matches, first)
        reason = reason_of(matches, first, self.outline.handed)
        if comment or reason or literal is None:
            return NoSite(comment, reason)
        beside = [match for match in matches if literal in match.nodes.get("literal", ())]
        taken = self._literal(literal, spans, None if setting("bare", beside) else opening)
        return self._placed(taken, literal, beside, Captures(matches, self._spans))

    def _placed(
        self, taken: Literal, literal: Node, beside: Sequence[Match], captures: Captures
    ) -> Site:
        # What is read beside the literal names the variable. Else the code above may have read one.
        source = read_name(beside, [span.of(self.text) for span in captures.get("prefix", ())])
        # The name and the default are those of the whole string, not of a part of it.
        if not taken.whole or self._is_own(source):
            beside = [match for match in beside if "replace" not in match.nodes]
            wrap, instead = setting("wrap", beside) or "%", setting("instead", beside)
            return Site(taken, wrap=wrap, instead=instead, captures=captures)
        source = source or self._variable_before(literal, beside)
        return Site(
            literal=taken,
            name=source or first_text("name", beside),
            fallback=source is not None,
            replaced=self._replaced(literal, beside),
            instead=setting("instead", beside),
            wrap=setting("wrap", beside) or "%",
            captures=captures,
        )

    def literal_span(self, span: Span) -> Span | None:
        """Return the span of the literal that holds the token: equal for tokens in one literal."""
        token = self._spans.in_bytes(span)
        node = smallest("literal", self._around(self._grammar.context, token), token)
        return self._spans.of(node) if node else None

    @cached_property
    def _outlined(self) -> list[Match]:
        return self._matches(self._grammar.outline, None)

    @cached_property
    def outline(self) -> Outline:
        """What the file declares at its top level."""
        return outline_of(self._outlined, self._spans)

    def meaning(self, name: str) -> Meaning:
        """Return what the text means by a name."""
        if name not in self._meant:
            self._meant[name] = meaning_of(meaning for _, meaning in self._named(name))
        return self._meant[name]

    def places(self, name: str) -> tuple[Span, ...]:
        """Return where the text has a name, whatever it means by it."""
        return tuple(span for span, meaning in self._named(name) if meaning.is_name)

    def found(self, query: str, within: Span | None = None) -> tuple[Mapping[str, Span], ...]:
        """Return what a query finds, or what of it is around a span: of each capture a node."""
        if within is None:
            return self.once(_found, query)
        return self._measured(self._around(query, self._spans.in_bytes(within)))

    def once(self, ask: Callable[[Syntax, _About], _Said], about: _About) -> _Said:
        """Return what a function says of this text, which it is asked once."""
        if (ask, about) not in self._said:
            self._said[ask, about] = ask(self, about)
        said: _Said = self._said[ask, about]
        return said

    def _measured(self, matches: Iterable[Match]) -> tuple[Mapping[str, Span], ...]:
        return tuple(
            {name: self._spans.of(nodes[0]) for name, nodes in match.nodes.items()}
            for match in matches
        )

    def _around(self, query: Any, place: Span) -> Sequence[Match]:  # noqa: ANN401, the reader's
        if query not in self._asked:
            self._asked[query] = Around(self._read, query, len(self._bytes.encoded))
        return self._asked[query].matches(place)

    def _named(self, name: str) -> tuple[tuple[Span, Meaning], ...]:
        if name not in self._named_by:
            self._named_by[name] = tuple(self._each_named(name))
        return self._named_by[name]

    def _each_named(self, name: str) -> Iterator[tuple[Span, Meaning]]:
        by_bytes = {self._spans.in_bytes(span): span for span in self._places_of(name)}
        for word, matches in asked(tuple(by_bytes), partial(self._matches, self._grammar.names)):
            yield by_bytes[word], meaning_at(word, name, matches)

    def _places_of(self, name: str) -> Sequence[Span]:
        # To note where all words stand takes as long as to search for many of them.
        if len(self._named_by) > _MANY_NAMES and _WORD.fullmatch(name):
            return self._words.get(name, ())
        found = re.finditer(rf"\b{re.escape(name)}\b", self.text)
        return [Span(*word.span()) for word in found]

    @cached_property
    def _words(self) -> Mapping[str, Sequence[Span]]:
        found: dict[str, list[Span]] = {}
        for word in _WORD.finditer(self.text):
            found.setdefault(word[0], []).append(Span(*word.span()))
        return found

    def _literal(
        self, node: Node, spans: Sequence[Span], opening: re.Pattern[str] | None
    ) -> Literal:
        parent = node.parent.type if node.parent else ""
        return taken_apart(self.text, self._spans.of(node), spans, opening, (node.type, parent))

    def _variable_before(self, literal: Node, beside: Sequence[Match]) -> str | None:
        nodes = ((each, match) for match in beside for each in match.nodes.get("tried", ()))
        tried = [(self._spans.of(each), first_text("asked", [match])) for each, match in nodes]
        # A text that the program gives itself is no source of it.
        before = self._values.variable_before(self._spans.of(literal), tried)
        return None if self._is_own(before) else before

    @cached_property
    def _values(self) -> Values:
        nodes = [match.nodes for match in self._outlined]
        return Values(
            self.text,
            [self._assigned(each) for each in nodes if "gives" in each],
            [self._variable_read(each) for each in nodes if "read" in each],
        )

    def _variable_read(self, nodes: Mapping[str, Sequence[Node]]) -> VariableRead:
        (read,) = nodes["read"]
        return VariableRead(self._spans.of(read), text_of(nodes.get("name", [read])[0]))

    def _assigned(self, nodes: Mapping[str, Sequence[Node]]) -> Assigned:
        target, given, statement = (nodes[each][0] for each in ("target", "given", "gives"))
        scope = self._spans.of(nodes.get("scope", [statement.parent or statement])[0])
        return Assigned(text_of(target), self._spans.of(given), self._spans.of(statement), scope)

    def _is_own(self, name: str | None) -> bool:
        # A program that sets the variable itself does so after this, and reads its own value.
        sets = self.outline.captures.get("variable", ())
        return name is not None and any(span.of(self.text) == name for span in sets)

    def _replaced(self, literal: Node, beside: Sequence[Match]) -> Span | None:
        nodes = [node for match in beside for node in match.nodes.get("replace", ())]
        if not nodes:
            return None
        # The node may end before the literal does, as a read does before its default.
        end = max(nodes[0].end_byte, literal.end_byte)
        start = self._bytes.offset(nodes[0].start_byte)
        if setting("instead", beside) == "":
            start = len(self.text[:start].rstrip(" \t"))
        return Span(start, self._bytes.offset(end))


def _found(syntax: Syntax, query: str) -> tuple[Mapping[str, Span], ...]:
    return syntax._measured(syntax._matches(query, None))  # noqa: SLF001, it is the class's own work
