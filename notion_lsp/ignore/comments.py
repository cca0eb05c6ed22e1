"""Comments by which a person says no in the file itself: for a line, for several, for the file.

A reason may follow. Comments of other scanners count too, so that nobody has to judge a line
twice: gitleaks, betterleaks, TruffleHog, detect-secrets, ripsecrets, secretlint, GitGuardian and
Semgrep, as their documentation had them in mid-2026.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple

from notion_lsp.text import Span, split_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence


OWN = "notion-lsp:"  # each comment of ours begins so
IGNORE_LINE = f"{OWN}ignore"
SWITCH = "secretlint-"  # its comments for several lines begin so

# Whoever opens a file must see that nothing is reported in it: the comment stands near the top.
FILE_LINES = 10

# After a name of ours no letter may follow: `notion-lsp:ignored` is something else.
# Who knows `type: ignore` may write a space before it.
_IGNORE = rf"{OWN} ?ignore"
_OURS = re.compile(rf"{_IGNORE}(-next-line|-file)?(?![\w-])")
# Semgrep takes both words, in any case: on the line of its match, or alone on the line before. If
# rules are named, behind a colon or an equals sign, one of them must be about Notion or secrets.
_RULE = r"[^,\s]{1,200}"
_SEMGREP = (
    rf"(?i:nosem(?:grep)?\b(?:(?![:=]\s?{_RULE})"
    rf"|[:=]\s?(?:{_RULE}\s{{0,9}},\s{{0,9}}){{0,50}}[^,\s]{{0,200}}?(?:notion|secret)))"
)
_THIS_LINE = re.compile(
    rf"{_IGNORE}(?![\w-])|(?:gitleaks|betterleaks):allow|trufflehog:ignore|\bggignore\b"
    rf"|pragma: ?(?:allow|white)list[ -]secret|\b{_SEMGREP}"
)
_NEXT_LINE = re.compile(
    rf"{_IGNORE}-next-line(?![\w-])|pragma: ?(?:allow|white)list[ -]nextline[ -]secret"
    rf"|\A[\W_]*{_SEMGREP}"
)
# Each of them has one of these, in lower case: to look for words takes a tenth of a search.
_WORDS = (OWN, "leaks:allow", "trufflehog:ignore", "ggignore", "pragma:", "nosem")
_ABOUT: dict[str | None, Literal["line", "next line", "file"]] = {
    None: "line",
    "-next-line": "next line",
    "-file": "file",
}
_SECRETLINT = re.compile(rf"{SWITCH}(disable(?:-next)?-line|(?:disable|enable)(?![\w-]))")


class OwnComment(NamedTuple):
    """An ignore comment of ours: its columns in the line, in code points, and what it is about."""

    span: Span
    about: Literal["line", "next line", "file"]

    def counts(self, line: int) -> bool:
        """Whether the comment counts on that line, from 0."""
        return self.about != "file" or line < FILE_LINES

    def is_used(self, line: int, with_tokens: Collection[int]) -> bool:
        """Whether the comment on that line silences a token, given the lines that have one."""
        if self.about == "file":
            return self.counts(line) and bool(with_tokens)
        return line + (self.about == "next line") in with_tokens

    def advice(self, line: int) -> str:
        """Return the advice for a comment that silences nothing on that line."""
        if self.counts(line):
            return "There is no token for this comment to ignore: remove it."
        return f"This comment counts in the first {FILE_LINES} lines of a file: move it there."


class Switch(NamedTuple):
    """A place after which nothing is reported (`off`), or everything again."""

    line: int
    column: int
    off: bool


def is_silenced(text: str) -> bool:
    """Whether a comment near the top of a text silences all of it."""
    lines = split_lines(text)[:FILE_LINES] if OWN in text else []
    return silences_file(own_comments(lines).items())


def silenced(line: str, previous_line: str) -> bool:
    """Whether a comment, ours or another scanner's, silences the line."""
    return silences_itself(line) or silences_next(previous_line)


def silences_itself(line: str) -> bool:
    """Whether a comment on the line silences the line itself."""
    secretlint = (found[1] == "disable-line" for found in _of_secretlint(line))
    return _found(_THIS_LINE, line) or any(secretlint)


def silences_next(line: str) -> bool:
    """Whether a comment on the line silences the next one."""
    secretlint = (found[1] == "disable-next-line" for found in _of_secretlint(line))
    return _found(_NEXT_LINE, line) or any(secretlint)


def silences_file(comments: Iterable[tuple[int, OwnComment]]) -> bool:
    """Whether any of the comments, each with its line from 0, silences the file."""
    return any(comment.about == "file" and comment.counts(line) for line, comment in comments)


def own_comment(line: str) -> OwnComment | None:
    """Return the ignore comment of ours in the line, `None` if it has none."""
    # The first one counts: a second on the same line could only repeat it.
    found = _OURS.search(line)
    return OwnComment(Span(*found.span()), _ABOUT[found[1]]) if found else None


def own_comments(lines: Sequence[str]) -> dict[int, OwnComment]:
    """Return the ignore comments of ours by their lines, from 0."""
    return {number: comment for number, line in enumerate(lines) if (comment := own_comment(line))}


def switches_of(line: str, number: int) -> tuple[Switch, ...]:
    """Return the comments on a line by which secretlint is switched off and on."""
    switches = (each for each in _of_secretlint(line) if not each[1].endswith("line"))
    return tuple(Switch(number, each.start(), off=each[1] == "disable") for each in switches)


def is_off(switches: Sequence[Switch], line: int, column: int) -> bool:
    """Whether the last switch before a place is an `off`; they are sorted."""
    passed = bisect_right(switches, (line, column))
    return passed > 0 and switches[passed - 1].off


def _found(comment: re.Pattern[str], line: str) -> bool:
    folded = line.casefold()
    return any(word in folded for word in _WORDS) and comment.search(line) is not None


def _of_secretlint(line: str) -> Iterator[re.Match[str]]:
    if SWITCH not in line:
        return
    # A list of rules may follow its comments: then one of them must be about Notion.
    rule = f"{SWITCH}rule-"
    last_rule, last_of_notion = line.rfind(rule), line.rfind(f"{rule}notion")
    for found in _SECRETLINT.finditer(line):
        if found.start() < last_of_notion or found.start() > last_rule:
            yield found
