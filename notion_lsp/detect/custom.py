"""Patterns of the settings: what they find is a token of a kind that is named there.

They are a person's own, or come with a folder that somebody else wrote: one that takes too long,
or too much memory, costs a message and is switched off.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.finding import Finding
from notion_lsp.detect.kinds import TOKEN_KINDS, Shape, TokenKind
from notion_lsp.detect.shapes import Body
from notion_lsp.settings import PUBLIC_NAME
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import regex

SECTION = "patterns-of-your-own"  # of the page on kinds of token

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_OURS = frozenset(kind.id for kind in TOKEN_KINDS)
_SECONDS = 0.1  # for a file, and again for each so many characters of it
_CHARACTERS = 2**18
# A count writes out so many copies of what it is about.
_ATOM = re.compile(
    r"(?s)\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?P<low>\d{1,9})(?:,(?P<high>\d{0,9}))?\}|."
)
_LARGEST = 10_000


class Row(NamedTuple):
    """A kind of token that the settings name, and what finds it."""

    kind: TokenKind
    pattern: regex.Pattern[str]


def rows(patterns: Mapping[str, str]) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the rows of the patterns by name, and a sentence for each that cannot be one."""
    made = {name: _row(name, pattern) for name, pattern in patterns.items()}
    problems = (f"patterns: {name}: {row}" for name, row in made.items() if isinstance(row, str))
    return tuple(row for row in made.values() if isinstance(row, Row)), tuple(problems)


def find_custom(
    text: str, rows: Sequence[Row], ours: Iterable[Finding] = ()
) -> tuple[tuple[Finding, ...], tuple[Row, ...]]:
    """Return what the rows find in a text, and those of them that took too long, with nothing.

    It stands within a line, and gives way to what is found without the settings.
    """
    by_row = [(row, _matches(text, row)) for row in rows]
    found = (finding for _, matches in by_row for finding in matches or ())
    taken = sorted(span for finding in ours for span in finding.spans)
    return tuple(_apart(found, taken)), tuple(row for row, matches in by_row if matches is None)


class Patterns:
    """The rows of a project, as long as they do not take too long."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = tuple(rows)
        self._problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self._rows)

    def find(self, text: str, ours: Iterable[Finding] = ()) -> tuple[Finding, ...]:
        """Return what is found in a text; what takes too long is not asked again."""
        found, slow = find_custom(text, self._rows, ours)
        self._rows = tuple(row for row in self._rows if row not in slow)
        self._problems += tuple(
            f"patterns: {row.kind.id}: it takes too long, and is switched off." for row in slow
        )
        return found

    def take_problems(self) -> tuple[str, ...]:
        """Return the problems met since last asked."""
        problems, self._problems = self._problems, ()
        return problems


NONE = Patterns()


def _row(name: str, pattern: str) -> Row | str:
    variable = name.upper().replace("-", "_")
    if name in _OURS or not _NAME.fullmatch(name) or PUBLIC_NAME.match(variable):
        return "expected a name of small letters, digits and `-` that is no other kind's."
    if _size(pattern) > _LARGEST:
        return "it is too large."
    import regex

    try:
        compiled = regex.compile(pattern, regex.MULTILINE)
    except (regex.error, RecursionError) as error:
        return f"it is not a pattern: {error}."
    return Row(_kind(name, variable, pattern), compiled)


def _kind(name: str, variable: str, pattern: str) -> TokenKind:
    return TokenKind(
        id=name,
        title=name,
        variable=variable,
        opens="what its issuer lets it open",
        rotate="Have its issuer make a new one, and revoke this one.",
        shapes=(Shape("", Body(pattern, 1), "pattern of the settings"),),
        section=SECTION,
    )


def _matches(text: str, row: Row) -> list[Finding] | None:
    seconds = _SECONDS * (1 + len(text) // _CHARACTERS)
    try:
        return [
            Finding(row.kind, Span(*match.span()), row.kind.shapes[0])
            for match in row.pattern.finditer(text, timeout=seconds)
            if match[0] and "\n" not in match[0] and "\r" not in match[0]
        ]
    except TimeoutError:
        return None


def _apart(found: Iterable[Finding], taken: Sequence[Span]) -> Iterator[Finding]:
    # The first place that ends behind a start is the one to overlap with, if any does.
    ends = list(accumulate((span.end for span in taken), max))
    end = 0
    for finding in sorted(found, key=lambda finding: finding.span.start):
        at = bisect_right(ends, finding.span.start)
        is_free = at == len(taken) or taken[at].start >= finding.span.end
        if is_free and finding.span.start >= end:
            end = finding.span.end
            yield finding


def _size(pattern: str) -> int:
    # How many atoms the pattern comes to when its counts are written out.
    sizes, last = [0], 1
    for atom in _ATOM.finditer(pattern):
        if atom[0] == "(":
            sizes.append(0)
            last = 0
        elif atom[0] == ")" and sizes[1:]:
            last = sizes.pop()
        elif atom["low"]:
            last *= max(int(atom["high"] or 0), int(atom["low"])) - 1
        else:
            last = 1
        sizes[-1] += last
    return sum(sizes)
