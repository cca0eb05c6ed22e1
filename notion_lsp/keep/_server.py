"""A store's server: who may be asked, and what to say of one that does not answer.

A lightbulb loads this to see which stores there are: what connects is imported when it does.
"""

from __future__ import annotations

import ipaddress
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from notion_lsp.files.read_write import text_of
from notion_lsp.json_text import value_in
from notion_lsp.keep import NotKeptError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.request import Request

    from notion_lsp.keep import Environment
    from notion_lsp.request import Answer

_PAUSE = 0.5  # seconds, before a server that failed is asked once more
_FAILURES = (500, 502, 503, 504)
_REDIRECTS = range(300, 400)
_IN_THE_CLEAR = "{} begins with `http://`: the token would go over the network in the clear."
_PROXIED = "Set NO_PROXY to {}: else a proxy would see the token on its way to {}."


@dataclass(frozen=True, slots=True)
class Server:
    """A server that a person's environment names, the headers of each request, and whom to trust.

    `certificates` are those of authorities, in PEM; without them, the system's count.
    """

    title: str
    address: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    certificates: str | None = None

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer to a request; raise `NotKeptError` where there is none.

        A server that fails is asked once more.
        """
        from urllib.request import Request

        address = f"{self.address}/{path}"
        request = Request(address, body, {**self.headers, **(headers or {})}, method=method)  # noqa: S310, checked by `server_at`
        answer = self._answer(request)
        if answer.status in _FAILURES:
            time.sleep(_PAUSE)
            answer = self._answer(request)
        if answer.status in _REDIRECTS:
            raise self.error("sends on to another address, which is not followed")
        if answer.status in _FAILURES:
            raise self.error(f"fails, with HTTP {answer.status}: try again later")
        return answer

    def error(self, what: str) -> NotKeptError:
        """Return an error that says what the server does."""
        return NotKeptError(f"{self.title} at {urlsplit(self.address).netloc} {what}.")

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
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.fragment:
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
