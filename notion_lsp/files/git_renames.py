"""The name that a file had before: in the commit that renamed it, or in the last one.

By plumbing that compares names and ids, which runs no program that a repository names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.files import git

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# For each file that was renamed: how alike the two are, and both names (git-diff-tree(1)).
_RENAMES = ("-M", "--diff-filter=R", "--name-status", "-z")


def before_commit(top: Path, commit: str, name: str) -> str | None:
    """Return the name from which a commit has renamed a file, both with `/` from the top."""
    return _before(top, ["diff-tree", "-r", "--no-commit-id", *_RENAMES, commit], name)


def before_index(top: Path, name: str) -> str | None:
    """Return the name that a file of the index has in the last commit, if that is another."""
    return _before(top, ["diff-index", "--cached", *_RENAMES, "HEAD"], name)


def _before(top: Path, arguments: Sequence[str], name: str) -> str | None:
    done = git.run(top, arguments)
    if done is None or done.returncode:
        return None
    fields = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    names = dict(zip(fields[2::3], fields[1::3], strict=False))
    return names.get(name)
