"""Where in a history a token stands, and the sentences that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.explain.masking import mask_text
from notion_lsp.text import enumerated

if TYPE_CHECKING:
    from datetime import date

_SHORT = 10  # digits of an id, as git shows it in a large repository
_MOST = 3  # names in a sentence


class Brought(NamedTuple):
    """A commit, or a tag, that brought a token: its id, who wrote it and when."""

    commit: str
    author: str
    day: date

    @property
    def said(self) -> str:
        """How a sentence names it."""
        return f"{self.commit[:_SHORT]} ({mask_text(self.author)}, {self.day})"


class Past(NamedTuple):
    """The commits that brought a token, oldest first, and where it is now.

    Without a commit, only git's store has it. `paths` are the files that have had it, `refs` the
    branches and tags from which the first commit is reached: names with their tokens masked.
    """

    commits: tuple[Brought, ...]
    paths: tuple[str, ...]
    refs: tuple[str, ...]
    in_head: bool


def sentence(past: Past | None) -> str:
    """Return what it means, after a space, for `Shown`; empty without a past."""
    if past is None:
        return ""
    if not past.commits:
        return " It is in no commit any more, or never was, but git still keeps it."
    first, last = past.commits[0], past.commits[-1]
    until = f", and last with {last.said}" if last != first else ""
    others = f" Files that have had it: {_some(past.paths)}." if len(past.paths) > 1 else ""
    return f" It came with commit {first.said}{until}. {_now(past)}.{others}"


def _now(past: Past) -> str:
    named = _some(past.refs)
    if past.in_head:
        return f"It is still in HEAD, {f'and in {named}' if named else 'but in no branch or tag'}"
    # What a server is about to take is in none of them yet.
    elsewhere = f"HEAD, but in the history of {named}" if named else "HEAD, a branch or a tag"
    return f"It is not in {elsewhere}"


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST
    return enumerated((*names[:_MOST], *((f"{more} more",) if more > 0 else ())))
