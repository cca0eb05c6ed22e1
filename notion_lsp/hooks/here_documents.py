"""Files that a command of a shell writes from its here documents, as agents without a tool for it.

Only a document counts whose word is quoted: in another one the shell would replace what takes the
place of a token (pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html, 2.7.4).
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.hooks.file_writes import FileWrite
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from notion_lsp.hooks.acts import Object

_FIELD = "command"

_QUOTED = re.compile(r"""<<\s*(['"])(\w+)\1""")
# `cat > FILE <<'EOF'` and `cat <<'EOF' > FILE`, with one document and nothing that changes it.
_WRITER = re.compile(r"(?:^|[;&]\s*)cat(?=[\s<>])[^|;&]*\n$")
_INTO = re.compile(r"""(?<!>)>\s*(?:'([^'\n]+)'|"([^"$`\\\n]+)"|([\w./@+-]+))(?!\S)""")
# `tee FILE <<'EOF'`, which may throw away what it prints; with `-a` it would add to the file.
_TEE = re.compile(
    r"""(?:^|[;&]\s*)tee\s+(?:'([^'\n]+)'|"([^"$`\\\n]+)"|([\w./@+][\w./@+-]*))"""
    r"""\s*(?:>\s*/dev/null\s*)?<<\s*['"]\w+['"]\s*(?:>\s*/dev/null\s*)?\n$"""
)
_FOLDER = re.compile(r"\s*cd\s+([\w./@+-]+)\s*(?:&&|;|\n)")


class Document(NamedTuple):
    """A here document: the line that it begins with, and where its own lines stand."""

    opening: str
    lines: Span


def documents_in(command: str) -> Iterator[Document]:
    """Yield the here documents of a command that the shell leaves as they are."""
    start = 0
    while start < (below := command.find("\n", start) + 1):
        opening = command[start:below]
        found = _QUOTED.search(opening)
        start = below
        if found:
            end = _end(command, f"\n{found[2]}", below)
            if end is None:  # it goes on to the end of the command
                return
            yield Document(opening, Span(below, end))
            start = end + len(found[2])


def _end(command: str, closing: str, start: int) -> int | None:
    # The line that is the word alone. No pattern: each document may have another word.
    at = command.find(closing, start - 1)
    while at >= 0 and command[at + len(closing) : at + len(closing) + 1] not in {"", "\n"}:
        at = command.find(closing, at + 1)
    return None if at < 0 else at + 1


def folder_of(command: str, folder: Path) -> Path:
    """Return the folder in which a command works, as far as its beginning says."""
    found = _FOLDER.match(command)
    return folder / found[1] if found else folder


def outside_of_documents(given: Object) -> Object:
    """Return a tool's input without the lines that its command writes into files."""
    documents = _writing(given)
    if not documents:
        return given
    command, pieces, start = str(given[_FIELD]), list[str](), 0
    for document in reversed(documents):
        pieces.append(command[start : document.lines.start])
        start = document.lines.end
    return {**given, _FIELD: "".join((*pieces, command[start:]))}


def files_of_documents(given: Object, folder: Path) -> list[FileWrite]:
    """Return the files that a tool's command writes, the last one first."""
    where = folder_of(str(given.get(_FIELD)), folder)
    return [_file(given, document, where) for document in _writing(given)]


def _writing(given: Object) -> list[Document]:
    command = given.get(_FIELD)
    documents = documents_in(command) if isinstance(command, str) else ()
    return [each for each in documents if _target(each.opening)][::-1]


def _target(opening: str) -> str | None:
    if tee := _TEE.findall(opening):
        return str(next(filter(None, tee[0])))
    into = _INTO.findall(opening)
    once = opening.count("<<") == len(into) == opening.count(">") == 1
    return next(filter(None, into[0])) if once and _WRITER.search(opening) else None


def _file(given: Object, document: Document, folder: Path) -> FileWrite:
    text = document.lines.of(str(given[_FIELD]))
    put = partial(_put, document.lines)
    return FileWrite(folder / str(_target(document.opening)), "", text, put)


def _put(lines: Span, given: Object, text: str) -> Object:
    command = str(given[_FIELD])
    return {**given, _FIELD: command[: lines.start] + text + command[lines.end :]}
