"""git's answers as they come, for those that may be larger than the memory.

Where git fails, `GitError` is raised: half an answer would read as "no tokens".
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, NamedTuple

from notion_lsp.files import git, gitignore, programs, read_write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_BLOCK = 2**16  # bytes
# git maps whole packs into the memory, and keeps 96 MiB of what others differ from. With less it is
# no slower, as far as objects are asked for in the order of their pack.
_FRUGAL = (
    *("-c", "core.packedGitWindowSize=1m", "-c", "core.packedGitLimit=16m"),
    *("-c", "core.deltaBaseCacheLimit=16m"),
)


class GitError(Exception):
    """git could not tell all that it was asked for."""


class Repository(NamedTuple):
    """A folder in a repository; in a hook, what git has told of its index and objects counts."""

    folder: Path
    in_hook: bool = False


def repository_around(folder: Path, *, in_hook: bool = False) -> Repository:
    """Return the repository that a folder is in, or is; git says later if there is none."""
    top = folder if gitignore.is_bare(folder) else gitignore.top_of(folder)
    return Repository(top or folder, in_hook)


def is_repository(folder: Path) -> bool:
    """Whether a folder looks like the top of a repository, readable or not."""
    return read_write.exists(folder / ".git") or gitignore.is_bare(folder)


@contextmanager
def written(names: Iterable[str]) -> Iterator[IO[bytes]]:
    """Give a file with the names, a line each, to be asked about.

    With two pipes, git would wait for us to read its answers, and we for it to read requests.
    """
    with unnamed() as file:
        file.writelines(f"{name}\n".encode("utf-8", "surrogateescape") for name in names)
        yield file


def unnamed() -> IO[bytes]:
    """Return a new file that is gone when it is closed."""
    if sys.platform == "linux":
        # As `tempfile` does, which loads a tenth of all that a hook loads.
        folder, flags = os.environ.get("TMPDIR") or "/tmp", os.O_TMPFILE | os.O_EXCL | os.O_RDWR  # noqa: S108, the file has no name there
        with suppress(OSError):
            return os.fdopen(os.open(folder, flags, 0o600), "w+b")
    import tempfile

    return tempfile.TemporaryFile()


def names(file: IO[bytes]) -> Iterator[str]:
    """Yield the names in such a file, from its start."""
    file.seek(0)
    return (line.decode("utf-8", "surrogateescape").rstrip("\n") for line in file)


@contextmanager
def answering(
    repository: Repository, arguments: Sequence[str], asked: IO[bytes] | None = None
) -> Iterator[IO[bytes]]:
    """Give what git answers as it comes; what it is asked about is in a file, read from the start.

    Raises `GitError` at the end if git has failed, or at once if there is none.
    """
    import subprocess

    folder = repository.folder
    program = git.program_path(folder)
    if program is None:
        raise GitError
    if asked:
        asked.seek(0)
    with (
        subprocess.Popen(  # noqa: S603, arguments of our own and no shell
            [program, *git.OPTIONS, *_FRUGAL, *arguments],
            cwd=folder,
            env=_environment(repository),
            stdin=asked or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process,
        programs.watched(process, folder if gitignore.is_bare(folder) else folder / ".git"),
    ):
        assert process.stdout is not None  # noqa: S101, it is a pipe
        yield process.stdout
    if process.returncode:
        raise GitError


def _environment(repository: Repository) -> dict[str, str]:
    folder, hook = repository
    found = git.environment(folder, staged=hook)
    if not gitignore.is_bare(folder):
        return found
    # It may lie in the work tree of another repository.
    return {name: value for name, value in found.items() if name != "GIT_WORK_TREE"} | {
        "GIT_DIR": str(folder)
    }


def fields(content: IO[bytes]) -> Iterator[bytes]:
    """Yield what stands before each zero byte of an answer."""
    rest = b""
    while block := content.read(_BLOCK):
        *whole, rest = (rest + block).split(b"\0")
        yield from whole
