"""Cursor: cursor.com/docs/agent/hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.hooks.acts import Denied, Masked, Rewritten, Stage, Unchecked
from notion_lsp.hooks.agents import TIMEOUT, Agent, _tool_use, act, stage_of

if TYPE_CHECKING:
    from notion_lsp.hooks.acts import Act, Object, Verdict

_EVENT = "hook_event_name"
_ANY_TOOL = "preToolUse"
_STAGES = {
    "beforeSubmitPrompt": Stage.PROMPT,
    "beforeShellExecution": Stage.BEFORE,
    "beforeMCPExecution": Stage.BEFORE,
    _ANY_TOOL: Stage.BEFORE,
    "postToolUse": Stage.AFTER,
    "beforeReadFile": Stage.READING,
    "beforeTabFileRead": Stage.READING,
}
_INPUTS = {
    Stage.PROMPT: ("prompt",),
    Stage.READING: ("file_path", "content"),
    Stage.BEFORE: ("command",),
}


def _sends(message: Object) -> bool:
    # It runs hooks of Claude Code too, in the form of that one. The version is not in all messages.
    named = stage_of(message, _EVENT, _STAGES) is not None
    return named or ("cursor_version" in message and not _tool_use.names_an_event(message))


def _read(message: Object) -> Act | None:
    stage = stage_of(message, _EVENT, _STAGES)
    if stage is None:
        return None
    if stage is Stage.AFTER:
        return act(stage, _placed(message), {}, message.get("tool_output"), asks=False)
    fields = {field: message.get(field) for field in _INPUTS[stage]}
    given = message.get("tool_input", fields)
    return act(stage, _placed(message), given, asks=False)


def _placed(message: Object) -> Object:
    roots = message.get("workspace_roots")
    first = roots[0] if isinstance(roots, list) and roots else None
    return {**message, "cwd": message.get("cwd") or first}


def _answer(message: Object, verdict: Verdict) -> Object:
    match verdict:
        case Denied(reason) if message.get(_EVENT) == "beforeSubmitPrompt":
            return {"continue": False, "user_message": reason}
        case Denied(reason):
            return {"permission": "deny", "user_message": reason, "agent_message": reason}
        # The older events of one tool each take no other input.
        case Rewritten(refusal=refusal) if message.get(_EVENT) != _ANY_TOOL:
            return _answer(message, Denied(refusal))
        case Rewritten(given, said):
            return {"permission": "allow", "updated_input": given, "agent_message": said}
        case Masked(read=read):
            return {"additional_context": read}
        case Unchecked(reason):
            return {"user_message": reason}


_FILE = ".cursor/hooks.json"


def _hooks(command: str) -> Object:
    entry: Object = {"command": command, "timeout": TIMEOUT}
    return {"version": 1, "hooks": {event: [entry] for event in _STAGES}}


AGENT = Agent(
    id="cursor",
    title="Cursor",
    sends=_sends,
    read=_read,
    answer=_answer,
    settings=_FILE,
    home=_FILE,
    hooks=_hooks,
    # A file that is read twice, for two stretches of it, is the same message twice.
    names_acts=False,
)
