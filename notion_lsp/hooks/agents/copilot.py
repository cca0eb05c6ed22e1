"""The command line of GitHub Copilot: docs.github.com/en/copilot/reference/hooks-configuration.

It does not send the name of the event: that is seen in the fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.hooks.acts import Denied, Masked, Rewritten, Stage, Unchecked
from notion_lsp.hooks.agents import TIMEOUT, Agent, act
from notion_lsp.json_text import value_in

if TYPE_CHECKING:
    from notion_lsp.hooks.acts import Act, Json, Object, Verdict

_TOOL, _INPUT, _OUTPUT, _PROMPT = "toolName", "toolArgs", "toolResult", "prompt"
_EVENTS = ("preToolUse", "postToolUse", "userPromptSubmitted")
_NAMED = {"hook_event_name", "hookEventName"}


def _sends(message: Object) -> bool:
    return not _NAMED & message.keys() and (
        _TOOL in message or {_PROMPT, "timestamp", "cwd"} <= message.keys()
    )


def _read(message: Object) -> Act | None:
    if _OUTPUT in message:
        return act(Stage.AFTER, message, {}, message.get(_OUTPUT), asks=True)
    if _TOOL in message:
        return act(Stage.BEFORE, message, _parsed(message.get(_INPUT)), asks=True)
    return act(Stage.PROMPT, message, {_PROMPT: message.get(_PROMPT)}, asks=True)


def _parsed(given: Json) -> Json:
    # It is JSON within JSON.
    if not isinstance(given, str):
        return given
    found: Json = value_in(given, given)
    return found


def _answer(message: Object, verdict: Verdict) -> Object:
    match verdict:
        case Denied(reason) if _TOOL in message:
            return {"permissionDecision": "deny", "permissionDecisionReason": reason}
        case Denied(reason):
            return {"decision": "block", "reason": reason}
        # Where the input was no object, there is none to put in its place.
        case Rewritten(refusal=refusal) if not isinstance(_parsed(message.get(_INPUT)), dict):
            return _answer(message, Denied(refusal))
        case Rewritten(given, said):
            return {"modifiedArgs": given, "additionalContext": said}
        case Masked(output, said):
            return {"modifiedResult": output, "additionalContext": said}
        case Unchecked():
            return {}


def _hooks(command: str) -> Object:
    entry: Object = {
        "type": "command",
        "bash": command,
        "powershell": f"& {command}",
        "timeoutSec": TIMEOUT,
    }
    return {"version": 1, "hooks": {event: [entry] for event in _EVENTS}}


AGENT = Agent(
    id="copilot",
    title="Copilot CLI",
    sends=_sends,
    read=_read,
    answer=_answer,
    settings=".github/hooks/notion-lsp.json",
    home=".copilot/hooks/notion-lsp.json",
    hooks=_hooks,
)
