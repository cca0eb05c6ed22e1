"""One content: its tokens that nobody has said no to, or why it cannot be read.

Of a large file only excerpts are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.check import large_files
from notion_lsp.check.content import paths
from notion_lsp.check.excerpts import excerpts
from notion_lsp.check.left_out import COMMENTS, ENTRIES, SEVERITY
from notion_lsp.detect import glance
from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import token_of
from notion_lsp.detect.repeated import UNKNOWN, Known
from notion_lsp.explain import messages
from notion_lsp.files import read_write
from notion_lsp.files.read_write import Decoded, Unreadable
from notion_lsp.ignore.commit_message import end_of_message
from notion_lsp.ignore.review import review
from notion_lsp.project import archives
from notion_lsp.project.search import belongs_here

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from notion_lsp.check.content import Content, Opener
    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.detect.custom import Patterns
    from notion_lsp.detect.finding import Finding
    from notion_lsp.ignore.ignore_file import Ignored
    from notion_lsp.project.project import Project


class LeakyFile(NamedTuple):
    """A file with tokens that nobody has said no to.

    A binary file and one that is too large have no `content`, and so are not rewritten. An editor
    that has it open may know its language, by `language_id`. `left_out` are the numbers of its
    tokens that are not reported, by what says so.
    """

    path: Path
    content: Decoded | None
    project: Project
    excerpts: tuple[Excerpt, ...] = ()
    findings: tuple[Finding, ...] = ()
    language_id: str | None = None
    left_out: Mapping[str, int] = {}

    @property
    def text(self) -> str:
        """The text to be rewritten, empty without a content."""
        return self.content.text if self.content else ""

    @property
    def tokens(self) -> Known:
        """Its findings by their tokens, each in the places of its excerpt."""
        return Known({each.token: each.finding for each in self.excerpts})


class QuietFile(NamedTuple):
    """A file with tokens that are all left out: how many, by what says so."""

    left_out: Mapping[str, int]


Looked = LeakyFile | Unreadable | QuietFile | None


def look_into(path: Path, project: Project, today: date, known: Known = UNKNOWN) -> Looked:
    """Return a file's tokens, `None` if it has none, or why it cannot be read.

    The `known` tokens were found in other files.
    """
    return None if project.excludes(path) else look(paths.content(path), project, today, known)


def look(content: Content, project: Project, today: date, known: Known = UNKNOWN) -> Looked:
    """Return the tokens in a content, `None` if it has none, or why it cannot be read.

    The `known` tokens were found in other contents.
    """
    path, data = content.path, content.data
    if project.excludes(path):
        return None
    if isinstance(data, Unreadable):
        return data
    found = (
        _look_at(content, data, project, project.ignored(path, today), known)
        if isinstance(data, bytes)
        else _look_into_large(path, data, project, project.ignored(path, today), known)
    )
    if isinstance(found, LeakyFile) and content.in_folder and belongs_here(path):
        return QuietFile(found.left_out) if found.left_out else None
    return found


def _look_into_large(
    path: Path, opener: Opener, project: Project, ignored: Ignored, known: Known
) -> Looked:
    found, problem = large_files.review_file(path, opener, ignored, project.patterns, known)
    shown = tuple(each for each in found if is_shown(each.finding, project))
    if problem or (not found and _is_packed(opener)):
        return problem or Unreadable(path, read_write.PACKED)
    off = len(found) - len(shown)
    left_out = {SEVERITY: off} if off else {}
    if shown:
        return LeakyFile(path, None, project, shown, left_out=left_out)
    return QuietFile(left_out) if left_out else None


def _is_packed(opened: Opener) -> bool:
    file = opened()
    # What comes through a pipe is read once.
    if isinstance(file, Unreadable) or file.closed:
        return False
    with file:
        return archives.holds_an_archive(file)


def _look_at(
    looked_at: Content, data: bytes, project: Project, ignored: Ignored, known: Known
) -> Looked:
    path, text = looked_at.path, read_write.decode(data)
    # A token leaks from a compiled file or a database too: these are read as far as they can be.
    reason = read_write.PACKED if archives.is_packed(data) else read_write.NOT_TEXT
    if text is None and not glance.can_hold_a_token(data):
        return Unreadable(path, reason)
    content = text or read_write.decode_any(data)
    left = review(content.text, ignored, patterns=project.patterns, known=known)
    said = _before_the_scissors(looked_at, content.text, left.findings)
    shown = tuple(finding for finding in said if is_shown(finding, project))
    counted = {
        COMMENTS: left.by_comments,
        ENTRIES: left.by_entries,
        SEVERITY: len(said) - len(shown),
    }
    left_out = {by: number for by, number in counted.items() if number}
    if shown:
        around = tuple(excerpts(content.lines(), shown, left.every, left.expired))
        return LeakyFile(path, text, project, around, shown, left_out=left_out)
    if not text:
        return Unreadable(path, reason)
    return QuietFile(left_out) if left_out else None


def _before_the_scissors(
    looked_at: Content, text: str, findings: Sequence[Finding]
) -> Sequence[Finding]:
    # Of what stands among the project's own files, nothing is left out for its name.
    path = looked_at.path
    if not (looked_at.named and _is_of_git(path.parent)):
        return findings
    end = end_of_message(path.name, text)
    return [finding for finding in findings if finding.span.start < end]


def tokens_before(before: Iterable[bytes], patterns: Patterns, known: Known) -> set[str]:
    """Return the tokens of what stood in the place of a content, the `known` ones among them."""
    texts = (read_write.decode_any(data).text for data in before)
    return {
        token_of(text, finding) for text in texts for finding in find_tokens(text, patterns, known)
    }


def _is_of_git(folder: Path) -> bool:
    # gitrepository-layout(5): a linked work tree has its objects in the common folder.
    there = [read_write.exists(folder / name) for name in ("HEAD", "objects", "commondir")]
    return there[0] and any(there[1:])


def is_shown(finding: Finding, project: Project) -> bool:
    """Whether the settings have a finding shown."""
    return messages.severity(finding, project.settings) != "off"
