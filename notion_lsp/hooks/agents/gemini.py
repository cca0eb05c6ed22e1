"""Gemini CLI: geminicli.com/docs/hooks/reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.hooks.acts import Denied, Masked, Rewritten, Stage, Unchecked, texts_of
from notion_lsp.hooks.agents import TIMEOUT, Agent, act, stage_of

if TYPE_CHECKING:
    from notion_lsp.hooks.acts import Act, Object, Verdict

_EVENT = "hook_event_name"
_STAGES = {"BeforeTool": Stage.BEFORE, "AfterTool": Stage.AFTER, "BeforeAgent": Stage.PROMPT}
_CONTENT = "llmContent"


def _sends(message: Object) -> bool:
    return stage_of(message, _EVENT, _STAGES) is not None


def _read(message: Object) -> Act | None:
    stage = stage_of(message, _EVENT, _STAGES)
    if stage is None:
        return None
    if stage is Stage.PROMPT:
        return act(stage, message, {"prompt": message.get("prompt")}, asks=True)
    return act(stage, message, message.get("tool_input"), message.get("tool_response"), asks=True)


def _answer(_message: Object, verdict: Verdict) -> Object:
    match verdict:
        case Denied(reason):
            return {"decision": "deny", "reason": reason}
        case Rewritten(given, said):
            specific: Object = {"hookEventName": "BeforeTool", "tool_input": given}
            return {"hookSpecificOutput": specific, "systemMessage": said}
        case Masked(output, said):
            # The reason stands in the place of the output.
            content = output.get(_CONTENT) if isinstance(output, dict) else output
            return {"decision": "deny", "reason": "\n".join((said, *texts_of(content)))}
        case Unchecked(reason):
            return {"systemMessage": reason}


_FILE = ".gemini/settings.json"


def _hooks(command: str) -> Object:
    hook = {"type": "command", "name": "notion-lsp", "command": command}
    entry: Object = {"hooks": [{**hook, "timeout": TIMEOUT * 1000}]}
    return {"hooks": {event: [entry] for event in _STAGES}}


AGENT = Agent(
    id="gemini",
    title="Gemini CLI",
    sends=_sends,
    read=_read,
    answer=_answer,
    settings=_FILE,
    home=_FILE,
    hooks=_hooks,
)
