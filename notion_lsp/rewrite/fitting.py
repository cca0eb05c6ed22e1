"""The form of a lookup that fits the place of a token."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.lookup import WITHIN, Lookup

if TYPE_CHECKING:
    from notion_lsp.languages import Language
    from notion_lsp.refused import Refused
    from notion_lsp.syntax.site import Site

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def fitting(language: Language, site: Site, lookup: Lookup) -> Lookup | None:
    """Return what reads the secret at a place, `None` where nothing may read it there.

    Code that has read the variable itself does not read it again. A default that is evaluated
    whether it is needed or not may not stop the program; a part that ends alone cannot stop it, and
    need not where the language checks the variable above.
    """
    if site.instead is not None:
        return _instead(site.instead, language.environment, lookup)
    if site.fallback and not site.replaced:
        return lookup.replaced_by(lookup.stops) if lookup.stops else lookup
    if site.literal.span in site.captures.get("apart", ()):
        return lookup.apart()
    if site.replaced or site.literal.span not in site.captures.get("default", ()):
        is_checked = "checked" in site.captures and lookup.lenient
        return lookup.replaced_by(lookup.lenient) if is_checked else lookup
    return lookup.replaced_by(lookup.lenient) if lookup.lenient else None


def _instead(expression: str, own: Lookup | Refused, lookup: Lookup) -> Lookup | None:
    made = _made(expression, own, lookup)
    # Where code runs with a lookup of its own, what others need may be missing.
    return made if made and _has_all(made, expression) else None


def _within(expression: str, own: Lookup | Refused, lookup: Lookup) -> Lookup:
    others = own.elsewhere if isinstance(own, Lookup) else ()
    named = (each for each in others if f"{{{each.name}}}" in expression)
    return replace(
        lookup,
        expression=expression.replace(WITHIN, lookup.expression),
        requirements=(*lookup.requirements, *named),
    )


def _has_all(lookup: Lookup, expression: str) -> bool:
    named = {"lookup", "name", *(each.name for each in lookup.requirements)}
    return named.issuperset(_PLACEHOLDER.findall(expression))


def _made(expression: str, own: Lookup | Refused, lookup: Lookup) -> Lookup | None:
    if WITHIN in expression:
        return None if lookup.awaits else _within(expression, own, lookup)
    # What a library reads by itself is the environment, and no other store.
    return lookup.replaced_by(expression) if lookup == own else None
