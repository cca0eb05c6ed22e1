"""Random programs, drawn from a grammar that is written in the language of the programs.

A rule begins with a line `== name ==`, and its rows are parted by lines `--`. In a row `⟨name⟩`
stands for a row of that rule, indented as the line that it stands on, and `°` for a number that
this row has to itself among all programs of a batch. `⟨token⟩` is a random token, two `⟨half⟩` are
one in two pieces, and `⟨case⟩` is the module's name. The first row of a rule ends the recursion: it
is taken where others would nest too deeply.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import token_factory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_DEPTH = 6
_RULE = re.compile(r"^== (\w+) ==\n", re.MULTILINE)
_HOLE = re.compile(r"⟨(\w+)⟩")
_FORMS = (
    *(token_factory.access_token,) * 6,
    token_factory.integration_token,
    token_factory.refresh_token,
    token_factory.session_cookie,
)

Grammar = dict[str, tuple[str, ...]]


def read(path: Path) -> Grammar:
    """Return the rows of each rule of a file."""
    _, *parts = _RULE.split(path.read_text("utf-8"))
    rows = (part.removesuffix("\n").split("\n--\n") for part in parts[1::2])
    return dict(zip(parts[::2], map(tuple, rows), strict=True))


def unknown(grammar: Grammar) -> set[str]:
    """Return the names of rules that are used and not there, or there and not used."""
    used = {name for rows in grammar.values() for row in rows for name in _HOLE.findall(row)}
    return (used - {"token", "half", "case"}) ^ (grammar.keys() - {"program"})


@dataclass
class _Drawing:
    grammar: Mapping[str, tuple[str, ...]]
    random_: random.Random
    numbers: Iterator[int]
    half: str = ""

    def rule(self, name: str, depth: int) -> str:
        if name == "token":
            return self.token()
        if name == "half":
            return self.piece()
        rows = self.grammar[name]
        row = self.random_.choice(rows) if depth < _DEPTH else rows[0]
        number = str(next(self.numbers))
        lines = [self.line(line.replace("°", number), depth) for line in row.split("\n")]
        return "\n".join(lines)

    def line(self, line: str, depth: int) -> str:
        margin = line[: len(line) - len(line.lstrip())]
        made = _HOLE.sub(lambda found: self.rule(found[1], depth + 1), line)
        # An empty row leaves no blanks behind.
        return made.replace("\n", f"\n{margin}").rstrip(" ")

    def token(self) -> str:
        return self.random_.choice(_FORMS)(self.random_.randrange(10**6))

    def piece(self) -> str:
        if self.half:
            self.half, piece = "", self.half
            return piece
        token = token_factory.access_token(self.random_.randrange(10**6))
        self.half = token[12:]
        return token[:12]


def program(grammar: Grammar, seed: str, number: int) -> str:
    """Return the program that the seed draws, the one of that number in its batch."""
    named = {**grammar, "case": (case(number),)}
    random_ = random.Random(seed)  # noqa: S311, opens nothing
    return _Drawing(named, random_, count(number * 1000)).rule("program", 0) + "\n"


def case(number: int) -> str:
    """Return the name of a program's module."""
    return f"case{number}"
