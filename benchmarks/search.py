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
from benchmarks.report import goal, table, write_section
from benchmarks.servers import CHECK
from benchmarks.taken import Taken, taken
from notion_lsp.detect import needles
from notion_lsp.detect.kinds import TOKEN_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROUNDS = 3
_COPIES = (1, 2, 4, 8)
_CHECK = (*CHECK, ".")
_PREFIXES = [part for text in needles.plain_texts(TOKEN_KINDS) for part in ("-e", text)]
_RIPGREP = ("rg", "-l", "-F", "--hidden", *_PREFIXES, ".")
_GIT_GREP = ("git", "grep", "--no-index", "--exclude-standard", "-l", "-F", *_PREFIXES, ".")
_MOST_OF_RIPGREP, _MOST_OF_GIT = 1.8, 3.0
_START = 0.1  # seconds, which count for a tree that is searched in less than one
_MOST_FOR_IGNORED = 1.5
_REASON = """\
the files are searched for sixty texts where the peer
looks for a few, what is found is looked at, and all files are listed once more for their names.\
"""
_MOST_OF_A_LINE = 1.25

_ABOUT = f"""\
Seconds of the whole command, by the clock and of the processors, warm, the best of {ROUNDS} rounds
in which each takes its turn, with {{ripgrep}}; the load of the machine was {{load:.0f}} on
{{cores}} cores. The peers list the files with the prefixes, the names and nothing else. The library
is Python's own with what is installed beside it. It lies in one tree several times, by hard links,
and in a repository that ignores it.
"""


class _Row(NamedTuple):
    """A tree, our time there and the peer's in seconds, and the most that ours may be."""

    name: str
    ours: Taken
    peer: Taken
    most: float


def main() -> None:
    """Measure what can be had here, and write the section."""
    if not shutil.which("rg"):
        print("the search of trees: skipped, ripgrep is not here", file=sys.stderr)
        return
    rows = [*_beside_ripgrep(), *_beside_git(), _with_ignored(), _by_copies()]
    goals = "".join(
        goal(f"{row.name}: at most {row.most:.2f} s", met=row.ours.wall <= row.most, reason=_REASON)
        for row in rows
    )
    head = ["", "notion-lsp check", "peer", "ratio", "processors", "peer's", "ratio of these"]
    ripgrep = run("rg", "--version").partition("\n")[0]
    about = _ABOUT.format(ripgrep=ripgrep, load=os.getloadavg()[2], cores=os.cpu_count())
    write_section("Search of trees", f"{about}\n{goals}\n{table(head, map(_cells, rows))}")


def _cells(row: _Row) -> list[str]:
    pairs = ((row.ours.wall, row.peer.wall), (row.ours.processor, row.peer.processor))
    return [
        row.name,
        *(f"{each:.2f}" for ours, peer in pairs for each in (ours, peer, ours / peer)),
    ]


def _beside_ripgrep() -> list[_Row]:
    trees = {"Linux": linux_tree(), "node_modules": node_tree(), "the library": _library(1)}
    rows = []
    for name, tree in trees.items():
        if tree:
            best = _best({"ours": _CHECK, "peer": _RIPGREP}, tree)
            most = _MOST_OF_RIPGREP * best["peer"].wall + (_START if name == "the library" else 0)
            rows.append(_Row(f"{name}, beside `rg -l -F`", best["ours"], best["peer"], most))
    return rows


def _beside_git() -> list[_Row]:
    tree = linux_tree()
    if not tree:
        return []
    with tempfile.TemporaryDirectory() as programs:
        Path(programs, "git").symlink_to(shutil.which("git") or "git")
        without = ("env", f"PATH={programs}", *_CHECK)
        best = _best({"ours": without, "peer": _GIT_GREP}, tree)
    most = _MOST_OF_GIT * best["peer"].wall
    return [_Row("Linux without ripgrep, beside `git grep`", best["ours"], best["peer"], most)]


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
    return _Row(
        "a repository that ignores the library", both, alone, _MOST_FOR_IGNORED * alone.wall
    )


def _by_copies() -> _Row:
    best = [_best({"ours": _CHECK}, _library(copies))["ours"] for copies in _COPIES]
    # A straight line through the first two.
    one, two, *_ = best
    line = Taken(
        *(
            first + (second - first) * (_COPIES[-1] - 1)
            for first, second in zip(one, two, strict=True)
        )
    )
    name = f"{_COPIES[-1]} libraries, beside the line through {_COPIES[0]} and {_COPIES[1]}"
    return _Row(name, best[-1], line, _MOST_OF_A_LINE * line.wall)


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


def _best(commands: Mapping[str, Sequence[str]], tree: Path) -> dict[str, Taken]:
    # The first round only warms the caches.
    rounds = [
        {name: taken(command, tree) for name, command in commands.items()}
        for _ in range(ROUNDS + 1)
    ]
    best = {name: _least([round_[name] for round_ in rounds[1:]]) for name in commands}
    for name, each in best.items():
        print(tree.name, name, *(f"{value:.2f}" for value in each), flush=True)
    return best


def _least(runs: Sequence[Taken]) -> Taken:
    return Taken(*map(min, zip(*runs, strict=True)))
