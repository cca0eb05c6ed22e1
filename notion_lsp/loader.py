"""What loads a `.env` file, so that code which reads the environment finds a token there."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.lookup import Hole, Lookup, Manifest, Requirement

# What names files of such a name but not `.env`, on the rest of the line of a call that loads some.
_NAMES_OTHERS = re.compile(
    r"(?![^\n]{0,200}[/\"']\.env[\"'])[^\n]{0,200}[\w/\"']\.env(?:\.\w+)?[\"']"
)


@dataclass(frozen=True, slots=True)
class Loader:
    """What loads a `.env` file: a pattern of code that does, and what a person is told to use.

    `requirement` and `statement` load the file from code, where a project has the `package`. What
    the pattern `library` finds reads the file by itself where it reads the variable by itself.
    """

    call: str
    advice: str
    package: str = ""
    requirement: Requirement | None = None
    statement: str = ""
    library: str = ""

    def place_in(self, text: str) -> int | None:
        """Return where code first has loaded the file; `None` where it does not."""
        calls = (found.end() for found in re.finditer(self.call, text))
        return next((end for end in calls if not _NAMES_OTHERS.match(text, end)), None)

    def is_of_library(self, text: str, holes: Sequence[Hole]) -> bool:
        """Whether a library reads the file, and nothing but that reads the variables of holes."""
        # Such a library wants no argument, or `...` for one that is required, as pydantic does.
        alone = all(hole.expression.strip(".") == "" for hole in holes)
        return alone and bool(self.library and re.search(self.library, text))

    def is_had(self, manifest: tuple[Manifest, str] | None, imported: Iterable[str]) -> bool:
        """Whether code can load the file: a manifest names the package, or the code imports it."""
        if self.requirement is None:
            return False
        if manifest and not manifest[0].lacking([self.package], manifest[1]):
            return True
        # What loads the file by being imported is a part of its package.
        return any(f"{self.requirement.module}/".startswith(f"{each}/") for each in imported)

    def before(self, lookup: Lookup) -> Lookup:
        """Return a lookup that has the file loaded first."""
        if self.requirement is None:
            return lookup
        # A helper that is there already may have been written without the file.
        requirements = (*lookup.requirements, replace(self.requirement, always=True))
        return replace(lookup, requirements=requirements, first=self.statement)
