"""The output of the editor session: code frames and diffs, with every token masked."""

from __future__ import annotations

import difflib
import itertools
import os
import re
import sys
from typing import Any

Json = dict[str, Any]

SEVERITIES = {1: "error", 2: "warning", 3: "information", 4: "hint"}
BOLD, DIM, RED, GREEN, YELLOW, CYAN = "1", "2", "31", "32", "33", "36"


class Screen:
    """Standard output, in colour if it is a terminal and `NO_COLOR` is not set."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._in_colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    def diagnostic(self, name: str, text: str, diagnostic: Json) -> None:
        """Show a diagnostic as a code frame."""
        start, end = offsets(text, diagnostic["range"])
        row, column = (diagnostic["range"]["start"][unit] for unit in ("line", "character"))
        severity = SEVERITIES[diagnostic["severity"]]
        self._line(f"{name}:{row + 1}:{column + 1}: {severity}[{diagnostic['code']}]", BOLD)
        self._line(diagnostic["message"])
        lines = text.splitlines()
        for number in range(max(row - 1, 0), row + 1):
            self._line(f"{number + 1:>5} | {lines[number]}")
        before, token = self._masked(text[start - column : start]), self._masked(text[start:end])
        self._line(f"      | {' ' * len(before)}{'^' * len(token)}", RED)

    def fix(self, title: str, before: str, after: str) -> None:
        """Show what a quick fix did, as a diff."""
        self._line(f"quick fix: {title}", CYAN)
        styles = {"+": GREEN, "-": RED, "@": DIM}
        diff = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
        for line in itertools.islice(diff, 2, None):
            self._line(f"    {line}", styles.get(line[0], ""))
        self._line("")

    def refusal(self, actions: list[Json]) -> None:
        """Show the actions where none is preferred: the first one says why."""
        why, *others = (action["title"] for action in actions)
        self._line(why, YELLOW)
        self._line(f"offered instead: {'; '.join(others)}", DIM)
        self._line("")

    def summary(self, files: int, outcomes: list[bool]) -> None:
        """Show how many tokens were replaced."""
        self._line(f"{len(outcomes)} tokens in {files} files:", BOLD)
        self._line(f"{outcomes.count(True)} taken out by the preferred quick fix.", GREEN)
        self._line(f"{outcomes.count(False)} left in, for the reason given.", YELLOW)
        self._line("The tokens were made up, and the files a copy of those in examples/leaky.")

    def _masked(self, text: str) -> str:
        for token in self._tokens:
            text = text.replace(token, mask(token))
        return text

    def _line(self, text: str, style: str = "") -> None:
        line = self._masked(text).rstrip()
        print(f"\x1b[{style}m{line}\x1b[0m" if style and self._in_colour else line)  # noqa: T201, this is how it shows them


def offsets(text: str, span: Json) -> tuple[int, int]:
    """Return where a range of the protocol begins and ends in the text, in code points."""
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text))]
    start, end = (starts[span[side]["line"]] + span[side]["character"] for side in ("start", "end"))
    return start, end


def mask(token: str) -> str:
    """Return what may be shown of a token: its prefix and its last four characters."""
    prefix = re.match(r"(?:[a-z]+_)?", token)
    return f"{prefix[0] if prefix else ''}…{token[-4:]}"
