"""A report on a text with tokens, for the tests of its formats."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta, timezone
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from token_factory import access_token, integration_token, old_session_cookie, session_cookie

from notion_lsp.check.excerpts import excerpts
from notion_lsp.check.reports import Report, renderer
from notion_lsp.check.results import result
from notion_lsp.detect import custom
from notion_lsp.detect.find import find_tokens
from notion_lsp.ignore.scanners import Triage
from notion_lsp.positions import LineIndex
from notion_lsp.project.project import Project
from notion_lsp.settings import Settings

if TYPE_CHECKING:
    from pathlib import PurePath

    from notion_lsp.files.read_write import Unreadable

TOP = PurePosixPath("/work folder")
FOLDER = TOP / "ü"
SCHEMAS = Path(__file__).parent / "schemas"
BEGAN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc)
ENDED = BEGAN + timedelta(seconds=1.5)
SEVERITIES = Settings(kinds={"integration-token": "warning", "session-cookie": "information"})

CANARIES = (access_token(1), integration_token(1), session_cookie(1), old_session_cookie(1))
LEAKY = f"""\
# 😀 é
a = "😀😀", "{CANARIES[0]}", "{CANARIES[1]}"\r
b = "{CANARIES[2]}" # token_v2 {CANARIES[3]}
"""


HIDDEN = f"""\
x = "😀"; head = "{CANARIES[0][:20]}"
whole = head + "{CANARIES[0][20:]}"
data: {base64.b64encode(f"{CANARIES[1]} {CANARIES[0]}".encode()).decode()}
"""


def report(
    text: str = LEAKY,
    path: PurePath = FOLDER / "a b.py",
    unread: tuple[Unreadable, ...] = (),
    settings: Settings = SEVERITIES,
) -> Report:
    """Return a report on the tokens of a text."""
    rows, _ = custom.rows(settings.patterns)
    project = Project(None, settings, Triage(), (), custom.Patterns(rows))
    index, known = LineIndex(text), project.patterns
    tokens = find_tokens(text, known)
    found = excerpts(index, tokens, tokens)
    results = tuple(result(path, part, project) for part in found)
    return Report(FOLDER, TOP, BEGAN, ENDED, results, unread)


def rendered(name: str, given: Report) -> str:
    """Return a report in a format."""
    return renderer(name)(given)
