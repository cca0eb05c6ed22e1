"""Whether what a later statement does comes before a value is used."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from notion_lsp.languages._overlaid_place import MOST_NEAR, first_line
from notion_lsp.languages._overlays import WORD
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.languages._overlaid_place import Place
    from notion_lsp.languages._overlays import Named

_OWNER = r"\w+(?:->|[.:$])+"  # of a member
# A function that is called before any other.
_SETS_UP = re.compile(
    r"\b(?:__init__|__construct|constructor|initialize|sub new|main|init|configure|setup|set_up)\b"
)
# Between a collection and a key of it: `options["token"]`, `options.get("token")`, `->{token}`.
_KEY = r"[^\w\s=]{1,4}(?:(?:get|fetch|dig)[^\w\s]{1,3})?"
_NO_SET = r"(?![^\w\s]{0,3}\s*(?:\|\||\?\?|//)?=[^=>~])"
_LONGEST_WAY = 4000  # code points
_LONGEST_LINE = 200  # code points


def run_first(place: Place, functions: Sequence[Span]) -> bool:
    """Whether functions run before all else, as those do that set an object up."""
    # What any other function does may come after the value has been used.
    return all(_SETS_UP.search(first_line(place.syntax, span)) for span in functions)


def is_done_before(place: Place, overlaid: Span) -> bool:
    """Whether a statement above has run when the value is set: it is in no function of its own."""
    return overlaid.end <= place.literal.start and not place.apart("function", overlaid)


def is_read_before(place: Place, later: Named) -> bool:
    """Whether a member is read first, by its name, as `options["token"]` or `self.token`."""
    holder = place.keys[-2] if place.keys[1:] else place.name
    end = place.literal.end + _LONGEST_WAY
    # What is laid over a copy leaves the first as it was.
    is_copy = bool(place.keys) and place.name not in later.words
    between = Span(place.literal.end, end if is_copy else min(later.span.start, end))
    laid = f"{_OWNER}{place.laid}" if WORD.fullmatch(place.laid) else re.escape(place.laid)
    name = rf"{holder}{_KEY}{place.last}" if place.keys else laid
    reads = re.finditer(rf"(?<!\w){name}(?!\w){_NO_SET}", between.of(place.syntax.text))
    at = (Span(between.start + each.start(), between.start + each.end()) for each in reads)
    return any(_comes_before(place, each, later.span) for each in islice(at, MOST_NEAR))


def _comes_before(place: Place, read: Span, later: Span) -> bool:
    # What stands in another function than all else may be called after it.
    around = place.apart("function", read)
    return not place.apart("function", later) or all(span.contains(later) for span in around)


def is_used_before(place: Place, before: int) -> bool:
    """Whether a variable is used between its literal and a place."""
    spans = place.syntax.places(place.name)
    return any(place.literal.end <= span.start < before for span in spans)


def is_made_of_it(place: Place, later: Named) -> bool:
    """Whether what is set uses what it takes the place of, as `token = "Bearer " + token`."""
    text = place.syntax.text
    line = text[later.span.end : later.span.end + _LONGEST_LINE].partition("\n")[0]
    name = re.escape(later.span.of(text))
    return re.search(rf"(?<![\w.:>$@'\"]){name}(?!\w)(?!\s*=[^=>~])", line) is not None


def is_used_around(place: Place, functions: Sequence[Span]) -> bool:
    """Whether a variable is used above the functions that set it, and outside of functions."""
    first = min(span.start for span in functions)
    spans = place.syntax.places(place.name)
    before = (each for each in spans if place.literal.end <= each.start < first)
    return any(not place.apart("function", each) for each in islice(before, MOST_NEAR))
