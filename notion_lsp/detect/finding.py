"""Where a token stands and of which kind it is, never what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from notion_lsp.detect.kinds import Confidence, Shape, TokenKind
    from notion_lsp.text import Span


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


def token_of(text: str, finding: Finding) -> str:
    """Return the token itself: for comparing and hashing, never for showing."""
    written = "".join(span.of(text) for span in finding.spans)
    if finding.inside is None:
        return written
    from notion_lsp.detect.encodings import decode

    return token_of(decode(finding.encoding, written), finding.inside)


def mask(token: str, kind: TokenKind) -> str:
    """Return what may be shown of a token: its prefix and, of a long one, its last characters."""
    return f"{kind.label}…{token[-4:] if len(token) >= _LONG else ''}"


def fingerprint(token: str) -> str:
    """Return the SHA-256 of a token in hex: names it in a file without giving it away."""
    import hashlib

    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
