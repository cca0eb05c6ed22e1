"""Reads all that a server has written, for tokens where none may stand.

They may stand in the new text of an edit that moves one into `.env`, and nowhere else.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from notion_lsp.detect.plain import find_plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HEADERS = re.compile(rb"Content-Length: (\d+)\r\n(?:[\w-]+: [^\r\n]*\r\n)*\r\n")
_MOVE = "Move it to .env"
# What is pasted instead of a token may move that to `.env`.
_PASTES = {"move-to-dotenv": "edit"}
# More of a token than its prefix and the four characters that a person may see.
_TELLING = 9


def messages(recorded: bytes) -> Iterator[dict[str, Any]]:
    """Yield the messages of a recording; anything between them fails."""
    position = 0
    while position < len(recorded):
        found = _HEADERS.match(recorded, position)
        assert found, f"not a message: {recorded[position : position + 80]!r}"
        position = found.end() + int(found[1])
        yield json.loads(recorded[found.end() : position])


def leaks(recorded: bytes, log: bytes, known: Iterable[str]) -> list[str]:
    """Return where, in what a server has written, a token or a part of a known one stands."""
    pieces = frozenset(piece for token in known for piece in _pieces(token))
    told = [
        (f"{message.get('method', 'an answer')}{path}", text)
        for message in messages(recorded)
        for path, text in _texts(message, "", moves=message.get("method") == "workspace/applyEdit")
    ]
    told.append(("the log", log.decode()))
    return [where for where, text in told if _tells(text, pieces)]


def _tells(text: str, pieces: frozenset[str]) -> bool:
    windows = {text[start : start + _TELLING] for start in range(len(text) - _TELLING + 1)}
    return bool(find_plain(text)) or not pieces.isdisjoint(windows)


def _pieces(token: str) -> Iterator[str]:
    body = re.sub(r"^(?:development_ntn_|ntn_|nrt_|secret_|v0[23]:\w+:)", "", token)
    return (body[start : start + _TELLING] for start in range(len(body) - _TELLING + 1))


def _texts(value: Any, path: str, *, moves: bool) -> Iterator[tuple[str, str]]:  # noqa: ANN401, any JSON
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _texts(each, f"{path}[{number}]", moves=moves)
    elif isinstance(value, dict):
        is_move = str(value.get("title")).startswith(_MOVE) and value.get("kind") == "quickfix"
        edit = "edit" if is_move else _PASTES.get(str(value.get("kind")))
        for key, each in value.items():
            yield f"{path}, a key", key
            if not (moves and key == "newText"):
                yield from _texts(each, f"{path}.{key}", moves=moves or key == edit)
