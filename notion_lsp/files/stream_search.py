"""ripgrep over a stream of contents, one behind the other: in which of them a pattern matches."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import IO, TYPE_CHECKING, NamedTuple

from notion_lsp.files import ripgrep

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    # The offsets in the stream at which there is a match, by the numbers of the contents.
    Places = Mapping[int, Sequence[int]]

_OPTIONS = (
    *("--no-config", "--text", "--encoding=none", "--color=never", "--no-filename"),
    *("--byte-offset", "--no-line-number", "--only-matching", "--replace="),
)
_FOUND_OR_NOT = (0, 1)


class SearchError(Exception):
    """ripgrep could not search all of a stream."""


class Search(NamedTuple):
    """A search for patterns, which is run in a folder."""

    command: Sequence[str]
    folder: Path

    def of_file(self, stream: IO[bytes], starts: Sequence[int]) -> Places:
        """Return the matches in contents that come through a pipe, from the offset of each."""
        with self._running(stream) as search:
            # Held open here, it would let who writes wait for good if the search ended early.
            stream.close()
            assert search.stdout is not None  # noqa: S101, it is a pipe
            found = _placed(search.stdout, starts)
        _check(search.returncode)
        return found

    def of_contents(self, contents: Sequence[bytes]) -> list[Sequence[int]]:
        """Return the offsets of the matches in each content."""
        import subprocess

        starts, end = array("Q"), 0
        for each in contents:
            starts.append(end)
            end += len(each) + 1  # a line feed: no pattern goes beyond one
        with self._running(subprocess.PIPE) as search:
            output, _ = search.communicate(b"\n".join(contents))
        _check(search.returncode)
        found = _placed(output.splitlines(), starts)
        return [
            [place - start for place in found.get(number, ())]
            for number, start in enumerate(starts)
        ]

    def _running(self, stream: IO[bytes] | int) -> subprocess.Popen[bytes]:
        import subprocess

        return subprocess.Popen(  # noqa: S603, arguments of our own and no shell
            self.command,
            cwd=self.folder,
            stdin=stream,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


def search_for(patterns: Sequence[str], folder: Path) -> Search | None:
    """Return the search for patterns, which are for bytes; `None` without ripgrep.

    The program is none of those that stand in the folder.
    """
    program = ripgrep.program_path(folder)
    if program is None:
        return None
    pattern = f"(?-u:{'|'.join(patterns)})"
    return Search((program, *_OPTIONS, "--regexp", pattern, "-"), folder)


def _placed(lines: IO[bytes] | Sequence[bytes], starts: Sequence[int]) -> dict[int, array[int]]:
    found: dict[int, array[int]] = {}
    for line in lines:
        place = int(line.partition(b":")[0])
        found.setdefault(bisect_right(starts, place) - 1, array("Q")).append(place)
    return found


def _check(status: int) -> None:
    if status not in _FOUND_OR_NOT:
        raise SearchError
