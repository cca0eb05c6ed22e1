"""Where a token stands and of which kind it is, never the token itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.kinds import Confidence

if TYPE_CHECKING:
    from notion_lsp.detect.kinds import Shape, TokenKind
    from notion_lsp.text import Span


# A token of this length is beyond guessing even if its last four characters are known, or a digest.
LONG = 20


class Finding(NamedTuple):
    """The place and the kind of a token, in code points of the text it was found in.

    Of a token that code puts together, `span` is the first piece and `rest` are the others. Of an
    encoded token, `span` is the encoded text, `rest` are its further lines, `encoding` is its name,
    and `inside` is the finding in the decoded text.
    """

    kind: TokenKind
    span: Span
    shape: Shape
    rest: tuple[Span, ...] = ()
    encoding: str = ""
    inside: Finding | None = None

    @property
    def confidence(self) -> Confidence:
        """How sure the shape makes us."""
        return self.shape.confidence

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places of all the pieces, in the order in which they make up the token."""
        return (self.span, *self.rest)

    @property
    def split(self) -> bool:
        """Whether code puts the token together from pieces."""
        return bool(self.rest) and not self.encoding

    @property
    def hidden(self) -> bool:
        """Whether the token is not written out in one piece."""
        return bool(self.rest or self.encoding)

    def shifted(self, by: int) -> Finding:
        """Return the same finding, moved by that many code points."""
        # Each keystroke does this, and `dataclasses.replace` takes several times as long.
        rest = tuple(span.shifted(by) for span in self.rest) if self.rest else ()
        span = self.span.shifted(by)
        return Finding(self.kind, span, self.shape, rest, self.encoding, self.inside)


class Candidate(NamedTuple):
    """A match of one shape, whose context has not been looked at yet."""

    kind: TokenKind
    shape: Shape
    span: Span


def token_of(text: str, finding: Finding) -> str:
    """Return the token itself, to be compared, hashed or moved; never to be shown."""
    written = "".join(span.of(text) for span in finding.spans)
    if finding.inside is None:
        return written
    from notion_lsp.detect.encodings import decode

    return token_of(decode(finding.encoding, written), finding.inside)


def told(text: str, finding: Finding) -> tuple[bool, bool, int]:
    """Return how much a finding tells: one that tells less is maybe a part of what another says."""
    # A code may cut a token where what is left of it looks like a whole one.
    token = token_of(text, finding)
    is_certain = finding.confidence is Confidence.CERTAIN
    return is_certain, finding.shape.is_as_counted(token), len(token)


def mask(token: str, kind: TokenKind) -> str:
    """Return what may be shown of a token: its prefix and, if it is long, its last characters."""
    return f"{kind.label}…{token[-4:] if len(token) >= LONG else ''}"


def fingerprint(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal, which names it without giving it away."""
    import hashlib

    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def public_fingerprint(token: str) -> str | None:
    """Return the fingerprint for whoever reads a report or a committed file.

    `None` for a short value, such as a PIN that a pattern of the settings finds: its digest can be
    compared with those of all values of that length.
    """
    return fingerprint(token) if len(token) >= LONG else None
