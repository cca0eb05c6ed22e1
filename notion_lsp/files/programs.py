"""Programs of the person's system: git and ripgrep, which look through a folder, and others.

The folder is not trusted. A program that stands in it is never run. git and ripgrep open files such
as `.gitignore` wherever they come, and wait for good where one is a pipe: such a run is ended.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files.gitignore import repositories_around

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_PATIENCE = 2.0  # seconds, after which it is looked for what a program may be waiting for,
_PART = 0.01  # or this part of the seconds that it has: to look for it takes as long as a search
# What works waits for nothing: it uses this part of a processor, ten times as much as threads of
# ripgrep that wait for another one. But nobody relies on that for longer than so many looks.
_WORKING, _LOOKS = 0.25, 10
_SMALL = 4096  # bytes that a pipe of any system takes, whatever the program does
_PAUSE = 60.0  # seconds, in which a program that did not answer about a folder is not asked again
# What git and ripgrep read of a folder, whatever they search for. In `.git`, git reads most files.
RGIGNORE = ".rgignore"
_READ = frozenset((".gitignore", ".gitattributes", ".gitmodules", ".ignore", RGIGNORE))

_GIT = f"{os.sep}.git{os.sep}"

# Whether this system lets one process set how much memory another may have.
BOUNDS_MEMORY = sys.platform == "linux"


class Bounds(NamedTuple):
    """The seconds that a program may take, and where `BOUNDS_MEMORY`, the bytes that it may have.

    Most programs end themselves when they get no more memory.
    """

    seconds: float
    memory: int | None = None


class Ends(NamedTuple):
    """What a program is given to read, and the number of an open file for what it writes.

    It may begin with what is `given` while there is still `more` to be found out.
    """

    given: bytes = b""
    output: int | None = None
    more: Callable[[], bytes] | None = None


_NO_ENDS = Ends()
_silent: dict[tuple[str, Path], float] = {}


def find(name: str, folder: Path) -> str | None:
    """Return the path of a program on `PATH` that may be run for a folder, `None` without one."""
    inside = _inside([folder])
    places = (os.path.join(place, name) for place in os.get_exec_path())  # noqa: PTH118, many
    return next((path for path in places if _may_run(path, inside)), None)


def may_run(path: Path, folder: Path) -> bool:
    """Whether the path is a program, and none of the workspace that the folder is in."""
    return _may_run(str(path), _inside([folder]))


def _may_run(path: str, inside: set[Path]) -> bool:
    # Windows would take a program of the working folder for one whose name has no path.
    if not (os.path.isabs(path) and os.path.isfile(path) and os.access(path, os.X_OK)):  # noqa: PTH113, PTH117, Path.is_file raises
        return False
    named = {path, os.path.realpath(path)}
    return not any(inside.intersection(Path(each).parents) for each in named)


def outside(environment: Mapping[str, str], folders: Iterable[Path]) -> dict[str, str]:
    """Return an environment whose `PATH` has no place of the workspaces that folders are in."""
    inside = _inside(folders)
    places = filter(os.path.isabs, environment.get("PATH", "").split(os.pathsep))
    real = {place: Path(os.path.realpath(place)) for place in places}
    left = [place for place, path in real.items() if not inside & {path, *path.parents}]
    return {**environment, "PATH": os.pathsep.join(left)}


def _inside(folders: Iterable[Path]) -> set[Path]:
    inside = {*map(_workspace, folders), *_repositories(Path.cwd())}
    # A person who has the whole disk searched does not take it for a workspace.
    return {folder for folder in inside if folder != Path(folder.anchor)}


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    *,
    ends: Ends = _NO_ENDS,
    bounds: Bounds,
) -> subprocess.CompletedProcess[bytes] | None:
    """Return what became of a command in a folder; `None` if it fails or takes too long.

    What it writes is in the answer, unless `ends` has a file for it.
    """
    import subprocess

    about = command[0], _workspace(folder)
    if time.monotonic() < _silent.get(about, 0.0):
        return None
    try:
        written, errors, status = _ended(command, folder, environment, ends, bounds)
    except _HeldUpError:
        _silent[about] = time.monotonic() + _PAUSE
        return None
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return subprocess.CompletedProcess(command, status, written, errors)


@contextmanager
def watched(process: subprocess.Popen[bytes], metadata: Path) -> Iterator[None]:
    """End a git that waits for a pipe among its own files, which are in a folder.

    Whoever reads its answer meanwhile would wait with it.
    """
    from threading import Timer

    def look() -> None:
        if any(_pipes(metadata, is_metadata=True)):
            process.kill()

    timer = Timer(_PATIENCE, look)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class _HeldUpError(Exception):
    """What a program opens in the folder is a pipe that nobody writes to."""


def _ended(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    ends: Ends,
    bounds: Bounds,
) -> tuple[bytes, bytes, int]:
    import subprocess

    with subprocess.Popen(  # noqa: S603, arguments of our own and no shell
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE if ends.output is None else ends.output,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            if bounds.memory is not None:
                _bound_memory(process.pid, bounds.memory)
            written, errors = _answer(process, folder, _left(process, ends), bounds.seconds)
        except BaseException:
            process.kill()
            raise
    return written, errors, process.returncode


def _bound_memory(process: int, memory: int) -> None:
    if sys.platform == "linux":
        import resource

        # Or what it has read would be on the disk.
        resource.prlimit(process, resource.RLIMIT_CORE, (0, 0))
        with suppress(OSError, ValueError):  # there is a lower bound
            resource.prlimit(process, resource.RLIMIT_DATA, (memory, memory))


def _left(process: subprocess.Popen[bytes], ends: Ends) -> bytes:
    """Have a program begin, and return what it is still to be given."""
    if ends.more is None:
        return ends.given
    with suppress(OSError):  # it may have ended
        if process.stdin:
            os.write(process.stdin.fileno(), ends.given[:_SMALL])
    return ends.given[_SMALL:] + ends.more()


def _answer(
    process: subprocess.Popen[bytes], folder: Path, given: bytes, seconds: float
) -> tuple[bytes, bytes]:
    import subprocess

    begun = time.monotonic()
    end = begun + seconds
    patience = min(max(_PATIENCE, seconds * _PART), seconds)
    used, worked = 0.0, patience
    while worked > patience * _WORKING and time.monotonic() <= begun + patience * _LOOKS:
        try:
            return process.communicate(given, min(patience, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            if time.monotonic() >= end:
                raise
        now = _used(process)
        given, used, worked = b"", now, now - used
    if any(_pipes(_workspace(folder))):
        raise _HeldUpError
    return process.communicate(timeout=end - time.monotonic())


def _used(process: subprocess.Popen[bytes]) -> float:
    # The seconds of processor that a program has used, as far as the system tells of another one.
    with suppress(OSError):
        if sys.platform == "linux":
            return time.clock_gettime(~process.pid << 3 | 2)  # clock_getcpuclockid(3)
    return 0.0


def _pipes(folder: Path, *, is_metadata: bool = False) -> Iterator[str]:
    # Pipes and devices where git and ripgrep open what they find. A big tree has many folders: a
    # path as text takes a tenth of the time of a `Path`.
    waiting = [os.fspath(folder)]
    while waiting:
        here = waiting.pop()
        in_git = is_metadata or _GIT in f"{here}{os.sep}"
        try:
            entries = list(os.scandir(here))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            elif (in_git or entry.name in _READ) and _is_special(entry):
                yield entry.path


def _is_special(entry: os.DirEntry[str]) -> bool:
    try:
        itself, target = entry.stat(follow_symlinks=False), entry.stat()
    except OSError:
        return False
    kind = target.st_mode
    # proc(5): files such as `/proc/kmsg` are regular and empty, and who reads them waits.
    is_elsewhere = target.st_dev != itself.st_dev and not target.st_size
    # To open a socket fails at once, and git itself puts one beside its files (fsmonitor).
    return is_elsewhere or stat.S_ISFIFO(kind) or stat.S_ISCHR(kind) or stat.S_ISBLK(kind)


def _workspace(folder: Path) -> Path:
    return next(iter(_repositories(folder)), Path(os.path.realpath(folder)))


def _repositories(folder: Path) -> list[Path]:
    # The outermost one, if there is any.
    return list(repositories_around(Path(os.path.realpath(folder))))[-1:]
