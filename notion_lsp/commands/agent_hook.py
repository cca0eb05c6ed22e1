"""`notion-lsp agent-hook`: answer an agent that asks before it acts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from notion_lsp.json_text import object_in
from notion_lsp.terminal import say, show, today

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

HELP = "answer an agent that asks before it acts: read one JSON object, and write one"

_LARGEST = 10 << 20  # bytes
_TOO_LARGE = "what the agent sent is larger than 10 MB, so it was not checked, and is refused"
_NO_OBJECT = "an agent's hook is given one JSON object on standard input"
_BLOCKED = 2  # all agents take it for no


def add(parser: argparse.ArgumentParser) -> None:
    """Add no argument: all is in what the agent sends."""


def called(arguments: Sequence[str]) -> int | None:
    """Answer an agent, which has no arguments: return what `run` does, `None` if there are some."""
    return None if arguments else _answered()


def run(_options: argparse.Namespace) -> int:
    """Answer, and return 0; 2 where an agent has to take the exit code for its answer."""
    return _answered()


def _answered() -> int:
    data = sys.stdin.buffer.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        return _refuse(_TOO_LARGE)
    message = object_in(data)
    if message is None:
        return _refuse(_NO_OBJECT)
    from notion_lsp.explain.shown import as_json
    from notion_lsp.hooks.answer import answered

    answer = answered(message, data, today())
    show(as_json(answer.json), sys.stdout)
    return _refuse(answer.refusal) if answer.refusal else 0


def _refuse(reason: str) -> int:
    say(reason)
    return _BLOCKED
