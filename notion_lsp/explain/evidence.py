"""Why a finding is taken for a token, and how the token is written; never the token itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.detect.kinds import CONTEXT_WORD
from notion_lsp.positions import LineIndex
from notion_lsp.text import REACH, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.detect.finding import Finding

# Two credentials that were copied together are a few lines of JSON apart, at most.
_PARTNER_LINES = 4
_MOST_WORDS = 3
_BLOCKS = ("base64", "hexadecimal", "UTF-16")  # one is "encoded in" these, and "written with" codes
_EXAMPLE = "in a test or example path"


def reason(finding: Finding, text: str, *, example: bool = False) -> str:
    """Return in a few words why a finding is taken for a token, and how the token is written.

    The text has the lines around the token; `example` says that its file is a test or an example.
    """
    # The reason comes first: it is what tells a token from a word that looks like one.
    said = [finding.shape.reason, *_written(finding), *_partner(finding, text)]
    return ", ".join([*said, _EXAMPLE] if example else said)


def evidence(finding: Finding, text: str, *, example: bool = False) -> str:
    """Return all that speaks for a finding in a whole text, in Markdown."""
    said = [finding.shape.reason]
    words = (f"`{word}`" for word in _words(finding, text))
    said += [f"{word} stands nearby" for word in words if word.lower() not in said[0]]
    said += _written(finding)
    if finding.split:
        said[-1] += f", on {_lines(finding, text)}"
    said += _partner(finding, text)
    said += [f"{_EXAMPLE}, so it is shown as a hint"] if example else []
    return "; ".join(said)


def _written(finding: Finding) -> Iterator[str]:
    if not finding.hidden:
        return
    encodings = [each.encoding for each in _levels(finding) if each.encoding]
    for encoding in dict.fromkeys(encodings):
        how = "encoded in" if encoding in _BLOCKS else "written with"
        yield f"{how} {encoding}{' twice' if encodings.count(encoding) > 1 else ''}"
    if finding.rest and not encodings:
        yield f"put together from {len(finding.spans)} pieces"


def _levels(finding: Finding) -> Iterator[Finding]:
    level: Finding | None = finding
    while level:
        yield level
        level = level.inside


def _partner(finding: Finding, text: str) -> Iterator[str]:
    partner = finding.kind.partner
    # The shape's own reason may have named it already.
    if partner is None or partner.title in finding.shape.reason:
        return
    if _near(partner.pattern, finding, text, _PARTNER_LINES):
        yield f"beside its {partner.title}"


def _words(finding: Finding, text: str) -> Sequence[str]:
    shape = finding.shape
    found = shape.nearby and _near(shape.nearby, finding, text, shape.lines)
    # The match may reach over the token, so only words that are known are shown.
    words = re.findall(CONTEXT_WORD, found[0]) if found else []
    return list(dict.fromkeys(words))[:_MOST_WORDS]


def _near(pattern: str, finding: Finding, text: str, lines: int) -> re.Match[str] | None:
    start = finding.span.start
    if finding.inside and (found := _near(pattern, *_decoded(finding, text), lines)):
        return found
    # A diagnostic is written at each keystroke: a plain search first saves counting the lines.
    if not re.search(pattern, text[max(start - REACH, 0) : start + REACH]):
        return None
    return re.search(pattern, surroundings(text, start, lines))


def _decoded(finding: Finding, text: str) -> tuple[Finding, str]:
    # Only a hidden token needs it: a start need not wait for the import.
    from notion_lsp.detect.encodings import decode

    written = "".join(span.of(text) for span in finding.spans)
    return finding.inside or finding, decode(finding.encoding, written)


def _lines(finding: Finding, text: str) -> str:
    index = LineIndex(text)
    found = (index.position(span.start, "utf-32")[0] + 1 for span in finding.spans)
    *others, last = sorted(set(found))
    numbers = ", ".join(map(str, others))
    return f"lines {numbers} and {last}" if others else f"line {last}"
