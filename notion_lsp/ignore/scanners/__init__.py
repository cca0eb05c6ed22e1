"""What a team has told other scanners already, so that it need not say it twice.

A module a tool, which has `read(text)`. Each is loaded when its file is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from notion_lsp.ignore.ignore_file import Entry, merged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

# The file in the project's folder, and the module that reads it.
_READERS = {
    ".gitleaksignore": "gitleaks",
    ".secretlintignore": "secretlint",
    ".gitguardian.yaml": "gitguardian",
    ".gitguardian.yml": "gitguardian",
    ".secrets.baseline": "detect_secrets",
}
FILES = tuple(_READERS)


@dataclass(frozen=True, slots=True)
class Triage:
    """What files say no to: tokens and lines, and paths relative to the folder, with `/`.

    A problem is the sentence that begins with the file's name.
    """

    entries: Mapping[Entry, date] = field(default_factory=dict)
    excludes: tuple[Callable[[str], bool], ...] = ()
    problems: tuple[str, ...] = ()


def read(texts: Mapping[str, str]) -> Triage:
    """Return what the texts of such files say together, each given by the file's name."""
    several = []
    for name, text in texts.items():
        said: Triage = import_module(f"{__name__}.{_READERS[name]}").read(text)
        problems = tuple(f"{name}{problem}" for problem in said.problems)
        several.append(Triage(said.entries, said.excludes, problems))
    return Triage(
        merged(*(each.entries for each in several)),
        tuple(excludes for each in several for excludes in each.excludes),
        tuple(problem for each in several for problem in each.problems),
    )
