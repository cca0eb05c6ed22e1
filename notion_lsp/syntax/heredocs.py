"""Which here-document a text is, in a language whose trees keep the two ends of one apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    import re

    from notion_lsp.syntax.site import Site, Syntax


def unquoted(syntax: Syntax, site: Site, beginning: re.Pattern[str]) -> Edit | None:
    """Return the edit after which what stands in the literal's here-document is expanded.

    There is one only where its delimiter is in single quotes. `@heredoc_end` is its last line,
    `@heredoc` in the outline where one begins. The pattern finds the groups `quote` and `word` in
    such a beginning.
    """
    word = site.captures["heredoc_end"][0].of(syntax.text).strip()
    # The body stands below the line that begins it: of several with the same word, the last counts.
    beginnings = [
        found
        for span in sorted(syntax.outline.captures.get("heredoc", ()))
        if span.end <= site.literal.span.start
        and (found := beginning.fullmatch(syntax.text, span.start, span.end))
        and found["word"] == word
    ]
    if not beginnings or beginnings[-1]["quote"] != "'":
        return None
    quoted = Span(beginnings[-1].start("quote"), beginnings[-1].end())
    # Behind a blank, Perl takes no word without quotes.
    is_bare = word.isidentifier() and not syntax.text[quoted.start - 1].isspace()
    return Edit(quoted, word if is_bare else f'"{word}"')
