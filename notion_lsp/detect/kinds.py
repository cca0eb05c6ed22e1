"""The kinds of Notion token: one row each, with a shape for each form that it is written in.

A row is all that finds a kind: what it is searched by, in plain text, encoded, in pieces and in a
folder, is derived from its shapes. Notion advises against recognising tokens by a pattern, as the
formats may change; so a row holds facts, and the code is the same for all.

Sources: Notion's changelog of 2024-09-11 (`ntn_`), its API reference and webhook pages (`secret_`,
`nrt_`), its repository `makenotion/lore` (`development_ntn_`), and lengths counted in public code.
"""

import re
from enum import Enum
from typing import NamedTuple

from notion_lsp.detect.shapes import COLON, ENCRYPTED, NO_VENDOR, RIGHT, Body, base62, cookie

DOCUMENTATION = "https://github.com/notion-lsp/notion-lsp/blob/main/docs/tokens.md"

CONTEXT_LINES = 8  # lines between a token and its context, at most

_CONNECTIONS = "https://app.notion.com/developers/connections"
_OWN_TOKENS = "https://app.notion.com/developers/tokens"


class Confidence(Enum):
    """How sure the shape alone makes us."""

    CERTAIN = "certain"
    LIKELY = "likely"


class Shape(NamedTuple):
    """One form in which a kind of token is written: a prefix and a body.

    A colon in the prefix may be percent-encoded. `reason` tells a person what the shape goes by.
    `nearby` is a pattern that must match within that many `lines` of the token. A shape without a
    prefix has `names`: one of these texts must be in the file. `before` is a look-behind.
    """

    prefix: str
    body: Body
    reason: str
    confidence: Confidence = Confidence.CERTAIN
    nearby: str | None = None
    lines: int = CONTEXT_LINES
    before: str = ""
    names: tuple[str, ...] = ()

    @property
    def pattern(self) -> str:
        """The pattern of the whole token, which begins at an edge."""
        return f"{self.before}{self.inner}{RIGHT}"

    @property
    def bare(self) -> str:
        """The same pattern without the edge that a token ends at in a text."""
        return f"{self.before}{self.anywhere}"

    @property
    def anywhere(self) -> str:
        """The same pattern, whatever stands before and behind."""
        return f"{self._begin}(?:{self.body.exact}|{self.body.pattern})"

    @property
    def inner(self) -> str:
        """The same pattern, whatever stands before."""
        return self._begin + self.body.pattern

    def is_as_counted(self, token: str) -> bool:
        """Whether a token of this shape has a length that was seen."""
        # Many tokens are asked about, and nearly all have the one length that their body may have.
        counted = self.body.counted
        return not counted or bool(re.fullmatch(self._begin + counted, token, re.ASCII))

    @property
    def _begin(self) -> str:
        return re.escape(self.prefix).replace(":", COLON)


class Partner(NamedTuple):
    """What is often copied together with a token: a pattern for it, and what it is called."""

    pattern: str
    title: str


class TokenKind(NamedTuple):
    """A kind of credential. Its id is the diagnostic's code, a key of the settings and an anchor.

    `name` is what stands for the prefix in a masked token, where the prefix tells a person nothing.
    `section` is the section of the documentation, where it is not the id. `not_asked` says why
    Notion is not asked whether such a token is live; it is empty where Notion is.
    """

    id: str
    title: str
    variable: str
    opens: str
    rotate: str
    shapes: tuple[Shape, ...]
    partner: Partner | None = None
    name: str = ""
    section: str = ""
    not_asked: str = "Notion tells nothing about such a token."

    @property
    def label(self) -> str:
        """What a masked token of this kind begins with."""
        return self.name or self.shapes[0].prefix

    @property
    def is_shared(self) -> bool:
        """Whether keys of other vendors have the same form."""
        return any(shape.prefix == _SHARED for shape in self.shapes)

    @property
    def placeholder(self) -> str:
        """What stands in for a token of this kind that has been taken out."""
        prefix = self.shapes[0].prefix
        return f"{prefix}****" if prefix.endswith("_") else "****"

    @property
    def documentation(self) -> str:
        """The address of the section that explains this kind."""
        return f"{DOCUMENTATION}#{self.section or self.id}"


# The prefixes that stand in more than one place of the table.
_ACCESS = "ntn_"
_REFRESH = "nrt_"
_SHARED = "secret_"  # of three kinds, which only the text nearby tells apart
_COOKIE = "v02:"
_HEADED = base62(46, head=True)

_SESSION_COOKIE = "token_v2"
# A cookie of the first form is hexadecimal and no more. These stand beside it in code that has one;
# the second is the client of the unofficial library `notion-py`.
_COOKIE_NAMES = (_SESSION_COOKIE, "NotionClient")

# Of the text near a token, only these words may be shown: the rest may hold another secret.
CONTEXT_WORD = (
    rf"(?i)notion[_-]signature|{'|'.join(_COOKIE_NAMES)}|notion|client[_-]?(?:id|secret)|webhook"
    r"|verification[_-]?token"
)
_NOTION = r"(?i)notion"
_UUID = r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}"
# The second choice is HTTP Basic authentication, in which both stand side by side.
_CLIENT_ID = rf"(?i)client[_-]?id\W{{1,8}}{_UUID}|{_UUID}:{_SHARED}"

_EXACT = "exact form"
_NEAR_NOTION = "prefix and length, with `notion` nearby"

