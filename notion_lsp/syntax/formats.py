"""Formats: a token in one is passed as a value, so that the format stays a constant."""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.refused import Refused
from notion_lsp.syntax.literal_edits import interpolate
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from notion_lsp.syntax.site import Site


class Style(NamedTuple):
    """How a family of functions writes formats.

    `conversion` finds what stands for values or, without its group `takes`, for its own sign;
    `numbered` finds what says which value it takes; `hole` takes a text.
    """

    conversion: re.Pattern[str]
    numbered: re.Pattern[str]
    hole: str


def pass_values(
    site: Site, style: Style, values: Sequence[str], arguments: Sequence[Span]
) -> tuple[Edit, ...] | Refused:
    """Return the edits that put holes in place of the tokens, and the values among the arguments.

    `arguments` are those behind the format, in their order.
    """
    parts = site.literal.parts
    if any(map(style.numbered.search, parts)):
        return Refused("The format numbers its values: pass the token as one of them.")
    taken = list(accumulate(_taken(style, part) for part in parts[:-1]))
    if taken[-1] > len(arguments):
        return Refused("The format takes more values than stand here.")
    ends = [site.literal.span.end, *(span.end for span in arguments)]
    added = [
        Edit(Span(ends[index], ends[index]), f", {value}")
        for index, value in zip(taken, values, strict=True)
    ]
    return (*interpolate(site, [style.hole] * len(values)), *_joined(added))


def _taken(style: Style, part: str) -> int:
    found = [each["takes"] for each in style.conversion.finditer(part)]
    # A star is a width or a precision that is a value too, as in `%.*s`.
    return sum(1 + takes.count("*") for takes in found if takes)


def _joined(edits: Sequence[Edit]) -> list[Edit]:
    # Those at one place become one, in their order.
    return [
        Edit(span, "".join(edit.new_text for edit in same))
        for span, same in groupby(edits, key=lambda edit: edit.span)
    ]
