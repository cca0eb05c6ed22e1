"""The files of a project in which a pattern matches, of those that a file is built with."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING

from notion_lsp.files import gitignore, ripgrep
from notion_lsp.languages import language_of
from notion_lsp.project.texts import text_of
from notion_lsp.syntax.neighbour import Mentioning, Neighbour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from notion_lsp.languages import Language
    from notion_lsp.project.texts import Newer

# What a package manager puts there says nothing of the project, be it ignored or not.
_INSTALLED = ("node_modules", "site-packages")


def mentions_around(
    path: Path, language: Language | None, built: Callable[[], Path], newer: Newer
) -> Mentioning:
    """Return what finds the neighbours of a file by a pattern, below the folder that is `built`.

    Few files are asked about: that folder is looked for at the first question. What an editor holds
    is looked at as it is there. Files that git ignores are left out.
    """
    patterns = (language.project.family or language.recognition.files) if language else ()
    included = language.project.included if language else ()

    def is_included(other: Path) -> bool:
        return any(fnmatchcase(other.name, each) for each in included)

    def is_built_together(other: Path) -> bool:
        is_ours = set(_INSTALLED).isdisjoint(other.relative_to(folder()).parts)
        is_other = other != path and any(fnmatchcase(other.name, each) for each in patterns)
        return is_ours and is_other

    folder = cache(built)

    # One that several patterns find is parsed once.
    @cache
    def neighbour(other: Path) -> Neighbour:
        text = text_of(other, newer) or ""
        its = language if is_included(other) else language_of(other, text=text)
        grammar = its.grammar if its else None
        name = other.relative_to(folder()).as_posix()
        return Neighbour(name, text, grammar, beside=other.parent == path.parent)

    @cache
    def mentioning(pattern: str) -> tuple[Neighbour, ...]:
        open_ = (each for each in newer if folder() in each.parents)
        found = {*_files_with(pattern, folder()), *open_}
        wanted = re.compile(pattern, re.MULTILINE)
        others = map(neighbour, sorted(filter(is_built_together, found)))
        return tuple(each for each in others if wanted.search(each.text))

    return mentioning


def _files_with(pattern: str, folder: Path) -> Iterable[Path]:
    # A name has letters of any alphabet.
    patterns, left_out = [f"(?u:{pattern})"], (*gitignore.METADATA, *_INSTALLED)
    found = ripgrep.search(folder, patterns, ignored=False, left_out=left_out)
    return gitignore.walk(folder) if found is None else found
