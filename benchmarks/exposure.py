"""How long it takes to tell how far a token has got, among many commits and branches."""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from benchmarks.cache import CACHE
from benchmarks.report import goal, table, write_section
from notion_lsp.respond.exposures import Leak, exposures

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
import token_factory as make

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_COMMITS, _BRANCHES, _FILES, _FOLDERS, _OPEN = 200_000, 3_000, 20_000, 200, 25
_ROUNDS = 20
_ONE, _MANY = 10, 200  # milliseconds
_AUTHOR = "A <a@example.org>"
_ABOUT = """\
A repository of {commits:,} commits of {files:,} files, and {branches:,} remote branches; {rounds}
rounds in which each row takes its turn, after one that warms the caches. The first row is a git
that reads one object and nothing else: {waits} such runs, one after the other, are the least that
the others can take. The last two columns are processor time on average, of ours and of git's. The
load of the machine was {load:.1f} on {cores} cores{first}.
"""
_FIRST = ", and this ran before all else (`chrt --rr 20`)"
_COLUMNS = ("", "median, ms", "best, ms", "ours, ms", "git's, ms")
_BUSY = "compare with the first row, which a busy machine slows as well."
_RUNS = 2  # of git, in each answer


def main() -> None:
    """Measure, and write the section."""
    folder, tokens = _repository(), [make.access_token(7100 + number) for number in range(_OPEN)]
    places = [Leak(folder / _name(number), (token,)) for number, token in enumerate(tokens)]
    measured: dict[str, Callable[[], object]] = {
        "`git cat-file`, one object": lambda: _git(folder, "cat-file", "-t", "HEAD"),
        "one file": lambda: exposures(places[:1]),
        f"{_OPEN} files": lambda: exposures(places),
    }
    rounds = [{name: _taken(run) for name, run in measured.items()} for _ in range(_ROUNDS + 1)]
    taken = {name: [each[name] for each in rounds[1:]] for name in measured}
    rows = [_row(name, each) for name, each in taken.items()]
    _, one, many = (statistics.median(run.wall for run in each) for each in taken.values())
    goals = goal(f"one file at most {_ONE} ms", met=one <= _ONE, reason=_BUSY)
    goals += goal(f"{_OPEN} files at most {_MANY} ms", met=many <= _MANY, reason=_BUSY)
    body = f"{_about()}\n{goals}\n{table(_COLUMNS, rows)}"
    print(body)
    write_section("How far a token has got", body)


def _about() -> str:
    return _ABOUT.format(
        commits=_COMMITS,
        files=_FILES,
        branches=_BRANCHES,
        rounds=_ROUNDS,
        waits=_RUNS,
        load=os.getloadavg()[0],
        cores=os.cpu_count(),
        first=_FIRST if os.sched_getscheduler(0) == os.SCHED_RR else "",
    )


class _Taken(NamedTuple):
    wall: float  # milliseconds, as all of these
    ours: float
    gits: float


def _row(name: str, taken: Sequence[_Taken]) -> list[str]:
    wall, ours, gits = zip(*taken, strict=True)
    figures = (statistics.median(wall), min(wall), statistics.mean(ours), statistics.mean(gits))
    return [name, *(f"{each:.1f}" for each in figures)]


def _taken(run: Callable[[], object]) -> _Taken:
    before = _now()
    run()
    return _Taken(*((end - start) * 1000 for start, end in zip(before, _now(), strict=True)))


def _now() -> tuple[float, float, float]:
    of = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ours, gits = (used.ru_utime + used.ru_stime for used in map(resource.getrusage, of))
    return time.perf_counter(), ours, gits


def _repository() -> Path:
    folder = CACHE / "branches"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _git(folder, "init", "--quiet", "--initial-branch=main")
        command = ["git", "fast-import", "--quiet"]
        with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE) as process:
            assert process.stdin is not None  # noqa: S101, it is a pipe
            _write_commits(process.stdin)
        _git(folder, "read-tree", "HEAD")
        _git(folder, "pack-refs", "--all")
        (folder / "done").touch()
    return folder


def _write_commits(stream: IO[bytes]) -> None:
    for number in range(_COMMITS):
        stream.write(
            f"commit refs/heads/main\nmark :{number + 1}\n"
            f"committer {_AUTHOR} {1_500_000_000 + number * 60} +0000\ndata 1\nc\n".encode()
        )
        # The first commit brings all files, and each of the others changes one.
        for changed in range(_FILES) if number == 0 else (number * 7919 % _FILES,):
            text = f"version = {number}\n" + "line\n" * 20
            stream.write(f"M 644 inline {_name(changed)}\ndata {len(text)}\n{text}\n".encode())
    for branch in range(_BRANCHES):
        mark = _COMMITS - branch * (_COMMITS // _BRANCHES)
        stream.write(f"reset refs/remotes/origin/team/{branch:04}\nfrom :{mark}\n".encode())


def _name(number: int) -> str:
    return f"{number % _FOLDERS:03}/{number:05}.py"


def _git(folder: Path, *arguments: str) -> None:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", *arguments]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
