"""Tokens in the names of files and folders, written out or encoded."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from notion_lsp.detect import prefilters
from notion_lsp.detect.anchors import BEGINNINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import PurePath

    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.detect.finding import Finding
    from notion_lsp.detect.repeated import Known
    from notion_lsp.ignore.ignore_file import Ignored

# All characters of names as one, so that a name of the least length is found fast.
_OUTLINES = bytes(each if each in b"\0/" else ord("x") for each in range(256))
_LONG = b"x" * min(len(each.text) + each.least for each in BEGINNINGS)


def may_hold_a_token(path: PurePath) -> bool:
    """Whether a token may stand in the path."""
    return may_hold(os.fsencode(path))


def like_a_token(listed: bytes) -> Iterator[bytes]:
    """Yield those of the paths, with a zero byte behind each, in which a token may stand."""
    return _beginning(list(_with_long_names(listed)))


def may_hold(path: bytes) -> bool:
    """Whether a token may stand in the path, in bytes as the system has it."""
    return any(_beginning(list(_with_long_names(path))))


def _with_long_names(listed: bytes) -> Iterator[bytes]:
    # Few names are so long, and only those few are searched for all that a token may begin with. To
    # look at each path by itself takes ten times as long.
    outlines = listed.translate(_OUTLINES)
    found = outlines.find(_LONG)
    while found >= 0:
        start, end = listed.rfind(b"\0", 0, found) + 1, listed.find(b"\0", found)
        path = listed[start : end if end >= 0 else None]
        yield path
        found = outlines.find(_LONG, start + len(path))


def _beginning(paths: Sequence[bytes]) -> Iterator[bytes]:
    if not paths:
        return iter(())
    # Most texts that a token may begin with are in none of the paths.
    every = b"\0".join(paths)
    texts = [text for text in prefilters.strings() if text in every]
    return (path for path in paths if any(text in path for text in texts))


def tokens_in(name: str) -> dict[str, Finding]:
    """Return the tokens in the name or path of a file, each with a finding of it."""
    from notion_lsp.detect.finding import token_of
    from notion_lsp.detect.repeated import UNKNOWN

    return {token_of(name, finding): finding for finding in _found(name, UNKNOWN)}


def in_name(name: str, ignored: Ignored, seen: set[str], known: Known) -> Iterator[Excerpt]:
    """Yield the tokens in a file's name that nobody has said no to.

    That of a folder counts for one of its files: `seen` gathers the names up to their tokens. The
    `known` ones were found elsewhere.
    """
    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.detect.finding import token_of
    from notion_lsp.positions import Origin

    found = _found(name, known)
    for finding in found:
        until = ignored.until(token_of(name, finding), 0)
        if not ignored.holds(until) and name[: finding.span.end] not in seen:
            yield Excerpt(name, Origin(), finding, tuple(found), until, in_name=True)
        seen.add(name[: finding.span.end])


def _found(name: str, known: Known) -> Sequence[Finding]:
    from notion_lsp.detect.encoded import find_encoded
    from notion_lsp.detect.repeated import find_written
    from notion_lsp.text import overlapping

    plain = find_written(name, known, edges=False)
    is_taken = overlapping(finding.span for finding in plain)
    hidden = (
        each
        for each in find_encoded(name, known, edges=False)
        if not any(map(is_taken, each.spans))
    )
    return sorted((*plain, *hidden), key=lambda finding: finding.span)
