"""Patches of Codex: the files that one writes, and the patch that writes them otherwise.

A patch is all of a field, or stands in a command as a here document of `apply_patch`.

Source of the format: the instructions for `apply_patch` in openai/codex. Below the line that names
a file, and one that names where it is moved to, stand its lines: those of a new file behind `+`; of
a changed one stretches, with a space before what stays, `-` before what goes and `+` before what
comes. Each may stand behind a line with `@@`, and a line of the file below which it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.hooks.file_writes import FileWrite, lines_of, stretch_of_change
from notion_lsp.hooks.here_documents import folder_of
from notion_lsp.hooks.shell_documents import documents_in

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.hooks.acts import Object
    from notion_lsp.hooks.file_writes import Put, Read

_FIELDS = ("command", "input", "patch")
_SECTION = re.compile(
    r"^\*\*\* (Add|Update) File: (.+)\n(?:\*\*\* Move to: (?P<moved>.+)\n)?"
    r"(?P<body>(?:(?!\*\*\* (?:(?:Add|Update|Delete) File:|(?:End|Begin) Patch)).*\n?)*)",
    re.MULTILINE,
)
_BEGIN, _FEED = "*** Begin Patch", "\n"
_APPLIED = re.compile(r"\s*apply_?patch\s*<<")
_STRETCH = re.compile(r"^@@(.*)\n", re.MULTILINE)
_AT_THE_END = "*** End of File\n"


def patch_in(given: Object) -> str | None:
    """Return the field of a tool's input that holds a patch, `None` if none does."""
    fields = ((field, given.get(field)) for field in _FIELDS)
    return next((field for field, text in fields if isinstance(text, str) and _is(text)), None)


def outside_of_files(patch: str) -> str:
    """Return what stands in a patch beside the files that it writes."""
    return _SECTION.sub(lambda found: found[0].removesuffix(found["body"]), patch)


def patched_files(given: Object, folder: Path, read: Read) -> list[FileWrite]:
    """Return the files that a patch writes, the last one first: to change one moves none above it.

    There are none if the text of one is not where the patch says.
    """
    field = patch_in(given)
    text = str(given.get(field or "", ""))
    sections = [*_SECTION.finditer(text)]
    where = folder_of(text, folder)
    writes = [_patched(str(field), found, where, read) for found in reversed(sections)]
    fitting = [write for write in writes if write]
    # Half a patch would be another one: what does not fit is left to the check of the whole input.
    return fitting if len(fitting) == len(writes) else []


def _patched(field: str, found: re.Match[str], folder: Path, read: Read) -> FileWrite | None:
    path, is_new = folder / found[2].strip(), found[1] == "Add"
    before = "" if is_new else read(path)
    after = None if before is None else _after(before, found["body"], is_new=is_new)
    if before is None or after is None:
        return None
    moved = folder / found["moved"].strip() if found["moved"] else path
    return FileWrite(moved, before, after, _putting(field, found, before))


def _is(text: str) -> bool:
    quoted = (each for each in documents_in(text) if each.is_quoted)
    applied = (each for each in quoted if _APPLIED.match(each.statement))
    patches = (text.lstrip(), *(each.lines.of(text) for each in applied))
    return any(each.startswith(_BEGIN) for each in patches)


def _after(before: str, body: str, *, is_new: bool) -> str | None:
    if is_new:
        lines = lines_of(body)
        added = all(line.startswith("+") for line in lines)
        return "".join(line[1:] for line in lines) if added else None
    text, position = f"{before.removesuffix(_FEED)}{_FEED}", 0
    first, *rest = _STRETCH.split(body)
    for below, stretch in (("", first), *zip(rest[::2], rest[1::2], strict=True)):
        # Stretches come in the order of the file, and each is looked for below the one before.
        position = _below(text, below.strip(), position)
        changed = _changed(text, stretch, position) if position >= 0 else None
        if changed is None:
            return None
        text, position = changed
    return text


def _below(text: str, line: str, position: int) -> int:
    # What stands behind `@@` is a line without the white space around it.
    if not line:
        return position
    found = re.compile(rf"^[ \t]*{re.escape(line)}[ \t]*\n", re.MULTILINE).search(text, position)
    return found.end() if found else -1


def _changed(text: str, stretch: str, position: int) -> tuple[str, int] | None:
    # A line that stays may have lost its space, where there is nothing else in it.
    lines = [line if line != _FEED else f" {_FEED}" for line in lines_of(stretch)]
    lines = lines[: lines.index(_AT_THE_END)] if _AT_THE_END in lines else lines
    if any(line[0] not in " +-" for line in lines):
        return None
    old = "".join(line[1:] for line in lines if line[0] in " -")
    new = "".join(line[1:] for line in lines if line[0] in " +")
    if not new and not old:
        return text, position
    # Whole lines; what only comes is added to the file.
    start = f"{_FEED}{text}".find(f"{_FEED}{old}", position) if old else len(text)
    return (text[:start] + new + text[start + len(old) :], start + len(new)) if start >= 0 else None


def _putting(field: str, found: re.Match[str], before: str) -> Put:
    def put(given: Object, text: str) -> Object:
        patch = str(given[field])
        body = _added(text) if found[1] == "Add" else _stretch(before, text)
        return {**given, field: patch[: found.start("body")] + body + patch[found.end("body") :]}

    return put


def _added(text: str) -> str:
    return _marked("+", text)


def _stretch(before: str, after: str) -> str:
    # One stretch from the first change to the last: where the agent had several does not matter.
    gone = stretch_of_change(before, after)
    comes = after[gone.start : len(after) - (len(before) - gone.end)]
    return f"@@\n{_marked('-', gone.of(before))}{_marked('+', comes)}"


def _marked(mark: str, text: str) -> str:
    return "".join(f"{mark}{line}\n" for line in text.removesuffix("\n").split("\n"))
