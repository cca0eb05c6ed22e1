"""The tokens in an open document: what an edit does not touch is not looked at again.

What is known of a token depends on its line, on a few lines around it where its shape or what is
said of it asks for them, on the comments, and on the rules of its file.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, chain, groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.find import find_hidden, outside
from notion_lsp.detect.finding import token_of
from notion_lsp.detect.kinds import CONTEXT_LINES
from notion_lsp.detect.plain import confirm
from notion_lsp.ignore.comments import is_off, silences_file, silences_itself, silences_next
from notion_lsp.lsp.notes import moved, notes_of
from notion_lsp.lsp.rules import DEFAULT, Rules
from notion_lsp.lsp.spot import Place, Spot, hidden_places, in_order, places_of
from notion_lsp.lsp.spots import NOT_SHOWN, UNKNOWN, WORDED_BY, Spots

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from notion_lsp.detect.custom import Patterns
    from notion_lsp.detect.finding import Finding
    from notion_lsp.detect.repeated import Known
    from notion_lsp.ignore.comments import OwnComment, Switch
    from notion_lsp.text import Span

# Code points. To search such a line takes longer than a key may: it waits for a pause.
LONG_LINE = 100_000
# From the worst on, as the protocol numbers them.
_SEVERITIES = range(1, 5)


class Worst(NamedTuple):
    """The tokens that are shown, and how many others are not: these are as bad or less bad."""

    places: list[Place]
    left_out: int


class DocumentFindings:
    """What stands in the lines of a document; the list is the document's own, which changes it."""

    def __init__(self, text: str, lines: list[str]) -> None:
        self._lines = lines
        self._lone_returns = _returns(lines) if "\r" in text else 0
        self._notes = notes_of(text, lines, 0)
        self._plain, self._hidden = Spots(places_of(text, lines, 0)), Spots()
        self.rules: Rules = DEFAULT
        self._worst: tuple[int, Worst] | None = None
        self._moved = self._waits = False
        # Numbers for the tokens, so that what is kept to compare with holds none.
        self._tokens = Counter[int]()
        self._came_or_went: set[int] = set()
        self._confirm(self._plain)

    def splice(self, first: int, before: list[str], text: str, lines: list[str]) -> None:
        """Take what an edit made of some lines, which the document's list has by now."""
        last, added = first + len(before) - 1, len(lines) - len(before)
        self._worst = None
        self._moved |= added != 0
        self._lone_returns += _returns(lines) - _returns(before)
        self._splice_notes(first, last, added, text, lines)
        gone = self._plain.splice(first, last, added, places_of(text, lines, first))
        gone += self._hidden.splice(first, last, added)
        self._count(gone, -1)
        self._look_around(first, (after := first + len(lines)) - 1)
        # A comment may silence the line below it, which may hold any number of tokens.
        if silences_next(self._before(after)) != silences_next(before[-1]):
            self._forget(after, after)

    def may_wait(self, line: int, edited: Span) -> bool:
        """Whether an edit inside a line may be looked at later: much is left, and no comment."""
        left = len(self._lines[line]) - edited.size
        return left > LONG_LINE and all(note.line != line for note in self._notes)

    def move(self, line: int, edited: Span, by: int, units: int) -> list[Spot]:
        """Move what an edit inside a line has moved, and return what it has touched.

        What it has brought is looked for with the hidden tokens, when the typing pauses.
        """
        self._worst, self._waits = None, True
        gone = self._plain.move(line, edited, by, units) + self._hidden.splice(line, line, 0)
        self._count(gone, -1)
        return gone

    def follow(self, before: DocumentFindings) -> None:
        """Take the place of what was known of the document before all of it was replaced."""
        self._came_or_went = before._came_or_went ^ (self._tokens.keys() ^ before._tokens.keys())

    def look_for_hidden(self, text: str, patterns: Patterns, known: Known) -> bool:
        """Look for what waits, and hidden tokens; return whether others are found than before."""
        late = self._look_at_long_lines()
        plain = self._plain_in_text()
        found = find_hidden(text, plain, patterns, known)
        if self._plain.note_parts(plain, outside(plain, found)):
            late, self._worst = True, None
        hidden = hidden_places(found, text)
        if [each.seen for each in hidden] == [each.seen for each in self._hidden]:
            return late
        self._count((spot for _, spot in self._hidden), -1)
        self._hidden, self._worst = Spots(hidden), None
        self._count((spot for _, spot in hidden), 1)
        return True

    def shown(self, rules: Rules) -> list[Place]:
        """Return all tokens that these rules show, in order."""
        self._judge(rules)
        return [] if self._is_silenced() else in_order(self._plain.shown(), self._hidden.shown())

    def worst(self, rules: Rules, most: int) -> Worst:
        """Return the tokens that these rules show, in order; of too many, the worst first."""
        self._judge(rules)
        if self._worst is None or self._worst[0] != most:
            self._worst = most, self._select(most)
        return self._worst[1]

    def tokens(self, first: int, last: int) -> Counter[str]:
        """Return the tokens that begin in some lines, shown or not."""
        places = chain(self._plain.between(first, last), self._hidden.between(first, last))
        return Counter(spot.token for _, spot in places if spot.finding)

    def take_changed_tokens(self) -> AbstractSet[int]:
        """Return a number for each token that has come or gone since this was asked last."""
        changed, self._came_or_went = self._came_or_went, set()
        return changed

    def reword(self) -> None:
        """Forget what is said of the tokens: there is something else to say."""
        for _, spot in chain(self._plain, self._hidden):
            spot.said = None

    def token_numbers(self) -> AbstractSet[int]:
        """Return the numbers of all tokens."""
        return self._tokens.keys()

    def holds_any(self, tokens: AbstractSet[int]) -> bool:
        """Whether the document holds one of these tokens, each given by its number."""
        return not self._tokens.keys().isdisjoint(tokens)

    def tokens_with_findings(self) -> Iterator[tuple[str, Finding]]:
        """Yield all tokens that are found by their own form, each with a finding of it."""
        for _, spot in chain(self._plain, self._hidden):
            # What is found because it stands elsewhere would keep itself found.
            if spot.finding and spot.finding.shape in spot.finding.kind.shapes:
                yield spot.token, spot.finding

    def unused_comments(self) -> list[tuple[int, OwnComment]]:
        """Return each ignore comment of ours that silences nothing, with its line."""
        comments = self._comments()
        near = {line for number, _ in comments for line in (number, number + 1)}
        used = {line for line in near if self._has_token(line)}
        if self._tokens:
            used.add(-1)  # somewhere: a comment for the file asks for no more
        return [(line, comment) for line, comment in comments if not comment.is_used(line, used)]

    def _look_at_long_lines(self) -> bool:
        waited, self._waits = self._waits, False
        for number, line in enumerate(self._lines if waited else ()):
            if len(line) > LONG_LINE:
                self.splice(number, [line], line, [line])
        return waited

    def _plain_in_text(self) -> tuple[Finding, ...]:
        starts = [0, *accumulate(map(len, self._lines))]
        places = ((line, spot.finding) for line, spot in self._plain)
        return tuple(finding.shifted(starts[line]) for line, finding in places if finding)

    def _has_token(self, line: int) -> bool:
        return any(self.tokens(line, line).values())

    def _comments(self) -> list[tuple[int, OwnComment]]:
        return [(note.line, note.comment) for note in self._notes if note.comment]

    def _is_silenced(self) -> bool:
        return silences_file(self._comments())

    def _select(self, most: int) -> Worst:
        left_out = self._plain.number_shown + self._hidden.number_shown - most
        if left_out <= 0 or self._is_silenced():
            return Worst(self.shown(self.rules), 0)
        chosen: list[Place] = []
        for severity in _SEVERITIES:
            rest = most - len(chosen)
            plain, hidden = (each.shown_as(severity) for each in (self._plain, self._hidden))
            chosen += in_order(islice(plain, rest), islice(hidden, rest))[:rest]
        return Worst(chosen, left_out)

    def _judge(self, rules: Rules) -> None:
        if rules is not self.rules:
            self.reword()
            self._forget()
        # An entry may be about a line by its number.
        elif self._moved and rules.ignored.entries:
            self._forget()
        self.rules, self._moved = rules, False
        switches: list[Switch] = [each for note in self._notes for each in note.switches]
        for spots in (self._plain, self._hidden):
            for line, unknown in groupby(spots.unknown(), key=lambda each: each[1].line):
                silent = silences_itself(self._lines[line]) or silences_next(self._before(line))
                for number, place in unknown:
                    hushed = silent or is_off(switches, place.line, place.spot.column)
                    spots.show(number, NOT_SHOWN if hushed else self._severity(rules, place))

    def _severity(self, rules: Rules, place: Place) -> int:
        line, spot = place
        if spot.finding is None or spot.is_part:
            return NOT_SHOWN
        expired = rules.ignored.until(spot.token, self._feeds(line, rules) + 1)
        spot.said = spot.said if expired == spot.expired else None
        spot.expired = expired
        if rules.ignored.holds(spot.expired):
            return NOT_SHOWN
        return rules.severity(spot.finding) or NOT_SHOWN

    def _feeds(self, line: int, rules: Rules) -> int:
        # Nearly no text has a lone carriage return: then lines and line feeds are as many.
        asked = self._lone_returns and rules.ignored.entries
        return line - (_returns(self._lines[:line]) if asked else 0)

    def _forget(self, first: int = 0, last: int | None = None) -> None:
        self._worst = None
        self._plain.forget(first, last)
        self._hidden.forget(first, last)

    def _before(self, line: int) -> str:
        return self._lines[line - 1] if line else ""

    def _splice_notes(self, first: int, last: int, added: int, text: str, lines: list[str]) -> None:
        new = notes_of(text, lines, first)
        if not self._notes and not new:
            return
        gone = [note for note in self._notes if first <= note.line <= last]
        self._notes = [
            *(note for note in self._notes if note.line < first),
            *new,
            *(moved(note, added) for note in self._notes if note.line > last),
        ]
        # What a switch does reaches to the next one, or to the end.
        if any(note.switches for note in (*gone, *new)):
            self._forget()

    def _look_around(self, first: int, last: int) -> None:
        seeing = list(self._plain.around(first, last, CONTEXT_LINES, self._lines))
        again = [*(place for _, place in seeing), *self._plain.between(first, last)]
        self._count((spot for _, spot in again), -1)
        self._confirm(again)
        for number, _ in seeing:
            self._plain.show(number, UNKNOWN)
        self._hidden.forget(first - CONTEXT_LINES, last + CONTEXT_LINES)
        worded = range(first - WORDED_BY, last + WORDED_BY + 1)
        for line, spot in chain(again, self._hidden.between(worded[0], worded[-1])):
            spot.said = None if line in worded else spot.said

    def _confirm(self, places: Iterable[Place]) -> None:
        for line, group in groupby(places, key=lambda each: each.line):
            around, shift = "", 0
            for _, spot in group:
                # Most shapes need no lines around them, and each keystroke would pay for these.
                if not around and any(each.shape.nearby for each in spot.candidates):
                    around, shift = self._around(line)
                known, spot.finding = spot.finding, confirm(spot.candidates, around, -shift)
                spot.said = spot.said if spot.finding == known else None
                spot.token = token_of(self._lines[line], spot.finding) if spot.finding else ""
                self._count([spot], 1)

    def _around(self, line: int) -> tuple[str, int]:
        # The text around a line, and where that begins in it.
        first = max(line - CONTEXT_LINES, 0)
        around = "".join(self._lines[first : line + CONTEXT_LINES + 1])
        return around, sum(map(len, self._lines[first:line]))

    def _count(self, spots: Iterable[Spot], by: int) -> None:
        for spot in spots:
            if spot.finding is None:
                continue
            token = hash(spot.token)
            before = self._tokens[token]
            self._tokens[token] += by
            if not self._tokens[token]:
                del self._tokens[token]
            if not before or before + by == 0:
                self._came_or_went ^= {token}


def _returns(lines: list[str]) -> int:
    # The lines that end in a lone carriage return.
    return sum(line.endswith("\r") for line in lines)
