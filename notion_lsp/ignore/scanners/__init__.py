"""What a team has told other scanners already, so that it need not say it twice.

There is a module for each tool, with a function `read(text)`; it is loaded if its file is there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.ignore.ignore_file import Entry, merged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

# Files in the project's folder, and the modules that read them. A tool may read several, and a name
# such as `.secrets.baseline` does not tell whose it is: hence a table, not the modules' names.
_READERS = {
    ".gitleaksignore": "gitleaks",
    ".secretlintignore": "secretlint",
    ".gitguardian.yaml": "gitguardian",
    ".gitguardian.yml": "gitguardian",
    ".secrets.baseline": "detect_secrets",
}
FILES = tuple(_READERS)


class Triage(NamedTuple):
    """What files say no to: tokens and lines, and paths relative to the folder, with `/`.

    What excludes a path stands beside the name of its file. A problem is the rest of a sentence
    that begins with that name.
    """

    entries: Mapping[Entry, date] = {}
    excludes: tuple[tuple[str, Callable[[str], bool]], ...] = ()
    problems: tuple[str, ...] = ()


def read(texts: Mapping[str, str]) -> Triage:
    """Return what the texts of such files, each under its file's name, say together."""
    several = []
    for name, text in texts.items():
        # Imported late: most projects have none of these files, and one reader needs a grammar.
        said: Triage = import_module(f"{__name__}.{_READERS[name]}").read(text)
        problems = tuple(f"{name}{problem}" for problem in said.problems)
        excludes = tuple((name, each) for _, each in said.excludes)
        several.append(Triage(said.entries, excludes, problems))
    return Triage(
        merged(*(each.entries for each in several)),
        tuple(excludes for each in several for excludes in each.excludes),
        tuple(problem for each in several for problem in each.problems),
    )
