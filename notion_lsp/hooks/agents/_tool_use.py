"""What the agents share that took over the form of Claude Code's hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.hooks.acts import Denied, Masked, Rewritten, Stage, Unchecked
from notion_lsp.hooks.agents import TIMEOUT, Agent, act, stage_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from notion_lsp.hooks.acts import Act, Object, Verdict

EVENT = "hook_event_name"

STAGES = {
    "PreToolUse": Stage.BEFORE,
    "PostToolUse": Stage.AFTER,
    "UserPromptSubmit": Stage.PROMPT,
}
# What a tool has said that failed; not every one of them sends it.
FAILURE = "PostToolUseFailure"
_EVENTS = {**STAGES, FAILURE: Stage.AFTER}
# In these modes the person has said that files may be changed.
_UNASKED = ("acceptEdits", "bypassPermissions", "dontAsk")


def agent(
    identity: str,
    title: str,
    file: str,
    sends: Callable[[Object], bool],
    answer: Callable[[Object, Verdict], Object],
) -> Agent:
    """Return an agent that sends these events, and has one file, in a project and at home."""
    return Agent(identity, title, sends, read, answer, settings=file, home=file, hooks=hooks)


def names_an_event(message: Object) -> bool:
    """Whether a message names one of these events."""
    return stage_of(message, EVENT, _EVENTS) is not None


def is_from_github(message: Object) -> bool:
    """Whether a message in this form is from one of GitHub's agents.

    These say when it was sent, and not what the person lets the agent do.
    """
    others = {"permission_mode", "cursor_version"} & message.keys()
    return "timestamp" in message and not others and names_an_event(message)


def is_from_command_line(message: Object) -> bool:
    """Whether such a message is from Copilot's command line: VS Code names a record of the talk."""
    return "cwd" in message and not {"transcript_path", "tool_use_id"} & message.keys()


def read(message: Object, event: str = EVENT) -> Act | None:
    """Return what the agent does."""
    stage = stage_of(message, event, _EVENTS)
    if stage is None:
        return None
    asks = message.get("permission_mode") not in _UNASKED
    if stage is Stage.PROMPT:
        return act(stage, message, {"prompt": message.get("prompt")}, asks=asks)
    given = message.get("tool_input")
    output = message.get("error" if message.get(event) == FAILURE else "tool_response")
    return act(stage, message, given, output, asks=asks)


def answer(stage: Stage | None, verdict: Verdict) -> Object:
    """Return the answer of one that changes neither an input nor an output."""
    match verdict:
        case Denied(reason) if stage is Stage.BEFORE:
            return before("deny", reason)
        case Denied(reason):
            return {"decision": "block", "reason": reason}
        case Rewritten(refusal=refusal):
            return before("deny", refusal)
        case Masked(read=read):
            return {"decision": "block", "reason": read}
        case Unchecked(reason):
            return {"systemMessage": reason}


def before(decision: str, reason: str, **more: Object | str) -> Object:
    """Return what is decided about the use of a tool."""
    return {
        "hookSpecificOutput": {
            "hookEventName": "PreToolUse",
            "permissionDecision": decision,
            "permissionDecisionReason": reason,
            **more,
        }
    }


def hooks(command: str, events: Iterable[str] = STAGES) -> Object:
    """Return the entries of a settings file."""
    entry: Object = {"hooks": [{"type": "command", "command": command, "timeout": TIMEOUT}]}
    return {"hooks": {event: [entry] for event in events}}
