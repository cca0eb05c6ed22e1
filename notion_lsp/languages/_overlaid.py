"""Values that a later statement may take the place of.

    settings = {"token": "TOKEN"}
    settings.update(given)

All of them are evaluated, also the one that another takes the place of: there a lookup that stops
would stop a program which is given what it needs. So one question is asked of a token that has a
name: may another value be there when it is used? `fit_overlaid` answers it, and yes is one of four:

- All uses of the name stand where something else comes first, as in `given or TOKEN`.
- The name is a member's, and others are laid over its collection or object by keys that are not to
  be seen, as above.
- The variable is handed to what may fill it, as to `GetOptions`.
- An assignment below may set that very name, or that very member.

A statement below counts if it is about the same thing, which `_overlaid_same` tells, and comes
before the token is used, which `_overlaid_order` tells. An assignment that always happens does not
count: the token above it is never used. `_overlays` says how a language finds the statements.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import _overlaid_order as order
from notion_lsp.languages._overlaid_itself import is_made_of_itself
from notion_lsp.languages._overlaid_place import Place, near
from notion_lsp.languages._overlaid_same import is_in_sight, is_same, owners_of
from notion_lsp.languages._overlays import WORD, words_of
from notion_lsp.text import Span

if TYPE_CHECKING:
    from notion_lsp.languages._overlays import Named
    from notion_lsp.syntax.site import Site, Syntax

_DEPTH = 3


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
    is_any_set = any(_may_be_set_by(place, each) for each in place.overlays.anything)
    return as_default(site) if is_fallback or is_any_set or is_laid_over(place) else site


def _is_member_laid_over(place: Place) -> bool:
    owners = owners_of(place)
    overlays = (place.overlays.overlaid.get(name, ()) for name in owners.names)
    overlaid = (each for names in overlays for each in near(names, place.literal))
    if any(_is_laid_over_by(place, each) for each in overlaid if owners.have(each.words)):
        return True
    own = (each for each in place.sets_below if owners.have(each.words))
    return any(_may_set(place, each) for each in own if owners.names & set(each.words[:-1]))


def _is_variable_set(place: Place) -> bool:
    if place.name in place.overlays.taken:
        return True
    return any(_may_set(place, each) for each in place.sets_below if len(each.words) == 1)


def _may_be_set_by(place: Place, anything: Span) -> bool:
    is_variable = WORD.fullmatch(place.laid) and place.innermost != "class"
    is_below = anything.start > place.literal.end and is_in_sight(place, anything)
    return bool(is_variable) and is_below and not order.is_used_before(place, anything.start)


def _is_laid_over_by(place: Place, overlaid: Named) -> bool:
    if not is_in_sight(place, overlaid.span) or order.is_done_before(place, overlaid.span):
        return False
    if is_made_of_itself(place.syntax.text, overlaid.span.start):
        return False
    return is_same(place, overlaid) and not order.is_read_before(place, overlaid)


def _may_set(place: Place, later: Named) -> bool:
    # Where the code may not come to what sets it, or another function does that.
    functions, classes = (place.apart(kind, later.span) for kind in ("function", "class"))
    is_sure = not (functions or classes or place.apart("branch", later.span))
    if is_sure or order.is_made_of_it(place, later) or not order.run_first(place, functions):
        return False
    if len(later.words) > 1:
        return is_same(place, later) and not order.is_read_before(place, later)
    if classes:
        return False
    if functions:
        is_shared = later.words[0] in place.overlays.shared
        return is_shared and not order.is_used_around(place, functions)
    return not order.is_used_before(place, later.span.start)


def _uses(place: Place) -> list[Span]:
    if place.keys or not WORD.fullmatch(place.laid):
        return []
    return [span for span in place.syntax.places(place.name) if span.start > place.literal.end]


def _uses_of_member(place: Place, owner: str) -> list[Span]:
    # As `Client.token`, of what the class itself has.
    member = re.compile(rf"(?:\.|::\$?){re.escape(place.name)}(?!\w)")
    at = place.syntax.places(owner)
    found = ((each, member.match(place.syntax.text, each.end)) for each in at)
    return [Span(each.start, read.end()) for each, read in found if read]
