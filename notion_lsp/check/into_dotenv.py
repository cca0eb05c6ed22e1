"""`fix --keep` where code reads the environment: a token goes into the `.env` of its package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.files import read_write
from notion_lsp.files.read_write import Unreadable
from notion_lsp.keep import Kept
from notion_lsp.project.dotenv_folders import folder_of
from notion_lsp.project.surroundings import surroundings
from notion_lsp.project.texts import AS_SAVED
from notion_lsp.refused import Refused
from notion_lsp.rewrite.to_dotenv import assigned
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from notion_lsp.check.keeping import Answer
    from notion_lsp.check.look import LeakyFile
    from notion_lsp.detect.finding import Finding
    from notion_lsp.rewrite.source import Source
    from notion_lsp.rewrite.to_dotenv import FileEdit


def into_dotenv(
    file: LeakyFile, source: Source, names: Mapping[Finding, str]
) -> Callable[[Finding], Answer]:
    """Return what puts a token of a file into `.env`, which git is to ignore, by its variable."""
    top = file.project.folder
    folder = folder_of(file.path, top) if top else file.path.parent

    def put(finding: Finding) -> Answer:
        around = surroundings(folder, source.language, AS_SAVED)
        if isinstance(around, Refused):
            return around
        edits = assigned(source.language_at(finding), names[finding], source.token(finding), around)
        if isinstance(edits, Refused):
            return edits
        # `.gitignore` comes before what it keeps out of git.
        return next(filter(None, (_written(folder, each) for each in edits)), Kept())

    return put


def _written(folder: Path, made: FileEdit) -> Refused | None:
    path = folder / made.name
    before = read_write.read(path) if made.text is not None else None
    if isinstance(before, Unreadable):
        return Refused(f"{made.name} cannot be read: {before.reason}.")
    new = apply_edits(made.text or "", [made.edit])
    data = before.encode(new) if before else new.encode()
    problem = read_write.write_atomically(
        path, data, before.encode(before.text) if before else None
    )
    return Refused(f"{made.name} could not be written: {problem.reason}.") if problem else None
