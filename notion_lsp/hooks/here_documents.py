"""Files that a command of a shell writes from its here documents, as agents without a tool for it.

Only a document counts that the shell leaves as it is: because its word is quoted, or because it
holds nothing that the shell would replace, and then its word is quoted with the rewrite.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.hooks.file_writes import FileWrite
from notion_lsp.hooks.shell_documents import Document, documents_in

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.hooks.acts import Object
    from notion_lsp.hooks.file_writes import Read

_FIELD = "command"

_PATH = r"""(?:'([^'\n]+)'|"([^"$`\\\n]+)"|([\w./@+][\w./@+-]*))"""
# What is left of the statement without the document: `cat > FILE`, `cat | tee FILE`, `tee FILE`,
# which may throw away what they print, and with two signs or `-a` add to the file.
_WRITER = re.compile(
    r"\s*(?:(?:then|do|else|\{)\s+)*"
    rf"(?:cat\s*(?P<adds>>?)>\|?\s*{_PATH}"
    rf"|(?:cat\s*\|\s*)?(?:sudo\s+)?tee\s+(?P<tee_adds>(?:-a|--append)\s+)?{_PATH}"
    r"(?:\s*>\s*/dev/null)?)(?:\s*2>\s*/dev/null)?\s*"
)
_OPERATOR = re.compile(r"<<-?[ \t]*\Z")
_FOLDER = re.compile(rf"\s*cd\s+{_PATH}\s*(?:&&|;|\n)")
_REPLACED = re.compile(r"[$`\\]")  # by the shell, in a document whose word is not quoted
_TABS = re.compile(r"^\t+", re.MULTILINE)
_LINE = re.compile(r"^(?=[^\n])", re.MULTILINE)


class _Writing(NamedTuple):
    document: Document
    target: str
    adds: bool


def folder_of(command: str, folder: Path) -> Path:
    """Return the folder in which a command works, as far as its beginning says."""
    found = _FOLDER.match(command)
    return folder / _path(found.groups()) if found else folder


def outside_of_documents(given: Object) -> Object:
    """Return a tool's input without the lines that its command writes into files."""
    writing = _writing(given)
    if not writing:
        return given
    command, pieces, start = str(given[_FIELD]), list[str](), 0
    for each in writing:
        pieces.append(command[start : each.document.lines.start])
        start = each.document.lines.end
    return {**given, _FIELD: "".join((*pieces, command[start:]))}


def files_of_documents(given: Object, folder: Path, read: Read) -> list[FileWrite]:
    """Return the files that a tool's command writes, the last one first.

    `read` returns the text of a file, `None` if it has none.
    """
    where = folder_of(str(given.get(_FIELD)), folder)
    return [_file(given, each, where, read) for each in reversed(_writing(given))]


def _writing(given: Object) -> list[_Writing]:
    command = given.get(_FIELD)
    documents = documents_in(command) if isinstance(command, str) else ()
    found = (_writer(each, str(command)) for each in documents)
    return [each for each in found if each]


def _writer(document: Document, command: str) -> _Writing | None:
    # To quote the word would move the lines of another one that begins in the line.
    is_text = document.is_alone and not _REPLACED.search(document.lines.of(command))
    before, _, after = document.statement.partition(document.word.of(command))
    found = _WRITER.fullmatch(f"{_OPERATOR.sub(' ', before)} {after}")
    if not found or not (document.is_quoted or is_text):
        return None
    adds = bool(found["adds"] or found["tee_adds"])
    # What runs before may make the file that is added to, or go to another folder.
    if adds and not _is_first(command[: document.word.start - len(before)]):
        return None
    return _Writing(document, _path(found.groups()[1:4] + found.groups()[5:]), adds)


def _is_first(above: str) -> bool:
    return not above.strip() or bool(_FOLDER.fullmatch(above))


def _path(groups: tuple[str | None, ...]) -> str:
    return next(filter(None, groups))


def _file(given: Object, writing: _Writing, folder: Path, read: Read) -> FileWrite:
    path, document = folder / writing.target, writing.document
    lines = document.lines.of(str(given[_FIELD]))
    before = (read(path) or "") if writing.adds else ""
    text = _TABS.sub("", lines) if document.has_tabs else lines
    return FileWrite(path, before, before + text, partial(_put, document, before))


def _put(document: Document, before: str, given: Object, text: str) -> Object | None:
    command, word = str(given[_FIELD]), document.word.of(str(given[_FIELD]))
    new = _lines(document, document.lines.of(command), text.removeprefix(before))
    # What is added cannot bring an import above.
    if new is None or not text.startswith(before):
        return None
    word = word if document.is_quoted else f"'{word}'"
    between = command[document.word.end : document.lines.start]
    rest = command[document.lines.end :]
    return {**given, _FIELD: command[: document.word.start] + word + between + new + rest}


def _lines(document: Document, old: str, new: str) -> str | None:
    if document.closing in new.split("\n"):
        return None
    if not document.has_tabs:
        return new
    # The shell would take away tabs of the text too.
    tabs = _TABS.match(old)
    return None if _TABS.search(new) else _LINE.sub(tabs[0] if tabs else "", new)
