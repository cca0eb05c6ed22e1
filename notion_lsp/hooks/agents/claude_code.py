"""Claude Code: code.claude.com/docs/en/hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.hooks.acts import Masked, Rewritten
from notion_lsp.hooks.agents import _tool_use, stage_of

if TYPE_CHECKING:
    from notion_lsp.hooks.acts import Object, Verdict

_CODEX = "turn_id"


def _sends(message: Object) -> bool:
    # Others send the same fields.
    named = _tool_use.names_an_event(message) and not _tool_use.is_from_github(message)
    transcript = str(message.get("transcript_path", ""))
    return named and _CODEX not in message and "/.codex/" not in transcript


def _answer(message: Object, verdict: Verdict) -> Object:
    match verdict:
        case Rewritten(given, said):
            # `allow` keeps the agent from asking the person, so it is said only where it does not.
            found = _tool_use.read(message)
            decision = "ask" if found and found.asks else "allow"
            return _tool_use.before(decision, said, updatedInput=given, additionalContext=said)
        case Masked(read=read) if message.get(_tool_use.EVENT) == _tool_use.FAILURE:
            told = {"hookEventName": _tool_use.FAILURE, "additionalContext": read}
            return {"hookSpecificOutput": told}
        case Masked(output, said):
            changed = {"updatedToolOutput": output, "additionalContext": said}
            return {"hookSpecificOutput": {"hookEventName": "PostToolUse", **changed}}
        case _:
            return _tool_use.answer(stage_of(message, _tool_use.EVENT, _tool_use.STAGES), verdict)


def _hooks(command: str) -> Object:
    return _tool_use.hooks(command, (*_tool_use.STAGES, _tool_use.FAILURE))


_FILE = ".claude/settings.json"
AGENT = _tool_use.agent("claude", "Claude Code", _FILE, _sends, _answer)._replace(hooks=_hooks)
