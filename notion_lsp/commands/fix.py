"""`notion-lsp fix`: make code read its tokens from a store."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from notion_lsp.terminal import confirm, say, show, today, track, warn

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from typing import TextIO

    from notion_lsp.check.fix import FixedFile
    from notion_lsp.check.scan import Scan
    from notion_lsp.files.read_write import Unwritten

HELP = "make code read its tokens from a store"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    about = "a file or folder to fix, by default this folder"
    parser.add_argument("paths", nargs="*", metavar="PATH", default=["."], help=about)
    parser.add_argument("--store", help="the store to read tokens from, whatever the settings say")
    parser.add_argument("--keep", action="store_true", help="put each token into that store first")
    parser.add_argument("--diff", action="store_true", help="show the changes, and write nothing")
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Fix, print what was done and what is left, and return the exit code."""
    from notion_lsp.check.fix import fix, keep, save
    from notion_lsp.check.keeping import Keeping
    from notion_lsp.check.scan import absolute, scan_paths
    from notion_lsp.files.programs import outside
    from notion_lsp.stores import stores

    if options.store not in {None, *stores()}:
        options.error(f"there is no store {options.store}; the stores are {', '.join(stores())}")
    if options.keep and options.diff:
        options.error("--keep changes the store: it does not go with --diff")
    paths = [absolute(each) for each in options.paths]
    environment = outside(os.environ, paths)
    keeping = Keeping(environment, confirm) if options.keep else None
    scan = scan_paths(options.paths, track, today())
    done = fix(scan.leaky, options.store, keep if options.diff else save, keeping, paths)
    return _tell(done, scan, only_shown=options.diff)


def _tell(done: Iterable[FixedFile], scan: Scan, *, only_shown: bool) -> int:
    from notion_lsp.check.outcomes import Outcome, summary
    from notion_lsp.explain.shown import composed

    said = sys.stderr if only_shown else sys.stdout
    outcomes: list[Outcome] = []
    unwritten: list[Unwritten] = []
    # A file is told of as soon as it is done: many take a while.
    for fixed in done:
        if fixed.problem:
            unwritten.append(fixed.problem)
        else:
            _tell_of_one(fixed, said, only_shown=only_shown)
            outcomes += fixed.outcomes
    warn(scan)
    for file in unwritten:
        say(f"error: {file.path} could not be written: {file.reason}")
    failed = bool(scan.unread or unwritten)
    if outcomes or not failed:
        show(composed("{said}\n", said=summary(outcomes, written=not only_shown)), said)
    left = outcomes if only_shown else [outcome for outcome in outcomes if not outcome.done]
    return 2 if failed else int(bool(left))


def _tell_of_one(fixed: FixedFile, said: TextIO, *, only_shown: bool) -> None:
    from notion_lsp.check.fixes_shown import diff, report
    from notion_lsp.check.reports import shown_name
    from notion_lsp.check.scan import absolute

    name = shown_name(fixed.file.path, absolute("."))
    if only_shown:
        show(diff(fixed, name), sys.stdout)
    show(report(fixed, name, written=not only_shown), said)
