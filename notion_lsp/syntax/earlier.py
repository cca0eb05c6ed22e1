"""Which variable code has read already where it falls back to a literal."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.text import Span

# Of one name that is given many values, those further above are other functions'.
_MOST_ABOVE = 20
_NAME = re.compile(r"[^\W\d]\w*")
_SIGILS = "$@%"
# A member's name before what it is given, and at most the name of a function in between.
_HELD = r"(?<!\w){}[\"'\])}}]*\s*(?:=>|[:=,]|\bto\b)\s*[\w.:]*\(?\Z"
# A condition behind a statement.
_BEHIND = re.compile(r"[\"'\s)}]{0,4}(?:if|unless)\b[^\n]{0,200}")
_HELD_NEAR = 200  # code points
# A function, such as one between a value and what it falls back to, that makes up a text.
_MADE_UP = re.compile(r"""(?:->|=>|[|{])\s*["'`]""")
# What is made of one name's value alone: `t.trim()`, `Token(t)`, `&t`, `t!!`.
_MADE_OF = re.compile(
    r"(?:[*&]\s*|[\w.:]+!?\(\s*)*(?P<name>[^\W\d]\w*)(?:\.\w+\([^()]*\)|[?!)\s])*"
)
# What makes something else of a value, such as the text of a file with that name.
_MADE_FROM = re.compile(
    r"(?i)(?:connect|fetch|file|join|load|open|parse|path|read|request)\w{0,80}!?\s*\(|[+%]|&&|\band\b"
)
# What a condition is made of several by.
_PARTS = re.compile(r"&&|\|\||\b(?:and|or)\b")
_IF = re.compile(r"\b(?:elif|elsif|if|unless)\b")
_IF_ABOVE = re.compile(rf"{_IF.pattern}\s{{0,9}}\(?\s{{0,9}}\Z")
_LONGEST_IF = 20  # code points
_CHOICE = re.compile(r"\bif\b|(?<!\?)\?\s")


class Assigned(NamedTuple):
    """What a name is given: the value's place, the statement's, and that of what holds this one.

    The name has the value in all of its `scope` that follows.
    """

    target: str
    given: Span
    statement: Span
    scope: Span


class VariableRead(NamedTuple):
    """A place where code reads a variable of the environment."""

    span: Span
    name: str


class _Had(NamedTuple):
    """What a name had: all of it, or what its `member` of that name was given."""

    statement: Span
    given: Span
    member: str = ""


class Values:
    """The values of a text's names, and what of them is from the environment."""

    def __init__(
        self, text: str, assigned: Iterable[Assigned], reads: Iterable[VariableRead]
    ) -> None:
        self._text = text
        self._reads = sorted(reads)
        self._by_start: dict[int, Assigned] = {}
        self._by_target: dict[str, list[Assigned]] = {}
        for each in sorted(assigned, key=lambda each: (each.given, each.statement)):
            self._by_start[each.given.start] = each  # The innermost statement comes last.
            self._by_target.setdefault(each.target.lstrip(_SIGILS), []).append(each)

    def variable_before(
        self, literal: Span, tried: Iterable[tuple[Span, str | None]]
    ) -> str | None:
        """Return the variable that is read before the literal is taken, if it is one alone.

        `tried` are the values that the code takes first, each with the condition for this, if there
        is one: that code asks for a variable, and then takes another value, does not make the
        literal one of that variable. What a name is given falls back from what it had, if the code
        asks for the name between the two.
        """
        for span, condition in tried:
            name, holder = self._tried(span)
            if name and (condition is None or _is_about(condition, {name, holder})):
                return name
        own = self._by_start.get(literal.start)
        had = self._had(own.target, own.statement) if own and self._is_known(own) else None
        if own and had and self._is_asked(had, own):
            return self._read_in(had.given, had.member)
        return None

    def _tried(self, value: Span) -> tuple[str | None, str]:
        # The variable, and what code has its value from.
        text = value.of(self._text)
        if _MADE_UP.search(text):
            return None, text
        if name := self._read_in(value):
            return name, text
        made = _MADE_OF.fullmatch(text)
        holder = made["name"] if made else text
        had = self._had(holder, value)
        return (self._read_in(had.given, had.member) if had else None), holder

    def _read_in(self, value: Span, member: str = "") -> str | None:
        first = bisect_left(self._reads, value.start, key=lambda each: each.span.start)
        last = bisect_right(self._reads, value.end, key=lambda each: each.span.start)
        held = re.compile(_HELD.format(re.escape(member))) if member else None
        reads = [
            each
            for each in self._reads[first:last]
            if value.contains(each.span)
            if held is None or held.search(self._text[value.start : each.span.start][-_HELD_NEAR:])
        ]
        names = {each.name for each in reads}
        if len(names) != 1 or (held is None and self._is_another(value, reads)):
            return None
        return names.pop()

    def _is_another(self, value: Span, reads: Sequence[VariableRead]) -> bool:
        # Whether the value is made of what is read, or is that only by a choice about other things.
        before = self._text[value.start : reads[0].span.start]
        around = before + self._text[reads[-1].span.end : value.end]
        is_asked = len(re.findall(rf"\b{re.escape(reads[0].name)}\b", value.of(self._text))) > 1
        return bool(_MADE_FROM.search(around) or (_CHOICE.search(around) and not is_asked))

    def _had(self, name: str, at: Span) -> _Had | None:
        if assigned := self._given(name.lstrip(_SIGILS), at):
            return _Had(assigned.statement, assigned.given)
        # As `cfg.token` of what `cfg` was given: `Config{Token: …}`, `{"token": …}`, `C(token=…)`.
        words = _NAME.findall(name)
        assigned = self._given(words[0], at) if len(words) > 1 else None
        return _Had(assigned.statement, assigned.given, words[-1]) if assigned else None

    def _given(self, name: str, at: Span) -> Assigned | None:
        named = self._by_target.get(name, [])
        above = bisect_right(named, at.start, key=lambda each: each.given.end)
        nearest = islice(reversed(named[:above]), _MOST_ABOVE)
        return next((each for each in nearest if each.scope.contains(at)), None)

    def _is_known(self, own: Assigned) -> bool:
        # What declares a name, as a parameter does, hides what another of that name had.
        operator = self._text[own.statement.start : own.given.start]
        is_declared = operator.removeprefix(own.target).lstrip().startswith(":=")
        return (
            own.statement.contains(own.given)
            and operator.startswith(own.target)
            and not is_declared
        )

    def _is_asked(self, had: _Had, own: Assigned) -> bool:
        # By the operator, as in `||=`; by a condition above; or by one behind, as in Ruby.
        operator = self._text[own.statement.start : own.given.start].removeprefix(own.target)
        condition = _BEHIND.match(self._text, own.given.end)
        behind = condition[0] if condition else ""
        between = self._text[self._asked_from(had) : own.statement.start]
        # What else the statement gives a name may tell, as in `token, found :=`.
        ahead = self._text[had.statement.start : had.given.start].rpartition("\n")[2]
        beside = _NAME.findall(ahead) if "," in ahead and not had.member else []
        names = "|".join(map(re.escape, {own.target, *beside}))
        asks = re.compile(rf"(?<![\w.])(?:{names})(?!\w)")
        above, *conditions = _IF.split(between + behind)
        parts = _PARTS.split(conditions[-1]) if conditions else [above]
        return operator.strip()[:1] in {"|", "?", "/"} or all(map(asks.search, parts))

    def _asked_from(self, had: _Had) -> int:
        # A condition asks for what it gives a name itself, but for Go's `if t := a; b`.
        start = had.statement.start
        above = _IF_ABOVE.search(self._text, max(0, start - _LONGEST_IF), start)
        is_asked = above and not self._text.startswith(";", had.given.end)
        return above.start() if above and is_asked else had.given.end


def _is_about(condition: str, words: Iterable[str]) -> bool:
    # A part about something else may take the literal though the variable is set.
    asks = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in words))
    return all(map(asks.search, _PARTS.split(condition)))
