"""A program that adds a row to the table of kinds, and tells where it finds tokens of that kind.

It is a process of its own: what is derived from the table is made when a module is imported. It
reads and writes JSON: texts by name, and folders to search by name.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from notion_lsp.detect import kinds
from notion_lsp.detect.shapes import base62

if TYPE_CHECKING:
    from notion_lsp.lsp.documents import Document

ID = "made-up-token"


def add_a_row() -> None:
    made_up = kinds.TokenKind(
        id=ID,
        title="Made-up token",
        variable="MADE_UP_TOKEN",
        opens="nothing",
        rotate="Make up another one.",
        shapes=(kinds.Shape("zzq_", base62(32), "exact form"),),
    )
    kinds.TOKEN_KINDS += (made_up,)


def in_text(text: str) -> list[str]:
    from notion_lsp.detect.find import find_tokens
    from notion_lsp.detect.finding import token_of

    return [token_of(text, each) for each in find_tokens(text) if each.kind.id == ID]


def typed(text: str) -> Document:
    """Return a document into which the last character of the text was typed."""
    from lsprotocol import types

    from notion_lsp.lsp.documents import Document

    document = Document("file:///a.py", text[:-1])
    end = types.Position(0, len(text) - 1)
    change = types.TextDocumentContentChangePartial(range=types.Range(end, end), text=text[-1])
    document.apply_change(change)
    return document


def after_a_keystroke(text: str) -> list[str]:
    return [each.token for each in typed(text).findings() if each.finding.kind.id == ID]


def after_a_pause(text: str) -> list[str]:
    document = typed(text)
    document.look_for_hidden()
    return [each.token for each in document.findings() if each.finding.kind.id == ID]


def in_folder(folder: Path) -> list[str]:
    from notion_lsp.project.project import load_project
    from notion_lsp.project.search import searchable_files

    return [path.name for path in searchable_files(load_project(folder))]


def main() -> None:
    add_a_row()
    asked = json.load(sys.stdin)
    texts, folders = asked["texts"].items(), asked["folders"].items()
    found = {
        "text": {name: in_text(text) for name, text in texts},
        "keystroke": {name: after_a_keystroke(text) for name, text in texts},
        "pause": {name: after_a_pause(text) for name, text in texts},
        "folder": {name: in_folder(Path(folder)) for name, folder in folders},
    }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
