"""The entries of ignore files: the tokens, and the lines of files, that a project said no to.

An entry names a token by a digest, so that the file can be committed. It holds until a day: from
that day on the token is reported again.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.finding import fingerprint
from notion_lsp.text import split_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

IGNORE_FILE = ".notion-lsp-ignore"
FOREVER = date.max

_ENTRY = r"([0-9a-f]{64})(?:\s+(.*))?"
_EXPIRES = r"expires(?::?\s+(\S+))?(?:\s.*)?"
_A_DAY = r"\d{4}-\d{2}-\d{2}"


class Entry(NamedTuple):
    """A token by its digest, or a line with all of its tokens.

    A line is counted from 1, as git counts: only a line feed ends one. The entry is about one file,
    or about all if the path is empty. A path is relative to the project's folder, with `/`.
    """

    about: str | int
    path: str = ""


Entries = dict[Entry, date]


class Ignored(NamedTuple):
    """What a project says no to in one of its files, on a day."""

    entries: Mapping[Entry, date] = {}
    path: str = ""
    today: date = date.min

    def until(self, token: str, line: int) -> date | None:
        """Return the day until which an entry ignores a token of a line, `None` without one."""
        if not self.entries:
            return None
        # Each tool hashes in its own way, and not all of them say in which file.
        about = [Entry(digest) for digest in (fingerprint(token), _gitguardian(token))]
        about += [Entry(each, self.path) for each in (_detect_secrets(token), line)]
        return max(filter(None, map(self.entries.get, about)), default=None)

    def holds(self, until: date | None) -> bool:
        """Whether an entry that holds until that day holds today."""
        return until is not None and self.today < until


NOTHING = Ignored()


def merged(*several: Mapping[Entry, date]) -> Entries:
    """Return all entries; of two about the same thing, the one that holds longer counts."""
    found: Entries = {}
    for entries in several:
        for entry, until in entries.items():
            found[entry] = max(until, found.get(entry, until))
    return found


def parse_ignore_file(text: str) -> tuple[Entries, tuple[str, ...]]:
    """Return the entries of our ignore file, and a sentence for each line that is not valid.

    A line is the SHA-256 of a token in hex, white space, and a reason. A reason that begins with
    `expires` and a day ends the entry on that day. `#` begins a comment.
    """
    found: list[Entries] = []
    problems = []
    # A reason is any text: `str.splitlines` would break it at U+2028, where no editor does.
    for number, line in enumerate(split_lines(text), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        parsed = re.fullmatch(_ENTRY, entry)
        until = _until(parsed[2] or "") if parsed else None
        if parsed and until:
            found.append({Entry(parsed[1]): until})
        else:
            expected = "`expires` and a day as 2026-01-31" if parsed else "a SHA-256 and a reason"
            problems.append(f"{IGNORE_FILE}, line {number}: expected {expected}.")
    return merged(*found), tuple(problems)


def ignore_entry(digest: str, reason: str) -> str:
    """Return the line of the ignore file that silences a token, with its line break."""
    return f"{digest} {reason}\n"


def _until(reason: str) -> date | None:
    expires = re.fullmatch(_EXPIRES, reason)
    if not expires:
        return FOREVER
    try:
        # From Python 3.11 on, this takes forms such as 20260131 too.
        return date.fromisoformat(expires[1]) if re.fullmatch(_A_DAY, expires[1] or "") else None
    except ValueError:
        return None


def _gitguardian(token: str) -> str:
    # ggshield hashes a match together with the name that its detector gives to it.
    return fingerprint(f"{token},apikey")


def _detect_secrets(token: str) -> str:
    import hashlib

    # detect-secrets writes SHA-1; nothing here relies on its strength.
    return hashlib.sha1(token.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
