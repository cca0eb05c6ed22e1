"""The hooks of git that are answered (githooks(5)): a module each, found by being in this folder.

A module sets `HOOK`, and is called as the hook is. One whose name begins with `_` is shared.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.hooks import modules_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from notion_lsp.check.scan import Scan
    from notion_lsp.files.git_stream import Repository


class Asked(NamedTuple):
    """What git hands to a hook: arguments, standard input, and the environment."""

    arguments: Sequence[str]
    given: bytes
    today: date
    environment: Mapping[str, str] = {}

    @property
    def repository(self) -> Repository:
        """The repository of the hook."""
        from notion_lsp.check.scan import absolute
        from notion_lsp.files.git_stream import repository_around

        return repository_around(absolute("."), in_hook=True)


class Hook(NamedTuple):
    """A hook: the scan for what it is asked about, `None` if git cannot tell, and the way past it.

    One that `reads` has its question on standard input. `ends` is what tokens come to.
    """

    scan: Callable[[Asked], Scan | None]
    past: str = ""
    reads: bool = False
    ends: str = "stopped. Take the tokens out and rotate them, or ignore what is no secret."


def names() -> list[str]:
    """Return the names of all hooks, as git has them."""
    return [name.replace("_", "-") for name in modules_beside(__file__)]


def hook(name: str) -> Hook:
    """Return the hook of one of the `names`."""
    # Only that one: a commit waits for its hooks, and needs none of what a push is asked about.
    found: Hook = import_module(f"{__name__}.{name.replace('-', '_')}").HOOK
    return found
