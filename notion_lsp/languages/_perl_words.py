"""Perl's `qw`, which takes its words as they stand: with a lookup it becomes a list of strings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.syntax.literal_edits import interpolate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site
    from notion_lsp.text import Edit

_WORD = re.compile(r"\S+")
_JOINS = " . "


def list_of_words(site: Site, holes: Sequence[Hole], opening: str) -> tuple[Edit, ...]:
    """Return the edits that write such a list as strings and lookups, behind an opening."""
    parts = site.literal.parts
    ends = re.compile(rf"\\(?=[\{site.literal.opening[-1]}\{site.literal.closing}])")
    last = len(parts) - 1
    words = [
        _strings(part, ends, behind=index > 0, before=index < last)
        for index, part in enumerate(parts)
    ]
    expressions = [
        _element(hole, parts[index], parts[index + 1], is_last=index + 1 == last)
        for index, hole in enumerate(holes)
    ]
    return interpolate(site, expressions, opening=opening, parts=words, closing=")")


def _strings(part: str, ends: re.Pattern[str], *, behind: bool, before: bool) -> str:
    # A word that touches a token is a part of one word with it.
    def string(found: re.Match[str]) -> str:
        joins = _JOINS if behind and not found.start() else ""
        touches = before and found.end() == len(part)
        is_last = not before and not part[found.end() :].strip()
        word = ends.sub("", found[0]).replace("'", "\\'")
        return f"{joins}'{word}'{_JOINS if touches else '' if is_last else ','}"

    return _WORD.sub(string, part)


def _element(hole: Hole, before: str, after: str, *, is_last: bool) -> str:
    touches = bool(after[:1].strip())
    ends = "" if touches or (is_last and not after.strip()) else ","
    is_part = touches or before[-1:].strip()
    return f"({hole.expression}){ends}" if is_part else f"{hole.expression}{ends}"
