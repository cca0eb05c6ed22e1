"""The very value of a known token, wherever else it stands, be it within a longer word."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING

from notion_lsp.detect.finding import Finding, token_of
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Known = Mapping[str, Finding]

UNKNOWN: Known = MappingProxyType({})

_REASON = "value of a token that stands elsewhere"
_HEAD = 4  # characters of a token that are looked for first


def known_tokens(text: str, findings: Iterable[Finding]) -> Known:
    """Return the findings of a text by their tokens."""
    return {token_of(text, finding): finding for finding in findings}


def find_repeated(text: str, found: Iterable[Finding], known: Known) -> Iterator[Finding]:
    """Yield the places of the known tokens that lie outside of what was found in the text.

    The value itself is evidence enough, so it needs neither an edge nor a context.
    """
    is_taken = _overlaps(span for finding in found for span in finding.spans)
    end = 0
    for start in _starts(text, known):
        span = next(_tokens_at(text, start, known), None) if start >= end else None
        if span and not is_taken(span):
            end = span.end
            finding = known[span.of(text)]
            yield Finding(finding.kind, span, replace(finding.shape, reason=_REASON))


def _starts(text: str, known: Known) -> Iterator[int]:
    # Nearly all tokens begin alike: one search does for however many of them.
    heads = "|".join(re.escape(head) for head in {token[:_HEAD] for token in known})
    return (each.start() for each in re.finditer(heads, text)) if heads else iter(())


def _tokens_at(text: str, start: int, known: Known) -> Iterator[Span]:
    # The longer one first: a development token ends in what may be a known access token.
    for length in sorted({len(token) for token in known}, reverse=True):
        if text[start : start + length] in known:
            yield Span(start, start + length)


def _overlaps(spans: Iterable[Span]) -> Callable[[Span], bool]:
    taken = sorted(spans)
    ends = [0, *accumulate((span.end for span in taken), max)]
    starts = [span.start for span in taken]
    return lambda span: ends[bisect_left(starts, span.end)] > span.start
