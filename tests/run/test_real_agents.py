"""The agents themselves, with our hook installed, before a stand-in for their model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from kits import kit, make_node
from models import MODELS, Call, serving
from token_factory import access_token
from toolchains import required

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

TOKEN = access_token(15)
SHOWN = f"ntn_…{TOKEN[-4:]}"
LEAK = f'key = "{TOKEN}"\n'
FIXED = 'import os\n\nkey = os.environ["NOTION_TOKEN"]\n'
# The command itself holds no token, and what it prints is one.
SPLIT = f"printf nt; printf n_{TOKEN[4:]}"
RAN = f"echo {TOKEN} > ran.txt"

PACKAGES = {
    "claude": ("@anthropic-ai/claude-code@2.1.328", "claude"),
    "codex": ("@openai/codex@0.171.0", "codex"),
    "gemini": ("@google/gemini-cli@0.61.0", "gemini"),
}
ARGUMENTS: dict[str, Sequence[str]] = {
    "claude": ("-p", "go on", "--permission-mode", "bypassPermissions"),
    "codex": (
        *("exec", "--skip-git-repo-check", "--dangerously-bypass-hook-trust"),
        *("--dangerously-bypass-approvals-and-sandbox", "go on"),
    ),
    "gemini": ("-p", "go on", "--yolo", "--skip-trust", "--model", "gemini-2.5-flash"),
}


def claude(project: Path, _home: Path, address: str) -> tuple[list[Call], dict[str, str]]:
    old = str(project / "old.py")
    calls = [
        Call("Write", {"file_path": str(project / "new.py"), "content": LEAK}),
        Call("Read", {"file_path": old}),
        Call("Edit", {"file_path": old, "old_string": "key = 1\n", "new_string": LEAK}),
        Call("Bash", {"command": RAN, "description": "a"}),
        Call("Bash", {"command": SPLIT, "description": "b"}),
    ]
    told = {"ANTHROPIC_BASE_URL": address, "ANTHROPIC_API_KEY": "none"}
    # It does not leave all questions to us as root, but in a sandbox.
    return calls, {**told, "IS_SANDBOX": "1", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"}


def codex(_project: Path, home: Path, address: str) -> tuple[list[Call], dict[str, str]]:
    (home / ".codex").mkdir()
    (home / ".codex" / "config.toml").write_text(
        'model = "gpt-5.5"\nmodel_provider = "here"\n[model_providers.here]\nname = "here"\n'
        f'base_url = "{address}"\nwire_api = "responses"\n'
    )
    begin, end = "*** Begin Patch\n", "*** End Patch\n"
    calls = [
        Call("apply_patch", f"{begin}*** Add File: new.py\n+{LEAK}{end}"),
        Call("apply_patch", f"{begin}*** Update File: old.py\n@@\n-key = 1\n+{LEAK}{end}"),
        Call("exec_command", {"cmd": RAN}),
        Call("exec_command", {"cmd": SPLIT}),
    ]
    return calls, {}


def gemini(project: Path, home: Path, address: str) -> tuple[list[Call], dict[str, str]]:
    (home / ".gemini").mkdir()
    settings = {"security": {"auth": {"selectedType": "gemini-api-key"}}}
    off = {"privacy": {"usageStatisticsEnabled": False}, "telemetry": {"enabled": False}}
    (home / ".gemini" / "settings.json").write_text(json.dumps(settings | off))
    old = {"file_path": str(project / "old.py"), "instruction": "a"}
    calls = [
        Call("write_file", {"file_path": str(project / "new.py"), "content": LEAK}),
        Call("replace", {**old, "old_string": "key = 1\n", "new_string": LEAK}),
        Call("run_shell_command", {"command": RAN}),
        Call("run_shell_command", {"command": SPLIT}),
    ]
    return calls, {"GOOGLE_GEMINI_BASE_URL": address, "GEMINI_API_KEY": "none"}


SCRIPTS: Mapping[str, Callable[[Path, Path, str], tuple[list[Call], dict[str, str]]]] = {
    each.__name__: each for each in (claude, codex, gemini)
}


@pytest.mark.parametrize("agent", PACKAGES)
def test_an_agent_does_what_our_hook_says(agent: str, tmp_path: Path) -> None:
    required("npm")
    package, name = PACKAGES[agent]
    modules = kit(agent, [package], lambda folder: make_node(folder, [package])) / "node_modules"
    home, project = tmp_path / "home", tmp_path / "project"
    home.mkdir()
    project.mkdir()
    (project / "old.py").write_text("key = 1\n")
    model, calls = MODELS[agent], list[Call]()
    with serving(model, calls) as (address, turns):
        script, variables = SCRIPTS[agent](project, home, address)
        calls += script
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), **variables}
        install = [sys.executable, "-m", "notion_lsp", "install", "--agent", agent]
        subprocess.run(install, cwd=project, env=environment, check=True, capture_output=True)
        done = subprocess.run(
            [modules / ".bin" / name, *ARGUMENTS[agent]],
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stderr.replace(TOKEN, SHOWN)
    assert [(project / name).read_text() for name in ("new.py", "old.py")] == [FIXED, FIXED]
    assert not (project / "ran.txt").exists()
    assert len(turns) == len(script) + 1
    # What the model reads last is what came of the last command.
    before, after = (each[model.history] for each in turns[-2:])
    read = json.dumps(after[len(before) :], ensure_ascii=False)
    assert SHOWN in read
    assert TOKEN not in read
