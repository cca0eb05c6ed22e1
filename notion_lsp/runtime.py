"""A place where code runs that has no environment of its own, or none to keep a token in."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Beside:
    """A file in one of the folders around the code, by its name there.

    `content` is a regular expression that is found in it.
    """

    file: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class Runtime:
    """What tells that code runs in such a place, and why it is not rewritten there.

    The text has `text`, the path has the folders of `path` in it, and one of the files `beside` is
    there: what is empty is not asked for. Text that has `unless` runs elsewhere. `text` and
    `unless` are regular expressions, whose `^` and `$` are the ends of a line.
    """

    reason: str
    text: str = ""
    unless: str = ""
    path: str = ""
    beside: tuple[Beside, ...] = ()

    def may_run(self, text: str, path: str) -> bool:
        """Whether text at a path, which has slashes and may be empty, is of this place."""
        if self.unless and re.search(self.unless, text, re.MULTILINE):
            return False
        in_folder = not self.path or f"/{self.path}/" in path
        return in_folder and bool(re.search(self.text, text, re.MULTILINE))
