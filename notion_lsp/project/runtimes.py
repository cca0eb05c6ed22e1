"""Where a file's code runs: by its text, its path, and what stands in the folders around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.files import read_write
from notion_lsp.project.texts import AS_SAVED, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from notion_lsp.languages import Language
    from notion_lsp.project.texts import Newer
    from notion_lsp.runtime import Beside, Runtime


def where_it_runs(
    language: Language, text: str, path: Path | None, top: Path | None, newer: Newer = AS_SAVED
) -> Language:
    """Return the language of a text as the place where the text runs has it.

    Nothing above the folder `top` is looked at.
    """
    named = _named(path, top)
    for row in language.project.runtimes:
        if row.may_run(text, named) and _is_beside(row, path, top, newer):
            return language.at(row)
    return language


def _named(path: Path | None, top: Path | None) -> str:
    if path is None:
        return "/"
    return f"/{path.relative_to(top).as_posix()}" if top in path.parents and top else str(path)


def _is_beside(row: Runtime, path: Path | None, top: Path | None, newer: Newer) -> bool:
    open_ = row.beside
    for folder in _folders(path, top) if row.beside or row.instead else ():
        if any(_says_so(each, _texts(each.file, folder, newer)) for each in row.instead):
            return False
        texts = {each.file: _texts(each.file, folder, newer) for each in open_}
        if any(_says_so(each, texts[each.file]) for each in open_):
            return True
        # The nearest file of a name has said no.
        open_ = tuple(each for each in open_ if not texts[each.file])
    return not row.beside


def _folders(path: Path | None, top: Path | None) -> Iterator[Path]:
    for folder in path.parents if path else ():
        yield folder
        if folder == top:
            return


def _texts(file: str, folder: Path, newer: Newer) -> list[str]:
    files = read_write.matching(folder, file) if "*" in file else [folder / file]
    return [text for each in files if (text := text_of(each, newer)) is not None]


def _says_so(beside: Beside, texts: Sequence[str]) -> bool:
    return any(re.search(beside.content, text) for text in texts)
