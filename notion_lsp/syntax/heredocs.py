"""Which here-document a text is, in a language whose trees keep the two ends of one apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re

    from notion_lsp.syntax.site import Site, Syntax


def is_quoted(syntax: Syntax, site: Site, beginning: re.Pattern[str]) -> bool:
    """Whether the literal's here-document has its delimiter in single quotes: nothing expands.

    `@heredoc_end` is its last line, `@heredoc` in the outline where one begins. The pattern finds
    the groups `quote` and `word` in such a beginning.
    """
    word = site.captures["heredoc_end"][0].of(syntax.text).strip()
    # The body stands below the line that begins it: of several with the same word, the last counts.
    quotes = [
        found["quote"]
        for span in sorted(syntax.outline.captures.get("heredoc", ()))
        if span.end <= site.literal.span.start
        and (found := beginning.fullmatch(syntax.text, span.start, span.end))
        and found["word"] == word
    ]
    return quotes[-1:] == ["'"]
