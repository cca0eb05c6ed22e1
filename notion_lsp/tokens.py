"""Where a text holds a token of one of the kinds, written out in one piece."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.kinds import HEX_CONTEXT, TOKEN_KINDS
from notion_lsp.patterns import anchor
from notion_lsp.placeholders import DOCUMENTED, looks_random
from notion_lsp.text import Span, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

    from notion_lsp.kinds import Confidence, Shape, TokenKind

_LONG = 20  # four characters fewer are still beyond guessing


@dataclass(frozen=True, slots=True)
class Finding:
    """A token's place and kind: where it is, never what it is.

    Code may put it together from pieces: then `span` is the first one's, and `rest` are those of
    the others. A text may be encoded: then `span` is that of the `encoding`, and what is `inside`
    it is a finding of the text that it decodes to.
    """

    kind: TokenKind
    span: Span
    shape: Shape
    rest: tuple[Span, ...] = ()
    encoding: str = ""
    inside: Finding | None = None

    @property
    def confidence(self) -> Confidence:
        """How sure its form makes us."""
        return self.shape.confidence

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places of all its pieces, in its own order."""
        return (self.span, *self.rest)

    @property
    def split(self) -> bool:
        """Whether code puts it together; an encoded text may stand on several lines, too."""
        return bool(self.rest) and not self.encoding

    @property
    def hidden(self) -> bool:
        """Whether it is not written out in one piece."""
        return bool(self.rest or self.encoding)

    def shifted(self, by: int) -> Finding:
        """Return the same finding, moved by that many code points."""
        # Written out, as `replace` takes longer and each keystroke does this.
        rest = tuple(span.shifted(by) for span in self.rest) if self.rest else ()
        span = self.span.shifted(by)
        return Finding(self.kind, span, self.shape, rest, self.encoding, self.inside)


class Candidate(NamedTuple):
    """A match of one shape, before its context has been looked at."""

    kind: TokenKind
    shape: Shape
    span: Span


def find_plain(text: str) -> tuple[Finding, ...]:
    """Return the tokens of the text in order; they never overlap."""
    shapes = candidates(text, hexadecimal=any(context in text for context in HEX_CONTEXT))
    confirmed = (confirm(found, text) for found in shapes)
    return tuple(finding for finding in confirmed if finding)


def candidates(text: str, *, hexadecimal: bool = True) -> Iterator[tuple[Candidate, ...]]:
    """Yield, for each place that has a token's form, the shapes it may be, best first.

    A whole text without the context of a hexadecimal cookie is searched several times faster.
    """
    begins = anchor(text, hexadecimal=hexadecimal)
    found = begins.search(text)
    while found:
        start = found.start()
        shapes = tuple(
            Candidate(kind, shape, Span(start, match.end()))
            for kind, shape, pattern in _shapes()
            if (match := pattern.match(text, start))
            and looks_random(match[0], shape.digits)
            and fingerprint(match[0]) not in DOCUMENTED
        )
        if shapes:
            yield shapes
        found = begins.search(text, shapes[0].span.end if shapes else start + 1)


def confirm(found: tuple[Candidate, ...], text: str, shift: int = 0) -> Finding | None:
    """Return the first candidate whose context stands around it in the text, else none.

    The text may begin later than the document the spans refer to, `shift` code points in.
    """
    for candidate in found:
        shape, start = candidate.shape, candidate.span.start
        if shape.nearby is None or re.search(
            shape.nearby, surroundings(text, start - shift, shape.lines)
        ):
            return Finding(candidate.kind, candidate.span, shape)
    return None


@cache
def _shapes() -> tuple[tuple[TokenKind, Shape, regex.Pattern[str]], ...]:
    # Compiled when the first anchor is met, which in most sessions is never.
    import regex

    return tuple(
        (kind, shape, regex.compile(shape.pattern, regex.ASCII))
        for kind in TOKEN_KINDS
        for shape in kind.shapes
    )


def token_of(text: str, finding: Finding) -> str:
    """Return the token itself: for comparing and hashing, never for showing."""
    written = "".join(text[span.start : span.end] for span in finding.spans)
    if finding.inside is None:
        return written
    from notion_lsp.encodings import decode

    return token_of(decode(finding.encoding, written), finding.inside)


def mask(token: str, kind: TokenKind) -> str:
    """Return what may be shown of a token: its prefix and, of a long one, its last characters."""
    return f"{kind.prefix}…{token[-4:] if len(token) >= _LONG else ''}"


def masked(text: str) -> str:
    """Return the text with each of its tokens masked: for a log, a code frame or a diff."""
    pieces, position = list[str](), 0
    for finding in find_plain(text):
        pieces += [text[position : finding.span.start], mask(token_of(text, finding), finding.kind)]
        position = finding.span.end
    return "".join(pieces) + text[position:]


def fingerprint(token: str) -> str:
    """Return the SHA-256 of a token in hex: names it in a file without giving it away."""
    import hashlib

    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
