"""Whether a token is live: one request to Notion, made only when a person asks for it.

The request needs no capability and reads nothing of a workspace's content. Its answers are those of
developers.notion.com/reference: "Retrieve your token's bot user", "Status codes", "Request limits".
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import Request

from notion_lsp.explain.liveness import Dead, Live, Reason, Restricted, Unknown
from notion_lsp.json_text import object_in
from notion_lsp.request import Failure, send

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.explain.liveness import Liveness
    from notion_lsp.request import Answer

_NOTION = "https://api.notion.com"
_PATH = "/v1/users/me"
_VERSION = "2026-03-11"

# For tests. Whoever sets it has tokens sent to this machine, and nowhere else.
_STAND_IN = "NOTION_LSP_STAND_IN"
_ON_THIS_MACHINE = re.compile(r"https://(?:localhost|127\.0\.0\.1):[0-9]{1,5}")

_STATUSES = {400: Reason.NOT_UNDERSTOOD, 429: Reason.TOO_MANY_REQUESTS}
_HUNDREDS = {3: Reason.LED_ELSEWHERE, 5: Reason.OUT_OF_ORDER}  # 529 is an overload

_UUID = re.compile(r"[0-9a-fA-F-]{32,36}")
_LONGEST = 100  # characters of a workspace's name, which may be anything

_FAILURES = {
    Failure.TOO_SLOW: Reason.TOO_SLOW,
    Failure.NOT_VERIFIED: Reason.NOT_VERIFIED,
    Failure.NOT_REACHED: Reason.NOT_REACHED,
}


def host() -> str:
    """Return the host that a token is sent to."""
    return urlsplit(_address()).netloc


def ask(token: str) -> Liveness:
    """Return whether a token is live, in five seconds at the most; nothing is raised.

    The token is sent once, to Notion alone.
    """
    headers = {"Authorization": f"Bearer {token}", "Notion-Version": _VERSION}
    answer = send(Request(_address() + _PATH, headers=headers))  # noqa: S310, the address is HTTPS
    return Unknown(_FAILURES[answer]) if isinstance(answer, Failure) else judged(answer)


def _address() -> str:
    stand_in = os.environ.get(_STAND_IN, "")
    return stand_in if _ON_THIS_MACHINE.fullmatch(stand_in) else _NOTION


def judged(answer: Answer) -> Liveness:
    """Return what an answer says of the token; what Notion would not have said says nothing."""
    match answer.status, object_in(answer.body) or {}:
        case 200, {"object": "user"} as said:
            return _live(said)
        case 401, {"code": "unauthorized"}:
            return Dead()
        # The second is the one reason for 429 that waiting does not mend.
        case (403, {"code": str()}) | (
            429,
            {"additional_data": {"rate_limit_reason": "public_api_request_blocked"}},
        ):
            return Restricted()
    reason = _STATUSES.get(answer.status) or _HUNDREDS.get(answer.status // 100, Reason.STRANGE)
    return Unknown(reason, _seconds(answer.retry_after))


def _live(said: Mapping[str, Any]) -> Live:
    # A person's own token may be answered with the person: only a connection has `bot`.
    bot = _mapping(said.get("bot"))
    owner = _mapping(bot.get("owner")).get("type")
    if said.get("type") == "person":
        owner = "user"
    return Live(
        owner if owner in {"workspace", "user"} else None,
        _id(said.get("id")),
        _id(bot.get("workspace_id")),
        _name(bot.get("workspace_name")),
    )


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _id(value: object) -> str | None:
    return value if isinstance(value, str) and _UUID.fullmatch(value) else None


def _name(value: object) -> str | None:
    return value[:_LONGEST] if isinstance(value, str) and value else None


def _seconds(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,6}", text) else None
