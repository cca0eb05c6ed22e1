"""How long the calls of the command take for which a person, a hook or an agent waits."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.report import BUSY, goal, table, write_section
from benchmarks.servers import CHECK
from benchmarks.sources import python_source

if TYPE_CHECKING:
    from collections.abc import Sequence

RUNS = 21
LINES = 60
FILES, COMMITS = 5, 50

_ABOUT = f"""\
The wall time of a call, in milliseconds, the median of {RUNS} runs; beside it a Python that does
nothing. `check` is given one file of {LINES} lines, `agent-hook` a command without a token,
`hook pre-commit` {FILES} staged files, and `hook pre-push` a new branch of {COMMITS} commits. What
the programs of git take that a call starts is in its time.
"""
_OURS = CHECK[:-1]
_IDLE = "`python -c pass`"
# Milliseconds; the first one goes beyond what Python takes.
_BEYOND = 60
_MOST = {"check, one token": 120, "agent-hook": 150, "hook pre-commit": 150, "hook pre-push": 500}


def main() -> None:
    """Measure, and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        taken = _taken(Path(folder))
    rows = [[name, f"{each:.0f}"] for name, each in taken.items()]
    for row in rows:
        print("check", *row, "ms", flush=True)
    beyond = taken["check, no token"] - taken[_IDLE]
    goals = [
        goal(
            f"a check without a token at most {_BEYOND} ms beyond {_IDLE}",
            met=beyond <= _BEYOND,
            reason=BUSY,
        )
    ]
    goals += [
        goal(f"{name} at most {most} ms", met=taken[name] <= most, reason=BUSY)
        for name, most in _MOST.items()
    ]
    body = f"{_ABOUT}\n{''.join(goals)}\n{table(['', 'ms'], rows)}"
    write_section("Calls that somebody waits for", body)


def wall_time(command: Sequence[str], cwd: Path | None = None, given: str = "") -> float:
    """Return the seconds that a command took, with a text on its standard input."""
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=cwd, input=given.encode(), stdout=quiet, stderr=quiet, check=False)
    return time.perf_counter() - start


def _taken(folder: Path) -> dict[str, float]:
    asked = {
        "cwd": str(folder),
        "hook_event_name": "PreToolUse",
        "tool_name": "Bash",
        "tool_input": {"command": "ls"},
    }
    repository, pushed = _repository(folder / "repository")
    push = [*_OURS, "hook", "pre-push", "there", "/there"]
    return {
        "check, no token": _median([*CHECK, _file(folder, "clean.py", 0)]),
        "check, one token": _median([*CHECK, _file(folder, "leaky.py", 1)]),
        "agent-hook": _median([*_OURS, "agent-hook"], folder, json.dumps(asked)),
        "hook pre-commit": _median([*_OURS, "hook", "pre-commit"], repository),
        "hook pre-push": _median(push, repository, pushed),
        _IDLE: _median([sys.executable, "-c", "pass"]),
    }


def _repository(folder: Path) -> tuple[Path, str]:
    """Return a new repository, in which files are staged, and what git says of a push of it."""
    folder.mkdir()
    _git(folder, "init", "--quiet", "--initial-branch=main")
    for number in range(COMMITS):
        _write(folder, f"x = {number}\n" * LINES)
        _git(folder, "add", "--all")
        _git(folder, "commit", "--quiet", "--message", str(number))
    head = _git(folder, "rev-parse", "HEAD").strip()
    _write(folder, "y = 1\n" * LINES)
    _git(folder, "add", "--all")
    return folder, f"refs/heads/main {head} refs/heads/main {'0' * len(head)}\n"


def _write(folder: Path, text: str) -> None:
    for number in range(FILES):
        (folder / f"{number}.py").write_text(text, "utf-8")


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def _file(folder: Path, name: str, findings: int) -> str:
    path = folder / name
    path.write_text("\n".join(python_source(LINES, findings)), "utf-8")
    return str(path)


def _median(command: Sequence[str], cwd: Path | None = None, given: str = "") -> float:
    return statistics.median(wall_time(command, cwd, given) for _ in range(RUNS)) * 1000
