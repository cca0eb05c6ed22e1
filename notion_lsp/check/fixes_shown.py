"""What a person reads of a fix: the lines that change in a file, and what became of each token."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

from notion_lsp.detect.find import find_tokens
from notion_lsp.explain import masking
from notion_lsp.explain.shown import (
    BOLD,
    CYAN,
    GREEN,
    RED,
    RESET,
    YELLOW,
    composed,
    joined,
    plain,
    printable,
)
from notion_lsp.text import Span, split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.check.fix import FixedFile
    from notion_lsp.explain.masking import Mask
    from notion_lsp.explain.shown import Shown

_NO_COLOUR = plain("")
_COLOURS = {"-": RED, "+": GREEN, "@": CYAN}


def diff(fixed: FixedFile, name: str) -> Shown:
    """Return what changes in a file, every token masked, on the lines that go away too."""
    texts = (fixed.file.text, fixed.text)
    found = [find_tokens(text, fixed.file.project.patterns) for text in texts]
    # One piece of a token may be left in the new text.
    secrets = frozenset[str]().union(*map(masking.secrets, texts, found))
    old, new = (
        _masked_lines(text, masking.masks(text, tokens, secrets))
        for text, tokens in zip(texts, found, strict=True)
    )
    lines = unified_diff(old, new, f"a/{name}", f"b/{name}", lineterm="")
    return joined(
        composed(
            "{colour}{line}{reset}\n",
            colour=_COLOURS.get(line[0], _NO_COLOUR),
            line=printable(line),
            reset=RESET,
        )
        for line in lines
    )


def report(fixed: FixedFile, name: Shown, *, written: bool) -> Shown:
    """Return a line for each token of a file, which may be `written` or not."""
    return joined(
        composed(
            "{bold}{name}:{line}:{column}{reset}: {colour}{became}{reset}: {message}\n",
            bold=BOLD,
            name=name,
            line=outcome.line,
            column=outcome.column,
            reset=RESET,
            colour=GREEN if outcome.done else YELLOW,
            became=plain(outcome.became(written=written)),
            message=outcome.message,
        )
        for outcome in fixed.outcomes
    )


def _masked_lines(text: str, hidden: Sequence[Mask]) -> list[str]:
    masked, _ = masking.masked(text, hidden, Span(0, len(text)), Span(0, 0))
    lines = [line.rstrip("\r\n") for line in split_lines(masked)]
    return lines if lines[-1] else lines[:-1]
