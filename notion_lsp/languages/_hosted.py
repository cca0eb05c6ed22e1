"""A language inside a file of another kind."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.lookup import Lookup

if TYPE_CHECKING:
    from notion_lsp.languages import Language

_BREAKS = re.compile(r"(?:\r?\n)+[ \t]*")


def on_one_line(script: str) -> str:
    """Return what is inserted into a script of one line: a shell takes `;` for a line break."""
    return _BREAKS.sub("; ", script)


def hosted(language: Language, host: Language) -> Language:
    """Return a language as a file of another kind runs it.

    The file says where its variables come from, and what may stand in them: a store that it has no
    call of has none in its scripts either.
    """
    ours, theirs = language.environment, host.environment
    if isinstance(ours, Lookup) and isinstance(theirs, Lookup):
        ours = replace(ours, action=theirs.action, remains=theirs.remains)
    return replace(
        language,
        id=host.id,
        title=host.title,
        environment=ours,
        project=replace(language.project, takes_dotenv=host.project.takes_dotenv),
    )
