"""Where a file's code runs: by its text, its path, and what stands in the folders around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.files import read_write
from notion_lsp.project.extended import extended
from notion_lsp.project.texts import AS_SAVED, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from notion_lsp.languages import Language
    from notion_lsp.project.texts import Newer
    from notion_lsp.runtime import Beside, Condition


def where_it_runs(
    language: Language, text: str, path: Path | None, top: Path | None, newer: Newer = AS_SAVED
) -> Language:
    """Return the language of a text as the place where the text runs has it.

    Nothing above the folder `top` is looked at.
    """
    named = _named(path, top)

    def is_there(place: Condition) -> bool:
        return place.may_run(text, named) and _is_beside(place, path, top, newer)

    found = next(filter(is_there, language.project.runtimes), None)
    there = language.at(found) if found else language
    for manner in filter(is_there, language.project.manners):
        there = manner.at(there)
    return there


def _named(path: Path | None, top: Path | None) -> str:
    if path is None:
        return "/"
    return f"/{path.relative_to(top).as_posix()}" if top in path.parents and top else str(path)


def _is_beside(place: Condition, path: Path | None, top: Path | None, newer: Newer) -> bool:
    open_ = place.beside
    for folder in _folders(path, top) if place.beside or place.instead else ():
        if any(_says_so(each, _texts(each, folder, top, newer)) for each in place.instead):
            return False
        texts = {each: _texts(each, folder, top, newer) for each in open_}
        if any(_says_so(each, texts[each]) for each in open_):
            return True
        # The nearest file of a name has said no.
        open_ = tuple(each for each in open_ if not texts[each])
    return not place.beside


def _folders(path: Path | None, top: Path | None) -> Iterator[Path]:
    for folder in path.parents if path else ():
        yield folder
        if folder == top:
            return


def _texts(beside: Beside, folder: Path, top: Path | None, newer: Newer) -> list[str]:
    name = beside.file
    files = read_write.matching(folder, name) if "*" in name else [folder / name]
    if beside.extends:
        return ["".join(texts) for each in files if (texts := extended(each, top, newer))]
    return [text for each in files if (text := text_of(each, newer)) is not None]


def _says_so(beside: Beside, texts: Sequence[str]) -> bool:
    return any(re.search(beside.content, text) for text in texts)
