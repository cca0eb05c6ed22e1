"""The files of a project that have a word in them, in the languages that a file is built with."""

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
    from collections.abc import Iterable
    from pathlib import Path

    from notion_lsp.languages import Language
    from notion_lsp.project.texts import Newer
    from notion_lsp.syntax.line_patterns import LineGrammar
    from notion_lsp.syntax.trees import Grammar


def mentions_around(
    path: Path, language: Language | None, top: Path | None, newer: Newer
) -> Mentioning:
    """Return what finds the neighbours of a file that have a word, below the folder `top`.

    What an editor holds is looked at as it is there. Files that git ignores are left out.
    """
    folder = top or path.parent
    patterns = (language.project.family or language.recognition.files) if language else ()

    def is_built_together(other: Path) -> bool:
        return other != path and any(fnmatchcase(other.name, each) for each in patterns)

    @cache
    def mentioning(word: str) -> tuple[Neighbour, ...]:
        found = {*_files_with(word, folder), *(each for each in newer if folder in each.parents)}
        texts = ((each, text_of(each, newer)) for each in sorted(filter(is_built_together, found)))
        pattern = re.compile(rf"\b{re.escape(word)}\b")
        return tuple(
            Neighbour(
                each.relative_to(folder).as_posix(),
                text,
                _grammar(each, text),
                beside=each.parent == path.parent,
            )
            for each, text in texts
            if text and pattern.search(text)
        )

    return mentioning


def _grammar(path: Path, text: str) -> Grammar | LineGrammar | None:
    language = language_of(path, text=text)
    return language.grammar if language else None


def _files_with(word: str, folder: Path) -> Iterable[Path]:
    found = ripgrep.search(folder, [re.escape(word)], ignored=False, left_out=gitignore.METADATA)
    return gitignore.walk(folder) if found is None else found
