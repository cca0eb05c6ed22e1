"""Files that are too large for the memory, read in blocks.

Blocks overlap, so that a token at the border of two is found once, with all of its context.
"""

from __future__ import annotations

import codecs
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.check.content.sieve import Sieve
from notion_lsp.check.excerpts import Excerpt, excerpts
from notion_lsp.detect import custom
from notion_lsp.detect.repeated import UNKNOWN
from notion_lsp.files import read_write
from notion_lsp.ignore.comments import is_silenced
from notion_lsp.ignore.ignore_file import NOTHING
from notion_lsp.ignore.review import review
from notion_lsp.positions import LineIndex, Origin
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from notion_lsp.check.content import Opener
    from notion_lsp.detect.custom import Patterns
    from notion_lsp.detect.repeated import Known
    from notion_lsp.files.read_write import Unreadable
    from notion_lsp.ignore.ignore_file import Ignored

_BLOCK = 2**22  # bytes
_OVERLAP = 2**16  # code points: more than the longest token and its context take
_HEAD = 2**10  # bytes, of which the encoding is told


class Sizes(NamedTuple):
    """How much of a file is read at once: bytes, and code points on each side of them."""

    block: int = _BLOCK
    overlap: int = _OVERLAP


USUAL = Sizes()


class Block(NamedTuple):
    """A stretch of a text with some of what is around it; each place is the `own` of one block."""

    text: str
    origin: Origin
    own: Span


def review_file(
    path: Path,
    opener: Opener,
    ignored: Ignored = NOTHING,
    patterns: Patterns = custom.NONE,
    known: Known = UNKNOWN,
) -> tuple[tuple[Excerpt, ...], Unreadable | None]:
    """Return the findings in a file that nobody has said no to, and why its end was not reached.

    The opener returns the file, at its beginning. The `known` tokens were found elsewhere.
    In a line longer than the overlap, a comment counts only if it stands near the token.
    """
    found: list[Excerpt] = []
    try:
        file = opener()
        if isinstance(file, read_write.Unreadable):
            return (), file
        with file:
            found.extend(review_stream(file, ignored, patterns, known))
    except (OSError, ValueError) as error:
        return tuple(found), read_write.unreadable(path, error)
    return tuple(found), None


def review_stream(
    file: BinaryIO,
    ignored: Ignored = NOTHING,
    patterns: Patterns = custom.NONE,
    known: Known = UNKNOWN,
    sizes: Sizes = USUAL,
) -> Iterator[Excerpt]:
    """Yield the findings in a file that nobody has said no to."""
    # A log may grow as fast as it is read: stop where it ended when it was opened.
    end = file.seek(0, os.SEEK_END) if file.seekable() else None
    if end is not None:
        file.seek(0)
    head = file.read(_HEAD)
    escaped = read_write.encoding_of(head)[1] == "utf-8"
    sieve = Sieve(Path.cwd())
    for block in split(_decoded(file, head, end, sizes.block), sizes.overlap, escaped=escaped):
        # A comment for the file stands in its first lines, so only the first block can have one.
        if not block.origin.line and is_silenced(block.text):
            return
        if not (patterns or sieve.lets_through(block.text.encode(errors="replace"))):
            continue
        left = review(block.text, ignored, block.origin.feeds, patterns, known)
        # A token in the overlap is found in two blocks, and is the own of one.
        own = [each for each in left.findings if block.own.start <= each.span.start < block.own.end]
        if own:
            index = LineIndex(block.text, block.origin, escaped=escaped)
            yield from excerpts(index, own, left.every, left.expired)


def split(pieces: Iterable[str], overlap: int, *, escaped: bool = False) -> Iterator[Block]:
    """Yield blocks of the text that the pieces make; `overlap` is in code points, on each side.

    What is a block's own begins with a line, unless no line begins within the overlap.
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


def _decoded(file: BinaryIO, head: bytes, end: int | None, size: int) -> Iterator[str]:
    bom, encoding = read_write.encoding_of(head)
    decoder = codecs.getincrementaldecoder(encoding)(read_write.lenient(encoding))
    yield decoder.decode(head[len(bom) :])
    left = None if end is None else end - len(head)
    while data := file.read(size if left is None else min(size, left)):
        left = None if left is None else left - len(data)
        yield decoder.decode(data)
    yield decoder.decode(b"", final=True)


def _cut(text: str, low: int, high: int) -> int:
    # The last start of a line between the two, else the upper one. Bytes that are not UTF-8 are
    # surrogates here: a run of them may be one character to an editor, and stays in one block.
    start = max(text.rfind("\n", low, high), text.rfind("\r", low, high)) + 1
    if start > low:
        return start + text.startswith("\r\n", start - 1)
    while high > low and "\ud800" <= text[high] <= "\udfff":
        high -= 1
    return high
