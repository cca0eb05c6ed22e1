"""The editor session of `make try`, with the real server."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from notion_lsp.detect.plain import find_plain
from notion_lsp.explain.shown import plain
from notion_lsp.languages import language_of
from notion_lsp.refused import Refused

EXAMPLES = Path(__file__).parents[1] / "examples"
LEAKY = sorted((EXAMPLES / "leaky").iterdir())


@pytest.fixture(scope="module")
def session() -> str:
    """Return what the session prints where there is no terminal."""
    finished = subprocess.run(
        [sys.executable, EXAMPLES / "editor_session.py"],
        cwd=EXAMPLES.parent,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert finished.stderr == ""
    return finished.stdout


def test_no_token_is_shown(session: str) -> None:
    assert find_plain(session) == ()


def test_no_colour_is_used_where_there_is_no_terminal(session: str) -> None:
    assert "\x1b" not in session


@pytest.mark.parametrize("path", LEAKY, ids=lambda path: path.name)
def test_each_leaky_file_has_a_diagnostic(session: str, path: Path) -> None:
    assert re.search(rf"(?m)^{re.escape(path.name)}:\d+:\d+: error\[[a-z-]+\]$", session)


@pytest.mark.parametrize(
    "line",
    [
        '-notion = Client(auth="ntn_…',
        '+notion = Client(auth=os.environ["NOTION_TOKEN"])',
        "+import os",
        """+        "Authorization": f"Bearer {os.environ['NOTION_TOKEN']}",""",
        '+    # worked before the new connection: "Bearer secret_****"',
        '+NOTION_API_KEY = os.environ["NOTION_API_KEY"]',
        '+  auth: process.env.NOTION_KEY || requireEnv("NOTION_KEY"),',
        '+  const clientSecret = requireEnv("NOTION_CLIENT_SECRET");',
        '+          <NotionPage id={page.id} token={requireEnv("NOTION_TOKEN_2")} />',
        '+var notionToken = mustEnv("NOTION_TOKEN")',
        '+NOTION_TOKEN="${NOTION_TOKEN:?NOTION_TOKEN is not set}"',
        "+NOTION_TOKEN=",
    ],
)
def test_the_diff_shows(session: str, line: str) -> None:
    assert any(shown.strip().startswith(line) for shown in session.splitlines())


@pytest.mark.parametrize("name", ["config.yaml", "mcp.json", "local.env"])
def test_a_refusal_gives_its_reason(session: str, name: str) -> None:
    language = language_of(Path(name), None, (EXAMPLES / "leaky" / name).read_text("utf-8"))
    assert language
    assert isinstance(language.environment, Refused)
    assert plain(language.environment.reason) in session


def test_the_summary_counts_each_token(session: str) -> None:
    total, fixed, left = (
        int(number) for number in re.findall(r"(?m)^(\d+) (?:tokens|taken|left)", session)
    )
    assert total == fixed + left == session.count(": error[")
    assert left == session.count("Why no rewrite? ")
