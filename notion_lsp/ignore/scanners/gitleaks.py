"""The fingerprints of gitleaks and betterleaks: `file:rule:line`, some with `commit:` before.

Here files are read as they are now, so an entry counts whatever its commit. One for a rule that
finds no Notion token is left out: it says nothing about a token that stands on the line now.
"""

from __future__ import annotations

import re

from notion_lsp.ignore.ignore_file import FOREVER, Entry
from notion_lsp.ignore.scanners import Triage

_FINGERPRINT = re.compile(
    r"(?:[0-9a-f]{40}(?:[0-9a-f]{24})?:)?(?:\.[/\\])?(?P<file>.+):(?P<rule>[^:]+):(?P<line>[1-9][0-9]{0,9})"
)
# The rules of gitleaks 8.30 that find Notion tokens, and a project's own rules named after Notion.
_FINDS_TOKENS = re.compile(r"(?i)notion|^generic-|^curl-auth-")


def read(text: str) -> Triage:
    """Return what a `.gitleaksignore` says."""
    entries = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        found = _FINGERPRINT.fullmatch(entry)
        if not found:
            problems.append(f", line {number}: expected `file:rule:line`.")
        elif _FINDS_TOKENS.search(found["rule"]):
            path = found["file"].replace("\\", "/")
            entries[Entry(int(found["line"]), path)] = FOREVER
    return Triage(entries, problems=tuple(problems))
