"""Tokens in a format string, which become arguments beside its other values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.syntax.literal_edits import interpolate
from notion_lsp.text import Edit, Span, free_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site

_WORD, _SIGN = re.compile(r"\w+"), re.compile(r"\W")


def named_arguments(
    text: str, arguments: Span, site: Site, holes: Sequence[Hole]
) -> tuple[Edit, ...]:
    """Return the edits that name each token in braces, and give its value behind all arguments.

    `arguments` is what stands in parentheses, with these.
    """
    given = text[arguments.start : arguments.end - 1].rstrip().removesuffix(",")
    taken = set(_WORD.findall(given)).__contains__
    names = {
        hole.variable: free_name(_SIGN.sub("_", hole.variable).lower(), "_", taken)
        for hole in holes
    }
    values = {hole.variable: hole.expression for hole in holes}
    new = "".join(f", {names[variable]} = {value}" for variable, value in values.items())
    end = arguments.start + len(given)
    edits = interpolate(site, [f"{{{names[hole.variable]}}}" for hole in holes])
    return (*edits, Edit(Span(end, end), new))
