"""Texts with tokens, and one in a file of a folder, rewritten as the editor and `fix` do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from token_factory import access_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.languages import languages
from notion_lsp.project.sources import Around, source_of
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.source import Package, Source
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from notion_lsp.refused import Refused
    from notion_lsp.rewrite.one_text import Rewrite

TOKEN, OTHER = access_token(1), access_token(2)
BY_ID = {language.id: language for language in languages()}


def source(text: str, language: str, package: tuple[str, ...] = ()) -> Source:
    """Return a text in a language, with the other files of its package."""
    return Source(text, BY_ID[language], Package(package))


def rewritten(
    folder: Path,
    file: str,
    files: Mapping[str, str],
    newer: Mapping[Path, str] | None = None,
    first: int = 0,
) -> Rewrite | Refused:
    """Return what becomes of the tokens in one of the files of the folder, from the `first` on."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    made = source_of(files[file], folder / file, Around(folder, newer or {}))
    found = find_tokens(made.text)
    return rewrite(made, found[first:], stores()["env"], variable_names(made, found, {}))
