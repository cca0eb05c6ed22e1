"""What a folder has of the files that a token moves into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.files import git
from notion_lsp.project.dotenv_folders import is_loaded
from notion_lsp.project.texts import text_to_edit
from notion_lsp.refused import Refused
from notion_lsp.rewrite.to_dotenv import DOTENV, EXAMPLE, GITIGNORE, Surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.languages import Language
    from notion_lsp.project.texts import Newer


def surroundings(folder: Path, language: Language | None, newer: Newer) -> Surroundings | Refused:
    """Return the folder's `.env` and its like, and what git says of it; refuse what is no text.

    The language is that of the code that is to read `.env`.
    """
    texts = {name: text_to_edit(folder / name, newer) for name in (DOTENV, EXAMPLE, GITIGNORE)}
    unread = next((text for text in texts.values() if isinstance(text, Refused)), None)
    if unread:
        return unread
    known = {name: text for name, text in texts.items() if isinstance(text, str)}
    ignored = git.is_ignored(folder / DOTENV)
    return Surroundings(
        dotenv=known.get(DOTENV),
        example=known.get(EXAMPLE),
        gitignore=known.get(GITIGNORE),
        # git ignores nothing that it tracks, and tracks nothing outside a repository.
        tracked=ignored is False and git.is_tracked(folder / DOTENV),
        ignored=ignored,
        loaded=bool(language and is_loaded(folder, language.id, newer)),
    )
