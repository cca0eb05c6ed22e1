"""Files of settings that say which others they extend, as a `tsconfig.json` does."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from notion_lsp.project.texts import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.project.texts import Newer

_EXTENDS = re.compile(r'"extends"\s{0,9}:\s{0,9}(\[[^\]]{0,999}\]|"[^"\r\n]{0,999}")')
_NAME = re.compile(r'"([^"\r\n]{1,999})"')


def extended(file: Path, top: Path | None, newer: Newer) -> list[str]:
    """Return the text of a file and those of all that it extends: what counts more comes first.

    Nothing above the folder `top` is looked at.
    """
    texts: dict[Path, str] = {}
    waiting = [file]
    while waiting:
        each = waiting.pop(0)
        text = None if each in texts else text_of(each, newer)
        if text is not None:
            texts[each] = text
            waiting += _named(each, text, top)
    return list(texts.values())


def _named(file: Path, text: str, top: Path | None) -> Iterator[Path]:
    # Of several, the last one counts most (typescriptlang.org, TSConfig, `extends`).
    for listed in _EXTENDS.findall(text):
        for name in reversed(_NAME.findall(listed)):
            yield from _found(file, name, top)


def _found(file: Path, name: str, top: Path | None) -> Iterator[Path]:
    inside = [each for each in file.parents if top in (None, each, *each.parents)]
    folders = [file.parent] if name[0] in "./" else [each / "node_modules" for each in inside]
    for folder in folders:
        path = Path(os.path.normpath(folder / name))
        if top in (None, *path.parents):
            yield from (path, path.with_name(f"{path.name}.json"), path / "tsconfig.json")
