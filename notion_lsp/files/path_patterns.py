"""The patterns of a `.gitignore`, compared in time proportional to pattern times path.

They mean what they mean to git (gitignore(5), and `wildmatch.c` for what stands in brackets), but
`?` and `[…]` are for a code point, where git takes a byte.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_Item = TypeVar("_Item")

_BLANK = re.compile(r" *(?:#.*)?")
_ATOM = re.compile(r"(?s)\*+|[^*?\[\\/]+|\\?[^\\]|\\\\")
_MOST = 10_000  # patterns of a file; a path is compared with each of them
_SET = re.compile(r"\[(?P<negated>[!^]?)")
# As git, a class is what stands before the first `]`; no class has a longer name than these.
_IN_SET = re.compile(
    r"(?s)\[:(?P<named>[^]]{0,20}):\]|(?P<low>\\.|[^\\])(?:-(?P<high>\\.|[^]\\]))?"
)
# The classes of POSIX for ASCII: a first and a last character, and so on.
_NAMED = {
    "alnum": "09AZaz",
    "alpha": "AZaz",
    "blank": "\t\t  ",
    "cntrl": "\0\x1f\x7f\x7f",
    "digit": "09",
    "graph": "!~",
    "lower": "az",
    "print": " ~",
    "punct": "!/:@[`{~",
    "space": "\t\r  ",
    "upper": "AZ",
    "xdigit": "09AFaf",
}


class PathPatterns(NamedTuple):
    """Patterns of which the last one that is for a path counts."""

    patterns: Sequence[PathPattern]

    def verdict(self, names: Sequence[str], *, is_folder: bool) -> bool | None:
        """Whether the path itself is ignored, `None` if no pattern is for it."""
        for pattern in reversed(self.patterns):
            if pattern.is_for(names, is_folder=is_folder):
                return not pattern.negated
        return None

    def leave_out(self, names: Sequence[str]) -> bool:
        """Whether a file is left out: it, or else the nearest folder around it with a verdict.

        So a pattern can bring back a file below a folder that is left out, which git does not do.
        """
        depths = range(len(names), 0, -1)
        said = (self.verdict(names[:depth], is_folder=depth < len(names)) for depth in depths)
        return next((verdict for verdict in said if verdict is not None), False)


class PathPattern(NamedTuple):
    """A pattern, and whether it takes back what those before it say."""

    path: _Runs
    folders_only: bool
    negated: bool

    def is_for(self, names: Sequence[str], *, is_folder: bool) -> bool:
        """Whether the pattern is for a path, given as the names below the pattern's folder."""
        return (is_folder or not self.folders_only) and self.path.take(names)


def lines_of(text: str) -> list[str]:
    """Return the lines of a file of patterns, as git reads them, without their breaks."""
    return re.split(r"\r?\n", text)


def parse_all(lines: Iterable[str]) -> PathPatterns:
    """Return the patterns of some lines, without those that are not valid.

    More than ten thousand are taken for none: nothing is left out by them.
    """
    said = [line for line in lines if not _BLANK.fullmatch(line)]
    return PathPatterns(tuple(filter(None, map(parse, said))) if len(said) <= _MOST else ())


def is_valid(line: str) -> bool:
    """Whether a line is a pattern that some path can match, or says nothing."""
    return bool(_BLANK.fullmatch(line)) or parse(line) is not None


def parse(line: str) -> PathPattern | None:
    """Return the pattern of a line, `None` for a comment and for what no path can match."""
    line = _without_trailing_spaces(line)
    negated = line.startswith("!")
    whole = line[negated:]
    body = whole.removesuffix("/")
    atoms = None if _BLANK.fullmatch(line) else _atoms(body.removeprefix("/"))
    if not atoms:
        return None
    segments = _parts(atoms, lambda atom: atom.text in {"/", "\\/"})
    first, *others = _parts(segments, lambda segment: [atom.text[:2] for atom in segment] == ["**"])
    # A name alone counts at every depth, and what ends in `/**` is not for the folder itself.
    runs = [first, *others] if "/" in body or others else [[], first]
    runs[-1] = runs[-1] or [[_Atom("*", bool)]]
    return PathPattern(_Runs(tuple(map(_names, runs))), whole != body, negated)


