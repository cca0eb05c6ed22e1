"""ripgrep, where there is one: the fastest way to the files of a folder that can hold a token.

It is run without a shell, with none of the person's configuration, and never out of the folder that
it searches.
"""

from __future__ import annotations

import os
import re
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files import programs
from notion_lsp.files.gitignore import top_of
from notion_lsp.files.read_write import exists, is_gone

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
    from typing import BinaryIO

_PROGRAM = "rg.exe" if os.name == "nt" else "rg"
# The editor's extension names the program that the editor itself searches with.
HANDED_OVER = "NOTION_LSP_RIPGREP"
# Up to version 13, `--no-ignore-dot` is for `.ignore` alone: a folder's `.rgignore` hides and shows
# what it likes (BurntSushi/ripgrep, crates/core/args.rs, `walker_builder`). With this, ripgrep
# tells of each file by which file it was judged (crates/ignore/src/walk.rs, `should_skip_entry`),
# and takes a tenth more time.
_TELLING = "--debug"
_JUDGED_BY_ANOTHER = f'{programs.RGIGNORE}"), original: '.encode()
# Hidden files and binary ones are searched; what `.ignore` says is for others. A file with a
# byte order mark is decoded by ripgrep itself.
_OPTIONS = (
    *("--no-config", "--null", "--color=never", "--text", "--hidden"),
    *("--no-follow", "--no-ignore-dot", "--no-ignore-files"),
)
_EVERYTHING = "--no-ignore"
_BY_GITIGNORE = "--no-require-git"  # outside of a repository a `.gitignore` counts too,
_NONE_ABOVE = "--no-ignore-parent"  # but, as for git, none in a folder around the one searched
# Of a file that is read a line is held at a time, and a sparse file of gigabytes is one line. Of
# one that is mapped nothing is held, but to map each file of a big tree takes four times as long.
_MAPPED = ("--mmap",)
_WAYS = ((), _MAPPED) if programs.BOUNDS_MEMORY else (_MAPPED,)
_BOUNDS = programs.Bounds(seconds=300.0, memory=2**29)
_FOUND_OR_NOT = {0, 1}
_COMPLAINED = 2
_IN_TURN = "--threads=1"
_BLOCK = 2**16  # bytes of an answer that are read at once
# A name ends in a zero byte, and a match has no line break in it.
_MATCH = re.compile(rb"(?P<name>[^\0]+)\0(?P<offset>\d+):(?P<text>[^\n]*)\n")
_COMPLAINT = re.compile(rb"^(?:rg: )?(?!DEBUG\|)(.+): [^:\n]+ \(os error \d+\)$", re.MULTILINE)


class Match(NamedTuple):
    """What a pattern matches in a file, and where: the offset is in bytes."""

    offset: int
    text: bytes


class SearchError(Exception):
    """ripgrep is missing, or could not search a folder."""


class _Search(NamedTuple):
    """A folder to search, whether what git ignores counts, and the folders that do not."""

    folder: Path
    ignored: bool
    left_out: Sequence[str]


def search(
    folder: Path, patterns: Sequence[str], *, ignored: bool, left_out: Sequence[str]
) -> list[Path] | None:
    """Return the files below a folder in which a pattern matches, and what could not be read.

    Patterns are for bytes; without any, each file is found that holds anything. Links are not
    followed. With `ignored`, files that git ignores are found too. Folders with a name in
    `left_out` are not looked into. The answer is None where ripgrep is missing or fails.
    """
    wanted = _Search(folder, ignored, left_out)
    done = _run(wanted, [_TELLING, "--files-with-matches", *_pattern(patterns)])
    if done is None or not _is_answer(done) or _tells_of_another(done):
        return None
    return [*_paths(folder, done.stdout.split(b"\0")), *_unread(folder, done)]


def places(
    folder: Path, patterns: Sequence[str], *, ignored: bool, left_out: Sequence[str]
) -> Generator[tuple[Path, Sequence[Match] | None], None, None]:
    """Yield the files that `search` returns, each with its matches, as ripgrep comes to them.

    A file may be yielded twice. Those of a file that could not be read are unknown: None. In a file
    with a byte order mark of UTF-16, they are those in its text as UTF-8. Raises `SearchError` at
    the end where ripgrep is missing or fails. It may be misled: see `is_misled`.
    """
    wanted = _Search(folder, ignored, left_out)
    how = ["--only-matching", "--byte-offset", "--no-line-number", "--with-filename"]
    done = None
    for mapped in _WAYS:
        done = yield from _matches(wanted, [*mapped, *how, *_pattern(patterns)])
        if done is None or not _has_broken_off(done):
            break
    if done is None or not _is_answer(done):
        raise SearchError
    for path in _unread(folder, done):
        yield path, None


