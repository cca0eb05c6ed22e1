"""The edits that say no: a comment at the end of a line, a fingerprint in the ignore file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.detect.finding import public_fingerprint
from notion_lsp.ignore.comments import IGNORE_LINE
from notion_lsp.ignore.ignore_file import ignore_entry
from notion_lsp.refused import Refused
from notion_lsp.syntax.site import NoSite, Syntax
from notion_lsp.text import Edit, Span, apply_edits, line_bounds

if TYPE_CHECKING:
    from notion_lsp.detect.finding import Finding
    from notion_lsp.rewrite.source import Source


def ignore_line(source: Source, finding: Finding) -> Edit | Refused:
    """Return the edit that puts our comment at the end of the token's line.

    It is refused where the line cannot end in a comment: in a string of several lines, before a
    line that continues it, in a file that has no comments.
    """
    language = source.language
    if language is None or language.grammar is None or not language.writing.comment:
        return Refused("There is no comment in this kind of file.")
    end = line_bounds(source.text, finding.span.start).end
    # Style checkers of languages with `#` ask for two spaces before it, gofmt and Prettier for one.
    gap = "  " if language.writing.comment.startswith("#") else " "
    comment = gap + language.writing.comment.format(IGNORE_LINE)
    edit = Edit(Span(end, end), comment)
    # Only the parser knows whether our mark stands in a comment then.
    after = Syntax(apply_edits(source.text, [edit]), language.grammar)
    marker = end + comment.index(IGNORE_LINE)
    site = after.site([Span(marker, marker + len(IGNORE_LINE))], language.opening)
    line = source.text[line_bounds(source.text, end).start : end]
    is_comment = isinstance(site, NoSite) and site.comment
    if not is_comment or line.endswith("\\"):
        return Refused("A comment at the end of this line would become part of the code.")
    return edit


def ignore_token(text: str, source: Source, finding: Finding, reason: str) -> Edit | Refused:
    """Return the edit of the ignore file's text that silences a token in the whole project."""
    digest = public_fingerprint(source.token(finding))
    if digest is None:
        return Refused("This value is so short that its fingerprint would give it away.")
    gap = "\n" if text and not text.endswith(("\n", "\r")) else ""
    entry = ignore_entry(digest, reason)
    return Edit(Span(len(text), len(text)), gap + entry)