class _Runs(NamedTuple):
    """What a sequence is made of: runs of elements, and between two runs whatever there is."""

    runs: Sequence[_Run]

    def take(self, elements: Sequence[str]) -> bool:
        first, *others = self.runs
        if not others:
            return first.length == len(elements) and first.stands(elements, 0)
        *inner, last = others
        start, end = first.length, len(elements) - last.length
        if start > end or not (last.stands(elements, end) and first.stands(elements, 0)):
            return False
        for run in inner:
            # The first place leaves the most to what follows, so no other one need be tried.
            places = range(start, end - run.length + 1)
            found = next((place for place in places if run.stands(elements, place)), None)
            if found is None:
                return False
            start = found + run.length
        return True


class _Run(NamedTuple):
    """So many elements, and whether they stand at a place of a sequence that has room for them."""

    length: int
    stands: Callable[[Sequence[str], int], bool]


class _Atom(NamedTuple):
    """A piece of a pattern, and what it takes: a text, or else one character of several."""

    text: str
    takes: Callable[[str], bool]
    plain: str = ""


class _Set(NamedTuple):
    """The characters in brackets, each pair from a first to a last one."""

    pairs: Sequence[tuple[str, str]]
    negated: bool

    def takes(self, character: str) -> bool:
        return any(low <= character <= high for low, high in self.pairs) is not self.negated


def _names(segments: Sequence[Sequence[_Atom]]) -> _Run:
    names = tuple(enumerate(map(_name, segments)))
    return _Run(len(names), lambda path, at: all(name.take(path[at + i]) for i, name in names))


def _name(segment: Sequence[_Atom]) -> _Runs:
    return _Runs(tuple(map(_characters, _parts(segment, lambda atom: atom.text[0] == "*"))))


def _characters(atoms: Sequence[_Atom]) -> _Run:
    if all(atom.plain for atom in atoms):
        text = "".join(atom.plain for atom in atoms)
        return _Run(len(text), lambda name, at: name[at : at + len(text)] == text)
    takes = [take for atom in atoms for take in _takes(atom)]
    each = tuple(enumerate(takes))
    return _Run(len(takes), lambda name, at: all(take(name[at + i]) for i, take in each))


def _takes(atom: _Atom) -> list[Callable[[str], bool]]:
    return [character.__eq__ for character in atom.plain] or [atom.takes]


def _parts(items: Iterable[_Item], is_between: Callable[[_Item], bool]) -> list[list[_Item]]:
    parts: list[list[_Item]] = [[]]
    for item in items:
        if is_between(item):
            parts.append([])
        else:
            parts[-1].append(item)
    return parts


def _atoms(text: str) -> list[_Atom] | None:
    atoms: list[_Atom] = []
    at = 0
    while at < len(text):
        atom = _set(text, at) or _atom(text, at)
        if atom is None:
            return None
        atoms.append(atom)
        at += len(atom.text)
    return atoms


def _atom(text: str, at: int) -> _Atom | None:
    # There is none where a backslash ends the text, or a bracket is not closed.
    found = _ATOM.match(text, at)
    if found is None or found[0] == "[":
        return None
    if found[0] == "?":
        return _Atom("?", bool)
    plain = found[0][-1] if found[0][0] == "\\" else found[0]
    return _Atom(found[0], plain.__eq__, plain)


def _set(text: str, at: int) -> _Atom | None:
    opening = _SET.match(text, at)
    if opening is None:
        return None
    pairs: list[tuple[str, str]] = []
    end = opening.end()
    # A `]` that is the first character is one of the set.
    while end == opening.end() or text[end : end + 1] != "]":
        item = _IN_SET.match(text, end)
        if item is None or item["named"] not in {None, *_NAMED}:
            return None
        pairs += _pairs(item)
        end = item.end()
    return _Atom(text[at : end + 1], _Set(pairs, bool(opening["negated"])).takes)


def _pairs(item: re.Match[str]) -> list[tuple[str, str]]:
    if item["named"] is not None:
        ends = _NAMED[item["named"]]
        return list(zip(ends[::2], ends[1::2], strict=True))
    low, high = item["low"][-1], (item["high"] or item["low"])[-1]
    # A range that runs backwards has its first character, as for git.
    return [(low, low), (low, high)]


def _without_trailing_spaces(line: str) -> str:
    kept = line.rstrip(" ")
    backslashes = len(kept) - len(kept.rstrip("\\"))
    return f"{kept} " if backslashes % 2 and kept != line else kept
