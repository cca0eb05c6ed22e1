"""Whether a token is live, as Notion has answered, and the sentences that say so."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from typing import TYPE_CHECKING, Literal

from notion_lsp.detect.kinds import Confidence

if TYPE_CHECKING:
    from notion_lsp.detect.finding import Finding

Owner = Literal["workspace", "user"]


class Reason(Enum):
    """Why it cannot be told whether a token is live, as a sentence."""

    TOO_MANY_REQUESTS = "Notion takes no more requests for now."
    OUT_OF_ORDER = "Notion is out of order or overloaded: ask again later."
    NOT_UNDERSTOOD = "Notion did not understand the request: please report this."
    LED_ELSEWHERE = (
        "The answer leads to another address, which was not followed: something stands between "
        "this machine and Notion."
    )
    STRANGE = "The answer is not one that Notion gives."
    TOO_SLOW = "There was no whole answer in time."
    NOT_VERIFIED = (
        "The server's certificate could not be verified, so the token was not sent: look at the "
        "proxy, and at the certificates that this machine trusts."
    )
    NOT_REACHED = "Notion could not be reached: look at the connection and at the proxy."


@dataclass(frozen=True, slots=True)
class Live:
    """Notion takes the token; what it does not say is `None`.

    `owner` is `workspace` for an internal connection, and `user` for what a person has made or
    consented to. `bot` is the id of the connection or of the person.
    """

    owner: Owner | None = None
    bot: str | None = None
    workspace_id: str | None = None
    workspace: str | None = None


@dataclass(frozen=True, slots=True)
class Dead:
    """Notion does not take the token: it is revoked, expired or mistyped."""


@dataclass(frozen=True, slots=True)
class Restricted:
    """Notion knows the token, and refuses what was asked with it."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It cannot be told; `wait` is in how many seconds Notion takes another request."""

    reason: Reason
    wait: int | None = None


Liveness = Live | Dead | Restricted | Unknown

_OWNERS: dict[Owner | None, str] = {
    "workspace": " and belongs to an internal connection",
    "user": " and acts for a person",
    None: "",
}


def row(liveness: Liveness) -> dict[str, object]:
    """Return the answer for a program: a word, and what else is known."""
    known = {field.name: getattr(liveness, field.name) for field in fields(liveness)}
    if isinstance(liveness, Unknown):
        known["reason"] = liveness.reason.name.lower()
    return {"liveness": type(liveness).__name__.lower(), **known}


def sentence(liveness: Liveness) -> str:
    """Return what the answer means and what to do, for `Shown` or `Markdown`."""
    match liveness:
        case Live():
            return f"It is live{_whose(liveness)}: rotate it."
        case Dead():
            return (
                "It is dead: revoked, expired or mistyped. Only a personal access token that a "
                "workspace's policy has switched off can come back to life."
            )
        case Restricted():
            return "It is live but restricted: Notion knows it and refuses the request. Rotate it."
        case Unknown(reason, wait):
            # Notion says so in `Retry-After`, with an answer 429 ("Request limits").
            again = "" if wait is None else f" Ask again in {wait} seconds."
            return f"Whether it is live cannot be told. {reason.value}{again}"


def _whose(live: Live) -> str:
    workspace = f", in the workspace `{live.workspace}`" if live.workspace else ""
    return f"{_OWNERS[live.owner]}{workspace}"


def what_is_sent(masked: str, host: str) -> str:
    """Return what a person is told before a token is sent to Notion."""
    return (
        f"{masked} is sent to {host} in one request, which asks whose it is and reads no page. "
        "Its owner may see that in a log."
    )


def may_be_anothers(masked: str, host: str) -> str:
    """Return what a person is told of a token that keys of other vendors look like."""
    return f"{masked} may be a key of another vendor, as some look the same: {host} would see it."


def why_not_asked(finding: Finding) -> str | None:
    """Return why Notion is not asked about a token, and what to do; `None` where it may be."""
    kind = finding.kind
    if kind.not_asked:
        return f"{kind.not_asked} Treat it as live. {kind.rotate}"
    # To send what only looks like a token would tell Notion the secret of somebody else.
    if finding.confidence is not Confidence.CERTAIN:
        return f"It has not the exact form of a token of Notion. If it is one: {kind.rotate}"
    return None
