"""What a person in a terminal reads: sentences, reports, and how far a long search is."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from notion_lsp.check.baseline import Baseline
    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.check.scan import Scan
    from notion_lsp.explain.shown import Shown

# A text that may be shown has no other escapes than those of our colours.
_COLOUR = re.compile(r"\x1b\[\d+m")

# Places in one sentence.
_MOST = 5

# Fewer files than this are read before a person would notice a progress bar.
_LONG = 2000


def say(sentence: str) -> None:
    """Print a sentence to standard error, with tokens masked."""
    from notion_lsp.explain.shown import composed, plain_masked

    # A path may hold a token.
    show(composed("notion-lsp: {said}\n", said=plain_masked(sentence)), sys.stderr)


def confirm(question: str) -> bool:
    """Ask a person, who has to be in a terminal, and return whether the answer is yes."""
    from notion_lsp.explain.shown import composed, plain_masked

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    show(composed("notion-lsp: {asked} [y/N] ", asked=plain_masked(question)), sys.stderr)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def show(text: Shown, stream: TextIO) -> None:
    """Print a report, in colour where the stream shows colours."""
    stream.write(text if _has_colour(stream) else _COLOUR.sub("", text))
    stream.flush()


def _has_colour(stream: TextIO) -> bool:
    # The old console of Windows prints colour codes as text; terminals with colour set a variable.
    draws = os.name != "nt" or "WT_SESSION" in os.environ or "TERM" in os.environ
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return stream.isatty() and draws and wanted


def track(paths: Sequence[Path]) -> Iterable[Path]:
    """Return the paths, with a progress bar in a terminal if there are many."""
    if len(paths) < _LONG or not sys.stderr.isatty():
        return paths
    from rich.console import Console
    from rich.progress import track

    return track(paths, "Reading files", console=Console(stderr=True), transient=True)


def warn(scan: Scan, known: Baseline | None = None) -> None:
    """Print what a search could not read or left out, and what its projects get wrong.

    Of the tokens that were there before, those are not told that a baseline has as `known`.
    """
    for project in scan.projects.every:
        for problem in (*project.problems, *project.patterns.take_problems()):
            say(f"warning: {project.folder}: {problem}")
    for file in scan.unread:
        say(f"error: {_shown(file.path)} could not be read: {file.reason}")
    for sentence in scan.left_out.sentences():
        say(sentence)
    if older := known.unlisted(scan.older) if known else scan.older:
        say(_was_there(older))
    if scan.archives:
        from heapq import nsmallest

        from notion_lsp.project.archives import MOST_NAMED, not_read

        names = [_shown(path) for path in nsmallest(MOST_NAMED, scan.archives)]
        say(f"warning: {not_read(names, len(scan.archives))}")


def _shown(path: Path) -> str:
    from notion_lsp.check.reports import shown_name
    from notion_lsp.check.scan import absolute

    return shown_name(path, absolute("."))


def _was_there(older: Sequence[tuple[Path, Excerpt]]) -> str:
    places = [f"{_shown(path)}:{excerpt.line}" for path, excerpt in older[:_MOST]]
    more = f" and {len(older) - _MOST} more" if len(older) > _MOST else ""
    is_one = len(older) == 1
    subject, it = ("A token was", "it") if is_one else (f"{len(older)} tokens were", "them")
    advice = f"Rotate {it}, or list {it} in a baseline; --all counts {it} as new"
    return f"{subject} there before, in {', '.join(places)}{more}. {advice}."


def today() -> date:
    """Return the date where the person is."""
    from datetime import datetime

    return datetime.now().astimezone().date()
