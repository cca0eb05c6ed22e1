"""Patches of Codex: the files that one writes, and the patch that writes them otherwise.

A patch is all of a field, or stands in a command as a here document of `apply_patch`.

Source of the format: the instructions for `apply_patch` in openai/codex. Below the line that names
a file stand its lines: those of a new file behind `+`; of a changed one stretches, each behind a
line with `@@`, with a space before what stays, `-` before what goes and `+` before what comes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.hooks.file_writes import FileWrite, lines_of, stretch_of_change
from notion_lsp.hooks.here_documents import documents_in, folder_of

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.hooks.acts import Object
    from notion_lsp.hooks.file_writes import Put, Read

_FIELDS = ("command", "input", "patch")
_SECTION = re.compile(
    r"^\*\*\* (Add|Update) File: (.+)\n((?:(?!\*\*\* (?:Add|Update|Delete|End|Begin) ).*\n?)*)",
    re.MULTILINE,
)
_BEGIN = "*** Begin Patch"
_APPLIED = re.compile(r"(?:^|[;&]\s*)apply_?patch\s*<<")
_STRETCH = re.compile(r"^@@.*\n|^\*\*\* End of File\n?", re.MULTILINE)


def patch_in(given: Object) -> str | None:
    """Return the field of a tool's input that holds a patch, `None` if none does."""
    fields = ((field, given.get(field)) for field in _FIELDS)
    return next((field for field, text in fields if isinstance(text, str) and _is(text)), None)


def outside_of_files(patch: str) -> str:
    """Return what stands in a patch beside the files that it writes."""
    return _SECTION.sub("", patch)


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
    after = None if before is None else _after(before, found[3], is_new=is_new)
    if before is None or after is None:
        return None
    return FileWrite(path, before, after, _putting(field, found, before))


def _is(text: str) -> bool:
    applied = (each for each in documents_in(text) if _APPLIED.search(each.opening))
    patches = (text.lstrip(), *(each.lines.of(text) for each in applied))
    return any(each.startswith(_BEGIN) for each in patches)


def _after(before: str, body: str, *, is_new: bool) -> str | None:
    if is_new:
        lines = lines_of(body)
        added = all(line.startswith("+") for line in lines)
        return "".join(line[1:] for line in lines) if added else None
    text, position = before, 0
    for stretch in filter(None, _STRETCH.split(body)):
        lines = lines_of(stretch)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        # Stretches come in the order of the file, and each is looked for below the one before.
        start = text.find(old, position)
        if start < 0 or any(line[0] not in " +-" for line in lines):
            return None
        text, position = text[:start] + new + text[start + len(old) :], start + len(new)
    return text


def _putting(field: str, found: re.Match[str], before: str) -> Put:
    def put(given: Object, text: str) -> Object:
        patch = str(given[field])
        body = _added(text) if found[1] == "Add" else _stretch(before, text)
        return {**given, field: patch[: found.start(3)] + body + patch[found.end(3) :]}

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
