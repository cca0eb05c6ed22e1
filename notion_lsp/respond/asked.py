"""What a person asks about by an argument: tokens and variables, and the files with their uses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from notion_lsp.files import gitignore, read_write
from notion_lsp.project.project import load_project
from notion_lsp.project.texts import AS_SAVED
from notion_lsp.refused import Refused
from notion_lsp.respond.inventory import Files
from notion_lsp.respond.places import TYPED, Place, place_named

if TYPE_CHECKING:
    from notion_lsp.respond.inventory import Wanted

_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)


def named(argument: str) -> Place | str | Refused:
    """Return what an argument names: a place, or a variable."""
    place = place_named(argument)
    if isinstance(place, Place) or place is TYPED:
        return place
    if _NAME.fullmatch(argument):
        return argument
    return Refused("Give a place as PATH:LINE, or the name of a variable.")


def files_around(path: Path) -> Files:
    """Return the files in which the uses of what stands at a path are looked for.

    They are those of the repository around it; outside of one, those of the working folder if that
    is around it, else of the path's own folder.
    """
    here = Path.cwd()
    alone = here if path.is_relative_to(here) else path.parent
    top = gitignore.top_of(path if read_write.is_folder(path) else path.parent) or alone
    return Files((top,), AS_SAVED, load_project(top).patterns)


def wanted_at(files: Files, place: Place) -> Wanted | Refused:
    """Return the tokens that stand at a place, or else the variables; refuse one without any."""
    read = place.read()
    if isinstance(read, Refused):
        return read
    found = files.at(place.path, *read)
    return found or Refused(f"There is no token and no variable of one at `{place.argument}`.")
