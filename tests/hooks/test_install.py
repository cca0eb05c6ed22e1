"""Our hooks in the settings files of agents: all else in a file stays, whatever is done."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from token_factory import access_token

from notion_lsp.hooks.agents import agents
from notion_lsp.hooks.settings_files import with_hooks, without_hooks
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.hooks.acts import Object
    from notion_lsp.hooks.agents import Agent

CLAUDE = agents()["claude"]
each_agent = pytest.mark.parametrize("agent", agents().values(), ids=lambda agent: agent.id)
COMMAND = "/opt/bin/notion-lsp agent-hook"
OTHERS = """{
    "model": "large",
    "hooks": {
        "PreToolUse": [
            {
                "matcher": "Bash",
                "hooks": [
                    {
                        "type": "command",
                        "command": "./lint.sh"
                    }
                ]
            }
        ]
    },
    "permissions": {
        "deny": [
            "Read(\u00fcber)"
        ]
    }
}
"""


def hooks(command: str = COMMAND) -> Object:
    return CLAUDE.hooks(command)


@pytest.mark.parametrize("text", ["{", "// a comment\n{}", "[" * 100_000])
def test_a_file_that_is_not_json_is_left(text: str) -> None:
    assert with_hooks(text, hooks()) == Refused(
        "It is not JSON, so it is left as it is. Mend it first."
    )


@pytest.mark.parametrize("text", ["[]", '{"hooks": []}', '{"hooks": {"PreToolUse": {}}}'])
def test_a_file_of_another_shape_is_left(text: str) -> None:
    assert with_hooks(text, hooks()) == Refused(
        "It is not a file of hooks, so it is left as it is."
    )


@each_agent
def test_hooks_are_added_once_and_leave_nothing_behind(agent: Agent) -> None:
    once = with_hooks("", agent.hooks(COMMAND))
    assert isinstance(once, str)
    assert with_hooks(once, agent.hooks(COMMAND)) == once
    assert without_hooks(once, agent.hooks(COMMAND)) is None


def test_what_others_have_in_the_file_stays() -> None:
    once = with_hooks(OTHERS, hooks())
    assert isinstance(once, str)
    assert json.loads(once)["hooks"]["PreToolUse"][0]["hooks"][0]["command"] == "./lint.sh"
    assert with_hooks(once, hooks()) == once
    assert without_hooks(once, hooks()) == OTHERS


@pytest.mark.parametrize(
    "text",
    [
        '{"limit": 2.50, "hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": []}]}, "deny": [ ]}',
        '{"deny":["a","b"],\n\n  "hooks": {"Stop": [{"matcher": "*"}, {"matcher": "b"}]}}\n',
        '{\r\n\t"deny": ["a", "\\u00e9"],\r\n\t"hooks": {"Stop": [1e5]}\r\n}\r\n',
        '{\n   "hooks": {\n      "PreToolUse": [ "}" ]\n   }\n}',
        '{"hooks": 1, "hooks": {"Stop": [{}]}}',
        "{}",
    ],
)
def test_each_character_of_others_stays(text: str) -> None:
    once = with_hooks(text, hooks())
    assert isinstance(once, str)
    assert all(event in json.loads(once)["hooks"] for event in ("PreToolUse", "PostToolUse"))
    assert with_hooks(once, hooks()) == once
    assert without_hooks(once, hooks()) == text


def test_a_file_of_one_line_stays_one_line() -> None:
    once = with_hooks('{"hooks": {"Stop": []}}\n', hooks())
    assert isinstance(once, str)
    assert once.count("\n") == 1


def test_hooks_stand_as_their_neighbours_do() -> None:
    once = with_hooks('{\r\n\t"model": "large"\r\n}\r\n', hooks())
    assert isinstance(once, str)
    assert once.startswith(
        '{\r\n\t"model": "large",\r\n\t"hooks": {\r\n\t\t"PreToolUse": [\r\n\t\t\t{'
    )


@pytest.mark.parametrize("text", ["", "{}\n", '{"version": 1}'])
def test_a_file_without_our_hooks_is_left(text: str) -> None:
    assert without_hooks(text, hooks()) == text


def test_an_entry_of_others_that_nests_deep_stays() -> None:
    text = f'{{"hooks": {{"Stop": [{"[" * 900}{"]" * 900}]}}}}'
    once = with_hooks(text, hooks())
    assert isinstance(once, str)
    assert without_hooks(once, hooks()) == text


def test_a_new_path_of_the_program_takes_the_place_of_the_old_one() -> None:
    old = with_hooks(OTHERS, hooks("/old/notion-lsp agent-hook"))
    assert isinstance(old, str)
    assert with_hooks(old, hooks()) == with_hooks(OTHERS, hooks())


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "notion_lsp", *arguments],
        cwd=folder,
        env={"HOME": str(folder / "home"), "USERPROFILE": str(folder / "home"), "PATH": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@each_agent
def test_the_project_s_file_is_written_and_taken_away(agent: Agent, tmp_path: Path) -> None:
    name, file = agent.id, tmp_path / agent.settings
    installed = run("install", "--agent", name, "--project", folder=tmp_path)
    assert (installed.returncode, file.exists()) == (0, True)
    assert str(file) in installed.stderr
    assert run("uninstall", "--agent", name, "--project", folder=tmp_path).returncode == 0
    assert not file.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_has_its_bytes_back(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / CLAUDE.settings
    file.parent.mkdir()
    file.write_bytes('{"model": "\u00fcber"}'.encode(encoding))
    before = file.read_bytes()
    run("install", "--agent", "claude", "--project", folder=tmp_path)
    assert "agent-hook" in file.read_text(encoding)
    run("uninstall", "--agent", "claude", "--project", folder=tmp_path)
    assert file.read_bytes() == before


def test_a_person_s_own_file_is_written(tmp_path: Path) -> None:
    assert run("install", "--agent", "claude", folder=tmp_path).returncode == 0
    assert "agent-hook" in (tmp_path / "home/.claude/settings.json").read_text("utf-8")


def test_an_agent_without_a_file_for_all_projects_says_so(tmp_path: Path) -> None:
    result = run("install", "--agent", "vscode", folder=tmp_path)
    assert result.returncode == 2
    assert "Name one with --project." in result.stderr


def test_an_agent_not_known_is_told_with_those_that_are(tmp_path: Path) -> None:
    result = run("install", "--agent", "nobody", folder=tmp_path)
    assert result.returncode == 2
    assert "the agents are claude, codex, copilot, cursor, gemini, vscode" in result.stderr


def test_what_is_installed_runs_in_a_shell(tmp_path: Path) -> None:
    folder = tmp_path / "it's a folder"
    folder.mkdir()
    run("install", "--agent", "claude", "--project", folder=folder)
    settings = json.loads((folder / CLAUDE.settings).read_text("utf-8"))
    command = settings["hooks"]["UserPromptSubmit"][0]["hooks"][0]["command"]
    message = {"hook_event_name": "UserPromptSubmit", "prompt": access_token(1)}
    result = subprocess.run(  # noqa: S602, an agent runs it so
        command,
        shell=True,
        input=json.dumps(message),
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(result.stdout)["decision"] == "block"
