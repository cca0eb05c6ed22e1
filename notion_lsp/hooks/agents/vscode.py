"""The agent of VS Code: code.visualstudio.com/docs/agents/reference/hooks-reference.

Older versions name the event in a field of their own, `hookEventName`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.hooks.acts import Denied, Stage
from notion_lsp.hooks.agents import TIMEOUT, Agent, _tool_use, stage_of

if TYPE_CHECKING:
    from notion_lsp.hooks.acts import Act, Object, Verdict

_EVENT = "hookEventName"


def _sends(message: Object) -> bool:
    if stage_of(message, _EVENT, _tool_use.STAGES) is not None:
        return True
    return _tool_use.is_from_github(message) and not _tool_use.is_from_command_line(message)


def _read(message: Object) -> Act | None:
    return _tool_use.read(message, _event(message))


def _event(message: Object) -> str:
    return _EVENT if _EVENT in message else _tool_use.EVENT


def _answer(message: Object, verdict: Verdict) -> Object:
    stage = stage_of(message, _event(message), _tool_use.STAGES)
    if stage is Stage.PROMPT and isinstance(verdict, Denied):
        return {"continue": False, "stopReason": verdict.reason}
    return _tool_use.answer(stage, verdict)


def _hooks(command: str) -> Object:
    entry: Object = {"type": "command", "command": command, "timeout": TIMEOUT}
    # Copilot reads the file too, and takes none without a version.
    return {"version": 1, "hooks": {event: [entry] for event in _tool_use.STAGES}}


AGENT = Agent(
    id="vscode",
    title="VS Code's agent",
    sends=_sends,
    read=_read,
    answer=_answer,
    settings=".github/hooks/notion-lsp-vscode.json",
    home=None,
    hooks=_hooks,
)
