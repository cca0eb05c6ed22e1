"""The one token that a person means: by its place, by a variable, or in a text."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import token_of
from notion_lsp.detect.plain import find_plain
from notion_lsp.explain.messages import masked
from notion_lsp.files.read_write import Unreadable, decode_any, read
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notion_lsp.detect.finding import Finding
    from notion_lsp.files.read_write import Decoded
    from notion_lsp.text import Span

TYPED = Refused(
    "A token that is typed stays in the shell's history and shows in the list of processes. Name "
    "the file and line, or the variable, that has it."
)
# A path may have colons itself, as on Windows.
_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?", re.DOTALL)


class Named(NamedTuple):
    """A token: a text, and where it stands there."""

    text: str
    finding: Finding

    @property
    def token(self) -> str:
        """The token itself, to be sent or compared; never to be shown."""
        return token_of(self.text, self.finding)

    @property
    def mask(self) -> str:
        """What may be shown of the token."""
        return masked(self.finding, self.text)

    @property
    def shown(self) -> str:
        """The title of its kind, and its mask."""
        return f"{self.finding.kind.title} {self.mask}"


def at_place(place: str) -> Named | Refused:
    """Return the token at `PATH:LINE` or `PATH:LINE:COLUMN`, as `check` prints places.

    Lines and columns count from 1, columns in code points.
    """
    if find_plain(place, edges=False):
        return TYPED
    found = _PLACE.fullmatch(place)
    if not found:
        return Refused(f"`{place}` names no place: write a file and a line, as in `app.py:3`.")
    content = read(Path(found["path"]))
    if isinstance(content, Unreadable):
        return Refused(f"`{found['path']}` could not be read: {content.reason}.")
    column = int(found["column"]) if found["column"] else None
    return _one(content.text, _at(content, int(found["line"]), column), f"`{place}`")


def in_variable(name: str) -> Named | Refused:
    """Return the token that a variable of the environment holds."""
    if find_plain(name, edges=False):
        return TYPED
    value = os.environ.get(name)
    if value is None:
        return Refused(f"The variable `{name}` is not set.")
    # The name tells a client secret from a token.
    text = f"{name}={value}"
    return _one(text, find_tokens(text), f"The variable `{name}`")


def in_text(data: bytes) -> Named | Refused:
    """Return the token in a text that was given, such as by standard input."""
    text = decode_any(data).text
    return _one(text, find_tokens(text), "Standard input")


def _one(text: str, findings: Iterable[Finding], where: str) -> Named | Refused:
    tokens = {token_of(text, finding): finding for finding in findings}
    if not tokens:
        return Refused(f"{where} has no token of Notion.")
    if len(tokens) > 1:
        return Refused(f"{where} has {len(tokens)} tokens: name one, by its line and column.")
    return Named(text, next(iter(tokens.values())))


def _at(content: Decoded, line: int, column: int | None) -> Iterable[Finding]:
    index = content.lines()

    def covers(span: Span) -> bool:
        start, end = (index.position(at, "utf-32") for at in (span.start, span.end))
        if column is None:
            return start[0] <= line - 1 <= end[0]
        return start <= (line - 1, column - 1) <= end

    return (each for each in find_tokens(content.text) if any(map(covers, each.spans)))
