"""`notion-lsp uninstall`: have git, or an agent, ask no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.commands import install
from notion_lsp.text import enumerated

if TYPE_CHECKING:
    import argparse

    from notion_lsp.refused import Refused

HELP = "have git, or an agent, ask notion-lsp no longer"

add = install.add


def run(options: argparse.Namespace) -> int:
    """Take the hooks out, say so, and return the exit code."""
    if not options.agent:
        return install.changed_in_git(options, lambda: _uninstalled(everywhere=options.everywhere))
    from notion_lsp.hooks.installed import uninstall

    return install.changed(
        options, uninstall, "{title} asks notion-lsp no longer: its hooks are gone from {file}"
    )


def _uninstalled(*, everywhere: bool) -> list[str] | Refused:
    from notion_lsp.check.scan import absolute
    from notion_lsp.hooks.git_install import uninstall
    from notion_lsp.refused import Refused

    places = uninstall(absolute("."), everywhere=everywhere)
    if isinstance(places, Refused):
        return places
    gone = f"git asks notion-lsp no longer: its hooks are gone from {enumerated(places)}"
    return [gone if places else "git did not ask notion-lsp here"]
