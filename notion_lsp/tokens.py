"""What a Notion token looks like, and where a text holds one.

`TOKEN_KINDS` is the table: one row a kind of credential, and in a row one shape for each form it
is written in. Notion advises against recognising tokens by pattern because formats may change,
so a row holds facts only and everything below the table is the same for all of them.
Sources: Notion's changelog of 2024-09-11 (`ntn_`), its API reference and webhook pages
(`secret_`, `nrt_`), and the lengths counted in public code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.patterns import COLON, HEAD, LEFT, LEFT_OF_SECRET, NTN_BODY, RIGHT, anchor
from notion_lsp.placeholders import DOCUMENTED, looks_random
from notion_lsp.text import Span, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

    import regex

DOCUMENTATION = "https://github.com/notion-lsp/notion-lsp/blob/main/docs/tokens.md"
CONTEXT_LINES = 8  # how far from a token its context may stand
_INTERNAL_PAGE = "https://www.notion.so/profile/integrations"


class Confidence(Enum):
    """How sure the shape alone makes us."""

    CERTAIN = "certain"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Shape:
    """One way a kind of token is written.

    `pattern` never matches across a line. `nearby` must be found within so many `lines` of it.
    A base62 body has at least one upper-case letter, one lower-case letter and that many `digits`;
    0 says that the body is not base62.
    """

    pattern: str
    confidence: Confidence = Confidence.CERTAIN
    nearby: str | None = None
    lines: int = CONTEXT_LINES
    digits: int = 1


@dataclass(frozen=True, slots=True)
class TokenKind:
    """A kind of credential: its id is the diagnostic's code, a settings key and a docs anchor."""

    id: str
    title: str
    prefix: str
    variable: str
    opens: str
    rotate: str
    shapes: tuple[Shape, ...]

    @property
    def placeholder(self) -> str:
        """What stands in for a token of this kind that has been taken out."""
        return f"{self.prefix}****" if self.prefix.endswith("_") else "****"

    @property
    def documentation(self) -> str:
        """The page that says what this kind is."""
        return f"{DOCUMENTATION}#{self.id}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A token's place and kind: where it is, never what it is."""

    kind: TokenKind
    span: Span
    confidence: Confidence

    def shifted(self, by: int) -> Finding:
        """Return the same finding, moved by that many code points."""
        return Finding(self.kind, self.span.shifted(by), self.confidence)


class Candidate(NamedTuple):
    """A match of one shape, before its context has been looked at."""

    kind: TokenKind
    shape: Shape
    span: Span


_HEX_CONTEXT = ("token_v2", "NotionClient")
_NOTION = r"(?i)notion"

