"""All tokens of a text: written out, encoded, or put together from pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.tokens import Finding


def find(text: str) -> tuple[Finding, ...]:
    """Return the tokens of the text, in the order of their places."""
    plain = tokens.find(text)
    found = (*plain, *hidden(text, plain))
    return tuple(sorted(found, key=lambda finding: finding.span))


def hidden(text: str, plain: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the tokens of the text that are not written out, where none of the plain ones stands.

    It takes longer, and most texts have none: an editor asks for these when the typing pauses.
    """
    # Not imported for a text that nobody waits for.
    from notion_lsp import encoded, split

    taken = [finding.span for finding in plain]
    return tuple(
        finding
        for finding in (*encoded.find(text), *split.find(text))
        if not any(
            span.start < at.end and at.start < span.end for span in finding.spans for at in taken
        )
    )
