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
- `@fallback`: what is taken only where something else has no value.
- `@branch`: a statement that may not run, or not to its end; `@function` and `@class`, likewise.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from notion_lsp.syntax.site import Site, Syntax

_DEPTH = 3
_WORD = re.compile(r"[^\W\d]\w*")
# What code calls the object itself, and what sets a member of that by a name.
_OWNERS = frozenset({"cls", "instance_variable_set", "self", "static", "this"})
# What makes a copy of a collection, which then has the same values.
_COPY = re.compile(
    r"(?:[\s{\[(&%$]|\*\*|\.{3}|new\b|[\w.:]{0,80}(?:dict|[Cc]opy|[Cc]lone\w*|create|parse|stringify|Map"
    r"|Namespace|OpenStruct\.new)\()*(?P<name>[$@\w.:>-]*\w)(?:\(\))?\s*(?:[,)}\]]|\Z)"
)
_COPIES = re.compile(r"(?:\.|->)(?:clone|copy|deep_dup|dup)\Z")
_LONGEST_COPY = 200  # code points
# Of one name that is set many times, those further below are other functions'.
_MOST_BELOW = 20
# A function that is called before any other.
_SETS_UP = re.compile(
    r"\b(?:__init__|__construct|constructor|initialize|sub new|main|init|configure|setup|set_up)\b"
)
_OPENING = 80  # code points


def nested(collection: str, member: str) -> str:
    """Return the query of a collection with a member at any of a few depths.

    `collection` has `%s` where the member stands, or another such collection.
    """
    found = member
    for _ in range(_DEPTH - 1):
        found = f"[{member} {collection % found}]"
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
    keys = [_words(span.of(syntax.text)) for span in site.captures.get("laid_key", ())]
    place = _Place(site.literal.span, laid[0], tuple(each[-1] for each in keys if each))
    owners = [span.of(syntax.text) for span in site.captures.get("laid_in", ())]
    uses = _uses_of_member(syntax, place, owners[0]) if owners else _uses(syntax, place)
    is_fallback = bool(uses) and syntax.once(_overlays, overlays).fallbacks.issuperset(uses)
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
        return (_words(self.laid) or [""])[-1]

    @property
    def last(self) -> str:
        """What the value itself is called."""
        return self.keys[-1] if self.keys else self.name


class _Set(NamedTuple):
    span: Span
    words: Sequence[str]


class _Overlays(NamedTuple):
    """What a text lays over others, by the last word of each name."""

    overlaid: Mapping[str, Sequence[Span]]
    sets: Mapping[str, Sequence[_Set]]
    copies: Mapping[str, Sequence[str]]
    shared: frozenset[str]
    taken: frozenset[str]
    fallbacks: frozenset[Span]


def _words(text: str) -> list[str]:
    # In Ruby `@token` is a member, as `self.token` is.
    return [*(["self"] if text.startswith("@") else []), *_WORD.findall(text)]


def _overlays(syntax: Syntax, query: str) -> _Overlays:
    shared, taken, fallbacks = set[str](), set[str](), set[Span]()
    overlaid: dict[str, list[Span]] = {}
    sets: dict[str, list[_Set]] = {}
    copies: dict[str, list[str]] = {}
    for row in syntax.found(query):
        if "shared" in row:
            shared.update(_words(row["shared"].of(syntax.text)))
        if "taken" in row:
            taken.update(_words(row["taken"].of(syntax.text)))
        elif "overlaid" in row:
            for word in _words(row["overlaid"].of(syntax.text))[-1:]:
                overlaid.setdefault(word, []).append(row["overlaid"])
        elif "fallback" in row:
            fallbacks.add(row["fallback"])
        elif "set" in row and (words := _words(row["set"].of(syntax.text))):
            sets.setdefault(words[-1], []).append(_Set(row["set"], words))
        elif "given" in row and (copied := _copied(row["given"].of(syntax.text))):
            copies.setdefault(copied, []).extend(_words(row["target"].of(syntax.text))[-1:])
    return _Overlays(
        {name: sorted(spans) for name, spans in overlaid.items()},
        {name: sorted(each) for name, each in sets.items()},
        copies,
        frozenset(shared),
        frozenset(taken),
        frozenset(fallbacks),
    )


