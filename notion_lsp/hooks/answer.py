"""The answer to one message of an agent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect import glance
from notion_lsp.explain.shown import plain
from notion_lsp.hooks.acts import Act, Denied, Stage, Unchecked, texts_of
from notion_lsp.hooks.agents import agent_of
from notion_lsp.project.project import load_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from notion_lsp.explain.shown import Shown
    from notion_lsp.hooks.acts import Object, Verdict

_FAILED = plain("An error in notion-lsp kept it from checking this. Run `notion-lsp check` later.")
_FOREIGN = "message"


class Answer(NamedTuple):
    """What is written to standard output, and why the act is refused where that cannot say it."""

    json: Mapping[str, object] = {}
    refusal: Shown | None = None


def answered(message: Object, data: bytes, today: date) -> Answer:
    """Return the answer to a message, given also as its bytes; empty if there is none to give."""
    agent = agent_of(message)
    act = agent.read(message) if agent else _foreign(message)
    verdict = _judged(act, today) if act else None
    if verdict is None:
        return Answer()
    if isinstance(verdict, Denied) and agent and agent.names_acts:
        # Nearly always there is nothing to refuse: then this is not loaded.
        from notion_lsp.hooks.asked_twice import is_asked_twice

        if is_asked_twice(data):
            return Answer()
    if agent:
        return Answer(agent.answer(message, verdict))
    return Answer(refusal=verdict.reason) if isinstance(verdict, Denied) else Answer()


def _foreign(message: Object) -> Act:
    # An agent not known here: all that it sends is looked at, and nothing taken for a file.
    return Act(Stage.BEFORE, Path.cwd(), {_FOREIGN: message})


def _judged(act: Act, today: date) -> Verdict | None:
    try:
        if not _may_hold_a_token(act):
            return None
        from notion_lsp.hooks.judge import judge

        return judge(act, today)
    except Exception:  # noqa: BLE001, an agent takes a failure for yes or for no, as it likes
        return Unchecked(_FAILED)


def _may_hold_a_token(act: Act) -> bool:
    # An agent asks all the time: what comes next loads the languages.
    texts = "\n".join((*texts_of(act.input), *texts_of(act.output)))
    data = texts.encode(errors="replace")
    return glance.can_hold_a_token(data) or bool(load_project(act.folder).patterns)
