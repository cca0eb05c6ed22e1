"""Codex: developers.openai.com/codex/hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.hooks.acts import Rewritten
from notion_lsp.hooks.agents import Agent, _tool_use, stage_of

if TYPE_CHECKING:
    from notion_lsp.hooks.acts import Object, Verdict

_EVENT = "hook_event_name"


def _sends(message: Object) -> bool:
    named = message.get(_EVENT) in _tool_use.STAGES and "cursor_version" not in message
    return named and ("turn_id" in message or "/.codex/" in str(message.get("transcript_path", "")))


def _answer(message: Object, verdict: Verdict) -> Object:
    if isinstance(verdict, Rewritten):
        # It takes an input only with `allow`, which does not widen its sandbox.
        return _tool_use.before("allow", verdict.said, updatedInput=verdict.input)
    return _tool_use.answer(stage_of(message, _EVENT, _tool_use.STAGES), verdict)


_FILE = ".codex/hooks.json"
AGENT = Agent(
    id="codex",
    title="Codex",
    sends=_sends,
    read=_tool_use.read,
    answer=_answer,
    settings=_FILE,
    home=_FILE,
    hooks=_tool_use.hooks,
)
