from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import notion_stand_in as notion
import pytest
from notion_stand_in import BOT, WORKSPACE, answer, error, limited, stand_in, user
from token_factory import access_token

from notion_lsp.explain.liveness import Dead, Live, Reason, Restricted, Unknown, sentence
from notion_lsp.respond import liveness

if TYPE_CHECKING:
    from collections.abc import Iterator
    from threading import Event

    from notion_stand_in import Reply

    from notion_lsp.explain.liveness import Liveness

TOKEN = access_token(1)
HTML = b"<html>Sign in to this network</html>"


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the stand-in."""
    notion.trust(monkeypatch)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for an answer not as long as else."""
    monkeypatch.setattr("notion_lsp.request.PATIENCE", 0.3)


def asked(reply: Reply, monkeypatch: pytest.MonkeyPatch) -> Liveness:
    with stand_in(reply) as server:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", server.address)
        return liveness.ask(TOKEN)


ANSWERS: list[tuple[str, Reply, Liveness]] = [
    ("a connection", answer(200, user()), Live("workspace", BOT, WORKSPACE, "Acme")),
    ("consent", answer(200, user("user")), Live("user", BOT, WORKSPACE, "Acme")),
    ("a person", answer(200, notion.PERSON), Live("user", BOT)),
    ("an owner of a new type", answer(200, user("team")), Live(None, BOT, WORKSPACE, "Acme")),
    ("no owner", answer(200, {"object": "user"}), Live()),
    ("odd types", answer(200, {"object": "user", "id": 1, "bot": ["x"]}), Live()),
    (
        "no id",
        answer(200, user(bot="$(x)", workspace_id="; x")),
        Live("workspace", None, None, "Acme"),
    ),
    ("a dead token", notion.DEAD, Dead()),
    ("a restriction", error(403, "restricted_resource"), Restricted()),
    ("a block", limited("public_api_request_blocked"), Restricted()),
    (
        "a limit",
        limited("public_api_request_rate_limit", Retry_After="17"),
        Unknown(Reason.TOO_MANY_REQUESTS, 17),
    ),
    (
        "a limit of the workspace",
        limited("public_api_space_request_rate_limit"),
        Unknown(Reason.TOO_MANY_REQUESTS),
    ),
    (
        "a limit with a date",
        limited("public_api_endpoint_rate_limit", Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"),
        Unknown(Reason.TOO_MANY_REQUESTS),
    ),
    ("a limit in HTML", answer(429, HTML), Unknown(Reason.TOO_MANY_REQUESTS)),
    ("no version", error(400, "missing_version"), Unknown(Reason.NOT_UNDERSTOOD)),
    ("a bad request", error(400, "validation_error"), Unknown(Reason.NOT_UNDERSTOOD)),
    *(
        (f"{status}", answer(status, HTML), Unknown(Reason.OUT_OF_ORDER))
        for status in (500, 502, 503, 504)
    ),
    (
        "an overload",
        answer(529, {"code": "service_overload"}, Retry_After="3"),
        Unknown(Reason.OUT_OF_ORDER, 3),
    ),
    ("a page of a proxy", answer(200, HTML), Unknown(Reason.STRANGE)),
    ("a proxy that wants a password", answer(401, HTML), Unknown(Reason.STRANGE)),
    ("a firewall", answer(403, HTML), Unknown(Reason.STRANGE)),
    ("nothing", answer(200, b""), Unknown(Reason.STRANGE)),
    ("not UTF-8", answer(200, b"\xff\xfe{"), Unknown(Reason.STRANGE)),
    ("a deep nest", answer(200, b"[" * 60_000), Unknown(Reason.STRANGE)),
    ("an error with status 200", error(200, "unauthorized"), Unknown(Reason.STRANGE)),
    ("a status that Notion does not use", answer(418, {}), Unknown(Reason.STRANGE)),
    ("no HTTP", lambda _: [b"220 mail.example.com\r\n\r\n"], Unknown(Reason.NOT_REACHED)),
    ("a closed connection", lambda _: [], Unknown(Reason.NOT_REACHED)),
]


@pytest.mark.parametrize(
    ("reply", "expected"), [each[1:] for each in ANSWERS], ids=[each[0] for each in ANSWERS]
)
def test_each_answer_has_its_meaning(
    reply: Reply, expected: Liveness, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked(reply, monkeypatch) == expected


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_an_answer_that_leads_elsewhere_is_not_followed(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stand_in(notion.LIVE) as elsewhere:
        there = answer(status, b"", Location=f"{elsewhere.address}/v1/users/me")
        assert asked(there, monkeypatch) == Unknown(Reason.LED_ELSEWHERE)
        assert elsewhere.requests == []


def test_one_request_is_sent_which_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with stand_in(error(429, "rate_limited")) as server:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", server.address)
        liveness.ask(TOKEN)
    (request,) = server.requests
    first, *headers = request.decode().split("\r\n")
    assert first == "GET /v1/users/me HTTP/1.1"
    assert f"Authorization: Bearer {TOKEN}" in headers
    assert "Notion-Version: 2026-03-11".lower() in map(str.lower, headers)


@pytest.mark.usefixtures("quick")
def test_a_server_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with stand_in(lambda _: waited(server.over)) as server:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", server.address)
        assert liveness.ask(TOKEN) == Unknown(Reason.TOO_SLOW)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"])
def test_an_answer_that_comes_byte_by_byte_is_not_waited_for(
    head: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stand_in(lambda _: dripped(head, server.over)) as server:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", server.address)
        assert liveness.ask(TOKEN) == Unknown(Reason.TOO_SLOW)


def test_of_an_answer_without_end_little_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with stand_in(lambda _: flood(server.over)) as server:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", server.address)
        assert liveness.ask(TOKEN) == Unknown(Reason.STRANGE)


def waited(over: Event) -> Iterator[bytes]:
    over.wait()
    yield b""


def dripped(head: bytes, over: Event) -> Iterator[bytes]:
    yield head
    while not over.wait(0.02):
        yield b"x"


def flood(over: Event) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    while not over.is_set():
        yield b"1000\r\n" + b"[" * 0x1000 + b"\r\n"


def test_a_certificate_that_nobody_vouches_for_gets_no_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with stand_in(notion.LIVE) as server:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", server.address)
        assert liveness.ask(TOKEN) == Unknown(Reason.NOT_VERIFIED)
        assert server.requests == []


def test_a_certificate_of_another_name_gets_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with stand_in(notion.LIVE) as server:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", server.address.replace("localhost", "127.0.0.1"))
        assert liveness.ask(TOKEN) == Unknown(Reason.NOT_VERIFIED)
        assert server.requests == []


@pytest.mark.usefixtures("quick")
def test_a_server_without_encryption_gets_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with stand_in(notion.LIVE, encrypted=False) as server:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", server.address)
        assert isinstance(liveness.ask(TOKEN), Unknown)
        assert not [each for each in server.requests if TOKEN.encode() in each]


def test_where_nobody_listens_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with stand_in(notion.LIVE) as server:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", server.address)
    assert liveness.ask(TOKEN) == Unknown(Reason.NOT_REACHED)


def test_a_proxy_of_the_environment_is_asked_for_a_tunnel_and_sees_no_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with stand_in(answer(407, b""), encrypted=False) as proxy:
        monkeypatch.setenv("NOTION_LSP_STAND_IN", "https://localhost:9")
        monkeypatch.setenv("HTTPS_PROXY", proxy.address.replace("https", "http"))
        assert liveness.ask(TOKEN) == Unknown(Reason.NOT_REACHED)
    (request,) = proxy.requests
    assert request.startswith(b"CONNECT localhost:9 ")
    assert TOKEN.encode() not in request


@pytest.mark.parametrize("proxy", ["http://x:y:z", "nonsense", "http://[", "gopher://localhost:1"])
def test_a_proxy_that_is_none_is_no_exception(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTION_LSP_STAND_IN", "https://localhost:9")
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    assert liveness.ask(TOKEN) == Unknown(Reason.NOT_REACHED)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com:443",
        "http://localhost:80",
        "https://localhost",
        "https://localhost:1@example.com",
        "https://localhost:1/",
        "https://localhost.example.com:1",
        "https://127.0.0.1:1\n",
        "https://127.0.0.11:1",
    ],
)
def test_no_other_address_of_another_machine_can_be_set(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTION_LSP_STAND_IN", address)
    assert liveness.host() == "api.notion.com"


def test_what_cannot_be_sent_is_no_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOTION_LSP_STAND_IN", "https://localhost:9")
    assert liveness.ask(f"{TOKEN}\r\nX: y") == Unknown(Reason.NOT_REACHED)


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        (Live(), "It is live: rotate it."),
        (
            Live("workspace", BOT, WORKSPACE, "Acme"),
            "It is live and belongs to an internal connection, in the workspace `Acme`: rotate it.",
        ),
        (Live("user"), "It is live and acts for a person: rotate it."),
        (
            Unknown(Reason.STRANGE, 17),
            f"Whether it is live cannot be told. {Reason.STRANGE.value} Ask again in 17 seconds.",
        ),
    ],
)
def test_the_sentence_says_what_to_do(answered: Liveness, said: str) -> None:
    assert sentence(answered) == said


def without_authorities(monkeypatch: pytest.MonkeyPatch, elsewhere: str) -> None:
    """Have Python look for certificates where there are none; the system has them elsewhere."""
    empty = ssl.get_default_verify_paths()._replace(cafile="", capath="")
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: empty)
    monkeypatch.setattr("notion_lsp.request._AUTHORITIES", ("/nowhere.pem", elsewhere))


def test_a_server_that_was_built_on_another_system_finds_the_certificates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    without_authorities(monkeypatch, str(notion.CERTIFICATE))
    assert isinstance(asked(notion.LIVE, monkeypatch), Live)


def test_who_says_whom_to_trust_trusts_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    without_authorities(monkeypatch, str(notion.CERTIFICATE))
    assert asked(notion.LIVE, monkeypatch) == Unknown(Reason.NOT_VERIFIED)
