"""The name that a file had before: in the commit that renamed it, in the last one, or on the disk.

By plumbing that compares names and ids, which runs no program that a repository names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.files import git

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MOST_GONE = 20
# For each file that was renamed: how alike the two are, and both names (git-diff-tree(1)).
_RENAMES = ("-M", "--diff-filter=R", "--name-status", "-z")


def before_commit(top: Path, commit: str, name: str) -> str | None:
    """Return the name from which a commit has renamed a file, both with `/` from the top."""
    return _before(top, ["diff-tree", "-r", "--no-commit-id", *_RENAMES, commit], name)


def before_index(top: Path, name: str) -> str | None:
    """Return the name that a file of the index has in the last commit, if that is another."""
    return _before(top, ["diff-index", "--cached", *_RENAMES, "HEAD"], name)


def gone_from_work_tree(top: Path, name: str) -> tuple[str, ...]:
    """Return names that the index has and the work tree has not, for a file that is in no index.

    One of them may have been that of the file before it was moved.
    """
    done = git.run(top, ["--literal-pathspecs", "ls-files", "-z", "--", name])
    if done is None or done.returncode or done.stdout:
        return ()
    gone = git.run(top, ["diff-files", "--name-only", "--diff-filter=D", "-z"])
    text = gone.stdout.decode("utf-8", "surrogateescape") if gone else ""
    return tuple(filter(None, text.split("\0")))[:_MOST_GONE]


def _before(top: Path, arguments: Sequence[str], name: str) -> str | None:
    done = git.run(top, arguments)
    if done is None or done.returncode:
        return None
    fields = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    names = dict(zip(fields[2::3], fields[1::3], strict=False))
    return names.get(name)
