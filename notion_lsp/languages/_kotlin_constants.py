"""Kotlin's constants: one cannot hold a call, so it becomes a property."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.syntax.following import following
from notion_lsp.syntax.literal_edits import without_word
from notion_lsp.syntax.neighbour import word

if TYPE_CHECKING:
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_FIELD = "{} may use this constant as a field: write it with @JvmField instead of const first."


def as_properties(syntax: Syntax, site: Site) -> tuple[Edit, ...]:
    """Return the edits that make properties of a constant and what is made from it."""
    names = [each.of(syntax.text) for each in site.captures["constant_name"]]
    consts = {each.const for each in following(syntax, names)} | {site.captures["const"][0]}
    return tuple(without_word(syntax.text, each) for each in sorted(consts))


def used_as_field(syntax: Syntax, site: Site, mentioning: Mentioning) -> Refused | None:
    """Refuse where code in another language may use the constant.

    That has a function for a property, and a field for a constant (Kotlin, "Calling Kotlin from
    Java").
    """
    if "constant" not in site.captures or "shared" not in site.captures:
        return None
    names = [each.of(syntax.text) for each in site.captures["constant_name"]]
    names += [each.name.of(syntax.text) for each in following(syntax, names)]
    others = (each.name for name in names for each in mentioning(word(name)))
    other = next((each for each in others if not each.endswith((".kt", ".kts"))), None)
    return Refused(_FIELD.format(other)) if other else None
