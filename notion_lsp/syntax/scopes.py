"""Constants of one name, each in a scope of its own: which one a place means.

A language names them in its outline: a `@scoped_name` is that of a constant which stands in the
scope `@scoped_in`, such as the body of a type or a module. An `@own_name` is that of one which the
text has for itself, whatever others have of that name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.text import overlapping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

_NEAR = 100  # characters, among which a name has what stands before it


def scopes_of_others(syntax: Syntax, constant: Span, name: str) -> tuple[Span, ...]:
    """Return the scopes of the other constants that have the name of this one."""
    captures = syntax.outline.captures
    known = zip(captures.get("scoped_name", ()), captures.get("scoped_in", ()), strict=True)
    scopes = (scope for named, scope in known if named.of(syntax.text) == name)
    return tuple(scope for scope in scopes if not scope.contains(constant))


def has_its_own(syntax: Syntax, name: str) -> bool:
    """Whether the text means a constant of its own by a name, and none of another text."""
    return name in {each.of(syntax.text) for each in syntax.outline.captures.get("own_name", ())}


def means_another(text: str, others: Sequence[Span]) -> Callable[[Span], bool]:
    """Return what tells whether a place of the name stands in one of these scopes, without path."""
    is_in = overlapping(others)

    def tell(place: Span) -> bool:
        before = text[max(place.start - _NEAR, 0) : place.start].rstrip()
        return is_in(place) and not before.endswith((".", ":"))

    return tell
