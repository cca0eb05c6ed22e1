"""Values that code gives a name, and others may take the place of in a later statement.

All of them are evaluated, also the one that another takes the place of. The literal's own query has
the name as `@laid`, and of a collection the keys down to the value as `@laid_key`; of what a class
has for all of its objects, the class is `@laid_in`. A query of the language's, over the whole text,
has these captures, each in a row of its own:

- `@overlaid`: a collection or an object that others are laid over, by keys that are not to be seen.
- `@taken`: a variable that is handed to what may give it a value.
- `@set`: what an assignment gives a value.
- `@shared`: a name that a function sets for the text around it, too.
- `@target` with its `@given`: a name that may be a copy of another.
- `@fallback`: what is taken only where something else has no value; of one under a `@condition`,
  the `@other` is what the condition asks for.
- `@branch`: a statement that may not run, or not to its end; `@function` and `@class`, likewise.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages._overlays import overlays_of, words_of
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.languages._overlays import Set
    from notion_lsp.syntax.site import Site, Syntax

_DEPTH = 3
_WORD = re.compile(r"[^\W\d]\w*")
_OWNER = r"\w+(?:->|[.:$])+"  # of a member
# What code calls the object itself, and what sets a member of that by a name.
_OWNERS = frozenset({"cls", "instance_variable_set", "self", "static", "this"})
# Of one name that is set many times, those further below are other functions'.
_MOST_BELOW = 20
# A function that is called before any other.
_SETS_UP = re.compile(
    r"\b(?:__init__|__construct|constructor|initialize|sub new|main|init|configure|setup|set_up)\b"
)
_OPENING = 80  # code points
_CLASS = re.compile(r"\b(?:class|module)\s+(?P<name>\w+)")
# Between a collection and a key of it: `options["token"]`, `options.get("token")`, `->{token}`.
_KEY = r"[^\w\s=]{1,4}(?:(?:get|fetch|dig)[^\w\s]{1,3})?"
_NO_SET = r"(?![^\w\s]{0,3}\s*(?:\|\||\?\?|//)?=[^=>~])"
_LONGEST_WAY = 4000  # code points
_LONGEST_LINE = 200  # code points


def nested(collection: str, member: str) -> str:
    """Return the query of a collection with a member at any of a few depths.

    `collection` has `%s` where the member stands, or another such collection.
    """
    found = member
    for _ in range(_DEPTH - 1):
        # Of a choice within a choice all but the first is lost where it is not the last.
        found = f"[{collection % found} {member}]"
    return collection % found


def as_default(site: Site) -> Site:
    """Return the site as that of a default which is evaluated whether it is needed or not."""
    captures = {**site.captures, "default": (site.literal.span,)}
    return replace(site, fallback=False, replaced=None, instead=None, captures=captures)


def fit_overlaid(syntax: Syntax, site: Site, overlays: str) -> Site:
    """Return the site, as that of a default where another value may take its place later."""
    laid = [span.of(syntax.text) for span in site.captures.get("laid", ())]
    if not laid or site.replaced or site.fallback:
        return site
    keys = [words_of(span.of(syntax.text)) for span in site.captures.get("laid_key", ())]
    place = _Place(site.literal.span, laid[0], tuple(each[-1] for each in keys if each))
    owners = [span.of(syntax.text) for span in site.captures.get("laid_in", ())]
    uses = _uses_of_member(syntax, place, owners[0]) if owners else _uses(syntax, place)
    is_fallback = bool(uses) and syntax.once(overlays_of, overlays).fallbacks.issuperset(uses)
    is_default = is_fallback or _is_laid_over(syntax, place, overlays)
    return as_default(site) if is_default else site


class _Place(NamedTuple):
    """What holds a literal: the name that is given it, and the keys that lead to it from there."""

    literal: Span
    laid: str
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        """The last word of the name."""
        return (words_of(self.laid) or [""])[-1]

    @property
    def last(self) -> str:
        """What the value itself is called."""
        return self.keys[-1] if self.keys else self.name


def _is_laid_over(syntax: Syntax, place: _Place, query: str) -> bool:
    overlays = syntax.once(overlays_of, query)
    copies = [words for words in overlays.copies.get(place.name, ()) if words]
    holders = {*words_of(place.laid), *(words[-1] for words in copies), *place.keys[:-1]}
    owners = holders if place.keys else _OWNERS
    is_member = bool(place.keys) or _is_member(syntax, place, query)
    roots = {*words_of(place.laid)[:1], *(words[0] for words in copies)}
    if _innermost(syntax, place, query) == "class":
        roots |= {"self", *_class_names(syntax, place, query)}
    roots |= _OWNERS if roots & _OWNERS else set()
    known = {*words_of(place.laid), *place.keys, *chain(*copies), *roots}
    at = place.literal
    overlaid = (each for name in owners for each in _near(overlays.overlaid.get(name, ()), at))
    # Of `session.headers` the headers are another's.
    named = ((each, words_of(each.of(syntax.text))) for each in overlaid)
    own = (each for each, words in named if words[0] in roots and known.issuperset(words))
    if is_member and any(_is_of(syntax, place, each, query) for each in own):
        return True
    if not is_member and place.name in overlays.taken:
        return True
    sets = overlays.sets.get(place.last, ())
    first = bisect_left(sets, (at,))
    owned = (
        each
        for each in sets[first : first + _MOST_BELOW]
        if (
            each.words[0] in roots
            and known.issuperset(each.words)
            and owners.intersection(each.words[:-1])
            if is_member
            else len(each.words) == 1
        )
    )
    return any(_takes(syntax, place, each, query) for each in owned)


def _near(spans: Sequence[Span], at: Span) -> Sequence[Span]:
    first = bisect_left(spans, at)
    return spans[max(0, first - _MOST_BELOW) : first + _MOST_BELOW]


def _is_member(syntax: Syntax, place: _Place, query: str) -> bool:
    # A member of an object is set as `self.token`, or in its class outside of any function.
    return len(words_of(place.laid)) > 1 or _innermost(syntax, place, query) == "class"


def _innermost(syntax: Syntax, place: _Place, query: str) -> str:
    around = _around(syntax, place.literal, query)
    return max(around, key=lambda each: each[1].start, default=("", None))[0]


def _is_of(syntax: Syntax, place: _Place, overlaid: Span, query: str) -> bool:
    around = (each for each in _around(syntax, place.literal, query) if each[0] != "branch")
    kind, innermost = max(around, key=lambda each: each[1].start, default=("", overlaid))
    is_local = kind == "function" and _WORD.fullmatch(place.laid.lstrip("$%"))
    if is_local and not innermost.contains(overlaid):
        return False
    return _is_same(syntax, place, overlaid, query) and not _is_read(syntax, place, overlaid, query)


def _is_same(syntax: Syntax, place: _Place, later: Span, query: str) -> bool:
    # Not a variable of another function, nor what another class has.
    apart = [each for each in _around(syntax, later, query) if not each[1].contains(place.literal)]
    overlays = syntax.once(overlays_of, query)
    laid, words = words_of(place.laid), words_of(later.of(syntax.text))
    if len(laid) == 1 and words[:1] == laid and laid[0] not in overlays.shared:
        functions = [span for kind, span in apart if kind == "function"]
        given = _near(overlays.given.get(laid[0], ()), later)
        return not any(span.contains(each) for span in functions for each in given)
    if not words or words[0] not in _OWNERS:
        return True
    functions = [span for kind, span in apart if kind == "function"]
    # What any other function lays over may come after the value has been used.
    if any(not _SETS_UP.search(_first_line(syntax, span)) for span in functions):
        return False
    # `self` and its like are another object in each class, but for those made of the first.
    classes = [span for kind, span in apart if kind == "class"]
    if classes:
        names = _class_names(syntax, place, query)
        return any(not names.isdisjoint(words_of(_line(syntax, each))) for each in classes)
    return True


def _class_names(syntax: Syntax, place: _Place, query: str) -> set[str]:
    around = _around(syntax, place.literal, query)
    found = (_CLASS.search(_line(syntax, span)) for kind, span in around if kind == "class")
    return {each["name"] for each in found if each}


def _line(syntax: Syntax, span: Span) -> str:
    start = syntax.text.rfind("\n", max(0, span.start - _OPENING), span.start) + 1
    return syntax.text[max(start, span.start - _OPENING) : span.start] + _first_line(syntax, span)


def _is_read(syntax: Syntax, place: _Place, later: Span, query: str) -> bool:
    # By the name that it is given under, as `options["token"]` or `self.token`.
    holder = place.keys[-2] if place.keys[1:] else place.name
    end = place.literal.end + _LONGEST_WAY
    # What is laid over a copy leaves the first as it was.
    is_copy = bool(place.keys) and place.name not in words_of(later.of(syntax.text))
    between = Span(place.literal.end, end if is_copy else min(later.start, end))
    laid = f"{_OWNER}{place.laid}" if _WORD.fullmatch(place.laid) else re.escape(place.laid)
    name = rf"{holder}{_KEY}{place.last}" if place.keys else laid
    reads = re.finditer(rf"(?<!\w){name}(?!\w){_NO_SET}", between.of(syntax.text))
    at = (Span(between.start + each.start(), between.start + each.end()) for each in reads)
    return any(_comes_before(syntax, place, each, later, query) for each in islice(at, _MOST_BELOW))


def _comes_before(syntax: Syntax, place: _Place, read: Span, later: Span, query: str) -> bool:
    # What stands in another function than all else may be called after it.
    apart = [span for span in _functions(syntax, later, query) if not span.contains(place.literal)]
    around = [span for span in _functions(syntax, read, query) if not span.contains(place.literal)]
    return not apart or all(span.contains(later) for span in around)


def _functions(syntax: Syntax, span: Span, query: str) -> list[Span]:
    return [each for kind, each in _around(syntax, span, query) if kind == "function"]


def _around(syntax: Syntax, span: Span, query: str) -> Iterator[tuple[str, Span]]:
    for row in syntax.found(query, span):
        for name in ("branch", "function", "class"):
            if name in row and row[name].contains(span):
                yield name, row[name]


def _takes(syntax: Syntax, place: _Place, later: Set, query: str) -> bool:
    # Where the code may not come to what sets it, or another function does that.
    apart = [
        each for each in _around(syntax, later.span, query) if not each[1].contains(place.literal)
    ]
    if not apart or _is_used_in(syntax, later):
        return False
    functions = [span for kind, span in apart if kind == "function"]
    # What any other function sets may come after the value has been used.
    if any(not _SETS_UP.search(_first_line(syntax, span)) for span in functions):
        return False
    if len(later.words) > 1:
        is_same = _is_same(syntax, place, later.span, query)
        return is_same and not _is_read(syntax, place, later.span, query)
    if "class" in {kind for kind, _ in apart}:
        return False
    if functions:
        is_shared = later.words[0] in syntax.once(overlays_of, query).shared
        return is_shared and not _is_used_around(syntax, place, functions, query)
    return not _is_used(syntax, place, later.span.start)


def _first_line(syntax: Syntax, span: Span) -> str:
    return span.of(syntax.text)[:_OPENING].partition("\n")[0]


def _is_used(syntax: Syntax, place: _Place, before: int) -> bool:
    spans = syntax.places(place.name)
    return any(place.literal.end <= span.start < before for span in spans)


def _is_used_in(syntax: Syntax, later: Set) -> bool:
    # `token = "Bearer " + token` uses the value that it takes the place of.
    text = syntax.text
    line = text[later.span.end : later.span.end + _LONGEST_LINE].partition("\n")[0]
    name = re.escape(later.span.of(text))
    return re.search(rf"(?<![\w.:>$@'\"]){name}(?!\w)(?!\s*=[^=>~])", line) is not None


def _is_used_around(syntax: Syntax, place: _Place, functions: Sequence[Span], query: str) -> bool:
    # Before the functions that set it, and in none that may be called after these.
    first = min(span.start for span in functions)
    spans = syntax.places(place.name)
    before = (each for each in spans if place.literal.end <= each.start < first)
    return any(
        all(span.contains(place.literal) for span in _functions(syntax, each, query))
        for each in islice(before, _MOST_BELOW)
    )


def _uses(syntax: Syntax, place: _Place) -> list[Span]:
    if place.keys or not _WORD.fullmatch(place.laid):
        return []
    return [span for span in syntax.places(place.name) if span.start > place.literal.end]


def _uses_of_member(syntax: Syntax, place: _Place, owner: str) -> list[Span]:
    # As `Client.token`, of what the class itself has.
    member = re.compile(rf"(?:\.|::\$?){re.escape(place.name)}(?!\w)")
    found = ((each, member.match(syntax.text, each.end)) for each in syntax.places(owner))
    return [Span(each.start, read.end()) for each, read in found if read]
