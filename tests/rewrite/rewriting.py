"""A token in one of the files of a folder, rewritten as the editor and `fix` do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from token_factory import access_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.project.sources import Around, source_of
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from notion_lsp.refused import Refused
    from notion_lsp.rewrite.one_text import Rewrite

TOKEN, OTHER = access_token(1), access_token(2)


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
    source = source_of(files[file], folder / file, Around(folder, newer or {}))
    found = find_tokens(source.text)
    return rewrite(source, found[first:], stores()["env"], variable_names(source, found, {}))
