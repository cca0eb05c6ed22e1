"""What each agent is answered: cases are files in `agents/`, a folder for each agent.

A case has the files of a project, the message that the agent sends, and the answer. `TOKEN` stands
for a token, and `SHOWN` for what may be shown of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from token_factory import access_token

from notion_lsp.hooks.agents import agents
from notion_lsp.hooks.answer import answered
from notion_lsp.hooks.asked_twice import is_asked_twice

FOLDER = Path(__file__).parent / "agents"
CASES = sorted(FOLDER.rglob("*.json"))
TOKEN = access_token(15)
SHOWN = f"ntn_…{TOKEN[-4:]}"


def case_of(path: Path) -> dict[str, Any]:
    text = path.read_text("utf-8").replace("TOKEN", TOKEN).replace("SHOWN", SHOWN)
    # A variable's name holds the word too.
    found: dict[str, Any] = json.loads(text.replace(f"NOTION_{TOKEN}", "NOTION_TOKEN"))
    return found


def project_of(case: dict[str, Any], folder: Path) -> Path:
    for name, text in case.get("files", {}).items():
        (folder / name).write_text(text, "utf-8")
    return folder


def send(message: bytes, folder: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "notion_lsp", "agent-hook"]
    environment = {"XDG_CACHE_HOME": str(folder / ".cache"), "PATH": "", "HOME": str(folder)}
    return subprocess.run(
        command, input=message, cwd=folder, env=environment, capture_output=True, check=False
    )


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_the_agent_gets_its_answer_in_its_own_form(path: Path, tmp_path: Path) -> None:
    case = case_of(path)
    project = project_of(case, tmp_path)
    text = json.dumps(case["message"]).replace("FOLDER", project.as_posix())
    result = send(text.encode(), project)
    assert (result.returncode, result.stderr) == (0, b"")
    expected = json.dumps(case["answer"]).replace("FOLDER", project.as_posix())
    assert json.loads(result.stdout) == json.loads(expected)


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_message_is_from_one_agent(path: Path) -> None:
    message = case_of(path)["message"]
    assert [agent.id for agent in agents().values() if agent.sends(message)] == [path.parent.name]


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_answer_holds_the_token(path: Path) -> None:
    assert TOKEN not in json.dumps(case_of(path)["answer"])


@pytest.mark.parametrize("agent", agents())
def test_every_agent_has_cases(agent: str) -> None:
    assert [path for path in CASES if path.parent.name == agent]


def test_an_agent_not_known_is_refused_by_the_exit_code(tmp_path: Path) -> None:
    result = send(json.dumps({"text": TOKEN}).encode(), tmp_path)
    assert (result.returncode, result.stdout) == (2, b"{}\n")
    assert b"so the tool was not run" in result.stderr
    assert TOKEN.encode() not in result.stderr


def test_an_agent_not_known_goes_on_without_a_token(tmp_path: Path) -> None:
    result = send(b'{"text": "no token"}', tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"{}\n", b"")


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_object_is_refused_and_told(data: bytes, tmp_path: Path) -> None:
    result = send(data, tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"given one JSON object on standard input" in result.stderr


def test_what_is_too_large_to_check_is_refused(tmp_path: Path) -> None:
    result = send(b'{"text": "' + b"x" * (10 << 20) + b'"}', tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"larger than 10 MB" in result.stderr


def test_a_file_of_more_tokens_than_can_be_replaced_in_time_is_refused(tmp_path: Path) -> None:
    text = "".join(f'KEY_{number} = "{access_token(number)}"\n' for number in range(201))
    given = {"file_path": "a.py", "content": text}
    message = {"hook_event_name": "PreToolUse", "cwd": str(tmp_path), "tool_input": given}
    said = json.loads(send(json.dumps(message).encode(), tmp_path).stdout)["hookSpecificOutput"]
    assert said["permissionDecision"] == "deny"
    assert "201 tokens, and at most 200 are replaced" in said["permissionDecisionReason"]


def test_a_message_is_repeated_for_a_moment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert [is_asked_twice(each) for each in (b"one", b"one", b"other", b"one")] == [
        False,
        True,
        False,
        False,
    ]
    kept = tmp_path / "notion-lsp" / "agent-hook"
    for moment in (0, time.time() + 1000):
        os.utime(kept, (moment, moment))
        assert not is_asked_twice(b"one")


def test_an_act_that_has_no_name_is_refused_each_time(tmp_path: Path) -> None:
    message = case_of(FOLDER / "cursor" / "a-file-with-a-token-is-not-read.json")["message"]
    data = json.dumps(message).encode()
    assert [b"deny" in send(data, tmp_path).stdout for _ in range(2)] == [True, True]
    foreign = json.dumps({"text": TOKEN}).encode()
    assert [send(foreign, tmp_path).returncode for _ in range(2)] == [2, 2]


def test_an_act_that_two_hooks_ask_about_is_refused_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Two processes may start more than a moment apart.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    message = case_of(FOLDER / "claude" / "a-command-is-refused.json")["message"]
    data = json.dumps(message).encode()
    answers = [answered(message, data, date.min).json for _ in range(2)]
    assert ["deny" in json.dumps(each) for each in answers] == [True, False]


def test_a_refusal_that_cannot_be_kept_is_made_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert [is_asked_twice(b"one"), is_asked_twice(b"one")] == [False, False]


def test_the_settings_leave_out_what_they_leave_out(tmp_path: Path) -> None:
    (tmp_path / ".notion-lsp.toml").write_text('exclude = ["*.py"]\n')
    given = {"file_path": "a.py", "content": f'TOKEN = "{TOKEN}"\n'}
    message = {"hook_event_name": "PreToolUse", "cwd": str(tmp_path), "tool_input": given}
    result = send(json.dumps(message).encode(), tmp_path)
    assert (result.returncode, result.stdout) == (0, b"{}\n")


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.relative_to(FOLDER)))
@pytest.mark.parametrize("value", [None, 1, [], {}])
def test_a_field_of_another_type_is_no_error(
    path: Path, value: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    message = case_of(path)["message"]
    for field in message:
        changed = message | {field: value}
        answer = answered(changed, json.dumps(changed).encode(), date.min)
        assert TOKEN not in json.dumps(answer.json)
