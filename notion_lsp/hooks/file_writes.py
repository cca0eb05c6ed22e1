"""The tools by which agents write files, told by the names of their fields.

Agents call the tools by different names, and the fields by few: a path, and all of the text, or
what is to stand in the place of what. Each shape is a row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from notion_lsp.hooks.acts import Object

    Read = Callable[[Path], str | None]
    Put = Callable[[Object, str], Object | None]

_PATHS = ("file_path", "filePath", "path", "absolute_path", "target_file")
_WHOLE = ("content", "contents", "file_text")
_EDITS = "edits"
_ALL = ("replace_all", "replaceAll", "allow_multiple")


class _Replacing(NamedTuple):
    """The fields that hold what goes, and what comes in its place."""

    old: str
    new: str


_REPLACING = (
    _Replacing("old_string", "new_string"),  # Claude Code, Gemini CLI, Cursor
    _Replacing("old_str", "new_str"),  # Copilot CLI
    _Replacing("oldString", "newString"),  # VS Code
    _Replacing("oldText", "newText"),  # the MCP server for files
)
# The line behind which text is inserted, and the text: Copilot CLI, and others with its editor.
_BEHIND, _INSERTED = "insert_line", ("new_str", "insert_text")
_COMMAND, _INSERT, _REPLACE = "command", "insert", "str_replace"
_CELL = "new_source"
# What a write has of the file's text. What goes may be a token that the agent takes out.
WRITTEN = frozenset(
    {*_WHOLE, *_INSERTED, _CELL, _EDITS, *(field for row in _REPLACING for field in row)}
)


@dataclass(frozen=True)
class FileWrite:
    """A file that a tool writes: its text before and after.

    There is no text before where the tool hands over all of the file. `put` returns an input of the
    tool with another text for the file, `None` if the tool cannot write that.
    """

    path: Path
    before: str
    after: str
    put: Put


_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class _Step(NamedTuple):
    old: str
    new: str
    often: bool


def file_write(given: Object, folder: Path, read: Read) -> FileWrite | None:
    """Return the file that a tool's input writes, `None` if it writes none in a way known here.

    `read` returns the text of a file, `None` if it has none.
    """
    name = next((name for field in _PATHS if isinstance(name := given.get(field), str)), None)
    if name is None:
        return None
    path = folder / name
    for field in _WHOLE:
        text = given.get(field)
        if isinstance(text, str):
            return FileWrite(path, "", text, partial(_put_whole, field))
    if _BEHIND in given:
        return _inserted(given, path, read(path) or "")
    steps = list(_steps(given))
    before = read(path) if steps else None
    # With nothing to replace, an edit makes the file.
    if before is None and [step.old for step in steps] == [""]:
        before = ""
    return None if before is None else _replaced(path, before, steps)


def _inserted(given: Object, path: Path, before: str) -> FileWrite | None:
    line, lines = given.get(_BEHIND), lines_of(before)
    field = next((field for field in _INSERTED if isinstance(given.get(field), str)), None)
    if field is None or not isinstance(line, int) or not 0 <= line <= len(lines):
        return None
    head, tail = "".join(lines[:line]), "".join(lines[line:])
    if head and not head.endswith("\n"):
        head += "\n"
    after = f"{head}{given[field]}\n{tail}"
    return FileWrite(path, before, after, partial(_put_insertion, field, before, (head, tail)))


def _steps(given: Object) -> Iterator[_Step]:
    listed = given.get(_EDITS)
    for each in listed if isinstance(listed, list) else [given]:
        for row in _REPLACING if isinstance(each, dict) else ():
            old, new = (each.get(field) for field in row)
            if isinstance(old, str) and isinstance(new, str):
                yield _Step(
                    old, new, any(one.get(field) for one in (each, given) for field in _ALL)
                )


def _replaced(path: Path, before: str, steps: list[_Step]) -> FileWrite | None:
    # Agents read a file with line feeds alone, and write its own line ends again.
    if "\r\n" in before and not any("\r\n" in step.old for step in steps):
        before = before.replace("\r\n", "\n")
    after = before
    for old, new, often in steps:
        # A tool refuses what is not there, or not there once.
        if (not old and after) or old not in after or (after.count(old) > 1 and not often):
            return None
        after = after.replace(old, new)
    return FileWrite(path, before, after, partial(_put_step, before))


def _put_whole(field: str, given: Object, text: str) -> Object:
    return {**given, field: text}


def _put_step(before: str, given: Object, after: str) -> Object:
    # One step does what several did: the import above, and the lookup below.
    stretch = stretch_of_change(before, after)
    end = len(after) - (len(before) - stretch.end)
    listed = given.get(_EDITS)
    place = listed[0] if isinstance(listed, list) else given
    fields = next(row for row in _REPLACING if isinstance(place, dict) and {*row} <= {*place})
    step = {fields.old: stretch.of(before), fields.new: after[stretch.start : end]}
    once = {field: False for field in _ALL if field in given}
    return {**given, **once, **({_EDITS: [step]} if isinstance(listed, list) else step)}


def _put_insertion(
    field: str, before: str, around: tuple[str, str], given: Object, after: str
) -> Object | None:
    head, tail = around
    if after.startswith(head) and after.endswith(f"\n{tail}"):
        return {**given, field: after[len(head) : len(after) - len(tail) - 1]}
    # What comes with the lookup belongs above: the tool's other command can write both.
    stretch = stretch_of_change(before, after)
    if given.get(_COMMAND) != _INSERT or not stretch.of(before):
        return None
    row = _REPLACING[1]
    others = {key: value for key, value in given.items() if key not in {_BEHIND, field}}
    new = after[stretch.start : len(after) - (len(before) - stretch.end)]
    return {**others, _COMMAND: _REPLACE, row.old: stretch.of(before), row.new: new}


def lines_of(text: str) -> list[str]:
    """Return the lines of a text with their ends, which are line feeds and nothing else."""
    return _LINE.findall(text)


def stretch_of_change(before: str, after: str) -> Span:
    """Return lines of a text, which stand there once, that hold all that is other afterwards."""
    old, new = lines_of(before), lines_of(after)
    head = _equal(old, new)
    tail = _equal(old[head:][::-1], new[head:][::-1])
    stretch = Span(sum(map(len, old[:head])), sum(map(len, old[: len(old) - tail])))
    while before.count(stretch.of(before)) != 1:
        stretch = _wider(before, stretch)
    return stretch


def _equal(old: list[str], new: list[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((number for number, (one, other) in pairs if one != other), min(len(old), len(new)))


def _wider(text: str, span: Span) -> Span:
    # A line more on both sides.
    below = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, max(span.start - 1, 0)) + 1, below + 1 or len(text))
