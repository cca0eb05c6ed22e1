"""A place where code runs that reads variables in a way of its own, or has none to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notion_lsp.loader import Loader
    from notion_lsp.lookup import Lookup
    from notion_lsp.refused import Refused


@dataclass(frozen=True, slots=True)
class Beside:
    """A file in one of the folders around the code, by a pattern of its path there.

    `content` is a regular expression that is found in it. In one that `extends` others, as a
    `tsconfig.json` does, what these have stands behind its own text.
    """

    file: str
    content: str = ""
    extends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What tells that a text is of a place.

    The text has `text`, the path, which begins with a slash, has `path`, and one of the files
    `beside` is there, in no folder above one that has one of `instead`: what is empty is not asked
    for. Of several files of one name the nearest counts, as the `package.json` of a package does.
    Text that has `unless` runs elsewhere. These are regular expressions; in those for the
    text, `^` and `$` are the ends of a line.
    """

    text: str = ""
    unless: str = ""
    path: str = ""
    beside: tuple[Beside, ...] = ()
    instead: tuple[Beside, ...] = ()

    def may_run(self, text: str, path: str) -> bool:
        """Whether text at a path, which has slashes, is of this place."""
        # The path is short: most places are told apart without the text being looked through.
        if not (re.search(self.path, path) and re.search(self.text, text, re.MULTILINE)):
            return False
        return not (self.unless and re.search(self.unless, text, re.MULTILINE))


@dataclass(frozen=True, slots=True)
class Runtime(Condition):
    """A place with variables of its own: what reads one there, or why there are none.

    `dotenv` loads a `.env` file there, if anything does.
    """

    id: str
    environment: Lookup | Refused
    title: str = ""
    dotenv: Loader | None = None


def all_of(*patterns: str) -> str:
    """Return a pattern that is found in a text that has each of these, in any order.

    One that looks for the second behind each place of the first takes long where there is none.
    """
    return "".join([r"\A", *(rf"(?=(?s:.*?)(?:{each}))" for each in patterns)])


def in_any(names: str, content: str = "") -> tuple[Beside, ...]:
    """Return files of these names, with a space between them."""
    return tuple(Beside(name, content) for name in names.split())
