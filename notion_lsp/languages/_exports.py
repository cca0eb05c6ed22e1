"""A line by which a script hands a variable on: a lookup of that variable would read the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax


def would_read_itself(syntax: Syntax, site: Site, hole: Hole, exports: str) -> bool:
    """Whether what takes the token's place reads what the text exports under its own name.

    The query captures the names of all that is `exported`. What a store's helper has given the
    variable above is another value of it.
    """
    is_own = hole.variable == site.name and not hole.lookup.definition
    return is_own and hole.variable in syntax.once(_exported, exports)


def _exported(syntax: Syntax, exports: str) -> frozenset[str]:
    return frozenset(each["exported"].of(syntax.text) for each in syntax.found(exports))
