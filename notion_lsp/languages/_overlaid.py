"""Values that code gives a name, and lays others over in a later statement.

All of them are evaluated, also the one that another takes the place of. A query has the place where
that happens as `@overlaid`, which is the name; the literal's own query has that name as `@laid`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notion_lsp.syntax.site import Site, Syntax

_DEPTH = 3


def nested(collection: str, member: str) -> str:
    """Return the query of a collection with a member at any of a few depths.

    `collection` has `%s` where the member stands, or another such collection.
    """
    found = member
    for _ in range(_DEPTH - 1):
        found = f"[{member} {collection % found}]"
    return collection % found


def fit_overlaid(syntax: Syntax, site: Site, overlays: str) -> Site:
    """Return the site, as that of a default where the query finds others laid over its value."""
    laid = {span.of(syntax.text) for span in site.captures.get("laid", ())}
    if not laid or not site.literal.whole:
        return site
    overlaid = {row["overlaid"].of(syntax.text) for row in syntax.found(overlays)}
    return site if laid.isdisjoint(overlaid) else as_default(site)


def as_default(site: Site) -> Site:
    """Return the site as that of a default which is evaluated whether it is needed or not."""
    captures = {**site.captures, "default": (site.literal.span,)}
    return replace(site, fallback=False, replaced=None, instead=None, captures=captures)
