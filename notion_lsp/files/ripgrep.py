"""ripgrep, where there is one: the fastest way to the files of a folder that can hold a token.

It is run without a shell, with none of the person's configuration, and never out of the folder that
it searches.
"""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files import programs
from notion_lsp.files.read_write import exists

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable, Sequence

_PROGRAM = "rg.exe" if os.name == "nt" else "rg"
# The editor's extension names the program that the editor itself searches with.
HANDED_OVER = "NOTION_LSP_RIPGREP"
# Hidden files and binary ones are searched; what `.ignore` says is for others. A file with a
# byte order mark is decoded by ripgrep itself.
_OPTIONS = (
    *("--no-config", "--null", "--color=never", "--text", "--hidden"),
    *("--no-follow", "--no-ignore-dot", "--no-ignore-files"),
)
_EVERYTHING = "--no-ignore"
_BY_GITIGNORE = "--no-require-git"  # outside of a repository a `.gitignore` counts too
# Of a file that is read a line is held at a time, and a sparse file of gigabytes is one line. Of
# one that is mapped nothing is held, but to map each file of a big tree takes four times as long.
_MAPPED = "--mmap"
_BOUNDS = programs.Bounds(seconds=300.0, memory=2**29)
_FOUND_OR_NOT = {0, 1}
_COMPLAINED = 2
# A name ends in a zero byte, and a match has no line break in it.
_MATCH = re.compile(rb"(?P<name>[^\0]+)\0(?P<offset>\d+):(?P<text>[^\n]*)\n")
_COMPLAINT = re.compile(rb"^(?:rg: )?(.+): [^:\n]+ \(os error \d+\)$", re.MULTILINE)


class Match(NamedTuple):
    """What a pattern matches in a file, and where: the offset is in bytes."""

    offset: int
    text: bytes


def search(
    folder: Path, patterns: Sequence[str], *, ignored: bool, left_out: Sequence[str]
) -> list[Path] | None:
    """Return the files below a folder in which a pattern matches, and what could not be read.

    Patterns are for bytes; without any, each file is found that holds anything. Links are not
    followed. With `ignored`, files that git ignores are found too. Folders with a name in
    `left_out` are not looked into. The answer is None where ripgrep is missing or fails.
    """
    found = _matches(folder, ["--files-with-matches"], patterns, ignored=ignored, left_out=left_out)
    return None if found is None else _paths(folder, [*found.output.split(b"\0"), *found.unread])


def places(
    folder: Path, patterns: Sequence[str], *, ignored: bool, left_out: Sequence[str]
) -> dict[Path, list[Match] | None] | None:
    """Return the files that `search` returns, each with its matches.

    Those of a file that could not be read are unknown: None. In a file with a byte order mark of
    UTF-16, they are those in its text as UTF-8.
    """
    how = ["--only-matching", "--byte-offset", "--no-line-number", "--with-filename"]
    found = _matches(folder, how, patterns, ignored=ignored, left_out=left_out)
    if found is None:
        return None
    matches: dict[bytes, list[Match]] = {}
    for each in _MATCH.finditer(found.output):
        matches.setdefault(each["name"], []).append(Match(int(each["offset"]), each["text"]))
    names = dict.fromkeys([*matches, *found.unread])
    return {path: matches.get(name) for name in names for path in _paths(folder, [name])}


class _Matches(NamedTuple):
    """What ripgrep has written, and the names of the files that it could not read."""

    output: bytes
    unread: Sequence[bytes]


def _matches(
    folder: Path,
    how: Sequence[str],
    patterns: Sequence[str],
    *,
    ignored: bool,
    left_out: Sequence[str],
) -> _Matches | None:
    pattern = ["--regexp", f"(?-u:{'|'.join(patterns)})"]
    done = _run(folder, [*how, *pattern], ignored=ignored, left_out=left_out)
    if done is None:
        return None
    unread = _COMPLAINT.findall(done.stderr)
    # A file that cannot be read gives the status of a pattern that cannot be compiled.
    if done.returncode not in _FOUND_OR_NOT and not unread:
        return None
    return _Matches(done.stdout, unread)


def _paths(folder: Path, names: Iterable[bytes]) -> list[Path]:
    paths = (folder / os.fsdecode(name) for name in dict.fromkeys(names) if name)
    return [path for path in paths if exists(path)]


def listed(folder: Path, *, left_out: Sequence[str]) -> bytes | None:
    """Return the paths from a folder of its files, ignored or not, a zero byte behind each.

    The answer is None where ripgrep is missing or fails.
    """
    # Where nothing is read, threads wait for one another longer than they work.
    done = _run(folder, ["--files", "--threads=1"], ignored=True, left_out=left_out)
    return None if done is None or done.returncode not in _FOUND_OR_NOT else done.stdout


def _run(
    folder: Path, how: Sequence[str], *, ignored: bool, left_out: Sequence[str]
) -> subprocess.CompletedProcess[bytes] | None:
    program = program_path(folder)
    if program is None:
        return None
    options = [*_OPTIONS, _EVERYTHING if ignored else _BY_GITIGNORE]
    options += [*(f"--glob=!**/{name}/" for name in left_out), *how, "--", "."]
    run = partial(programs.run, folder=folder, environment=os.environ, bounds=_BOUNDS)
    if programs.BOUNDS_MEMORY:
        done = run([program, *options])
        if done is None or done.returncode in {*_FOUND_OR_NOT, _COMPLAINED}:
            return done
    return run([program, _MAPPED, *options])


def program_path(folder: Path) -> str | None:
    """Return the path of ripgrep: on PATH, beside our Python, or handed over; never in `folder`."""
    import sysconfig

    named = os.environ.get(HANDED_OVER, "")
    places = [*os.get_exec_path(), sysconfig.get_path("scripts")]
    candidates = [*(Path(place) / _PROGRAM for place in places), Path(named)]
    return next((str(path) for path in candidates if programs.may_run(path, folder)), None)
