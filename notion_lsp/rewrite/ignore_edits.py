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
    import re
    from collections.abc import Iterator, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.rewrite.source import Source

_NO_COMMENTS = Refused(
    "No comment ends a line in this kind of file: ignore the token in this project instead."
)
_NO_COMMENT = Refused("A comment at the end of this line would become part of the code.")


def ignore_line(source: Source, finding: Finding) -> Edit | Refused:
    """Return the edit that puts our comment at the end of the token's line.

    It is refused where the line cannot end in a comment: in a string of several lines, before a
    line that continues it, in a file that has no comments.
    """
    return ignore_lines(source, (finding,))[finding]


def ignore_lines(source: Source, findings: Sequence[Finding]) -> dict[Finding, Edit | Refused]:
    """Return what `ignore_line` returns for each of these tokens alone."""
    language, text = source.language, source.text
    if language is None or language.grammar is None or not language.writing.comment:
        return dict.fromkeys(findings, _NO_COMMENTS)
    # Style checkers of languages with `#` ask for two spaces before it, gofmt and Prettier for one.
    gap = "  " if language.writing.comment.startswith("#") else " "
    comment = gap + language.writing.comment.format(IGNORE_LINE)
    ends = {finding: line_bounds(text, finding.span.start).end for finding in findings}
    edits = [Edit(Span(end, end), comment) for end in sorted(set(ends.values()))]
    # Only the parser knows whether our mark stands in a comment then.
    after = Syntax(apply_edits(text, edits), language.grammar)
    # One that becomes part of the code may change what the others are: fewer are tried then.
    if len(edits) > 1 and (not source.syntax or after.error_count != source.syntax.error_count):
        half = len(findings) // 2
        return ignore_lines(source, findings[:half]) | ignore_lines(source, findings[half:])
    commented = dict(_commented(after, language.opening, edits))
    made = {
        edit.span.end: edit if commented[edit] and not _goes_on(text, edit) else _NO_COMMENT
        for edit in edits
    }
    return {finding: made[end] for finding, end in ends.items()}


def _commented(
    after: Syntax, opening: re.Pattern[str], edits: Sequence[Edit]
) -> Iterator[tuple[Edit, bool]]:
    # Whether what each edit has put in, one behind the other, is a comment.
    added = 0
    for edit in edits:
        mark = edit.span.start + added + edit.new_text.index(IGNORE_LINE)
        site = after.site([Span(mark, mark + len(IGNORE_LINE))], opening)
        yield edit, isinstance(site, NoSite) and site.comment
        added += len(edit.new_text)


def _goes_on(text: str, edit: Edit) -> bool:
    return text.endswith("\\", 0, edit.span.start)


def ignore_token(text: str, source: Source, finding: Finding, reason: str) -> Edit | Refused:
    """Return the edit of the ignore file's text that silences a token in the whole project."""
    digest = public_fingerprint(source.token(finding))
    if digest is None:
        return Refused("This value is so short that its fingerprint would give it away.")
    gap = "\n" if text and not text.endswith(("\n", "\r")) else ""
    entry = ignore_entry(digest, reason)
    return Edit(Span(len(text), len(text)), gap + entry)
