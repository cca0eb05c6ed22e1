"""A place that an argument of a command names, as `check` prints it: a file, a line, a column."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.plain import find_plain
from notion_lsp.files import read_write
from notion_lsp.files.read_write import Unreadable
from notion_lsp.refused import Refused
from notion_lsp.text import Span

if TYPE_CHECKING:
    from notion_lsp.positions import LineIndex

TYPED = Refused(
    "A token that is typed stays in the shell's history and shows in the list of processes. Name "
    "the file and line, or the variable, that has it."
)
# A path may have colons itself, as on Windows.
_PLACE = re.compile(r"(.+?):([1-9]\d{0,8})(?::([1-9]\d{0,8}))?", re.DOTALL)


class Place(NamedTuple):
    """A line of a file, or a column of it in code points; both count from 1."""

    argument: str
    path: Path
    line: int
    column: int | None

    def read(self) -> tuple[str, Span] | Refused:
        """Return the file's text and the span of the line, or of the point, in it."""
        data = read_write.read_bytes(self.path)
        if isinstance(data, Unreadable):
            name = self.argument.removesuffix(self._numbers)
            return Refused(f"`{name}` could not be read: {data.reason}.")
        index = read_write.decode_any(data).lines()
        if self.line > len(index):
            # What ends in a line break has an empty line behind it, which nobody counts.
            last = max(len(index) - index.text.endswith(("\n", "\r")), 1)
            return Refused(f"`{self.argument}` is not there: the file ends with line {last}.")
        line = index.span(self.line - 1)
        return index.text, _point(index, line, self.column - 1) if self.column else line

    @property
    def _numbers(self) -> str:
        return f":{self.line}" + (f":{self.column}" if self.column else "")


def place_named(argument: str) -> Place | Refused:
    """Return the place that an argument names."""
    if find_plain(argument, edges=False):
        return TYPED
    found = _PLACE.fullmatch(argument)
    if not found:
        return Refused(f"`{argument}` names no place: write a file and a line, as in `app.py:3`.")
    path = Path(os.path.abspath(found[1]))  # noqa: PTH100, Path.resolve would follow links
    return Place(argument, path, int(found[2]), int(found[3]) if found[3] else None)


def _point(index: LineIndex, line: Span, column: int) -> Span:
    # Bytes that are not UTF-8 may count as fewer characters than they are.
    offsets = range(line.start, line.end)
    at = bisect_left(offsets, column, key=lambda offset: index.position(offset, "utf-32")[1])
    return Span(line.start + at, line.start + at)
