"""All tokens of a text: written out, encoded, split, repeated, or matched by the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.detect import custom
from notion_lsp.detect.anchors import may_be_in_pieces
from notion_lsp.detect.plain import find_in_bytes, find_plain
from notion_lsp.detect.repeated import UNKNOWN, find_repeated, known_tokens
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
    hidden = (*_encoded(text), *_split(text, plain))
    found = (*in_bytes, *_apart(hidden, (*plain, *in_bytes)))
    here = {**known, **known_tokens(text, (*plain, *found))}
    found = (*found, *find_repeated(text, (*plain, *found), here))
    return (*found, *(patterns.find(text, (*plain, *found)) if patterns else ()))


def _apart(found: Sequence[Finding], others: Sequence[Finding]) -> tuple[Finding, ...]:
    is_taken = overlapping(finding.span for finding in others)
    return tuple(finding for finding in found if not any(map(is_taken, finding.spans)))


def _encoded(text: str) -> tuple[Finding, ...]:
    from notion_lsp.detect.encoded import find_encoded

    return find_encoded(text)


def _split(text: str, plain: Sequence[Finding]) -> tuple[Finding, ...]:
    # What is a whole token is no piece of another.
    if not may_be_in_pieces(_outside(text, plain)):
        return ()
    from notion_lsp.detect.split import find_split  # to compile its patterns takes milliseconds

    return find_split(text)


def _outside(text: str, findings: Sequence[Finding]) -> str:
    spans = sorted(finding.span for finding in findings)
    starts, ends = [0, *(span.end for span in spans)], [*(span.start for span in spans), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))
