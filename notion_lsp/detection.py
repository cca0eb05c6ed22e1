"""All tokens of a text: written out, encoded, put together from pieces, or of a pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp import custom, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.custom import Patterns
    from notion_lsp.tokens import Finding


def find(text: str, patterns: Patterns = custom.NONE) -> tuple[Finding, ...]:
    """Return the tokens of the text, in the order of their places, and what the patterns find."""
    plain = tokens.find(text)
    found = (*plain, *hidden(text, plain, patterns))
    return tuple(sorted(found, key=lambda finding: finding.span))


def hidden(
    text: str, plain: Sequence[Finding], patterns: Patterns = custom.NONE
) -> tuple[Finding, ...]:
    """Return the tokens of the text that are not written out, where none of the plain ones stands.

    What the patterns find is among them. It takes longer, and most texts have none: an editor asks
    for these when the typing pauses.
    """
    # Not imported for a text that nobody waits for.
    from notion_lsp import encoded, split

    taken = [finding.span for finding in plain]
    found = tuple(
        finding
        for finding in (*encoded.find(text), *split.find(text))
        if not any(
            span.start < at.end and at.start < span.end for span in finding.spans for at in taken
        )
    )
    return (*found, *(patterns.find(text, (*plain, *found)) if patterns else ()))
