"""What an argument of a command names: a place in a file, or a variable."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.plain import find_plain
from notion_lsp.files import gitignore, read_write
from notion_lsp.files.read_write import Unreadable
from notion_lsp.project.project import load_project
from notion_lsp.project.texts import AS_SAVED
from notion_lsp.refused import Refused
from notion_lsp.respond.inventory import Files
from notion_lsp.respond.named import TYPED
from notion_lsp.text import Span, split_lines

if TYPE_CHECKING:
    from notion_lsp.respond.inventory import Wanted

_PLACE = re.compile(r"(.+?):([1-9]\d{0,8})(?::[1-9]\d{0,8})?", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


class AtLine(NamedTuple):
    """A line of a file, from 1."""

    path: Path
    line: int


def parsed(argument: str) -> AtLine | str | Refused:
    """Return what an argument names: `PATH:LINE`, with a column or without, or a variable."""
    if find_plain(argument, edges=False):
        return TYPED
    if place := _PLACE.fullmatch(argument):
        return AtLine(Path(os.path.abspath(place[1])), int(place[2]))  # noqa: PTH100, Path.resolve would follow links
    if _NAME.fullmatch(argument):
        return argument
    return Refused("Give a place as PATH:LINE, or the name of a variable.")


def files_around(path: Path) -> Files:
    """Return the files in which the uses of what stands at a path are looked for.

    They are those of the repository around it; outside of one, those of the working folder if that
    is around it, else of the path's own folder.
    """
    here = Path.cwd()
    alone = here if path.is_relative_to(here) else path.parent
    top = gitignore.top_of(path if read_write.is_folder(path) else path.parent) or alone
    return Files((top,), AS_SAVED, load_project(top).patterns)


def wanted_at(files: Files, at: AtLine) -> Wanted | Refused:
    """Return the tokens that stand on a line, or else the variables; refuse a line without any."""
    read = read_write.read_bytes(at.path)
    if isinstance(read, Unreadable):
        return Refused(f"{at.path} could not be read: {read.reason}.")
    text = read_write.decode_any(read).text
    lines = split_lines(text)
    if at.line > len(lines):
        return Refused(f"{at.path} has {len(lines)} lines.")
    start = sum(map(len, lines[: at.line - 1]))
    line = Span(start, start + len(lines[at.line - 1].rstrip("\r\n")))
    found = files.at(at.path, text, line)
    return found or Refused(
        f"There is no token and no variable of one in line {at.line} of {at.path}."
    )
