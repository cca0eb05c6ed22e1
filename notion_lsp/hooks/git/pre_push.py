"""Before a push: what its refs bring that no branch of the remote has, as of the last fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.files import git_history
from notion_lsp.hooks.git import Hook
from notion_lsp.hooks.git._updates import Update, bringing, earlier, lines, scan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.check.scan import Scan
    from notion_lsp.hooks.git import Asked

_REMOTES = "refs/remotes/"
_FIELDS = 4  # of a line: the local ref, which may be any expression, its id, the remote ref, its id


def pushed(given: bytes) -> list[Update]:
    """Return what is pushed, by the lines of the hook. A ref that is deleted brings nothing."""
    found = (line.rsplit(" ", 3) for line in lines(given))
    return bringing(Update(line[3], line[1], line[2]) for line in found if len(line) == _FIELDS)


def _scan(asked: Asked) -> Scan | None:
    updates = pushed(asked.given) or _pushed_by_pre_commit(asked.environment)
    told = (asked.environment.get(f"PRE_COMMIT_REMOTE_{each}", "") for each in ("NAME", "URL"))
    remote, address = (*asked.arguments, *told)[:2]
    # Without a name for it, both are the address: then what any remote has is all that is known.
    below = f"{_REMOTES}{remote}/" if remote != address else _REMOTES
    known = git_history.tips(asked.repository, below)
    return scan(asked, updates, (*known, *earlier(asked, updates)))


def _pushed_by_pre_commit(environment: Mapping[str, str]) -> list[Update]:
    # It hands on what it reads of one ref alone, in variables, and of a first push its name alone.
    new = environment.get("PRE_COMMIT_TO_REF") or environment.get("PRE_COMMIT_LOCAL_BRANCH")
    old, ref = (environment.get(f"PRE_COMMIT_{each}", "") for each in ("FROM_REF", "REMOTE_BRANCH"))
    return [Update(old, new, ref)] if new else []


HOOK = Hook(_scan, "git push --no-verify", reads=True)