def _copied(given: str) -> str | None:
    found = _COPY.match(given) if len(given) <= _LONGEST_COPY else None
    words = _words(_COPIES.sub("", found["name"])) if found else []
    return words[-1] if words else None


def _is_laid_over(syntax: Syntax, place: _Place, query: str) -> bool:
    overlays = syntax.once(_overlays, query)
    copies = overlays.copies.get(place.name, ())
    holders = {*_words(place.laid), *copies, *place.keys[:-1]}
    owners = holders if place.keys else _OWNERS
    is_member = bool(place.keys) or _is_member(syntax, place, query)
    at = place.literal
    overlaid = (each for name in owners for each in _near(overlays.overlaid.get(name, ()), at))
    if is_member and any(_is_of(syntax, place, each, query) for each in overlaid):
        return True
    if not is_member and place.name in overlays.taken:
        return True
    sets = overlays.sets.get(place.last, ())
    first = bisect_left(sets, (at,))
    owned = (
        each
        for each in sets[first : first + _MOST_BELOW]
        if (owners.intersection(each.words[:-1]) if is_member else len(each.words) == 1)
    )
    return any(_takes(syntax, place, each, query) for each in owned)


def _near(spans: Sequence[Span], at: Span) -> Sequence[Span]:
    first = bisect_left(spans, at)
    return spans[max(0, first - _MOST_BELOW) : first + _MOST_BELOW]


def _is_member(syntax: Syntax, place: _Place, query: str) -> bool:
    # Of an object: `self.token = …`, or what stands in a class and in none of its functions.
    if len(_words(place.laid)) > 1:
        return True
    around = list(_around(syntax, place.literal, query))
    innermost = max(around, key=lambda each: each[1].start, default=("", None))
    return innermost[0] == "class"


def _is_of(syntax: Syntax, place: _Place, overlaid: Span, query: str) -> bool:
    around = list(_around(syntax, place.literal, query))
    innermost = max(around, key=lambda each: (each[0] != "branch", each[1].start), default=None)
    if innermost and innermost[0] == "function" and _WORD.fullmatch(place.laid.lstrip("$%")):
        return innermost[1].contains(overlaid)  # A variable of its own.
    # `self` and its like are another object in each class.
    if overlaid.of(syntax.text).lstrip("$") not in _OWNERS:
        return True
    classes = [each for kind, each in _around(syntax, overlaid, query) if kind == "class"]
    return not classes or any(each.contains(place.literal) for each in classes)


def _around(syntax: Syntax, span: Span, query: str) -> Iterator[tuple[str, Span]]:
    for row in syntax.found(query, span):
        for name in ("branch", "function", "class"):
            if name in row and row[name].contains(span):
                yield name, row[name]


def _takes(syntax: Syntax, place: _Place, later: _Set, query: str) -> bool:
    # Where the code may not come to what sets it, or another function does that.
    apart = [
        each for each in _around(syntax, later.span, query) if not each[1].contains(place.literal)
    ]
    if not apart:
        return False
    functions = [span for kind, span in apart if kind == "function"]
    # What any other function sets may come after the value has been used.
    if any(not _SETS_UP.search(_first_line(syntax, span)) for span in functions):
        return False
    if len(later.words) > 1:
        return True
    if "class" in {kind for kind, _ in apart}:
        return False
    if functions:
        return later.words[0] in syntax.once(_overlays, query).shared
    return not _is_used(syntax, place, later.span.start)


def _first_line(syntax: Syntax, span: Span) -> str:
    return span.of(syntax.text)[:_OPENING].partition("\n")[0]


def _is_used(syntax: Syntax, place: _Place, before: int) -> bool:
    spans = syntax.places(place.name)
    return any(place.literal.end <= span.start < before for span in spans)


def _uses(syntax: Syntax, place: _Place) -> list[Span]:
    if place.keys or not _WORD.fullmatch(place.laid):
        return []
    return [span for span in syntax.places(place.name) if span.start > place.literal.end]


def _uses_of_member(syntax: Syntax, place: _Place, owner: str) -> list[Span]:
    # As `Client.token`, of what the class itself has.
    member = re.compile(rf"(?:\.|::\$?){re.escape(place.name)}(?!\w)")
    found = ((each, member.match(syntax.text, each.end)) for each in syntax.places(owner))
    return [Span(each.start, read.end()) for each, read in found if read]
