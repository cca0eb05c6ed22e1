"""A text in pieces: the line around a token, and a file that is too large to be held, in blocks.

Blocks overlap, so that a token at the border of two is found once, with all that is looked at
around it. A line may be as long as the file: what is kept of it is what stands near the token.
"""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.check.excerpts import Excerpt, excerpts
from notion_lsp.detect import custom
from notion_lsp.files import read_write
from notion_lsp.ignore.comments import is_silenced
from notion_lsp.ignore.ignore_file import NOTHING
from notion_lsp.ignore.review import review
from notion_lsp.positions import LineIndex, Origin
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from notion_lsp.detect.custom import Patterns
    from notion_lsp.files.read_write import Unreadable
    from notion_lsp.ignore.ignore_file import Ignored

_BLOCK = 2**22
# How much is seen on each side of a block: more than a token takes, or the context of one.
_OVERLAP = 2**16
_HEAD = 2**10


class Block(NamedTuple):
    """A piece of a text with what stands around it: what is its `own` is that of no other block."""

    text: str
    origin: Origin
    own: Span


def review_file(
    path: Path, ignored: Ignored = NOTHING, patterns: Patterns = custom.NONE
) -> tuple[tuple[Excerpt, ...], Unreadable | None]:
    """Return the findings in a file that nobody has said no to, and why it was not read to its end.

    In a line that is longer than what blocks share, a comment counts near the token alone.
    """
    found: list[Excerpt] = []
    try:
        file = read_write.open_file(path)
        if isinstance(file, read_write.Unreadable):
            return (), file
        with file:
            found.extend(review_stream(file, ignored, patterns=patterns))
    except (OSError, ValueError) as error:
        return tuple(found), read_write.unreadable(path, error)
    return tuple(found), None


def review_stream(
    file: BinaryIO,
    ignored: Ignored = NOTHING,
    size: int = _BLOCK,
    overlap: int = _OVERLAP,
    patterns: Patterns = custom.NONE,
) -> Iterator[Excerpt]:
    """Yield the findings in a file that nobody has said no to, read in blocks of so many bytes."""
    head = file.read(_HEAD)
    bom, encoding = read_write.encoding_of(head)
    file.seek(len(bom))
    escaped = encoding == "utf-8"
    for block in split(_decoded(file, encoding, size), overlap, escaped=escaped):
        if not block.origin.line and is_silenced(block.text):
            return
        left = review(block.text, ignored, block.origin.line, patterns)
        own = [each for each in left.findings if block.own.start <= each.span.start < block.own.end]
        if own:
            index = LineIndex(block.text, block.origin, escaped=escaped)
            yield from excerpts(index, own, left.expired, patterns)


def split(pieces: Iterable[str], overlap: int, *, escaped: bool = False) -> Iterator[Block]:
    """Yield blocks of the text that the pieces make, each of which sees so much around its own.

    Its own begins with a line, if one begins within the overlap.
    """
    text, origin, start = "", Origin(), 0
    for piece in pieces:
        text += piece
        high = len(text) - overlap
        end = _cut(text, max(start, high - overlap), high) if high > start else start
        if end <= start:
            continue
        yield Block(text, origin, Span(start, end))
        kept = _cut(text, max(0, end - 2 * overlap), max(0, end - overlap))
        origin = origin.after(text[:kept], escaped=escaped)
        text, start = text[kept:], end - kept
    yield Block(text, origin, Span(start, len(text)))


def _decoded(file: BinaryIO, encoding: str, size: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(read_write.lenient(encoding))
    start = file.tell()
    # A file that grows is read as far as it went when it was opened.
    end = file.seek(0, os.SEEK_END)
    file.seek(start)
    for _ in range(start, end, size):
        yield decoder.decode(file.read(size))
    yield decoder.decode(b"", final=True)


def _cut(text: str, low: int, high: int) -> int:
    # The last start of a line between the two; else the upper one, or a bit before it: what is one
    # character to an editor stays in one block.
    start = max(text.rfind("\n", low, high), text.rfind("\r", low, high)) + 1
    if start > low:
        return start + text.startswith("\r\n", start - 1)
    while high > low and "\ud800" <= text[high] <= "\udfff":
        high -= 1
    return high
