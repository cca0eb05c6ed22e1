"""Kinds of token that the settings add: a name and a regular expression each.

The settings may come with a folder that somebody else wrote. So a pattern has a limit on its size
and on its time: one that exceeds it costs a message and is switched off.
"""

from __future__ import annotations

import re
from time import thread_time
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.finding import Finding
from notion_lsp.detect.kinds import TOKEN_KINDS, Shape, TokenKind
from notion_lsp.detect.shapes import Body
from notion_lsp.settings import PUBLIC_NAME, shown_key
from notion_lsp.text import Span, overlapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import regex

SECTION = "patterns-of-your-own"  # of the page on kinds of token

_NAME = r"(?=.{1,40}\Z)[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_OURS = frozenset(kind.id for kind in TOKEN_KINDS)
# A pattern has this long for a text, and as long again for each quarter of a million characters.
_SECONDS = 0.1
_CHARACTERS = 2**18
_OF_ALL = 5  # times as long for all patterns, to compile them and to search a text
# `regex` compiles a count such as `{1000}` into as many copies, so counts inside counts can use up
# the memory of the machine. A pattern is measured before it is compiled.
_ATOM = r"(?s)\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?P<low>\d{1,9})(?:,(?P<high>\d{0,9}))?\}|."
_LARGEST = 10_000
_NAMED = 5  # patterns in a message on several
_LONGEST = 1_000  # code points of a pattern: to compile a long one has no limit on time


class Row(NamedTuple):
    """A kind of token that the settings name, and the pattern that finds it."""

    kind: TokenKind
    pattern: regex.Pattern[str]


def rows(patterns: Mapping[str, str]) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return a row for each pattern of the settings, and messages on those that are refused."""
    end = thread_time() + _OF_ALL * _SECONDS
    made = {
        name: _row(name, pattern) if thread_time() < end else None
        for name, pattern in patterns.items()
    }
    problems = [
        f"patterns: {shown_key(name)}: {row}" for name, row in made.items() if isinstance(row, str)
    ]
    if late := [shown_key(name) for name, row in made.items() if row is None]:
        problems.append(_took_too_long(late))
    return tuple(row for row in made.values() if isinstance(row, Row)), tuple(problems)


def find_custom(
    text: str, rows: Sequence[Row], ours: Iterable[Finding] = ()
) -> tuple[tuple[Finding, ...], tuple[Row, ...]]:
    """Return what the rows find in a text, and the rows that took too long, which find nothing.

    Those that come after the time for all is up are among them. A match over a line break is left
    out, and so is one that overlaps a finding of `ours`.
    """
    seconds = _SECONDS * (1 + len(text) // _CHARACTERS)
    end = thread_time() + _OF_ALL * seconds
    by_row = [(row, _matches(text, row, seconds) if thread_time() < end else None) for row in rows]
    found = (finding for _, matches in by_row for finding in matches or ())
    taken = overlapping(span for finding in ours for span in finding.spans)
    return tuple(_apart(found, taken)), tuple(row for row, matches in by_row if matches is None)


class Patterns:
    """The rows of a project that are not switched off."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        self._rows = tuple(rows)
        self._problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self._rows)

    def find(self, text: str, ours: Iterable[Finding] = ()) -> tuple[Finding, ...]:
        """Return what the rows find in a text; switch off those that take too long."""
        found, slow = find_custom(text, self._rows, ours)
        self._rows = tuple(row for row in self._rows if row not in slow)
        if slow:
            self._problems += (_took_too_long([row.kind.id for row in slow]),)
        return found

    def take_problems(self) -> tuple[str, ...]:
        """Return the messages since the last call."""
        problems, self._problems = self._problems, ()
        return problems


NONE = Patterns()


def _took_too_long(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"patterns: {names[0]}: it took too long, and is switched off."
    others = f" and {len(names) - _NAMED} others" if names[_NAMED:] else ""
    listed = ", ".join(names[:_NAMED])
    return f"patterns: {listed}{others}: they took too long, and are switched off."


def _row(name: str, pattern: str) -> Row | str:
    variable = name.upper().replace("-", "_")
    if name in _OURS or not re.fullmatch(_NAME, name) or re.match(PUBLIC_NAME, variable):
        return "its name must be new, and of lower-case letters, digits and `-`, 40 at most."
    if len(pattern) > _LONGEST:
        return f"it is longer than {_LONGEST:,} characters."
    if _size(pattern) > _LARGEST:
        return f"its counts multiply to more than {_LARGEST:,}."
    import regex

    try:
        compiled = regex.compile(pattern, regex.MULTILINE)
    except (regex.error, RecursionError) as error:
        return f"it is not a regular expression: {error}."
    return Row(_kind(name, variable, pattern), compiled)


def _kind(name: str, variable: str, pattern: str) -> TokenKind:
    return TokenKind(
        id=name,
        title=name,
        variable=variable,
        opens="It opens what its issuer lets it open.",
        rotate="Ask its issuer for a new one, and revoke this one.",
        shapes=(Shape("", Body(pattern, 1), "pattern from the settings"),),
        section=SECTION,
    )


def _matches(text: str, row: Row, seconds: float) -> list[Finding] | None:
    try:
        return [
            Finding(row.kind, Span(*match.span()), row.kind.shapes[0])
            for match in row.pattern.finditer(text, timeout=seconds)
            if match[0] and "\n" not in match[0] and "\r" not in match[0]
        ]
    except TimeoutError:
        return None


def _apart(found: Iterable[Finding], is_taken: Callable[[Span], bool]) -> Iterator[Finding]:
    end = 0
    for finding in sorted(found, key=lambda finding: finding.span.start):
        if finding.span.start >= end and not is_taken(finding.span):
            end = finding.span.end
            yield finding


def _size(pattern: str) -> int:
    # The number of atoms of the pattern with its counts written out.
    sizes, last = [0], 1
    for atom in re.finditer(_ATOM, pattern):
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
