"""The canary sings: a recording that leaks is told apart from one that does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from canary import leaks, messages
from token_factory import access_token, integration_token

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKEN = access_token(1)
MOVE = "Move it to .env as NOTION_TOKEN"


def recorded(*bodies: dict[str, Any]) -> bytes:
    encoded = [json.dumps(body).encode() for body in bodies]
    return b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(each), each) for each in encoded)


def action(title: str, **parts: object) -> dict[str, Any]:
    return {"id": 1, "result": [{"title": title, "kind": "quickfix", **parts}]}


def edit(text: str) -> dict[str, Any]:
    return {"changes": {"file:///.env": [{"newText": text}]}}


@pytest.mark.parametrize(
    "message",
    [
        {"method": "window/showMessage", "params": {"message": f"found {TOKEN}"}},
        {"method": "textDocument/publishDiagnostics", "params": {TOKEN: 1}},
        {"id": 1, "error": {"code": 1, "message": TOKEN}},
        {"id": 1, "result": {"contents": f"part of it: {TOKEN[20:32]}"}},
        action("Ignore this line", edit=edit(TOKEN)),
        action(MOVE, data={"newText": TOKEN}),
        action(f"{MOVE} {TOKEN}"),
    ],
)
def test_a_token_where_none_may_stand_is_a_leak(message: dict[str, Any]) -> None:
    assert leaks(recorded(message), b"", [TOKEN])


def test_a_token_that_no_test_made_is_a_leak_too() -> None:
    message = {"method": "window/logMessage", "params": {"message": integration_token(2)}}
    assert leaks(recorded(message), b"", [])


def test_a_token_in_the_log_is_a_leak() -> None:
    assert leaks(b"", f"ERROR: {TOKEN}".encode(), []) == ["the log"]


@pytest.mark.parametrize(
    "message",
    [
        action(MOVE, edit=edit(f"NOTION_TOKEN={TOKEN}\n")),
        {"id": 1, "result": action(MOVE, edit=edit(TOKEN))["result"][0]},
        {"id": 1, "method": "workspace/applyEdit", "params": {"edit": edit(TOKEN)}},
        {"id": 1, "result": {"contents": f"`ntn_…{TOKEN[-4:]}` is hardcoded"}},
    ],
)
def test_an_edit_that_moves_a_token_and_a_masked_one_are_no_leaks(message: dict[str, Any]) -> None:
    assert leaks(recorded(message), b"", [TOKEN]) == []


@pytest.mark.parametrize("noise", [b"print\n", b"Content-Length: 9\r\n\r\n{", b"\r\n"])
def test_a_recording_that_is_not_all_messages_fails(noise: bytes) -> None:
    def read() -> Sequence[object]:
        return list(messages(recorded({"id": 1, "result": None}) + noise))

    with pytest.raises((AssertionError, ValueError)):
        read()
