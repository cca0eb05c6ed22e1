"""The corpus of detection: files with tokens in them and files without, each with its reason.

It is kept as it is read: `plain/`, `split/`, `encoded/` and `negative/` hold case files, one a kind
of file or a theme. A case is a line that names the file and says why the case is here, and below it
the file's text:

    === client.py: The token is an argument.
    notion = Client(auth="⟨N⟩")

After the file's name may stand in brackets how its bytes are made: an encoding of Python's, `crlf`,
`cr`, `unended`. `⟨N⟩` is a hole for a token and `holes.py` says which there are. What fills a hole
is drawn from a seed made of the case's name, so it is the same in every run, and no token stands in
these files.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from corpus.holes import Filler

FOLDER = Path(__file__).parent
GROUPS = ("plain", "split", "encoded", "negative")

_HEADER = re.compile(r"^=== (?P<file>\S+)(?: \[(?P<how>[^\]]+)\])?: (?P<reason>.+)\n", re.MULTILINE)
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_BREAKS = {"crlf": "\r\n", "cr": "\r"}


class Place(NamedTuple):
    """A line and a column in UTF-16 code units, both from 0, as the protocol counts them."""

    line: int
    column: int


class Range(NamedTuple):
    """Where a token, or a fragment of one, begins and ends."""

    start: Place
    end: Place


class Token(NamedTuple):
    """A token to be found: its kind, and its fragments in the order in which they make it up.

    A token that stands in one piece has one fragment. That of an encoded one is the encoded text.
    """

    kind: str
    fragments: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A file, the tokens in it, and why it is in the corpus."""

    name: str
    group: str
    path: str
    data: bytes
    tokens: tuple[Token, ...]
    reason: str


@cache
def cases(group: str) -> tuple[Case, ...]:
    """Return the cases of a group in the order of their files."""
    files = sorted((FOLDER / group).glob("*.txt"))
    return tuple(case for file in files for case in _cases(group, file))


def _cases(group: str, file: Path) -> list[Case]:
    text = file.read_text("utf-8")
    headers = list(_HEADER.finditer(text))
    ends = [*(header.start() for header in headers[1:]), len(text)]
    met: Counter[str] = Counter()
    found = []
    for header, end in zip(headers, ends, strict=True):
        met[header["file"]] += 1
        folder = f"{group}/{file.stem}-{met[header['file']]}"
        template = text[header.end() : end].rstrip("\n") + "\n"
        found.append(_case(group, f"{folder}/{header['file']}", template, header))
    return found


def _case(group: str, path: str, template: str, header: re.Match[str]) -> Case:
    how = (header["how"] or "").split()
    template = template.rstrip("\n") if "unended" in how else template
    for word in how:
        template = template.replace("\n", _BREAKS.get(word, "\n"))
    name = f"{path}: {header['reason']}"
    filled = Filler(name).fill(template)
    tokens = tuple(
        Token(kind, tuple(_range(filled.text, start, end) for start, end in spans))
        for kind, spans in filled.tokens
    )
    encodings = [word for word in how if word not in {*_BREAKS, "unended"}] or ["utf-8"]
    return Case(name, group, path, _encoded(filled.text, encodings[0]), tokens, header["reason"])


def _encoded(text: str, encoding: str) -> bytes:
    if encoding.startswith("utf-16"):
        return f"\ufeff{text}".encode(encoding)
    return text.encode(encoding, "surrogateescape")


def _range(text: str, start: int, end: int) -> Range:
    return Range(_place(text, start), _place(text, end))


def _place(text: str, offset: int) -> Place:
    breaks = [found.end() for found in _LINE_BREAK.finditer(text) if found.end() <= offset]
    before = text[breaks[-1] if breaks else 0 : offset]
    return Place(len(breaks), len(before.encode("utf-16-le", "surrogatepass")) // 2)
