"""The recipes for build machines, before the schemas of their hosts, and their steps in a shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from kits import checkers
from repositories import commit, make_repository, run_git, write
from token_factory import access_token

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


def run(recipe: Path, folder: Path, program: Path) -> list[int]:
    """Return the exit codes of a recipe's commands in a shell that stops at nothing."""
    path = os.pathsep.join([str(program), os.environ["PATH"]])
    target = folder.parent / "staging"
    target.mkdir(exist_ok=True)
    base = os.environ | {"PATH": path, "GITLAB_CI": "true", "CI": "true"}
    variables = {"BUILD_ARTIFACTSTAGINGDIRECTORY": str(target), "CI_COMMIT_SHA": "HEAD"}
    variables |= {"FOLDER": ".", "SARIF": str(target / "notion-lsp.sarif")}
    return [
        subprocess.run(
            ["bash", "-c", script],
            cwd=folder,
            env=base | variables,
            capture_output=True,
            check=False,
        ).returncode
        for script in scripts(recipe)
    ]


@pytest.mark.parametrize("recipe", [*SCHEMAS, "Jenkinsfile"])
def test_a_checkout_without_tokens_passes(recipe: str, tmp_path: Path, program: Path) -> None:
    folder = make_repository(tmp_path / "repository")
    write(folder / "main.py", "print()\n")
    commit(folder)
    path = ROOT / "action.yml" if recipe == "github.yml" else RECIPES / recipe
    assert set(run(path, folder, program)) == {0}


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
    # The report is written all the same; what checks the files and the commits fails.
    assert codes[-2:] == [1, 1]
