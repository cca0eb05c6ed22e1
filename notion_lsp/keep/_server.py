"""A store's server: who may be asked, and what to say of one that does not answer.

A lightbulb loads this to see which stores there are: what connects is imported when it does.
"""

from __future__ import annotations

import ipaddress
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlsplit

from notion_lsp.files.read_write import text_of
from notion_lsp.json_text import value_in
from notion_lsp.keep import NotKeptError

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from urllib.request import Request

    from notion_lsp.keep import Environment
    from notion_lsp.request import Answer

_PAUSE = 0.5  # seconds, before a server that failed is asked once more
_FAILURES = (500, 502, 503, 504)
_SUCCESSES, _TOO_OFTEN = range(200, 300), 429
_IN_THE_CLEAR = "{} begins with `http://`: the token would go over the network in the clear."
_PROXIED = "Set NO_PROXY to {}: else a proxy would see the token on its way to {}."


class Refusal(NamedTuple):
    """What a server does that answers with one of these statuses, such as "does not know you: …".

    What it `says` with it tells one cause from another. `{right}` is the right that was missing,
    and `{status}` the number; the other names are those that the server is asked `about`.
    """

    statuses: Container[int]
    does: str
    says: bytes = b""

    def fits(self, answer: Answer) -> bool:
        """Whether this is what the answer means."""
        return answer.status in self.statuses and self.says in answer.body


# What any server does; the last one is what is left.
_REFUSALS = (
    Refusal(range(300, 400), "sends on to another address: if you trust that one, set it"),
    Refusal((_TOO_OFTEN,), "has been asked too often: try again later"),
    Refusal(_FAILURES, "fails, with HTTP {status}: try again later"),
    Refusal(
        range(1000), "does not answer as it should, but with HTTP {status}: is that its address?"
    ),
)


class Sent(NamedTuple):
    """The body of a request, and its media type."""

    body: bytes
    kind: str

    def __repr__(self) -> str:
        """Leave the body out: it may have the token."""
        return f"Sent({self.kind})"


def as_json(value: object, kind: str = "application/json") -> Sent:
    """Return a value as it is sent."""
    return Sent(json.dumps(value).encode(), kind)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that a person's environment names, the headers of each request, and whom to trust.

    `certificates` are those of authorities, in PEM, that the file has which the variable
    `authority` names; without them, the system's count. The first of the `refusals` that fits an
    answer counts.
    """

    title: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    authority: str = "SSL_CERT_FILE"
    certificates: str | None = None
    refusals: Sequence[Refusal] = ()
    about: Mapping[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, sent: Sent | None = None, also: Container[int] = ()
    ) -> Answer:
        """Return the answer to a request, if it is one of success, or has a status of `also`.

        Raise `NotKeptError` where it is another, or there is none. A server that fails is asked
        once more.
        """
        request = self._request(method, path, sent)
        answer = self._answer(request)
        # A gateway often fails for a moment; twice is no accident.
        if answer.status in _FAILURES:
            time.sleep(_PAUSE)
            answer = self._answer(request)
        if answer.status in _SUCCESSES or answer.status in also:
            return answer
        raise self.refused(answer, "read" if method == "GET" else "write")

    def refused(self, answer: Answer, right: str = "") -> NotKeptError:
        """Return an error that says why an answer is not what was asked for."""
        rows = (*self.refusals, *_REFUSALS)
        does = next(row.does for row in rows if row.fits(answer))
        return self.error(does, right=right, status=answer.status)

    def error(self, does: str, **told: object) -> NotKeptError:
        """Return an error that says what the server does."""
        what = does.format(**self.about, **told)
        return NotKeptError(f"{self.title} at {urlsplit(self.address).netloc} {what}.")

    def _request(self, method: str, path: str, sent: Sent | None) -> Request:
        from urllib.request import Request

        # Unless it is told so, urllib says that a body is a form.
        headers = {**self.headers, **({"Content-Type": sent.kind} if sent else {})}
        body = sent.body if sent else None
        return Request(f"{self.address}/{path}", body, headers, method=method)  # noqa: S310, checked by `server_at`

    def _answer(self, request: Request) -> Answer:
        from notion_lsp.request import PATIENCE, Failure, send

        answer = send(request, self.certificates)
        if not isinstance(answer, Failure):
            return answer
        reasons = {
            Failure.TOO_SLOW: f"does not answer within {PATIENCE:.0f} seconds: try again later",
            Failure.NOT_VERIFIED: (
                "has a certificate that nobody vouches for: have"
                f" {self.authority} name the file of its authority"
            ),
            Failure.NOT_REACHED: "cannot be reached: look at its address, and at your network",
        }
        raise self.error(reasons[answer])


def json_in(answer: Answer, *keys: str) -> dict[str, Any]:
    """Return the object under these keys of an answer, an empty one where there is none."""
    read = value_in(answer.body)
    for key in keys:
        read = read.get(key) if isinstance(read, dict) else None
    return read if isinstance(read, dict) else {}


def server_at(title: str, variable: str, environment: Environment, authority: str = "") -> Server:
    """Return the server whose address is in a variable of the environment.

    The variable `authority` names a file of certificates, where the store has one. Raise
    `NotKeptError` where there is no address, or the token would go over the network in the clear.
    """
    address = environment.get(variable, "").rstrip("/")
    if not address:
        raise NotKeptError(f"Set {variable} to the address of {title}.")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    # What signs in has variables of its own: the address is shown.
    strange = parts.query or parts.fragment or "@" in parts.netloc
    if not host or parts.scheme not in {"http", "https"} or strange:
        raise NotKeptError(f"{variable} is not an address that begins with `https://`.")
    require_secrecy(variable, title, address)
    if not authority:
        return Server(title, address)
    file = environment.get(authority)
    certificates = text_of(Path(file)) if file else None
    return Server(title, address, authority=authority, certificates=certificates or None)


def require_secrecy(what: str, title: str, address: str) -> None:
    """Raise `NotKeptError` where others could read what is sent to an address."""
    from urllib.request import getproxies, proxy_bypass

    host = urlsplit(address).hostname or ""
    if urlsplit(address).scheme == "https":
        return
    if not _is_here(host):
        raise NotKeptError(_IN_THE_CLEAR.format(what))
    if "http" in getproxies() and not proxy_bypass(host):
        raise NotKeptError(_PROXIED.format(host, title))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def path_of(*names: str) -> str:
    """Return names as a path; raise `NotKeptError` where one of them would lead elsewhere."""
    parts = "/".join(names).split("/")
    if {"", ".", ".."}.intersection(parts):
        raise NotKeptError(f"`{'/'.join(names)}` is not the name of a secret.")
    return "/".join(quote(part, safe="") for part in parts)


def needed(variable: str, purpose: str, environment: Environment) -> str:
    """Return a variable of the environment; raise `NotKeptError` where it is not set."""
    value = environment.get(variable, "").strip()
    if not value:
        raise NotKeptError(f"Set {variable} to {purpose}.")
    # A line end would begin another header.
    if not (value.isascii() and value.isprintable()):
        raise NotKeptError(f"{variable} has a character that no credential has.")
    return value
