"""`notion-lsp install`: have git, or an agent, ask before it acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.terminal import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from notion_lsp.hooks.agents import Agent
    from notion_lsp.refused import Refused

HELP = "have git ask notion-lsp before it commits and pushes, or an agent before it writes"

_SKIPPED = "Anybody can skip the hooks with --no-verify, so check in a build too"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "--global",
        dest="everywhere",
        action="store_true",
        help="git's hooks, in all repositories; git 2.54 or later",
    )
    parser.add_argument("--agent", metavar="NAME", help="an agent's hooks, in place of git's")
    parser.add_argument(
        "--project", action="store_true", help="in this folder only, in place of all your projects"
    )
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Add the hooks, say where, and return the exit code."""
    if not options.agent:
        return changed_in_git(options, lambda: _installed(everywhere=options.everywhere))
    from notion_lsp.hooks.installed import install

    return changed(options, install, "{title} asks notion-lsp now: its hooks are in {file}")


def _installed(*, everywhere: bool) -> list[str] | Refused:
    from notion_lsp.check.scan import absolute
    from notion_lsp.hooks.git_install import install
    from notion_lsp.refused import Refused

    place = install(absolute("."), everywhere=everywhere)
    if isinstance(place, Refused):
        return place
    return [f"git asks notion-lsp now: its hooks are in {place}", _SKIPPED]


def changed_in_git(options: argparse.Namespace, change: Callable[[], list[str] | Refused]) -> int:
    """Change where git's hooks are, say what became of it, and return the exit code."""
    from notion_lsp.refused import Refused

    if options.project:
        options.error("--project needs --agent")
    said = change()
    if isinstance(said, Refused):
        say(f"error: {said.reason}")
        return 2
    for line in said:
        say(line)
    return 0


def changed(
    options: argparse.Namespace, change: Callable[[Agent, Path], Refused | None], done: str
) -> int:
    """Change the agent's settings file, say what became of it, and return the exit code."""
    from notion_lsp.check.scan import absolute
    from notion_lsp.hooks.agents import agents
    from notion_lsp.hooks.installed import settings_file
    from notion_lsp.refused import Refused

    known = ", ".join(agents())
    wrong = f"there is no agent {options.agent}; the agents are {known}"
    agent: Agent = agents().get(options.agent) or options.error(wrong)
    file = settings_file(agent, absolute(".") if options.project else None)
    problem = file if isinstance(file, Refused) else change(agent, file)
    if problem:
        where = "" if isinstance(file, Refused) else f"{file}: "
        say(f"error: {where}{problem.reason}")
        return 2
    say(done.format(title=agent.title, file=file))
    return 0
