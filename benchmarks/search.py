"""The search of trees beside ripgrep and git, by size, and with what is ignored."""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.cache import CACHE, linux_tree, node_tree, run
from benchmarks.check import wall_time
from benchmarks.report import goal, table, write_section
from benchmarks.servers import CHECK
from notion_lsp.detect import prefilters
from notion_lsp.detect.kinds import TOKEN_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROUNDS = 5
_COPIES = (1, 2, 4, 8)
_CHECK = (*CHECK, ".")
_PREFIXES = [part for text in prefilters.plain_texts(TOKEN_KINDS) for part in ("-e", text)]
_RIPGREP = ("rg", "-l", "-F", *_PREFIXES, ".")
_GIT_GREP = ("git", "grep", "--no-index", "--exclude-standard", "-l", "-F", *_PREFIXES, ".")
_MOST_OF_RIPGREP, _MOST_OF_GIT = 1.8, 3.0
_START = 0.1  # seconds, which count for a tree that is searched in less than one
_MOST_FOR_IGNORED = 1.5
_MOST_OF_A_LINE = 1.25
_REASON = "compare with the peer of the same run, which a busy machine slows as well."

_ABOUT = f"""\
Wall time of the whole command in seconds, warm, the best of {ROUNDS} rounds in which each takes its
turn. The peers list the files with the prefixes, the names and nothing else. The library is
Python's own with what is installed beside it. It lies in one tree several times, by hard links, and
in a repository that ignores it.
"""


class _Row(NamedTuple):
    """A tree, our time there and the peer's in seconds, and the most that ours may be."""

    name: str
    ours: float
    peer: float
    most: float


def main() -> None:
    """Measure what can be had here, and write the section."""
    if not shutil.which("rg"):
        print("the search of trees: skipped, ripgrep is not here", file=sys.stderr)
        return
    rows = [*_beside_ripgrep(), *_beside_git(), _with_ignored(), _by_copies()]
    goals = "".join(
        goal(f"{row.name}: at most {row.most:.2f} s", met=row.ours <= row.most, reason=_REASON)
        for row in rows
    )
    cells = [
        [row.name, *(f"{each:.2f}" for each in (row.ours, row.peer, row.ours / row.peer))]
        for row in rows
    ]
    head = ["", "notion-lsp check", "peer", "ratio"]
    write_section("Search of trees", f"{_ABOUT}\n{goals}\n{table(head, cells)}")


def _beside_ripgrep() -> list[_Row]:
    trees = {"Linux": linux_tree(), "node_modules": node_tree(), "the library": _library(1)}
    rows = []
    for name, tree in trees.items():
        if tree:
            taken = _best({"ours": _CHECK, "peer": _RIPGREP}, tree)
            most = _MOST_OF_RIPGREP * taken["peer"] + (_START if name == "the library" else 0)
            rows.append(_Row(f"{name}, beside `rg -l -F`", taken["ours"], taken["peer"], most))
    return rows


def _beside_git() -> list[_Row]:
    tree = linux_tree()
    if not tree:
        return []
    with tempfile.TemporaryDirectory() as programs:
        Path(programs, "git").symlink_to(shutil.which("git") or "git")
        without = ("env", f"PATH={programs}", *_CHECK)
        taken = _best({"ours": without, "peer": _GIT_GREP}, tree)
    most = _MOST_OF_GIT * taken["peer"]
    return [_Row("Linux without ripgrep, beside `git grep`", taken["ours"], taken["peer"], most)]


def _with_ignored() -> _Row:
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        repository = Path(folder)
        own = Path(__file__).parents[1] / "notion_lsp"
        shutil.copytree(own, repository / "own", ignore=shutil.ignore_patterns("__pycache__"))
        (repository / ".gitignore").write_text("/library/\n")
        run("git", "init", "--quiet", folder)
        run("git", "-C", folder, "add", ".")
        alone = _best({"ours": _CHECK}, repository)["ours"]
        shutil.copytree(_library(2), repository / "library", copy_function=os.link)
        both = _best({"ours": _CHECK}, repository)["ours"]
    return _Row("a repository that ignores the library", both, alone, _MOST_FOR_IGNORED * alone)


def _by_copies() -> _Row:
    taken = [_best({"ours": _CHECK}, _library(copies))["ours"] for copies in _COPIES]
    print("copies of the library", *map("{}: {:.2f}".format, _COPIES, taken), flush=True)
    # A straight line through the first two.
    each = taken[1] - taken[0]
    line = taken[0] + each * (_COPIES[-1] - 1)
    return _Row(
        f"{_COPIES[-1]} libraries, beside the line", taken[-1], line, _MOST_OF_A_LINE * line
    )


def _library(copies: int) -> Path:
    tree = CACHE / f"library-{copies}"
    if not tree.exists():
        work = CACHE / "library-work"
        shutil.rmtree(work, ignore_errors=True)
        source = Path(sysconfig.get_path("stdlib")) if copies == 1 else _library(1) / "1"
        how = shutil.copy2 if copies == 1 else os.link
        for number in range(copies):
            shutil.copytree(source, work / str(number + 1), symlinks=True, copy_function=how)
        work.rename(tree)
    return tree


def _best(commands: Mapping[str, Sequence[str]], tree: Path) -> dict[str, float]:
    # The first round only warms the caches.
    rounds = [
        {name: wall_time(command, tree) for name, command in commands.items()}
        for _ in range(ROUNDS + 1)
    ]
    best = {name: min(round_[name] for round_ in rounds[1:]) for name in commands}
    print(tree.name, *map("{}: {:.2f}".format, best, best.values()), flush=True)
    return best
