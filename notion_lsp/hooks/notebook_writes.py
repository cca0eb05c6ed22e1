"""The cell of a notebook that an agent writes, as the notebook that it makes.

Claude Code names the notebook, the cell by its id or as `cell-` and its number, and the new text;
a new cell comes behind the one that is named, or first.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.hooks.file_writes import FileWrite
from notion_lsp.json_text import object_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from notion_lsp.hooks.acts import Json, Object
    from notion_lsp.hooks.file_writes import Read

_PATH, _SOURCE, _CELL = "notebook_path", "new_source", "cell_id"
_NUMBERED = re.compile(r"cell-(\d{1,9})")


def notebook_write(given: Object, folder: Path, read: Read) -> FileWrite | None:
    """Return the notebook with the cell that a tool's input writes, `None` if it writes none."""
    name, source = given.get(_PATH), given.get(_SOURCE)
    if not isinstance(name, str) or not isinstance(source, str):
        return None
    before = read(folder / name) or ""
    notebook = object_in(before) or {}
    cells = _with_cell(given, notebook.get("cells"), source)
    if cells is None:
        return None
    number, after = cells
    text = json.dumps({**notebook, "cells": after}, ensure_ascii=False, indent=1)
    return FileWrite(folder / name, before, text, partial(_put, number, after))


def _with_cell(given: Object, cells: Json, source: str) -> tuple[int, list[Json]] | None:
    mode, number = given.get("edit_mode"), _number(given.get(_CELL), cells)
    if not isinstance(cells, list) or mode == "delete":
        return None
    if mode == "insert":
        place = 0 if number is None else number + 1
        new: Json = {"cell_type": given.get("cell_type") or "code", "metadata": {}}
        return place, [*cells[:place], _written(new, source), *cells[place:]]
    if number is None:
        return None
    kind = {"cell_type": given["cell_type"]} if given.get("cell_type") else {}
    changed = _written({**cells[number], **kind}, source)
    return number, [*cells[:number], changed, *cells[number + 1 :]]


def _number(cell: Json, cells: Json) -> int | None:
    found = (
        cells if isinstance(cells, list) and all(isinstance(each, dict) for each in cells) else []
    )
    ids = [each.get("id") for each in found]
    if cell in ids:
        return ids.index(cell)
    numbered = _NUMBERED.fullmatch(cell) if isinstance(cell, str) else None
    return int(numbered[1]) if numbered and int(numbered[1]) < len(ids) else None


def _written(cell: Json, source: str) -> Json:
    return {**cell, "source": source} if isinstance(cell, dict) else cell


def _put(number: int, cells: Sequence[Json], given: Object, text: str) -> Object | None:
    # What the lookup needs may stand in another cell, which the tool does not write.
    changed = (object_in(text) or {}).get("cells", [])
    others = [*cells[:number], *cells[number + 1 :]]
    if len(changed) != len(cells) or [*changed[:number], *changed[number + 1 :]] != others:
        return None
    return {**given, _SOURCE: changed[number]["source"]}