TOKEN_KINDS: tuple[TokenKind, ...] = (
    TokenKind(
        id="internal-development-token",
        title="Notion development token",
        variable="NOTION_TOKEN",
        opens="It opens an environment that only Notion's staff can reach.",
        rotate="Revoke it where it was made, in Notion's development environment.",
        not_asked="It opens nothing at the address that is asked.",
        shapes=(Shape(f"development_{_ACCESS}", base62(46), _EXACT),),
    ),
    TokenKind(
        id="access-token",
        title="Notion access token",
        variable="NOTION_TOKEN",
        opens=(
            "It opens every page and database shared with its connection or, if it is a personal "
            "access token, all that its owner can see."
        ),
        rotate=(
            f"Refresh it at {_CONNECTIONS}, under Configuration; revoke a personal access token at "
            f"{_OWN_TOKENS}; revoke an OAuth token at /v1/oauth/revoke."
        ),
        not_asked="",
        shapes=(
            Shape(_ACCESS, _HEADED, _EXACT),
            Shape(_ACCESS, base62(40, 60), _NEAR_NOTION, Confidence.LIKELY, _NOTION),
        ),
        partner=Partner(rf"{_REFRESH}[A-Za-z0-9]{{45}}", "refresh token"),
    ),
    TokenKind(
        id="refresh-token",
        title="Notion OAuth refresh token",
        variable="NOTION_REFRESH_TOKEN",
        opens="It gets new access tokens for the workspace of the person who gave consent.",
        rotate="Exchange it at /v1/oauth/token, and revoke the access token that it gives.",
        not_asked="To ask about it would exchange it for a new one.",
        shapes=(
            Shape(_REFRESH, _HEADED, _EXACT),
            # The sample in Notion's documentation has 45.
            Shape(_REFRESH, base62(45, 46), _NEAR_NOTION, Confidence.LIKELY, _NOTION),
        ),
        partner=Partner(rf"(?:{_ACCESS}|{_SHARED})[A-Za-z0-9]{{43}}", "access token"),
    ),
    TokenKind(
        id="oauth-client-secret",
        title="Notion OAuth client secret",
        variable="NOTION_CLIENT_SECRET",
        opens=(
            "It exchanges any authorization code or refresh token of the public connection for an "
            "access token."
        ),
        rotate=f"Make a new secret on the connection's page at {_CONNECTIONS}.",
        not_asked="Notion answers nothing about a client secret alone.",
        shapes=(
            Shape(
                _SHARED,
                base62(43, digits=2),
                "exact form, under the name of a client secret",
                nearby=r"(?i)client[_-]?secret",
                lines=0,
                before=NO_VENDOR,
            ),
            Shape(
                _SHARED,
                base62(43, digits=2),
                "exact form, beside a client id",
                nearby=_CLIENT_ID,
                lines=1,
                before=NO_VENDOR,
            ),
            # Seen once in public code: 256 bits come to 42 characters one time in sixty.
            Shape(
                _SHARED,
                base62(42),
                "prefix and length, with a Notion client id or secret nearby",
                Confidence.LIKELY,
                # Each word is looked for once, wherever the other one stands.
                r"(?is)\A(?=.*?notion)(?=.*?client[_-]?(?:secret|id)).*",
                before=NO_VENDOR,
            ),
        ),
        partner=Partner(_CLIENT_ID, "client id"),
    ),
    TokenKind(
        id="webhook-verification-token",
        title="Notion webhook verification token",
        variable="NOTION_WEBHOOK_VERIFICATION_TOKEN",
        opens="It signs the events of the webhook: whoever has it can forge them.",
        rotate=f"Delete the webhook subscription at {_CONNECTIONS} and create it again.",
        not_asked="It signs messages, and no request takes it.",
        shapes=(
            Shape(
                _SHARED,
                base62(43, digits=2),
                "exact form, on a line about a webhook",
                nearby=r"(?i)verification[_-]?token|webhook|notion[_-]signature",
                lines=0,
                before=NO_VENDOR,
            ),
        ),
    ),
    TokenKind(
        id="integration-token",
        title="Notion integration token",
        variable="NOTION_TOKEN",
        opens="It opens every page and database shared with its connection.",
        rotate=f"Refresh it at {_CONNECTIONS}, under Configuration.",
        not_asked="",
        shapes=(
            Shape(_SHARED, base62(43, digits=2), _EXACT, before=NO_VENDOR),
            # Notion's name nearby outweighs the word in front.
            Shape(_SHARED, base62(42, 43), _NEAR_NOTION, Confidence.LIKELY, _NOTION),
        ),
    ),
    TokenKind(
        id="session-cookie",
        title=f"Notion session cookie ({_SESSION_COOKIE})",
        variable="NOTION_TOKEN_V2",
        opens="It opens the whole account of the person it was copied from, as if signed in.",
        rotate="Sign out of all devices in Notion: Settings, My account.",
        not_asked="To use it would sign in as the person it was copied from.",
        shapes=(
            Shape("v03:", ENCRYPTED, "form of an encrypted cookie"),
            Shape(_COOKIE, cookie("user_token(?:_or_cookies)?", counted=132), _EXACT),
            Shape(
                "",
                Body(r"[0-9a-f]{156}", least=156, most=156),
                "length, near the name of the cookie",
                nearby="|".join(_COOKIE_NAMES),
                names=_COOKIE_NAMES,
            ),
        ),
        name=_SESSION_COOKIE,
    ),
    TokenKind(
        id="file-cookie",
        title="Notion file cookie (file_token)",
        variable="NOTION_FILE_TOKEN",
        opens="It opens the files and images of the person it was copied from.",
        rotate="Sign out of all devices in Notion: Settings, My account.",
        not_asked="To use it would open files of the person it was copied from.",
        shapes=(Shape(_COOKIE, cookie("file_token", counted=156), _EXACT),),
        name="file_token",
    ),
)
