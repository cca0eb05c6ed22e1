"""One request over the network, for the few modules that a person has asked to make one.

Certificates are verified, no answer is followed elsewhere, and proxies are those of the
environment. What goes wrong is a value: the text of an exception may quote the request.
"""

from __future__ import annotations

import os
import ssl
from enum import Enum
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import URLError
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler

from notion_lsp import __version__

if TYPE_CHECKING:
    from urllib.request import Request

PATIENCE = 5.0  # seconds for all of an answer
_LARGEST = 2**16  # bytes of a body that are read
# Where systems keep the certificates of authorities, in the order of Go's `crypto/x509`.
_AUTHORITIES = (
    *("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"),
    *("/etc/ssl/ca-bundle.pem", "/etc/pki/tls/cacert.pem"),
    *("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem"),
)


class Failure(Enum):
    """Why there is no answer."""

    TOO_SLOW = "too slow"
    NOT_VERIFIED = "certificate not verified"  # nothing of the request was sent
    NOT_REACHED = "not reached"


class Answer(NamedTuple):
    """A status, whatever it is, with the first 64 KiB of the body and the header `Retry-After`."""

    status: int
    body: bytes
    retry_after: str = ""


def send(request: Request, certificates: str | None = None) -> Answer | Failure:
    """Return the answer to a request, or why there is none; in five seconds, and nothing is raised.

    The request is sent once. `certificates` are those of authorities, in PEM, where the system's
    are not to count.
    """
    answers: SimpleQueue[Answer | Failure] = SimpleQueue()
    # Neither the search for an address nor a head that comes byte by byte minds a time-out.
    Thread(target=lambda: answers.put(_sent(request, certificates)), daemon=True).start()
    try:
        return answers.get(timeout=PATIENCE)
    except Empty:
        return Failure.TOO_SLOW


def _sent(request: Request, certificates: str | None) -> Answer | Failure:
    try:
        return _answer(request, certificates)
    except (OSError, HTTPException, ValueError) as error:
        return _failure(error)


def _answer(request: Request, certificates: str | None) -> Answer | Failure:
    request.add_header("User-Agent", f"notion-lsp/{__version__}")
    opener = OpenerDirector()
    # Without the other handlers of `build_opener`, no status is followed and none is an exception.
    secure = HTTPSHandler(context=_trusting(certificates))
    for handler in (ProxyHandler(), HTTPHandler(), secure):
        opener.add_handler(handler)
    end, body = monotonic() + PATIENCE, b""
    with opener.open(request, timeout=PATIENCE) as response:
        # Ended here too: the thread would read on for as long as something comes.
        while chunk := response.read1(_LARGEST - len(body)):
            body += chunk
            if monotonic() > end:
                return Failure.TOO_SLOW
        return Answer(response.status, body, response.headers.get("Retry-After", ""))


def _trusting(certificates: str | None) -> ssl.SSLContext:
    context = ssl.create_default_context(cadata=certificates)
    paths = ssl.get_default_verify_paths()
    chosen = {paths.openssl_cafile_env, paths.openssl_capath_env} & os.environ.keys()
    if certificates or chosen or paths.cafile or paths.capath:
        return context
    # A Python that was built on another system looks where this one keeps nothing.
    if file := next(filter(os.path.isfile, _AUTHORITIES), None):
        context.load_verify_locations(file)
    return context


def _failure(error: Exception) -> Failure:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Failure.NOT_VERIFIED
    return Failure.TOO_SLOW if isinstance(cause, TimeoutError) else Failure.NOT_REACHED
