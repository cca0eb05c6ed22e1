"""Tokens of files by where these stand: what a fix makes of them, and why it leaves some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from repositories import write
from token_factory import access_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.project.sources import Around, source_of
from notion_lsp.project.texts import AS_SAVED
from notion_lsp.rewrite.file import Rewritten, rewrite_all
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = access_token(1)


def rewritten(text: str, path: Path, top: Path, store: str = "env") -> Rewritten:
    source = source_of(text, path, Around(top, AS_SAVED))
    findings = find_tokens(text)
    names = variable_names(source, findings, {})
    return rewrite_all(source, findings, stores()[store], names)


def refused(
    folder: Path, name: str, text: str, beside: dict[str, str], store: str = "env"
) -> set[str]:
    for each, content in beside.items():
        write(folder / each, content)
    return set(rewritten(text, folder / name, folder, store).refused.values())
