"""The refs that a push moves, and the scan for what they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.check.scan import scan_history, scan_paths
from notion_lsp.files import git_history
from notion_lsp.text import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.check.scan import Scan
    from notion_lsp.hooks.git import Asked

REFS = "refs/"


class Update(NamedTuple):
    """A ref that is pushed: the id that the remote has for it, the one it gets, and its name."""

    old: str
    new: str
    ref: str


def received(given: bytes) -> list[Update]:
    """Return what is pushed to a server, by the lines of `pre-receive` and `post-receive`.

    A ref that is deleted brings nothing.
    """
    found = (line.split(" ", 2) for line in lines(given))
    return bringing(Update(*line) for line in found if len(line) == len(Update._fields))


def lines(given: bytes) -> list[str]:
    """Return the lines that git hands to a hook."""
    # A ref may have U+2028 in its name, at which `str.splitlines` would break the line.
    return LINE_BREAK.split(given.decode("utf-8", "replace"))


def bringing(updates: Iterable[Update]) -> list[Update]:
    """Return the updates that delete nothing."""
    return [each for each in updates if not _is_nothing(each.new)]


def earlier(asked: Asked, updates: Sequence[Update]) -> list[str]:
    """Return the commits that the refs named before, as far as they are here."""
    return [*filter(None, git_history.resolved(asked.repository, [each.old for each in updates]))]


def scan(asked: Asked, updates: Sequence[Update], known: Iterable[str]) -> Scan | None:
    """Return the scan for what updates bring to whoever has the known commits."""
    if not updates:
        return scan_paths((), lambda paths: paths, asked.today)
    revisions = [*(each.new for each in updates), *(f"^{each}" for each in set(known))]
    refs = [each.ref for each in updates if _is_nothing(each.old)]
    return scan_history(asked.repository, asked.today, revisions, refs, everything=False)


def _is_nothing(object_id: str) -> bool:
    # 40 zeros, or 64 where ids are SHA-256.
    return set(object_id) <= {"0"}
