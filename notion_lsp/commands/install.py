"""`notion-lsp install`: have an agent ask before it acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.terminal import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path

    from notion_lsp.hooks.agents import Agent
    from notion_lsp.refused import Refused

HELP = "have an agent ask notion-lsp before it writes files and runs commands"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--agent", required=True, metavar="NAME")
    parser.add_argument(
        "--project", action="store_true", help="in this folder only, in place of all your projects"
    )
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Add the hooks to the agent's settings, say where, and return the exit code."""
    from notion_lsp.hooks.installed import install

    return changed(options, install, "{title} asks notion-lsp now: its hooks are in {file}")


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
