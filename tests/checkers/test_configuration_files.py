"""The fixtures of files of configuration, and what they become, before the real checkers."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from kits import checkers
from test_fixtures import FIXTURES, result_file, sources, unmarked

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = {
    "circleci": "vendor.circle-ci",
    "docker-compose": "vendor.compose-spec",
    "github-actions": "vendor.github-workflows",
    "gitlab-ci": "vendor.gitlab-ci",
    "travis": "vendor.travis",
}
CASES = [path for path in sources() if path.parent.name in SCHEMAS and result_file(path).exists()]
# What a person is in the middle of typing fits no schema.
COMPLETE = [path for path in CASES if not path.name.startswith("half_typed")]
WORKFLOWS = [path for path in COMPLETE if path.parent.name == "github-actions"]


def name(path: Path) -> str:
    return str(path.relative_to(FIXTURES))


def program(name: str) -> str:
    return str(checkers() / name)


def before_and_after(path: Path) -> tuple[bytes, bytes]:
    source, _ = unmarked(path.read_bytes().decode())
    return source.encode(), result_file(path).read_bytes()


@pytest.mark.parametrize("path", COMPLETE, ids=name)
def test_the_result_fits_the_schema(path: Path) -> None:
    command = [
        program("check-jsonschema"),
        *("--builtin-schema", SCHEMAS[path.parent.name], "--color", "never"),
        *(["--data-transform", "gitlab-ci"] if path.parent.name == "gitlab-ci" else []),
        str(result_file(path)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def audit(content: bytes, folder: Path) -> list[tuple[str, str]]:
    """Return what zizmor finds: which rules, and how bad it is."""
    file = folder / ".github" / "workflows" / "sync.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    command = [program("zizmor"), "--offline", "--format", "json", "--no-exit-codes", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return [(each["ident"], each["determinations"]["severity"]) for each in found]


@pytest.mark.parametrize("path", WORKFLOWS, ids=name)
def test_a_rewritten_workflow_has_no_new_weakness(path: Path, tmp_path: Path) -> None:
    before, after = before_and_after(path)
    new = audit(after, tmp_path)
    for found in audit(before, tmp_path):
        if found in new:
            new.remove(found)
    assert new == []


def steps(content: bytes) -> list[str]:
    workflow = yaml.safe_load(content)
    return [
        step["run"]
        for job in workflow["jobs"].values()
        for step in job.get("steps", ())
        if step and "run" in step and step.get("shell", "bash") in {"bash", "sh"}
    ]


def shellcheck(script: str) -> list[int]:
    command = [program("shellcheck"), "--shell", "bash", "--format", "json", "-"]
    done = subprocess.run(command, input=script, capture_output=True, text=True, check=False)
    return [each["code"] for each in json.loads(done.stdout)]


@pytest.mark.parametrize(
    "path", [path for path in WORKFLOWS if path.stem != "powershell"], ids=name
)
def test_shellcheck_finds_nothing_new_in_a_rewritten_step(path: Path) -> None:
    before, after = map(steps, before_and_after(path))
    assert [shellcheck(script) for script in after] == [shellcheck(script) for script in before]
