"""The agents that ask before they act: a module for each, found by being in this folder.

A module sets `AGENT`. Which agent asks is told by the fields of what it sends; no two fit at once.
Sources of the formats: each agent's own pages on hooks.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.hooks import modules_beside
from notion_lsp.hooks.acts import Act, Stage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from notion_lsp.hooks.acts import Json, Object, Verdict


class Agent(NamedTuple):
    """An agent: whether a message is from it, what the message says it does, and how to answer it.

    `read` returns `None` for what holds nothing to look at. `settings` is the file that names its
    hooks, below the project's folder, and `home` the same below the person's own, where it has one.
    `hooks` returns what has to stand in the file for a command. `names_acts` says that two messages
    which are equal are about one act, as that has an id or a time.
    """

    id: str
    title: str
    sends: Callable[[Object], bool]
    read: Callable[[Object], Act | None]
    answer: Callable[[Object, Verdict], Object]
    settings: str
    home: str | None
    hooks: Callable[[str], Object]
    names_acts: bool = True


TIMEOUT = 30  # seconds; a file of megabytes takes some


@cache
def agents() -> dict[str, Agent]:
    """Return the agents by their ids, in the order of these."""
    found = (import_module(f"{__name__}.{name}").AGENT for name in modules_beside(__file__))
    return {agent.id: agent for agent in found}


def agent_of(message: Object) -> Agent | None:
    """Return the agent that a message is from, `None` if it is from none of these."""
    return next((agent for agent in agents().values() if agent.sends(message)), None)


def stage_of(message: Object, field: str, stages: Mapping[str, Stage]) -> Stage | None:
    """Return the stage that the message's event names, `None` if there is nothing to look at."""
    event = message.get(field)
    return stages.get(event) if isinstance(event, str) else None


def act(stage: Stage, message: Object, given: Json, output: Json = None, *, asks: bool) -> Act:
    """Return an act with the message's folder; an input that is no object is a field of one."""
    folder = message.get("cwd")
    where = Path(folder) if isinstance(folder, str) and folder else Path()
    found = given if isinstance(given, dict) else {"input": given}
    return Act(stage, where.absolute(), found, output, asks)
