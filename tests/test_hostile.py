"""What the command shows of a workspace that speaks to whoever reads its output."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest
from hostile import NAME, SAID, hostile_workspace, links, obeyed

from notion_lsp import cli
from notion_lsp.check.reports import formats

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")

CALLS = [
    *(["check", "--output-format", name] for name in formats()),
    ["check", "--baseline", "known.json"],
    ["check", "--baseline", NAME],
    ["check", NAME, "missing" + NAME],
    ["check", "--" + NAME],
    ["check", "--output-format", SAID],
    ["check", "--staged", NAME],
    ["fix", "--diff"],
    ["fix", "--store", SAID],
    ["fix"],
    ["live", SAID],
    ["live", f"{NAME}:1"],
    ["live", "--from-env", SAID],
    ["uses"],
    ["guide"],
    ["hook", "pre-commit"],
    ["hook", "commit-msg", NAME],
    ["rotated", "--old", SAID, "--new", f"env:{SAID}"],
]


@pytest.mark.parametrize("arguments", CALLS, ids=[" ".join(each)[:20] for each in CALLS])
def test_no_call_shows_what_a_terminal_or_a_viewer_obeys(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    hostile_workspace(folder)
    try:
        cli.main(arguments)
    except SystemExit as error:
        assert error.code == 2  # noqa: PT017, argparse ends the process
    shown = capsys.readouterr()
    assert obeyed(shown.out) == []
    assert obeyed(shown.err) == []
    assert [line for line in shown.out.splitlines() if line.startswith("::error::x")] == []


@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "gitlab-secrets"])
def test_no_message_for_a_viewer_has_a_link(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    hostile_workspace(folder)
    cli.main(["check", "--output-format", name, ".", f"missing{NAME}"])
    said = [
        text
        for key, text in every_text("", json.loads(capsys.readouterr().out))
        if key in {"message", "text", "description", "reason", "value"}
    ]
    assert said
    assert [text for text in said if links(text) or obeyed(text)] == []


def every_text(key: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from every_text(name, each)
    elif isinstance(value, list):
        for each in value:
            yield from every_text(key, each)


def test_an_internal_error_shows_nothing_that_a_terminal_obeys(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise ValueError(SAID)

    hostile_workspace(folder)
    monkeypatch.setattr("notion_lsp.commands.check.warn", fail)
    assert cli.main(["check"]) == 2
    assert obeyed(capsys.readouterr().err) == []
