"""The very value of a known token, wherever else it stands, be it within a longer word."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from notion_lsp.detect.finding import LONG, Finding, token_of
from notion_lsp.detect.plain import find_plain
from notion_lsp.detect.shapes import COLON
from notion_lsp.text import Span, overlapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_REASON = "value of a token that stands elsewhere"
_COLON = re.compile(COLON)
_COLONS = (":", "%3A", "%3a", "%253A", "%253a")
_HEAD = 4  # characters of a token that are looked for first


class Known:
    """Tokens that were found, each with a finding of it.

    A short one, such as a PIN that a pattern of the settings finds, stands elsewhere by chance.
    """

    def __init__(self, findings: Mapping[str, Finding] | None = None) -> None:
        self.findings = findings or {}

    def __bool__(self) -> bool:
        return bool(self.findings)

    def __contains__(self, token: str) -> bool:
        return token in self.findings

    def are_among(self, others: Known) -> bool:
        """Whether each of these tokens is one of the others."""
        return self.findings.keys() <= others.findings.keys()

    def with_those_of(self, text: str, found: Iterable[Finding]) -> Known:
        """Return these tokens and those of a text; the same object if they are all known."""
        here = {token_of(text, finding): finding for finding in found}
        return self if here.keys() <= self.findings.keys() else Known({**self.findings, **here})

    def places(self, text: str) -> Iterator[int]:
        """Yield each place at which one may begin."""
        return (each.start() for each in self._heads.finditer(text)) if self._tokens else iter(())

    def at(self, text: str, start: int) -> Finding | None:
        """Return the token that stands at an offset of the text, whatever stands around it."""
        token = next((each for each in self._tokens_at(text, start)), None)
        if token is None:
            return None
        kind, _, shape, *_ = self._written[token]
        return Finding(kind, Span(start, start + len(token)), shape._replace(reason=_REASON))

    def _tokens_at(self, text: str, start: int) -> Iterator[str]:
        alike = self._by_beginning.get(text[start : start + self._shortest], ())
        return (token for token in alike if text.startswith(token, start))

    @cached_property
    def _written(self) -> Mapping[str, Finding]:
        # The colons of a cookie may be percent-encoded in one place alone.
        return {
            _COLON.sub(colon, token): finding
            for colon in _COLONS
            for token, finding in self.findings.items()
        }

    @cached_property
    def _tokens(self) -> Sequence[str]:
        # The longer one first: a development token ends in what may be a known access token.
        return sorted((each for each in self._written if len(each) >= LONG), key=len, reverse=True)

    @cached_property
    def _heads(self) -> re.Pattern[str]:
        # Nearly all tokens begin alike: one search does for however many of them.
        return re.compile(
            "|".join(re.escape(head) for head in {each[:_HEAD] for each in self._tokens})
        )

    @cached_property
    def _shortest(self) -> int:
        return min(map(len, self._tokens), default=0)

    @cached_property
    def _by_beginning(self) -> Mapping[str, Sequence[str]]:
        tokens: dict[str, list[str]] = {}
        for token in self._tokens:
            tokens.setdefault(token[: self._shortest], []).append(token)
        return tokens


UNKNOWN = Known()


def find_written(text: str, known: Known, *, edges: bool = True) -> tuple[Finding, ...]:
    """Return the tokens that are written out in the text: those of `find_plain`, and known ones."""
    plain = find_plain(text, edges=edges)
    return (*plain, *find_repeated(text, plain, known)) if known else plain


def find_repeated(text: str, found: Iterable[Finding], known: Known) -> Iterator[Finding]:
    """Yield the places of the known tokens that lie outside of what was found in the text.

    The value itself is evidence enough, so it needs neither an edge nor a context.
    """
    is_taken = overlapping(span for finding in found for span in finding.spans)
    end = 0
    for start in known.places(text):
        again = known.at(text, start) if start >= end else None
        if again and not is_taken(again.span):
            end = again.span.end
            yield again