TOKEN_KINDS = (
    TokenKind(
        id="internal-development-token",
        title="Notion development token",
        prefix="development_ntn_",
        variable="NOTION_TOKEN",
        opens="an environment that only Notion's own staff can reach",
        rotate="Revoke it where it was made, in Notion's development environment.",
        shapes=(Shape(rf"{LEFT}development_ntn_{NTN_BODY}{RIGHT}"),),
    ),
    TokenKind(
        id="access-token",
        title="Notion access token",
        prefix="ntn_",
        variable="NOTION_TOKEN",
        opens="every page and database shared with its connection, or all its person can see",
        rotate=(
            f"Refresh it at {_INTERNAL_PAGE}; revoke a personal access token in Settings, "
            "Connections; for an OAuth token, refresh it with its refresh token."
        ),
        shapes=(
            Shape(rf"{LEFT}ntn_{HEAD}{NTN_BODY}{RIGHT}"),
            Shape(rf"{LEFT}ntn_[A-Za-z0-9]{{40,60}}{RIGHT}", Confidence.LIKELY, _NOTION),
        ),
    ),
    TokenKind(
        id="refresh-token",
        title="Notion OAuth refresh token",
        prefix="nrt_",
        variable="NOTION_REFRESH_TOKEN",
        opens="new access tokens to the workspace of the person who gave consent",
        rotate="Exchange it at /v1/oauth/token, or revoke it at /v1/oauth/revoke.",
        shapes=(
            Shape(rf"{LEFT}nrt_{HEAD}{NTN_BODY}{RIGHT}"),
            Shape(rf"{LEFT}nrt_[A-Za-z0-9]{{45,46}}{RIGHT}", Confidence.LIKELY, _NOTION),
        ),
    ),
    TokenKind(
        id="oauth-client-secret",
        title="Notion OAuth client secret",
        prefix="secret_",
        variable="NOTION_CLIENT_SECRET",
        opens="the exchange of any authorization code or refresh token of the public connection",
        rotate=f"Make a new secret on the connection's page at {_INTERNAL_PAGE}.",
        shapes=(
            Shape(
                rf"{LEFT_OF_SECRET}secret_[A-Za-z0-9]{{43}}{RIGHT}",
                nearby=r"(?i)client[_-]?secret",
                lines=0,
                digits=2,
            ),
            Shape(
                rf"{LEFT_OF_SECRET}secret_[A-Za-z0-9]{{42}}{RIGHT}",
                Confidence.LIKELY,
                r"(?is)notion.*client[_-]?(?:secret|id)|client[_-]?(?:secret|id).*notion",
            ),
        ),
    ),
    TokenKind(
        id="webhook-verification-token",
        title="Notion webhook verification token",
        prefix="secret_",
        variable="NOTION_WEBHOOK_VERIFICATION_TOKEN",
        opens="the signature check of the webhook: who has it can forge events",
        rotate=f"Delete the webhook subscription at {_INTERNAL_PAGE} and make it anew.",
        shapes=(
            Shape(
                rf"{LEFT_OF_SECRET}secret_[A-Za-z0-9]{{43}}{RIGHT}",
                nearby=r"(?i)verification[_-]?token|webhook|notion[_-]signature",
                lines=0,
                digits=2,
            ),
        ),
    ),
    TokenKind(
        id="integration-token",
        title="Notion integration token",
        prefix="secret_",
        variable="NOTION_TOKEN",
        opens="every page and database shared with its connection",
        rotate=f"Refresh it on the connection's page at {_INTERNAL_PAGE}.",
        shapes=(
            Shape(rf"{LEFT_OF_SECRET}secret_[A-Za-z0-9]{{43}}{RIGHT}", digits=2),
            Shape(rf"{LEFT}secret_[A-Za-z0-9]{{42,43}}{RIGHT}", Confidence.LIKELY, _NOTION),
        ),
    ),
    TokenKind(
        id="session-cookie",
        title="Notion session cookie (token_v2)",
        prefix="token_v2",
        variable="NOTION_TOKEN_V2",
        opens="the whole account of the person it was copied from, as if signed in",
        rotate="Sign out of all devices in Notion: Settings, My account.",
        shapes=(
            Shape(
                rf"{LEFT}v03{COLON}eyJ[\w-]{{20,}}\.[\w-]*\.[\w-]{{16,}}\.[\w-]{{40,}}"
                r"\.[\w-]{20,}(?![\w-])",
                digits=0,
            ),
            Shape(rf"{LEFT}v02{COLON}user_token(?:_or_cookies)?{COLON}[\w-]{{100,}}", digits=0),
            Shape(
                r"(?<![0-9A-Za-z])[0-9a-f]{156}(?![0-9A-Za-z])",
                nearby="|".join(_HEX_CONTEXT),
                digits=0,
            ),
        ),
    ),
    TokenKind(
        id="file-cookie",
        title="Notion file cookie (file_token)",
        prefix="file_token",
        variable="NOTION_FILE_TOKEN",
        opens="the files and images of the person it was copied from",
        rotate="Sign out of all devices in Notion: Settings, My account.",
        shapes=(Shape(rf"{LEFT}v02{COLON}file_token{COLON}[\w-]{{100,}}", digits=0),),
    ),
)

# What a file must hold for any row to match: fixed text, few, for a search by another program.
# For each, the search of a tree takes about 3 % longer. The second are for what is encoded.
PREFILTERS = ("ntn_", "nrt_", "secret_", "v02", "v03", *_HEX_CONTEXT)
ENCODED_PREFILTERS: tuple[str, ...] = ()


def find(text: str) -> tuple[Finding, ...]:
    """Return the tokens of the text in order; they never overlap."""
    shapes = candidates(text, hexadecimal=any(context in text for context in _HEX_CONTEXT))
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
            return Finding(candidate.kind, candidate.span, shape.confidence)
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


def mask(token: str, kind: TokenKind) -> str:
    """Return what may be shown of a token: its prefix and its last four characters."""
    return f"{kind.prefix}…{token[-4:]}"


def masked(text: str) -> str:
    """Return the text with each of its tokens masked: for a log, a code frame or a diff."""
    pieces = []
    position = 0
    for finding in find(text):
        token = text[finding.span.start : finding.span.end]
        pieces += [text[position : finding.span.start], mask(token, finding.kind)]
        position = finding.span.end
    return "".join(pieces) + text[position:]


def fingerprint(token: str) -> str:
    """Return the SHA-256 of a token in hex: names it in a file without giving it away."""
    import hashlib

    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
