"""The command line of GitHub Copilot: docs.github.com/en/copilot/reference/hooks-reference.

It does not send the name of the event: that is seen in the fields. A hook whose event begins with a
capital, as in the settings of Claude Code, which it reads too, is sent them in another spelling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.hooks.acts import Denied, Masked, Rewritten, Stage, Unchecked
from notion_lsp.hooks.agents import TIMEOUT, Agent, _tool_use, act
from notion_lsp.json_text import value_in

if TYPE_CHECKING:
    from notion_lsp.hooks.acts import Act, Json, Object, Verdict

_TOOL, _INPUT, _OUTPUT, _PROMPT = "toolName", "toolArgs", "toolResult", "prompt"
_ERROR = "error"  # what a tool has said that failed
_EVENTS = ("preToolUse", "postToolUse", "userPromptSubmitted")
_NAMED = {"hook_event_name", "hookEventName"}
_SPELT = {
    "tool_name": _TOOL,
    "tool_input": _INPUT,
    "tool_result": _OUTPUT,
    "result_type": "resultType",
    "text_result_for_llm": "textResultForLlm",
}


def _sends(message: Object) -> bool:
    if _tool_use.is_from_github(message):
        return _tool_use.is_from_command_line(message)
    return not _NAMED & message.keys() and (
        _TOOL in message or {_PROMPT, "timestamp", "cwd"} <= message.keys()
    )


def _spelt(message: Object) -> Object:
    """Return a message in the spelling of its own events."""
    spelt = {_SPELT.get(name, name): value for name, value in message.items()}
    output = spelt.get(_OUTPUT)
    if isinstance(output, dict):
        spelt[_OUTPUT] = _spelt(output)
    return spelt


def _read(sent: Object) -> Act | None:
    message = _spelt(sent)
    if _ERROR in message:
        return act(Stage.AFTER, message, {}, message.get(_ERROR), asks=True)
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


def _answer(sent: Object, verdict: Verdict) -> Object:
    message = _spelt(sent)
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
        case Masked(output, said, read):
            masked: Object = {"modifiedResult": output, "additionalContext": said}
            return {"additionalContext": read} if _ERROR in message else masked
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
