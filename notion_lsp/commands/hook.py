"""`notion-lsp hook`: answer one of git's hooks."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from notion_lsp.terminal import say, show, today, warn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from notion_lsp.check.baseline import Baseline
    from notion_lsp.files.git_stream import Repository
    from notion_lsp.hooks.git import Hook

HELP = "answer one of git's hooks, which calls this"

# The name that the documentation gives to a baseline: a hook has no other way to be told of one.
_BASELINE = ".notion-lsp-baseline.json"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    from notion_lsp.hooks.git import names

    parser.add_argument("hook", choices=names(), metavar="HOOK", help=", ".join(names()))
    parser.add_argument("arguments", nargs="*", metavar="ARGUMENT", help="those of the hook")


def called(arguments: Sequence[str]) -> int | None:
    """Answer git, which names a hook: return what `run` does, `None` if there is none."""
    from notion_lsp.hooks.git import names

    name, *rest = arguments or ("",)
    return _answered(name, rest) if name in names() else None


def run(options: argparse.Namespace) -> int:
    """Check what the hook is asked about, say what is wrong, and return the exit code."""
    return _answered(options.hook, options.arguments)


def _answered(name: str, arguments: Sequence[str]) -> int:
    from notion_lsp.files.git_stream import GitError
    from notion_lsp.hooks import git

    hook = git.hook(name)
    # All of it, whatever comes of it: git may write on when nobody reads.
    given = sys.stdin.buffer.read() if hook.reads else b""
    asked = git.Asked(arguments, given, today(), os.environ)
    try:
        scan = hook.scan(asked)
    except GitError:
        scan = None
    if scan is None:
        say("error: git does not say what is to be checked here")
        return _ended(2, hook)
    known = _baseline(asked.repository)
    warn(scan, known)
    if not (scan.leaky or scan.unread):
        return 0
    from notion_lsp.check.verdict import verdict

    found = verdict(scan, asked.repository, known)
    if found.code:
        from notion_lsp.check.reports.text import render

        show(render(found.report), sys.stderr)
    return _ended(found.code, hook)


def _ended(code: int, hook: Hook) -> int:
    if code == 1:
        say(hook.ends)
    if code and hook.past:
        say(f"to go on without this check: {hook.past}")
    return code


def _baseline(repository: Repository) -> Baseline | None:
    from notion_lsp.files.read_write import Unreadable, exists

    file = repository.folder / _BASELINE
    if not exists(file):
        return None
    from notion_lsp.check.baseline import load

    found = load(file)
    if not isinstance(found, Unreadable):
        return found
    say(f"warning: {found.path}: {found.reason}")
    return None
