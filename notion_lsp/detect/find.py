"""All tokens of a text: written out, encoded, split, repeated, or matched by the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.detect import custom
from notion_lsp.detect.anchors import may_be_in_pieces
from notion_lsp.detect.plain import find_in_bytes, find_plain
from notion_lsp.detect.repeated import UNKNOWN, find_repeated
from notion_lsp.text import overlapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.detect.custom import Patterns
    from notion_lsp.detect.finding import Finding
    from notion_lsp.detect.repeated import Known


def find_tokens(
    text: str, patterns: Patterns = custom.NONE, known: Known = UNKNOWN
) -> tuple[Finding, ...]:
    """Return the tokens of the text, and what the patterns find, in the order of their places.

    The `known` tokens were found in other texts: their values count here as they count there.
    """
    plain = find_plain(text)
    found = (*plain, *find_hidden(text, plain, patterns, known))
    return tuple(sorted(found, key=lambda finding: finding.span))


def find_hidden(
    text: str,
    plain: Sequence[Finding],
    patterns: Patterns = custom.NONE,
    known: Known = UNKNOWN,
) -> tuple[Finding, ...]:
    """Return the tokens that are encoded, split, in bytes or repeated, and what the patterns find.

    None of them overlaps one of the `plain` findings. This takes longer than a keystroke may, so an
    editor asks for it when the typing pauses.
    """
    in_bytes = _apart(find_in_bytes(text), plain)
    written = (*plain, *in_bytes)
    here = known.with_those_of(text, written)
    hidden = _hidden(text, written, here)
    # What is only encoded or in pieces may be repeated so, too.
    if (every := here.with_those_of(text, hidden)) is not here:
        hidden = _hidden(text, written, every)
    found = (*in_bytes, *hidden)
    found = (*found, *find_repeated(text, (*plain, *found), every))
    return (*found, *(patterns.find(text, (*plain, *found)) if patterns else ()))


def _hidden(text: str, written: Sequence[Finding], known: Known) -> tuple[Finding, ...]:
    return _apart((*_encoded(text, known), *_split(text, written, known)), written)


def _apart(found: Sequence[Finding], others: Sequence[Finding]) -> tuple[Finding, ...]:
    is_taken = overlapping(finding.span for finding in others)
    return tuple(finding for finding in found if not any(map(is_taken, finding.spans)))


def _encoded(text: str, known: Known) -> tuple[Finding, ...]:
    from notion_lsp.detect.encoded import find_encoded

    return find_encoded(text, known)


def _split(text: str, written: Sequence[Finding], known: Known) -> tuple[Finding, ...]:
    # What is a whole token is no piece of another.
    if not may_be_in_pieces(_outside(text, written)):
        return ()
    from notion_lsp.detect.split import find_split  # to compile its patterns takes milliseconds

    return find_split(text, known)


def _outside(text: str, findings: Sequence[Finding]) -> str:
    spans = sorted(finding.span for finding in findings)
    starts, ends = [0, *(span.end for span in spans)], [*(span.start for span in spans), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))
