"""Texts with tokens, rewritten to a store beside the environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from token_factory import access_token

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import languages
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.rewrite.source import ALONE, Source
from notion_lsp.settings import Settings
from notion_lsp.stores import stores
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from notion_lsp.refused import Refused

TOKEN, OTHER = access_token(1), access_token(2)
BY_ID = {language.id: language for language in languages()}
BESIDE = [store for store in stores() if store != "env"]


def source(text: str, language: str, *, module: bool = False) -> Source:
    """Return a text in Python or another language, with a token for each `T!`."""
    return Source(text.replace("T!", TOKEN), BY_ID[language], ALONE, module)


def once(made: Source, store: str, settings: Settings | None = None) -> Rewrite | Refused:
    """Return the rewrite of all its tokens to a store."""
    findings = find_plain(made.text)
    names = variable_names(made, findings, {})
    return rewrite(made, findings, stores()[store], names, settings or Settings())


def result(made: Source, store: str, settings: Settings | None = None) -> str:
    """Return the text as it is rewritten to a store."""
    done = once(made, store, settings)
    assert isinstance(done, Rewrite), done
    return apply_edits(made.text, done.edits)
