"""The agent of VS Code: code.visualstudio.com/docs/copilot/customization/hooks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.hooks.acts import Denied, Stage
from notion_lsp.hooks.agents import TIMEOUT, Agent, _tool_use, stage_of

if TYPE_CHECKING:
    from notion_lsp.hooks.acts import Object, Verdict

_EVENT = "hookEventName"


def _sends(message: Object) -> bool:
    return stage_of(message, _EVENT, _tool_use.STAGES) is not None


def _answer(message: Object, verdict: Verdict) -> Object:
    stage = stage_of(message, _EVENT, _tool_use.STAGES)
    if stage is Stage.PROMPT and isinstance(verdict, Denied):
        return {"continue": False, "stopReason": verdict.reason}
    return _tool_use.answer(stage, verdict)


def _hooks(command: str) -> Object:
    entry: Object = {"type": "command", "command": command, "timeout": TIMEOUT}
    return {"hooks": {event: [entry] for event in _tool_use.STAGES}}


AGENT = Agent(
    id="vscode",
    title="VS Code's agent",
    sends=_sends,
    read=partial(_tool_use.read, event=_EVENT),
    answer=_answer,
    settings=".github/hooks/notion-lsp-vscode.json",
    home=None,
    hooks=_hooks,
)
