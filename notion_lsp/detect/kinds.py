"""The kinds of Notion token: one row each, with one shape for each form it is written in.

Notion advises against recognising tokens by pattern because formats may change, so a row holds
facts only, and what finds them is the same for all.
Sources: Notion's changelog of 2024-09-11 (`ntn_`), its API reference and webhook pages
(`secret_`, `nrt_`), and the lengths counted in public code.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from notion_lsp.detect.shapes import COLON, HEAD, LEFT, LEFT_OF_SECRET, NTN_BODY, RIGHT

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

    `pattern` never matches across a line, and `reason` says what it goes by. `nearby` must be found
    within so many `lines` of it. A base62 body has at least one upper-case letter, one lower-case
    letter and that many `digits`; 0 says that the body is not base62.
    """

    pattern: str
    reason: str
    confidence: Confidence = Confidence.CERTAIN
    nearby: str | None = None
    lines: int = CONTEXT_LINES
    digits: int = 1


class Partner(NamedTuple):
    """What stands beside a token of a kind where both were copied together, and what it is."""

    pattern: str
    title: str


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
    partner: Partner | None = None
    section: str = ""

    @property
    def placeholder(self) -> str:
        """What stands in for a token of this kind that has been taken out."""
        return f"{self.prefix}****" if self.prefix.endswith("_") else "****"

    @property
    def documentation(self) -> str:
        """The page that says what this kind is, at its section."""
        return f"{DOCUMENTATION}#{self.section or self.id}"


HEX_CONTEXT = ("token_v2", "NotionClient")
# What of the text near a token may be shown: the words that speak for it.
CONTEXT_WORD = (
    r"(?i)notion[_-]signature|notionclient|notion|client[_-]?(?:id|secret)|token_v2|webhook"
    r"|verification[_-]?token"
)
_NOTION = r"(?i)notion"
_UUID = r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}"
_CLIENT_ID = rf"(?i)client[_-]?id\W{{1,8}}{_UUID}|{_UUID}:secret_"

_EXACT = "exact form"
_NEAR_NOTION = "prefix and length, with `notion` nearby"

TOKEN_KINDS = (
    TokenKind(
        id="internal-development-token",
        title="Notion development token",
        prefix="development_ntn_",
        variable="NOTION_TOKEN",
        opens="an environment that only Notion's own staff can reach",
        rotate="Revoke it where it was made, in Notion's development environment.",
        shapes=(Shape(rf"{LEFT}development_ntn_{NTN_BODY}{RIGHT}", _EXACT),),
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
            Shape(rf"{LEFT}ntn_{HEAD}{NTN_BODY}{RIGHT}", _EXACT),
            Shape(
                rf"{LEFT}ntn_[A-Za-z0-9]{{40,60}}{RIGHT}",
                _NEAR_NOTION,
                Confidence.LIKELY,
                _NOTION,
            ),
        ),
        partner=Partner(r"nrt_[A-Za-z0-9]{45}", "refresh token"),
    ),
    TokenKind(
        id="refresh-token",
        title="Notion OAuth refresh token",
        prefix="nrt_",
        variable="NOTION_REFRESH_TOKEN",
        opens="new access tokens to the workspace of the person who gave consent",
        rotate="Exchange it at /v1/oauth/token, or revoke it at /v1/oauth/revoke.",
        shapes=(
            Shape(rf"{LEFT}nrt_{HEAD}{NTN_BODY}{RIGHT}", _EXACT),
            Shape(
                rf"{LEFT}nrt_[A-Za-z0-9]{{45,46}}{RIGHT}",
                _NEAR_NOTION,
                Confidence.LIKELY,
                _NOTION,
            ),
        ),
        partner=Partner(r"(?:ntn|secret)_[A-Za-z0-9]{43}", "access token"),
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
                "exact form, under the name of a client secret",
                nearby=r"(?i)client[_-]?secret",
                lines=0,
                digits=2,
            ),
            Shape(
                rf"{LEFT_OF_SECRET}secret_[A-Za-z0-9]{{43}}{RIGHT}",
                "exact form, beside a client id",
                nearby=_CLIENT_ID,
                lines=1,
                digits=2,
            ),
            Shape(
                rf"{LEFT_OF_SECRET}secret_[A-Za-z0-9]{{42}}{RIGHT}",
                "prefix, with a client id or secret of Notion's nearby",
                Confidence.LIKELY,
                r"(?is)notion.*client[_-]?(?:secret|id)|client[_-]?(?:secret|id).*notion",
            ),
        ),
        partner=Partner(_CLIENT_ID, "client id"),
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
                "exact form, with a webhook named beside it",
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
            Shape(rf"{LEFT_OF_SECRET}secret_[A-Za-z0-9]{{43}}{RIGHT}", _EXACT, digits=2),
            Shape(
                rf"{LEFT}secret_[A-Za-z0-9]{{42,43}}{RIGHT}",
                _NEAR_NOTION,
                Confidence.LIKELY,
                _NOTION,
            ),
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
                "form of an encrypted cookie",
                digits=0,
            ),
            Shape(
                rf"{LEFT}v02{COLON}user_token(?:_or_cookies)?{COLON}[\w-]{{100,}}",
                _EXACT,
                digits=0,
            ),
            Shape(
                r"(?<![0-9A-Za-z])[0-9a-f]{156}(?![0-9A-Za-z])",
                "its length, and the name that it stands beside",
                nearby="|".join(HEX_CONTEXT),
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
        shapes=(Shape(rf"{LEFT}v02{COLON}file_token{COLON}[\w-]{{100,}}", _EXACT, digits=0),),
    ),
)

# What a file must hold for any row to match: fixed text, few, for a search by another program.
PREFILTERS = ("ntn_", "nrt_", "secret_", "v02", "v03", *HEX_CONTEXT)
