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
    from collections.abc import Container, Mapping
    from urllib.request import Request

    from notion_lsp.keep import Environment
    from notion_lsp.request import Answer

_PAUSE = 0.5  # seconds, before a server that failed is asked once more
_FAILURES = (500, 502, 503, 504)
_SUCCESSES = range(200, 300)
# What a server does that answers so, whichever it is.
_REFUSALS: Mapping[int, str] = {
    **dict.fromkeys(range(300, 400), "sends on to another address, which is not followed"),
    **dict.fromkeys(_FAILURES, "fails, with HTTP {status}: try again later"),
}
_STRANGE = "does not answer as it should, but with HTTP {status}"
_IN_THE_CLEAR = "{} begins with `http://`: the token would go over the network in the clear."
_PROXIED = "Set NO_PROXY to {}: else a proxy would see the token on its way to {}."


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

    `certificates` are those of authorities, in PEM; without them, the system's count. `refusals`
    say what the server does where it answers with a status, such as "does not know VAULT_TOKEN":
    `{right}` is the right that was missing, and the other names are those of `about`.
    """

    title: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    certificates: str | None = None
    refusals: Mapping[int, str] = field(default_factory=dict)
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
        what = {**_REFUSALS, **self.refusals}.get(answer.status, _STRANGE)
        return self.error(what.format(right=right, status=answer.status, **self.about))

    def error(self, what: str) -> NotKeptError:
        """Return an error that says what the server does."""
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
            Failure.TOO_SLOW: f"does not answer within {PATIENCE:.0f} seconds",
            Failure.NOT_VERIFIED: "has a certificate that nobody vouches for",
            Failure.NOT_REACHED: "cannot be reached",
        }
        raise self.error(reasons[answer])


def json_in(answer: Answer, *keys: str) -> dict[str, Any]:
    """Return the object under these keys of an answer, an empty one where there is none."""
    read = value_in(answer.body)
    for key in keys:
        read = read.get(key) if isinstance(read, dict) else None
    return read if isinstance(read, dict) else {}


def server_at(
    title: str, variable: str, environment: Environment, certificates: str | None
) -> Server:
    """Return the server whose address is in a variable of the environment.

    Raise `NotKeptError` where it is not, or would have the token go over the network in the clear.
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
    return Server(title, address, certificates=certificates)


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


def certificates_of(file: str | None) -> str | None:
    """Return what a file of certificates holds, in PEM."""
    return (text_of(Path(file)) or None) if file else None


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
