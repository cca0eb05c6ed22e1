"""Codex: developers.openai.com/codex/hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.hooks.acts import Masked, Rewritten, texts_of
from notion_lsp.hooks.agents import _tool_use, stage_of

if TYPE_CHECKING:
    from notion_lsp.hooks.acts import Object, Verdict


def _sends(message: Object) -> bool:
    named = _tool_use.names_an_event(message) and not _tool_use.is_from_github(message)
    named = named and "cursor_version" not in message
    return named and ("turn_id" in message or "/.codex/" in str(message.get("transcript_path", "")))


def _answer(message: Object, verdict: Verdict) -> Object:
    match verdict:
        case Rewritten(given, said):
            # It takes an input only with `allow`, which does not widen its sandbox.
            return _tool_use.before("allow", said, updatedInput=given)
        case Masked(output, said):
            # The reason stands in the place of the output.
            return {"decision": "block", "reason": "\n".join((said, *texts_of(output)))}
        case _:
            return _tool_use.answer(stage_of(message, _tool_use.EVENT, _tool_use.STAGES), verdict)


AGENT = _tool_use.agent("codex", "Codex", ".codex/hooks.json", _sends, _answer)
