"""How a person says no: comments on a line, and fingerprints in the project's ignore file.

A comment of ours may carry a reason after it. Those of other scanners count too, so that a line
triaged once is triaged for all: gitleaks, betterleaks, TruffleHog, detect-secrets, ripsecrets,
secretlint, GitGuardian and Semgrep (their documentation, mid-2026).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from notion_lsp import custom, detection, tokens
from notion_lsp.text import Span, split_lines

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from notion_lsp.custom import Patterns

IGNORE_LINE = "notion-lsp:ignore"
IGNORE_NEXT_LINE = "notion-lsp:ignore-next-line"
IGNORE_FILE = ".notion-lsp-ignore"

_OURS = re.compile(rf"{IGNORE_LINE}(-next-line)?(?![\w-])")
_THIS_LINE = re.compile(
    rf"{IGNORE_LINE}(?![\w-])|(?:gitleaks|betterleaks):allow|trufflehog:ignore|\bggignore\b"
    r"|pragma: ?(?:allow|white)list[ -]secret|secretlint-disable-line"
    r"|\bnosemgrep\b(?!:)|\bnosemgrep: ?\S*(?:notion|secret)"
)
_NEXT_LINE = re.compile(
    rf"{IGNORE_NEXT_LINE}(?![\w-])|pragma: ?(?:allow|white)list[ -]nextline[ -]secret"
    r"|secretlint-disable-next-line"
)
_FINGERPRINT = re.compile(r"([0-9a-f]{64})(?:\s+(.*))?")


@dataclass(frozen=True, slots=True)
class OwnComment:
    """An ignore comment of ours: its columns in the line, and whether it means the next one."""

    span: Span
    next_line: bool


@dataclass(frozen=True, slots=True)
class Review:
    """What is left of a text's findings, and the ignore comments of ours that silence nothing."""

    findings: tuple[tokens.Finding, ...]
    unused: tuple[Span, ...]


def review(
    text: str, fingerprints: AbstractSet[str] = frozenset(), patterns: Patterns = custom.NONE
) -> Review:
    """Return the findings nobody has said no to, and the places of comments that are not needed."""
    found = detection.find(text, patterns)
    if not found and IGNORE_LINE not in text:
        return Review((), ())
    lines = split_lines(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    by_line: dict[int, list[tokens.Finding]] = {}
    for finding in found:
        by_line.setdefault(bisect_right(starts, finding.span.start) - 1, []).append(finding)
    kept = tuple(
        finding
        for number, findings in by_line.items()
        if not silenced(lines[number], lines[number - 1] if number else "")
        for finding in findings
        if tokens.fingerprint(tokens.token_of(text, finding)) not in fingerprints
    )
    unused = tuple(
        comment.span.shifted(starts[number])
        for number, line in enumerate(lines if IGNORE_LINE in text else ())
        if (comment := own_comment(line)) and number + comment.next_line not in by_line
    )
    return Review(kept, unused)


def silenced(line: str, previous_line: str) -> bool:
    """Whether a comment, ours or another scanner's, says to report nothing on the line."""
    return silences_itself(line) or silences_next(previous_line)


def silences_itself(line: str) -> bool:
    """Whether a comment on the line says to report nothing there."""
    return _THIS_LINE.search(line) is not None


def silences_next(line: str) -> bool:
    """Whether a comment on the line says to report nothing on the next one."""
    return _NEXT_LINE.search(line) is not None


def own_comment(line: str) -> OwnComment | None:
    """Return the ignore comment of ours that the line holds."""
    found = _OURS.search(line)
    return OwnComment(Span(*found.span()), next_line=bool(found[1])) if found else None


def parse_ignore_file(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the fingerprints of an ignore file, and a sentence for each line that is none.

    A line is the SHA-256 of a token in hex, white space, and the reason. `#` begins a comment.
    """
    fingerprints = set()
    problems = []
    for number, line in enumerate(split_lines(text), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if found := _FINGERPRINT.fullmatch(entry):
            fingerprints.add(found[1])
        else:
            problems.append(f"{IGNORE_FILE}, line {number}: expected a SHA-256 and a reason.")
    return frozenset(fingerprints), tuple(problems)


def ignore_entry(fingerprint: str, reason: str) -> str:
    """Return the line of the ignore file that silences a token, its break included."""
    return f"{fingerprint} {reason}\n"
