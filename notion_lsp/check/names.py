"""Tokens in the names of files and folders."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.detect.prefilters import plain_texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.ignore.ignore_file import Ignored

# What the path of a file holds if a token may stand in it.
LIKE_A_TOKEN = re.compile("|".join(map(re.escape, plain_texts(TOKEN_KINDS))).encode())


def may_hold_a_token(path: PurePath) -> bool:
    """Whether a token may stand in the path."""
    return bool(LIKE_A_TOKEN.search(os.fsencode(path)))


def tokens_in(name: str) -> list[str]:
    """Return the tokens in the name or path of a file."""
    from notion_lsp.detect.finding import token_of
    from notion_lsp.detect.plain import find_plain

    return [token_of(name, finding) for finding in find_plain(name, edges=False)]


def in_name(name: str, ignored: Ignored, seen: set[str]) -> Iterator[Excerpt]:
    """Yield the tokens in a file's name that nobody has said no to.

    That of a folder counts for one of its files: `seen` gathers the names up to their tokens.
    """
    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.detect.finding import token_of
    from notion_lsp.detect.plain import find_plain
    from notion_lsp.positions import Origin

    found = find_plain(name, edges=False)
    for finding in found:
        until = ignored.until(token_of(name, finding), 0)
        if not ignored.holds(until) and name[: finding.span.end] not in seen:
            yield Excerpt(name, Origin(), finding, found, until, in_name=True)
        seen.add(name[: finding.span.end])
