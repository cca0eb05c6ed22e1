"""The environment variables that a project reads its tokens from."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from notion_lsp.detect.finding import fingerprint, token_of
from notion_lsp.detect.plain import find_plain
from notion_lsp.files import git, read_write
from notion_lsp.project.texts import AS_SAVED
from notion_lsp.settings import ACCESS_TOKEN_NAMES, DEFAULTS
from notion_lsp.text import line_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from notion_lsp.project.project import Project
    from notion_lsp.project.texts import Newer


# What Notion's documentation, kits and samples call the variables, by our own name for the kind.
_USUAL_NAMES = {
    "NOTION_TOKEN": ACCESS_TOKEN_NAMES,
    "NOTION_CLIENT_SECRET": ("NOTION_CLIENT_SECRET", "NOTION_OAUTH_CLIENT_SECRET"),
    "NOTION_WEBHOOK_VERIFICATION_TOKEN": (
        *("NOTION_WEBHOOK_VERIFICATION_TOKEN", "NOTION_VERIFICATION_TOKEN"),
        "NOTION_WEBHOOK_SECRET",
    ),
    "NOTION_REFRESH_TOKEN": ("NOTION_REFRESH_TOKEN", "NOTION_OAUTH_REFRESH_TOKEN"),
    "NOTION_TOKEN_V2": ("NOTION_TOKEN_V2",),
    "NOTION_FILE_TOKEN": ("NOTION_FILE_TOKEN",),
}
_DOTENV_NAME = re.compile(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=", re.MULTILINE)
_MOST_DOTENV_FILES = 20
# A lightbulb waits for the names: where the search takes longer, our own have to do.
_SECONDS_FOR_NAMES = 2.0


def usual_names(project: Project) -> dict[str, str]:
    """Return the variable a project reads for each of our own names for one, where it has any.

    The name in its settings counts first, unless it is the default; then those in its `.env` files;
    then those in its code. Of several names for the same the most frequent one counts.
    """
    folder, chosen = project.folder, project.settings.environment_variable
    default = DEFAULTS.environment_variable
    in_settings = {} if chosen == default else {default: chosen}
    if folder is None:
        return in_settings
    known = [name for names in _USUAL_NAMES.values() for name in names]
    in_code = _choose(git.words(folder, known, _SECONDS_FOR_NAMES))
    return in_code | _choose(_dotenv_names(folder)) | in_settings


class UsualNames:
    """The usual names of projects, each read once until they are forgotten: git takes its time."""

    def __init__(self) -> None:
        self._known: dict[Path | None, dict[str, str]] = {}

    def of(self, project: Project) -> dict[str, str]:
        """Return the usual names of a project, from any thread."""
        known = self._known  # what is forgotten meanwhile must not come back
        if project.folder not in known:
            known[project.folder] = usual_names(project)
        return known[project.folder]

    def forget(self) -> None:
        """Read them anew: a file or a setting has changed."""
        self._known = {}


def kept_tokens(project: Project, newer: Newer = AS_SAVED) -> dict[str, str]:
    """Return the fingerprints of the tokens in a project's `.env` files, by their variable."""
    if project.folder is None:
        return {}
    paths = _dotenv_files(project.folder)
    # What runs reads the saved file until the buffer is saved, so both keep their names.
    read = [(read_write.text_of(path), newer.get(path)) for path in paths]
    texts = [text for each in read for text in each if text]
    return {
        name[1]: fingerprint(token_of(text, finding))
        for text in texts
        for finding in find_plain(text)
        if (name := _DOTENV_NAME.match(text, line_bounds(text, finding.span.start).start))
    }


def _dotenv_files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob(".env*"))[:_MOST_DOTENV_FILES]
    except OSError:
        return []


def _dotenv_names(folder: Path) -> list[str]:
    texts = (read_write.text_of(path) or "" for path in _dotenv_files(folder))
    return [name for text in texts for name in _DOTENV_NAME.findall(text)]


def _choose(found: Iterable[str]) -> dict[str, str]:
    counts = Counter(found)
    return {
        # Of names that are as frequent, the first in its row counts.
        kind: max(names, key=lambda name: counts[name])
        for kind, names in _USUAL_NAMES.items()
        if any(counts[name] for name in names)
    }
