"""Values that code gives a name, and others may take the place of in a later statement.

All of them are evaluated, also the one that another takes the place of: there a lookup that stops
would stop a program which is given what it needs. So one question is asked of a token that has a
name: may another value be there when it is used? `fit_overlaid` answers it, and yes is one of four:

- All uses of the name stand where something else comes first, as in `given or TOKEN` (`_uses`).
- The name is a member's, and others are laid over its collection or object by keys that are not to
  be seen, as in `settings.update(given)` (`_is_of`).
- The variable is handed to what may fill it, as to `GetOptions`.
- An assignment below may set that very name, or that very member (`_takes`).

An object or a collection is the same one where all words of its name are those by which the code
may call the token's (`_owners`), in the same function, or in the same class (`_is_same`). What is
laid over it later counts only if nothing has read the token before (`_is_read`, `_is_used`); a
function that is another than the token's counts only if it runs before all else (`_set_up`). An
assignment that always happens does not count: the token above it is never used.

The literal's own query has the name as `@laid`, and of a collection the keys down to the value as
`@laid_key`; of what a class has for all of its objects, the class is `@laid_in`. A query of the
language's, over the whole text, has these captures, each in a row of its own:

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

from notion_lsp.languages._overlaid_itself import is_made_of_itself
from notion_lsp.languages._overlaid_place import Around, Place, first_line, line_of
from notion_lsp.languages._overlays import words_of
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.languages._overlays import Named
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
    names = tuple(each[-1] for each in keys if each)
    place = Place(syntax, overlays, site.literal.span, laid[0], names)
    owners = [span.of(syntax.text) for span in site.captures.get("laid_in", ())]
    uses = _uses_of_member(place, owners[0]) if owners else _uses(place)
    is_fallback = bool(uses) and place.overlays.fallbacks.issuperset(uses)
    is_laid_over = _is_member_laid_over if place.is_member else _is_variable_set
    return as_default(site) if is_fallback or is_laid_over(place) else site


class _Owners(NamedTuple):
    """What code may call that of which a value is a member."""

    names: set[str] | frozenset[str]
    roots: set[str]  # with one of which a name of the member begins
    known: set[str]  # of which the name consists

    def have(self, words: Sequence[str]) -> bool:
        """Whether a name of these words is theirs: of `session.headers` they are another's."""
        return words[0] in self.roots and self.known.issuperset(words)


def _is_member_laid_over(place: Place) -> bool:
    owners = _owners(place)
    overlays = (place.overlays.overlaid.get(name, ()) for name in owners.names)
    overlaid = (each for names in overlays for each in _near(names, place.literal))
    if any(_is_of(place, each) for each in overlaid if owners.have(each.words)):
        return True
    own = (each for each in _sets_below(place) if owners.have(each.words))
    return any(_takes(place, each) for each in own if owners.names.intersection(each.words[:-1]))


def _is_variable_set(place: Place) -> bool:
    sets = (each for each in _sets_below(place) if len(each.words) == 1)
    return place.name in place.overlays.taken or any(_takes(place, each) for each in sets)


def _owners(place: Place) -> _Owners:
    words = words_of(place.laid)
    copies = place.overlays.copies.get(place.name, ())
    holders = {*words, *(copy[-1] for copy in copies), *place.keys[:-1]}
    roots = {*words[:1], *(copy[0] for copy in copies)}
    if place.innermost == "class":
        roots |= {"self", *place.classes}
    roots |= _OWNERS if roots & _OWNERS else set()
    known = {*words, *place.keys, *chain(*copies), *roots}
    return _Owners(holders if place.keys else _OWNERS, roots, known)


def _near(names: Sequence[Named], at: Span) -> Sequence[Named]:
    first = bisect_left(names, (at,))
    return names[max(0, first - _MOST_BELOW) : first + _MOST_BELOW]


def _sets_below(place: Place) -> Sequence[Named]:
    sets = place.overlays.sets.get(place.last, ())
    first = bisect_left(sets, (place.literal,))
    return sets[first : first + _MOST_BELOW]


def _is_of(place: Place, overlaid: Named) -> bool:
    around = (each for each in place.around(place.literal) if each.kind != "branch")
    usual = Around("", overlaid.span)
    kind, innermost = max(around, key=lambda each: each.span.start, default=usual)
    is_local = kind == "function" and _WORD.fullmatch(place.laid.lstrip("$%"))
    if is_local and not innermost.contains(overlaid.span):
        return False
    if is_made_of_itself(place.syntax.text, overlaid.span.start):
        return False
    return _is_same(place, overlaid) and not _is_read(place, overlaid)


