"""`notion-lsp uninstall`: have git, or an agent, ask no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.commands import install

if TYPE_CHECKING:
    import argparse

HELP = "have git, or an agent, ask notion-lsp no longer"

add = install.add


def run(options: argparse.Namespace) -> int:
    """Take the hooks out, say so, and return the exit code."""
    if not options.agent:
        said = "git asks notion-lsp no longer: its hooks are gone from {place}"
        return install.changed_in_git(options, said, undo=True)
    from notion_lsp.hooks.installed import uninstall

    return install.changed(
        options, uninstall, "{title} asks notion-lsp no longer: its hooks are gone from {file}"
    )
