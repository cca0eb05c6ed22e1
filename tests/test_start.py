"""What a call loads: hooks and agents wait for each, and loading is most of a short one."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from token_factory import access_token

if TYPE_CHECKING:
    from pathlib import Path

CLEAN = "print()\n"
LEAK = f'key = "{access_token(1)}"\n'
# The standard library loads it to make a dataclass, and to list a package.
READS_SOURCE = "inspect"
FINDS = "notion_lsp.detect.find"
REPORTS = "notion_lsp.check.results"
LANGUAGES = "notion_lsp.languages"
SERVES = {"pygls", "lsprotocol", "rich", "asyncio"}


def loaded(folder: Path, text: str, *arguments: str, given: str = "") -> set[str]:
    """Return the modules that a call has loaded when it ends, beside a file `a.py`."""
    (folder / "a.py").write_text(text)
    program = (
        "import sys; from notion_lsp.cli import main; main(); print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(
        command, cwd=folder, input=given, check=True, capture_output=True, text=True
    )
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_call_loads_neither_another_subcommand_nor_the_server(
    tmp_path: Path, command: str
) -> None:
    modules = loaded(tmp_path, LEAK, command)
    commands = {each for each in modules if each.startswith("notion_lsp.commands.")}
    assert commands == {f"notion_lsp.commands.{command}"}
    assert modules.isdisjoint(SERVES)


def test_a_file_without_a_needle_is_checked_without_what_finds_and_reports(tmp_path: Path) -> None:
    modules = loaded(tmp_path, CLEAN, "check", "a.py")
    assert modules.isdisjoint({FINDS, REPORTS, LANGUAGES, READS_SOURCE, "regex", "json"})
    assert modules.isdisjoint({"subprocess", "tempfile", "notion_lsp.respond.exposures"})


def test_a_token_is_reported_without_the_languages(tmp_path: Path) -> None:
    modules = loaded(tmp_path, LEAK, "check", "a.py")
    assert {FINDS, REPORTS} <= modules
    assert modules.isdisjoint({LANGUAGES, READS_SOURCE, "regex", "json", "tree_sitter"})
    assert modules.isdisjoint({"notion_lsp.detect.split", "notion_lsp.files.git_store"})


@pytest.mark.parametrize("hook", [("commit-msg", "a.py"), ("pre-commit",)])
def test_a_commit_without_a_needle_is_checked_without_what_parses_and_reports(
    tmp_path: Path, hook: tuple[str, ...]
) -> None:
    for arguments in (["init", "-q"], ["add", "."]):
        (tmp_path / "b.py").write_text(CLEAN)
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True)
    modules = loaded(tmp_path, CLEAN, "hook", *hook)
    assert "notion_lsp.check.scan" in modules
    assert modules.isdisjoint({"argparse", "shutil", "tempfile", "regex", "json", READS_SOURCE})
    assert modules.isdisjoint({FINDS, REPORTS, "notion_lsp.check.reports", LANGUAGES})


def test_an_agent_is_answered_without_what_finds_where_nothing_can_be_found(tmp_path: Path) -> None:
    message = {
        "cwd": str(tmp_path),
        "hook_event_name": "PreToolUse",
        "tool_name": "Bash",
        "tool_input": {"command": "ls"},
    }
    modules = loaded(tmp_path, CLEAN, "agent-hook", given=json.dumps(message))
    assert "notion_lsp.hooks.answer" in modules
    assert modules.isdisjoint({FINDS, REPORTS, LANGUAGES, READS_SOURCE})
