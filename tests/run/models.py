"""Stand-ins for the models that agents ask: each has the agent use tools, one after the other.

A vendor's form of an answer is known as far as its agent needs it. Sources: the references of
Anthropic's messages, Google's `streamGenerateContent` and OpenAI's responses.
"""

from __future__ import annotations

import http.server
import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from serving import Serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Call(NamedTuple):
    """A tool that the agent is to use; the input is a text where the tool takes one."""

    tool: str
    given: dict[str, Any] | str


class Model(NamedTuple):
    """A vendor: what its answers are, and whether a request is one of the agent's turns.

    `history` is the field of such a request that lists what has been said.
    """

    answer: Callable[[Call | None, int], Sequence[tuple[str, dict[str, Any]]]]
    is_turn: Callable[[str, dict[str, Any]], bool]
    history: str


def _anthropic(call: Call | None, number: int) -> list[tuple[str, dict[str, Any]]]:
    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": f"m{number}", "type": "message", "role": "assistant", "model": "m"}
    begun: dict[str, Any] = {**message, "content": [], "stop_reason": None, "usage": usage}
    block: dict[str, Any] = {"type": "text", "text": ""}
    delta = {"type": "text_delta", "text": "done"}
    if call:
        block = {"type": "tool_use", "id": f"toolu_{number}", "name": call.tool, "input": {}}
        delta = {"type": "input_json_delta", "partial_json": json.dumps(call.given)}
    stop = {"stop_reason": "tool_use" if call else "end_turn"}
    return [
        ("message_start", {"message": begun}),
        ("content_block_start", {"index": 0, "content_block": block}),
        ("content_block_delta", {"index": 0, "delta": delta}),
        ("content_block_stop", {"index": 0}),
        ("message_delta", {"delta": stop, "usage": usage}),
        ("message_stop", {}),
    ]


def _openai(call: Call | None, number: int) -> list[tuple[str, dict[str, Any]]]:
    called = {"id": f"i{number}", "call_id": f"call{number}"}
    item: dict[str, Any]
    if call is None:
        said = {"type": "output_text", "text": "done"}
        item = {"type": "message", "role": "assistant", "id": f"i{number}", "content": [said]}
    elif isinstance(call.given, str):
        item = {"type": "custom_tool_call", "name": call.tool, "input": call.given, **called}
    else:
        given = json.dumps(call.given)
        item = {"type": "function_call", "name": call.tool, "arguments": given, **called}
    usage = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
    return [
        ("response.created", {"response": {"id": f"r{number}"}}),
        ("response.output_item.done", {"output_index": 0, "item": item}),
        ("response.completed", {"response": {"id": f"r{number}", "usage": usage}}),
    ]


def _google(call: Call | None, _number: int) -> list[tuple[str, dict[str, Any]]]:
    used = {"functionCall": {"name": call.tool, "args": call.given}} if call else {"text": "done"}
    content = {"role": "model", "parts": [used]}
    counted = {"promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2}
    candidate = {"content": content, "finishReason": "STOP", "index": 0}
    return [("", {"candidates": [candidate], "usageMetadata": counted})]


MODELS = {
    "claude": Model(
        _anthropic, lambda path, asked: "/messages" in path and "tools" in asked, "messages"
    ),
    "codex": Model(_openai, lambda path, _asked: path.endswith("/responses"), "input"),
    "gemini": Model(
        _google, lambda path, asked: "streamGenerate" in path and "tools" in asked, "contents"
    ),
}


class _Handler(http.server.BaseHTTPRequestHandler):
    model: ClassVar[Model]
    calls: ClassVar[list[Call]]
    turns: ClassVar[list[dict[str, Any]]]

    def do_GET(self) -> None:
        self._send("application/json", b"{}")

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self.model.is_turn(self.path, asked):
            # Such as a count of tokens, or a title for the session.
            self._send("application/json", b'{"input_tokens": 1}')
            return
        self.turns.append(asked)
        call = self.calls.pop(0) if self.calls else None
        events = self.model.answer(call, len(self.turns))
        lines = (
            (f"event: {name}\n" if name else "")
            + f"data: {json.dumps({'type': name, **data} if name else data)}\n\n"
            for name, data in events
        )
        self._send("text/event-stream", "".join(lines).encode())

    def _send(self, kind: str, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@contextmanager
def serving(model: Model, calls: list[Call]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Serve a model on this machine; give its address, and what it is asked, turn by turn."""
    turns: list[dict[str, Any]] = []
    row = {"model": model, "calls": calls, "turns": turns}
    with Serving(("127.0.0.1", 0), type("H", (_Handler,), row)) as server:
        yield f"http://127.0.0.1:{server.server_port}", turns
