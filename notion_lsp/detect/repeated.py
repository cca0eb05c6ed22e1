"""The very value of a known token, wherever else it stands, be it within a longer word."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.finding import Finding, token_of
from notion_lsp.text import Span, overlapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    is_taken = overlapping(span for finding in found for span in finding.spans)
    by_beginning = _by_beginning(known)
    end = 0
    for start in _starts(text, known):
        if start < end or not (token := _token_at(text, start, by_beginning)):
            continue
        span = Span(start, start + len(token))
        if not is_taken(span):
            end = span.end
            finding = known[token]
            yield Finding(finding.kind, span, finding.shape._replace(reason=_REASON))


def _starts(text: str, known: Known) -> Iterator[int]:
    # Nearly all tokens begin alike: one search does for however many of them.
    heads = "|".join(re.escape(head) for head in {token[:_HEAD] for token in known})
    return (each.start() for each in re.finditer(heads, text)) if heads else iter(())


class _ByBeginning(NamedTuple):
    """Tokens by their first characters, as many as the shortest of them has."""

    length: int
    tokens: Mapping[str, Sequence[str]]


def _by_beginning(known: Known) -> _ByBeginning:
    length = min(map(len, known), default=0)
    tokens: dict[str, list[str]] = {}
    # The longer one first: a development token ends in what may be a known access token.
    for token in sorted(known, key=len, reverse=True):
        tokens.setdefault(token[:length], []).append(token)
    return _ByBeginning(length, tokens)


def _token_at(text: str, start: int, known: _ByBeginning) -> str | None:
    tokens = known.tokens.get(text[start : start + known.length], ())
    return next((token for token in tokens if text.startswith(token, start)), None)