def _matches(
    wanted: _Search, how: Sequence[str]
) -> Generator[tuple[Path, list[Match]], None, subprocess.CompletedProcess[bytes] | None]:
    from concurrent.futures import ThreadPoolExecutor
    from itertools import groupby

    reader, writer = os.pipe()
    # Closed first, so that ripgrep ends if nobody wants the rest.
    with ThreadPoolExecutor(max_workers=1) as others, os.fdopen(reader, "rb", 0) as output:
        done = others.submit(_run_into, wanted, how, writer)
        for name, found in groupby(_read(output), itemgetter("name")):
            matches = [Match(int(each["offset"]), each["text"]) for each in found]
            for path in _paths(wanted.folder, [name]):
                yield path, matches
    return done.result()


def _run_into(
    wanted: _Search, how: Sequence[str], writer: int
) -> subprocess.CompletedProcess[bytes] | None:
    try:
        return _run_once(wanted, how, output=writer)
    finally:
        os.close(writer)


def _read(output: BinaryIO) -> Iterator[re.Match[bytes]]:
    rest = b""
    while block := output.read(_BLOCK):
        rest += block
        end = 0
        while found := _MATCH.match(rest, end):
            yield found
            end = found.end()
        rest = rest[end:]


def _pattern(patterns: Sequence[str]) -> list[str]:
    return ["--regexp", f"(?-u:{'|'.join(patterns)})"]


def _unread(folder: Path, done: subprocess.CompletedProcess[bytes]) -> list[Path]:
    names = dict.fromkeys(_COMPLAINT.findall(done.stderr))
    paths = (folder / os.fsdecode(name) for name in names)
    return [path for path in paths if not is_gone(path)]


def _is_answer(done: subprocess.CompletedProcess[bytes]) -> bool:
    # A file that cannot be read gives the status of a pattern that cannot be compiled.
    has_searched = done.returncode in _FOUND_OR_NOT
    has_passed_over = done.returncode == _COMPLAINED and _COMPLAINT.search(done.stderr)
    return bool(has_searched or has_passed_over)


def is_misled(folder: Path, listed: Collection[bytes], left_out: Sequence[str]) -> bool:
    """Whether a search of a folder for what is not ignored finds more or less than it should.

    `listed` are the names there and in the repositories there, each with a zero byte behind it:
    without a file of ripgrep's own among them, or above them, nothing misleads it.
    """
    above = any(exists(each / programs.RGIGNORE) for each in folder.parents)
    names = f"{programs.RGIGNORE}\0".encode()
    if listed and not above and not any(names in each.lower() for each in listed):
        return False
    wanted = _Search(folder, ignored=False, left_out=left_out)
    done = _run(wanted, [_TELLING, "--files", _IN_TURN])
    return done is None or _tells_of_another(done)


def _tells_of_another(done: subprocess.CompletedProcess[bytes]) -> bool:
    return _JUDGED_BY_ANOTHER in done.stderr


def _has_broken_off(done: subprocess.CompletedProcess[bytes]) -> bool:
    return done.returncode not in {*_FOUND_OR_NOT, _COMPLAINED}


def _paths(folder: Path, names: Iterable[bytes]) -> list[Path]:
    paths = (folder / os.fsdecode(name) for name in dict.fromkeys(names) if name)
    return [path for path in paths if exists(path)]


def named(
    folder: Path,
    told: Callable[[bytes], Iterable[bytes]],
    *,
    ignored: bool,
    left_out: Sequence[str],
) -> list[Path] | None:
    """Return the files that a search of a folder meets and that are told by their names.

    Empty ones are among them. `told` is given paths, with a zero byte behind each, and returns some
    of these. The answer is None where ripgrep is missing or fails.
    """
    # Where nothing is read, threads wait for one another longer than they work.
    done = _run(_Search(folder, ignored, left_out), [_TELLING, "--files", _IN_TURN])
    if done is None or done.returncode not in _FOUND_OR_NOT or _tells_of_another(done):
        return None
    return [folder / os.fsdecode(name) for name in dict.fromkeys(told(done.stdout))]


def _run(wanted: _Search, how: Sequence[str]) -> subprocess.CompletedProcess[bytes] | None:
    done = None
    for mapped in _WAYS:
        done = _run_once(wanted, [*mapped, *how])
        if done is None or not _has_broken_off(done):
            break
    return done


def _run_once(
    wanted: _Search, how: Sequence[str], output: int | None = None
) -> subprocess.CompletedProcess[bytes] | None:
    program = program_path(wanted.folder)
    if program is None:
        return None
    options = [*_OPTIONS, _EVERYTHING if wanted.ignored else _BY_GITIGNORE]
    options += [] if top_of(wanted.folder) else [_NONE_ABOVE]
    options += (f"--glob=!**/{name}/" for name in wanted.left_out)
    command = [program, *options, *how, "--", "."]
    ends = programs.Ends(output=output)
    return programs.run(command, wanted.folder, os.environ, ends=ends, bounds=_BOUNDS)


def program_path(folder: Path) -> str | None:
    """Return the path of ripgrep: on PATH, beside our Python, or handed over; never in `folder`."""
    import sysconfig

    named = os.environ.get(HANDED_OVER, "")
    places = [*os.get_exec_path(), sysconfig.get_path("scripts")]
    candidates = [*(Path(place) / _PROGRAM for place in places), Path(named)]
    return next((str(path) for path in candidates if programs.may_run(path, folder)), None)
