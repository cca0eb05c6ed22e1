"""The recipes for build machines, before the schemas of their hosts, and their steps in a shell."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest
import yaml
from kits import actionlint, checkers
from repositories import commit, make_repository, run_git, write
from token_factory import access_token
from toolchains import required

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "examples" / "ci"
SCHEMAS = {
    "azure-pipelines.yml": ("vendor.azure-pipelines", "--regex-variant", "nonunicode"),
    "bitbucket-pipelines.yml": ("vendor.bitbucket-pipelines",),
    "circleci.yml": ("vendor.circle-ci",),
    "github.yml": ("vendor.github-workflows",),
    "gitlab-ci.yml": ("vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
    "travis.yml": ("vendor.travis",),
}


def fits(file: Path, schema: str, *options: str) -> tuple[int, str]:
    program = checkers() / "check-jsonschema"
    command = [str(program), "--color", "never", "--builtin-schema", schema, *options, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize("recipe", SCHEMAS)
def test_a_recipe_fits_the_schema_of_its_host(recipe: str) -> None:
    assert fits(RECIPES / recipe, *SCHEMAS[recipe]) == (0, "ok -- validation done\n")


def test_every_recipe_has_a_schema() -> None:
    assert {path.name for path in RECIPES.iterdir()} == {*SCHEMAS, "Jenkinsfile"}


def test_the_action_fits_its_schema() -> None:
    assert fits(ROOT / "action.yml", "vendor.github-actions") == (0, "ok -- validation done\n")


def test_the_component_fits_the_schema_of_gitlab(tmp_path: Path) -> None:
    # The schema is that of the second document: the first one is the component's inputs.
    _, job = (ROOT / "templates" / "notion-lsp.yml").read_text("utf-8").split("---\n")
    file = write(tmp_path / "job.yml", job)
    assert fits(file, *SCHEMAS["gitlab-ci.yml"]) == (0, "ok -- validation done\n")


@pytest.mark.parametrize("name", ["action.yml", "examples/ci/github.yml"])
def test_zizmor_finds_no_weakness(name: str, tmp_path: Path) -> None:
    folder = tmp_path if name == "action.yml" else tmp_path / ".github" / "workflows"
    file = write(folder / Path(name).name, (ROOT / name).read_text("utf-8"))
    command = [str(checkers() / "zizmor"), "--offline", "--no-progress", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["github.yml"])
def test_actionlint_finds_no_mistake(name: str) -> None:
    program = """
    import { createLinter } from "actionlint";
    import { readFileSync } from "node:fs";
    const lint = await createLinter();
    console.log(JSON.stringify(lint(readFileSync(0, "utf8"), ".github/workflows/a.yml")));
    process.exit(0);
    """
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", program],
        cwd=actionlint(),
        input=(RECIPES / name).read_text("utf-8"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == []


def scripts(recipe: Path) -> list[str]:
    """Return the commands of a recipe that call the program, in order."""
    lines = recipe.read_text("utf-8").splitlines()
    found = [line[line.index("notion-lsp check") :] for line in lines if "notion-lsp check" in line]
    # Those of the Jenkinsfile are quoted.
    return [line.rstrip("'") for line in found]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a folder with the program, as an installation has it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    launcher = write(
        folder / "notion-lsp", f'#!/bin/sh\nexec {sys.executable} -m notion_lsp "$@"\n'
    )
    launcher.chmod(0o755)
    return folder


def environment(folder: Path, program: Path) -> dict[str, str]:
    """Return the variables of a build in a folder, as far as the recipes read them."""
    target = folder.parent / "staging"
    target.mkdir(exist_ok=True)
    return os.environ | {
        "PATH": os.pathsep.join([str(program), os.environ["PATH"]]),
        "CI": "true",
        "GITLAB_CI": "true",
        "CI_COMMIT_SHA": "HEAD",
        "BUILD_ARTIFACTSTAGINGDIRECTORY": str(target),
        "FOLDER": ".",
        "SARIF": str(target / "notion-lsp.sarif"),
    }


def run(recipe: Path, folder: Path, program: Path) -> dict[str, int]:
    """Return the exit codes of a recipe's commands in a shell that stops at nothing."""
    (folder / "test-results" / "notion-lsp").mkdir(parents=True)
    return {
        script: subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env=environment(folder, program),
            capture_output=True,
            check=False,
        ).returncode
        for script in scripts(recipe)
    }


@pytest.mark.parametrize("recipe", [*SCHEMAS, "Jenkinsfile"])
def test_a_checkout_without_tokens_passes(recipe: str, tmp_path: Path, program: Path) -> None:
    folder = make_repository(tmp_path / "repository")
    write(folder / "main.py", "print()\n")
    commit(folder)
    path = ROOT / "action.yml" if recipe == "github.yml" else RECIPES / recipe
    assert set(run(path, folder, program).values()) == {0}


@pytest.mark.parametrize("recipe", [*SCHEMAS, "Jenkinsfile"])
def test_a_detached_checkout_of_depth_one_with_a_token_fails(
    recipe: str, tmp_path: Path, program: Path
) -> None:
    origin = make_repository(tmp_path / "origin")
    write(origin / "main.py", f'key = "{access_token(3)}"\n')
    commit(origin)
    run_git(tmp_path, "clone", "--quiet", "--depth=1", origin.as_uri(), "checkout")
    run_git(tmp_path / "checkout", "checkout", "--quiet", "--detach")
    path = ROOT / "action.yml" if recipe == "github.yml" else RECIPES / recipe
    codes = run(path, tmp_path / "checkout", program)
    # A report is written all the same; what checks the files and the commits fails.
    assert [code for script, code in codes.items() if ">" in script] == [0] * sum(
        ">" in script for script in codes
    )
    assert [code for script, code in codes.items() if ">" not in script] == [1, 1]


class Proxy(http.server.BaseHTTPRequestHandler):
    """Bitbucket's proxy, as far as the recipe needs it: takes what is sent, and keeps it."""

    taken: ClassVar[list[tuple[str, str, Sequence[object]]]]

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.command, self.path, json.loads(body)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.do_PUT()

    def log_message(self, *_: object) -> None:
        """Write nothing."""


@pytest.mark.parametrize("tokens", [0, 101])
def test_the_recipe_for_bitbucket_sends_the_report_to_its_proxy(
    tokens: int, tmp_path: Path, program: Path
) -> None:
    required("curl")
    folder = make_repository(tmp_path / "repository")
    write(folder / "main.py", "".join(f'key = "{access_token(n)}"\n' for n in range(tokens)))
    commit(folder)

    class Handler(Proxy):
        taken: ClassVar = []

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        recipe = yaml.safe_load((RECIPES / "bitbucket-pipelines.yml").read_text("utf-8"))
        lines = recipe["definitions"]["steps"][0]["step"]["after-script"]
        script = "\n".join(lines).replace("localhost:29418", f"127.0.0.1:{server.server_port}")
        done = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=folder,
            env=environment(folder, program)
            | {"BITBUCKET_REPO_FULL_NAME": "a/b", "BITBUCKET_COMMIT": "abc"},
            capture_output=True,
            text=True,
            check=False,
        )
        server.shutdown()
        thread.join()
    assert (done.returncode, done.stderr) == (0, "")
    report = "http://api.bitbucket.org/2.0/repositories/a/b/commit/abc/reports/notion-lsp"
    sent = [(method, path) for method, path, _ in Handler.taken]
    assert sent == [("PUT", report), *[("POST", f"{report}/annotations")] * (2 if tokens else 0)]
    assert [len(body) for *_, body in Handler.taken[1:]] == ([100, 1] if tokens else [])
