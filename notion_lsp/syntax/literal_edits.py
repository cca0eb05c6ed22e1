"""The edits that put expressions where the tokens of a literal stand.

Only what changes is edited: what a literal keeps may hold another token, in a literal of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, takewhile
from operator import eq
from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.syntax.literal import Literal
    from notion_lsp.syntax.site import Site

# A pair of backslashes is an escape of its own, and leaves the next character alone.
_OPEN_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
BACKSLASH = Refused(
    "A backslash before the token changes what the string means: take it out first."
)


def replace_literal(site: Site, new: str) -> tuple[Edit, ...]:
    """Return the edit that puts new source where the literal, or what it is a default of, stands.

    It is for a literal that is one token and nothing else.
    """
    return (Edit(site.replaced or site.literal.span, site.wrap.replace("%", new)),)


def replace_by_compound(site: Site, new: str, alone_in: frozenset[str]) -> tuple[Edit, ...]:
    """Return the edit of `replace_literal` for an expression that has an operator.

    It gets parentheses, unless it stands in a node of a type in `alone_in`, or in what the site
    puts around it.
    """
    alone = site.replaced or site.wrap != "%" or site.literal.parent in alone_in
    return replace_literal(site, new if alone else f"({new})")


def interpolate(
    site: Site,
    holes: Sequence[str],
    *,
    opening: str | None = None,
    parts: Sequence[str] | None = None,
    closing: str | None = None,
) -> tuple[Edit, ...]:
    """Return the edits that put source in place of each token, and of the rest where it is given.

    `holes` are as many as the literal's tokens, `parts` as many as its parts.
    """
    literal = site.literal
    before, _, after = site.wrap.partition("%")
    opens = before + (literal.opening if opening is None else opening)
    closes = (literal.closing if closing is None else closing) + after
    start = Span(literal.span.start, literal.span.start + len(literal.opening))
    end = Span(literal.span.end - len(literal.closing), literal.span.end)
    texts = [Edit(start, opens), *map(Edit, literal.tokens, holes), Edit(end, closes)]
    kept = pairwise([start, *literal.tokens, end])
    changed = [
        _changed(Span(left.end, right.start), old, new)
        for (left, right), old, new in zip(kept, literal.parts, parts or literal.parts, strict=True)
        if new != old
    ]
    same = {Edit(start, literal.opening), Edit(end, literal.closing)}
    return _joined([edit for edit in (*texts, *changed) if edit not in same])


def concatenate(
    site: Site,
    expressions: Sequence[str],
    operator: str,
    *,
    alone: bool,
    parts: Sequence[str] | None = None,
) -> tuple[Edit, ...]:
    """Return the edits that add strings and expressions, in parentheses unless they stand alone."""
    literal = site.literal
    if literal.whole:
        return replace_literal(site, expressions[0])
    # An operator beside the string could bind tighter than the one that joins its pieces.
    start, end = ("", "") if alone else ("(", ")")
    opened = [f"{operator}{literal.opening}" if part else "" for part in literal.parts[1:]]
    closed = [f"{literal.closing}{operator}" if part else "" for part in literal.parts[:-1]]
    # Between two tokens without a text, one operator joins the two.
    closed[1:] = [each or operator for each in closed[1:]]
    holes = [f"{c}{e}{o}" for c, e, o in zip(closed, expressions, opened, strict=True)]
    return interpolate(
        site,
        holes,
        opening=start + (literal.opening if literal.parts[0] else ""),
        parts=parts,
        closing=(literal.closing if literal.parts[-1] else "") + end,
    )


def closed(site: Site, closing: str) -> Site:
    """Return the site of a literal that ends with something else than it begins with."""
    literal = site.literal
    *others, last = literal.parts
    if literal.closing or not last.endswith(closing):
        return site
    parts = (*others, last.removesuffix(closing))
    return replace(site, literal=literal._replace(parts=parts, closing=closing))


def escaped(literal: Literal) -> Refused | None:
    """Refuse where a backslash takes a token's first character, and would take a hole's."""
    return BACKSLASH if any(map(ends_in_escape, literal.parts[:-1])) else None


def ends_in_escape(text: str) -> bool:
    """Whether the last backslash of a text escapes what follows the text."""
    return _OPEN_ESCAPE.search(text) is not None


def _changed(span: Span, old: str, new: str) -> Edit:
    # A part that is written as a list of lines, as in a notebook, keeps the lines that stay.
    start = _common_length(old, new)
    end = _common_length(old[start:][::-1], new[start:][::-1])
    return Edit(Span(span.start + start, span.end - end), new[start : len(new) - end])


def _common_length(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(bool, map(eq, one, other)))


def _joined(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    # Edits that meet become one.
    joined: list[Edit] = []
    for edit in sorted(edits, key=lambda each: each.span):
        last = joined[-1] if joined else None
        if last and last.span.end == edit.span.start:
            joined[-1] = Edit(Span(last.span.start, edit.span.end), last.new_text + edit.new_text)
        else:
            joined.append(edit)
    return tuple(joined)


def without_word(text: str, word: Span) -> Edit:
    """Return the edit that takes a word out, with the space behind it."""
    rest = text[word.end :]
    return Edit(Span(word.start, len(text) - len(rest.lstrip())), "")
