"""The functions around a literal, and whether `await` may stand in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notion_lsp.syntax.site import Site
    from notion_lsp.text import Span


def in_async(site: Site) -> bool:
    """Whether the innermost function around the literal, `@function`, is an `@async` one."""
    function = innermost_function(site)
    return function is not None and function in site.captures.get("async", ())


def innermost_function(site: Site) -> Span | None:
    """Return the smallest `@function` around the literal."""
    # Functions nest, and the innermost one decides whether `await` is legal.
    around = [
        span for span in site.captures.get("function", ()) if span.contains(site.literal.span)
    ]
    return min(around, key=lambda span: span.size, default=None)