def _is_same(place: Place, later: Named) -> bool:
    # Not a variable of another function, nor what another class has.
    laid, functions = words_of(place.laid), place.apart("function", later.span)
    if len(laid) == 1 and later.words[:1] == laid and laid[0] not in place.overlays.shared:
        given = _near(place.overlays.given.get(laid[0], ()), later.span)
        return not any(span.contains(each.span) for span in functions for each in given)
    if later.words[0] not in _OWNERS:
        return True
    if not _set_up(place, functions):
        return False
    # `self` and its like are another object in each class, but for those made of the first.
    classes = place.apart("class", later.span)
    lines = (words_of(line_of(place.syntax, each)) for each in classes)
    return not classes or any(not place.classes.isdisjoint(line) for line in lines)


def _set_up(place: Place, functions: Sequence[Span]) -> bool:
    # What any other function does may come after the value has been used.
    return all(_SETS_UP.search(first_line(place.syntax, span)) for span in functions)


def _is_read(place: Place, later: Named) -> bool:
    # By the name that it is given under, as `options["token"]` or `self.token`.
    holder = place.keys[-2] if place.keys[1:] else place.name
    end = place.literal.end + _LONGEST_WAY
    # What is laid over a copy leaves the first as it was.
    is_copy = bool(place.keys) and place.name not in later.words
    between = Span(place.literal.end, end if is_copy else min(later.span.start, end))
    laid = f"{_OWNER}{place.laid}" if _WORD.fullmatch(place.laid) else re.escape(place.laid)
    name = rf"{holder}{_KEY}{place.last}" if place.keys else laid
    reads = re.finditer(rf"(?<!\w){name}(?!\w){_NO_SET}", between.of(place.syntax.text))
    at = (Span(between.start + each.start(), between.start + each.end()) for each in reads)
    return any(_comes_before(place, each, later.span) for each in islice(at, _MOST_BELOW))


def _comes_before(place: Place, read: Span, later: Span) -> bool:
    # What stands in another function than all else may be called after it.
    around = place.apart("function", read)
    return not place.apart("function", later) or all(span.contains(later) for span in around)


def _takes(place: Place, later: Named) -> bool:
    # Where the code may not come to what sets it, or another function does that.
    functions, classes = (place.apart(kind, later.span) for kind in ("function", "class"))
    is_sure = not (functions or classes or place.apart("branch", later.span))
    if is_sure or _is_used_in(place, later) or not _set_up(place, functions):
        return False
    if len(later.words) > 1:
        return _is_same(place, later) and not _is_read(place, later)
    if classes:
        return False
    if functions:
        is_shared = later.words[0] in place.overlays.shared
        return is_shared and not _is_used_around(place, functions)
    return not _is_used(place, later.span.start)


def _is_used(place: Place, before: int) -> bool:
    spans = place.syntax.places(place.name)
    return any(place.literal.end <= span.start < before for span in spans)


def _is_used_in(place: Place, later: Named) -> bool:
    # `token = "Bearer " + token` uses the value that it takes the place of.
    text = place.syntax.text
    line = text[later.span.end : later.span.end + _LONGEST_LINE].partition("\n")[0]
    name = re.escape(later.span.of(text))
    return re.search(rf"(?<![\w.:>$@'\"]){name}(?!\w)(?!\s*=[^=>~])", line) is not None


def _is_used_around(place: Place, functions: Sequence[Span]) -> bool:
    # Before the functions that set it, and in none that may be called after these.
    first = min(span.start for span in functions)
    spans = place.syntax.places(place.name)
    before = (each for each in spans if place.literal.end <= each.start < first)
    return any(not place.apart("function", each) for each in islice(before, _MOST_BELOW))


def _uses(place: Place) -> list[Span]:
    if place.keys or not _WORD.fullmatch(place.laid):
        return []
    return [span for span in place.syntax.places(place.name) if span.start > place.literal.end]


def _uses_of_member(place: Place, owner: str) -> list[Span]:
    # As `Client.token`, of what the class itself has.
    member = re.compile(rf"(?:\.|::\$?){re.escape(place.name)}(?!\w)")
    at = place.syntax.places(owner)
    found = ((each, member.match(place.syntax.text, each.end)) for each in at)
    return [Span(each.start, read.end()) for each, read in found if read]
