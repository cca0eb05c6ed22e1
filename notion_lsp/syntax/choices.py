"""Queries without a choice directly in a choice, of which tree-sitter sees the first part alone.

So it is in `[[(a) (b)] @x (c)]`, where the inner choice is not the last (tree-sitter 0.26): it is
the same as `[(a) @x (b) @x (c)]`.
"""

from __future__ import annotations

import re

_PART = re.compile(r'"(?:\\.|[^"\\])*"|;[^\n]*|[\[\]()]|[^\s\[\]();"]+|\s+')


def flat(query: str) -> str:
    """Return the query with each choice that stands in another one written out in it."""
    parts, opened = _PART.findall(query), list[int]()
    for at, part in enumerate(parts):
        if part in {"(", "["}:
            opened.append(at)
        elif part in {")", "]"} and opened:
            start = opened.pop()
            if part == "]" and opened and parts[opened[-1]] == "[":
                _write_out(parts, start, at)
    return "".join(parts)


def _write_out(parts: list[str], start: int, end: int) -> None:
    # The captures behind the choice belong to each of its members.
    captures, at = "", end + 1
    while at < len(parts) and (parts[at].isspace() or parts[at].startswith("@")):
        captures, parts[at] = captures + parts[at], " "
        at += 1
    depth = 0
    for place in range(start + 1, end):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(parts[place], 0)
        if not depth and parts[place] in {")", "]"}:
            parts[place] += f" {captures} "
    parts[start] = parts[end] = " "
