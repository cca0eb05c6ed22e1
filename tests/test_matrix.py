"""docs/matrix.md: what each programming language reads each store with, and how that is proven.

UPDATE_DOCS=1 writes it anew from the rows.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from backends import STORES
from programs import programs

from notion_lsp.languages import languages
from notion_lsp.lookup import Lookup
from notion_lsp.settings import Settings
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.languages import Language
    from notion_lsp.stores import Store

MATRIX = Path(__file__).parents[1] / "docs" / "matrix.md"
TABLE = """\
| Language | Store | What the token becomes | Packages | Proof |
| --- | --- | --- | --- | --- |
"""
TESTED = {program.language: program for program in programs().values()}


def table() -> str:
    return TABLE + "".join(f"| {' | '.join(row)} |\n" for row in rows())


def rows() -> Iterator[tuple[str, ...]]:
    settings = Settings()
    for language in languages():
        found = {store: store.lookup(language, settings) for store in stores().values()}
        looked_up = {store: row for store, row in found.items() if isinstance(row, Lookup)}
        if len(looked_up) == 1:
            continue
        for store, lookup in looked_up.items():
            packages = ", ".join(f"`{name}`" for name in lookup.packages) or "none"
            yield language.title, store.title, form(lookup), packages, proof(language, store)


def form(lookup: Lookup) -> str:
    helper = lookup.definition
    name = helper.name.format(VARIABLE="NOTION_TOKEN") if helper else None
    kind = f"helper `{name}`" if name else "expression"
    return f"{kind}, with `await`" if lookup.awaits else kind


def proof(language: Language, store: Store) -> str:
    program = next((TESTED[id_] for id_ in language.recognition.editor_ids if id_ in TESTED), None)
    if program is None or store.id in program.lacking:
        return "parsed"
    if store.id not in STORES:
        return "compiled"
    return "run with a stub" if store.id in program.stubbed else "run"


def test_the_matrix_is_what_the_rows_say() -> None:
    written = MATRIX.read_text("utf-8")
    about = written.partition(TABLE)[0]
    if os.environ.get("UPDATE_DOCS") == "1":
        MATRIX.write_text(about + table(), "utf-8")
    assert MATRIX.read_text("utf-8") == about + table()


def test_every_programming_language_reads_from_every_common_store() -> None:
    common = {store.title for store in stores().values() if store.common}
    read: dict[str, set[str]] = {}
    for language, store, *_ in rows():
        read.setdefault(language, set()).add(store)
    assert len(read) == 12  # eleven, and TypeScript with JSX
    assert all(stores_of >= common for stores_of in read.values())
