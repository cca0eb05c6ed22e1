"""Our hooks in the settings files of agents on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from notion_lsp.files import read_write
from notion_lsp.files.read_write import Decoded, Unreadable
from notion_lsp.hooks.launcher import launcher
from notion_lsp.hooks.settings_files import with_hooks, without_hooks
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from notion_lsp.hooks.agents import Agent

_COMMAND = "agent-hook"
_PROJECT_ONLY = "{} has no settings of its own for all projects. Name one with --project."


def settings_file(agent: Agent, project: Path | None) -> Path | Refused:
    """Return the file that names an agent's hooks, for a project or for all of a person's."""
    if project:
        return project / agent.settings
    if agent.home is None:
        return Refused(_PROJECT_ONLY.format(agent.title))
    return Path.home() / agent.home


def install(agent: Agent, file: Path) -> Refused | None:
    """Have an agent ask this program; return why that cannot be, and leave the file then."""
    before = _read(file)
    if isinstance(before, Refused):
        return before
    after = with_hooks(before.text, agent.hooks(launcher(_COMMAND)))
    if isinstance(after, Refused):
        return after
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return Refused(read_write.unreadable(file.parent, error).reason)
    return _write(file, before.encode(after))


def uninstall(agent: Agent, file: Path) -> Refused | None:
    """Take our hooks out of the file, and the file away if it is as one that we make."""
    if not read_write.exists(file):
        return None
    before = _read(file)
    if isinstance(before, Refused):
        return before
    after = without_hooks(before.text, agent.hooks(launcher(_COMMAND)))
    if isinstance(after, Refused):
        return after
    if after is not None:
        return _write(file, before.encode(after))
    file.unlink(missing_ok=True)
    return None


def _read(file: Path) -> Decoded | Refused:
    if not read_write.exists(file):
        return Decoded("", "utf-8", b"")
    found = read_write.read(file)
    if isinstance(found, Unreadable):
        return Refused(f"It could not be read: {found.reason}.")
    return found


def _write(file: Path, data: bytes) -> Refused | None:
    problem = read_write.write_atomically(file, data)
    return Refused(f"It could not be written: {problem.reason}.") if problem else None
