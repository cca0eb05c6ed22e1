"""Where a file's code runs: by its text, its path, and what stands in the folders around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.project.texts import AS_SAVED, text_of
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.languages import Language
    from notion_lsp.project.texts import Newer
    from notion_lsp.runtime import Beside, Runtime


def runtime_of(
    text: str,
    path: Path | None,
    language: Language | None,
    top: Path | None,
    newer: Newer = AS_SAVED,
) -> Refused | None:
    """Return why code is not rewritten where it runs, if that is so.

    Nothing above the folder `top` is looked at.
    """
    for row in language.project.runtimes if language else ():
        at = path.relative_to(top).as_posix() if path and top and top in path.parents else ""
        if row.may_run(text, f"/{at or (path.as_posix() if path else '')}") and _is_beside(
            row, path, top, newer
        ):
            return Refused(row.reason)
    return None


def _is_beside(row: Runtime, path: Path | None, top: Path | None, newer: Newer) -> bool:
    if not row.beside:
        return True
    for folder in path.parents if path else ():
        if any(_is_there(each, folder, newer) for each in row.beside):
            return True
        if folder == top:
            break
    return False


def _is_there(beside: Beside, folder: Path, newer: Newer) -> bool:
    text = text_of(folder / beside.file, newer)
    return text is not None and bool(re.search(beside.content, text))
