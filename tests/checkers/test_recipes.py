"""The recipes for build machines, before the schemas of their hosts, and their steps in a shell."""

from __future__ import annotations

import base64
import gzip
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
from repositories import answer, commit, make_repository, run_git, write
from token_factory import access_token
from toolchains import required

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[2]
RECIPES = ROOT / "examples" / "ci"
SCHEMAS = {
    "azure-pipelines.yml": ("vendor.azure-pipelines", "--regex-variant", "nonunicode"),
    "bitbucket-pipelines.yml": ("vendor.bitbucket-pipelines",),
    "circleci.yml": ("vendor.circle-ci",),
    "github-organization.yml": ("vendor.github-workflows",),
    "github.yml": ("vendor.github-workflows",),
    "gitlab-ci.yml": ("vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
    "travis.yml": ("vendor.travis",),
}


LEAK = f'key = "{access_token(5)}"\n'
# Those that check the repository they are in.
OF_ONE = sorted({*SCHEMAS, "Jenkinsfile"} - {"github-organization.yml"})
# GitHub's program, as far as the recipe needs it: lists repositories, and keeps what is sent.
GH = """#!/bin/sh
case "$*" in
  *orgs*) shift 3; jq --raw-output "$2" "$LISTED" ;;
  *sarifs*) cat >> "$SENT" ;;
esac
"""


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


@pytest.mark.parametrize(
    "name", ["action.yml", "examples/ci/github-organization.yml", "examples/ci/github.yml"]
)
def test_zizmor_finds_no_weakness(name: str, tmp_path: Path) -> None:
    folder = tmp_path if name == "action.yml" else tmp_path / ".github" / "workflows"
    file = write(folder / Path(name).name, (ROOT / name).read_text("utf-8"))
    command = [str(checkers() / "zizmor"), "--offline", "--no-progress", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["github-organization.yml", "github.yml"])
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


@pytest.mark.parametrize("recipe", OF_ONE)
def test_a_checkout_without_tokens_passes(recipe: str, tmp_path: Path, program: Path) -> None:
    folder = make_repository(tmp_path / "repository")
    write(folder / "main.py", "print()\n")
    commit(folder)
    path = ROOT / "action.yml" if recipe == "github.yml" else RECIPES / recipe
    assert set(run(path, folder, program).values()) == {0}


@pytest.mark.parametrize("recipe", OF_ONE)
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


@pytest.fixture
def organization(tmp_path: Path, program: Path) -> dict[str, str]:
    """Make three repositories, one with a token, and return the variables of a build."""
    texts = {"one": "a = 1\n", "two": LEAK, "three": "b\n"}
    for name, text in texts.items():
        folder = make_repository(tmp_path / "origins" / "acme" / name)
        write(folder / "main.py", text)
        commit(folder)
    listed = [
        {"full_name": f"acme/{name}", "archived": name == "old", "disabled": False, "size": size}
        for name, size in {**dict.fromkeys((*texts, "old", "gone"), 1), "empty": 0}.items()
    ]
    write(program / "gh", GH).chmod(0o755)
    return environment(tmp_path / "work", program) | {
        "LISTED": str(write(tmp_path / "listed.json", json.dumps(listed))),
        "SENT": str(tmp_path / "sent.json"),
        "ORGANIZATION": "acme",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{(tmp_path / 'origins').as_uri()}/.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/",
    }


def check_to_sarif(folder: Path, variables: Mapping[str, str], *names: str) -> str:
    command = ["notion-lsp", "check", "--output-format", "sarif", *names]
    done = subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    return done.stdout


def steps_of(job: str, folder: Path, variables: Mapping[str, str]) -> list[tuple[int, str]]:
    """Run the commands of a job of the recipe for an organization, but not what installs."""
    recipe = yaml.safe_load((RECIPES / "github-organization.yml").read_text("utf-8"))
    scripts = [step["run"] for step in recipe["jobs"][job]["steps"] if "run" in step]
    done = [
        subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=folder,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        for script in scripts
        if "pipx" not in script
    ]
    return [(each.returncode, each.stdout) for each in done]


def test_each_repository_of_an_organization_is_checked_and_told(
    tmp_path: Path, organization: dict[str, str]
) -> None:
    required("jq")
    folder = tmp_path / "work"
    folder.mkdir()
    assert [code for code, _ in steps_of("list", folder, organization)] == [0, 0]
    assert (tmp_path / "output").read_text() == "jobs=[0,1,2,3]\n"
    said = ""
    codes = []
    for job in range(2):
        ((code, told),) = steps_of("check", folder, organization | {"JOB": str(job), "JOBS": "2"})
        codes.append(code)
        said += told
    assert codes == [1, 0]
    assert sorted(said.splitlines()) == [
        "::error::acme/gone could not be cloned",
        "::error::acme/two: notion-lsp check exited with 1",
    ]
    reports = {path.name for path in (folder / "reports").iterdir()}
    assert reports == {"acme+one.sarif", "acme+two.sarif", "acme+three.sarif"}
    sent = json.loads((tmp_path / "sent.json").read_text())
    log = json.loads(gzip.decompress(base64.b64decode(sent["sarif"])))
    assert sent["commit_sha"] == answer(tmp_path / "origins" / "acme" / "two", "rev-parse", "HEAD")
    assert sent["ref"].startswith("refs/heads/")
    assert len(log["runs"][0]["results"]) == 1


def test_the_reports_of_an_organization_are_merged_into_one(
    tmp_path: Path, organization: dict[str, str]
) -> None:
    required("jq")
    folder = tmp_path / "work"
    variables = organization | {"GITHUB_SERVER_URL": "https://github.com"}
    for name in ("clean", "leaky", "other"):
        text = {"leaky": LEAK, "other": f"# {access_token(6)} in an example\n{LEAK}"}.get(name, "")
        write(folder / name / "a b.py", text)
        report = check_to_sarif(folder / name, variables)
        write(folder / "reports" / f"acme+{name}.sarif", report)
    unread = json.loads(check_to_sarif(folder / "clean", variables, "missing.py"))
    write(folder / "reports" / "acme+broken.sarif", json.dumps(unread))
    assert [code for code, _ in steps_of("merge", folder, variables)] == [0]
    (run,) = json.loads((folder / "organization.sarif").read_text("utf-8"))["runs"]
    places = [
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for each in run["results"]
    ]
    address = "https://github.com/acme/{}/blob/HEAD/a%20b.py"
    assert sorted(places) == [address.format(name) for name in ("leaky", "other", "other")]
    assert {each["ruleId"] for each in run["results"]} <= {
        each["id"] for each in run["tool"]["driver"]["rules"]
    }
    ((said,),) = [each["toolExecutionNotifications"] for each in run["invocations"]]
    assert said["message"]["text"].startswith("acme/broken: The file was not read")


def test_a_merged_report_has_no_more_results_than_github_takes(
    tmp_path: Path, organization: dict[str, str]
) -> None:
    required("jq")
    folder = tmp_path / "work"
    variables = organization | {"GITHUB_SERVER_URL": "https://github.com"}
    write(folder / "leaky" / "a.py", LEAK)
    report = json.loads(check_to_sarif(folder / "leaky", variables))
    (result,) = report["runs"][0]["results"]
    for name, level in (("low", "note"), ("high", "error")):
        report["runs"][0]["results"] = [result | {"level": level}] * 15_000
        write(folder / "reports" / f"acme+{name}.sarif", json.dumps(report))
    steps_of("merge", folder, variables)
    (run,) = json.loads((folder / "organization.sarif").read_text("utf-8"))["runs"]
    levels = [each["level"] for each in run["results"]]
    assert levels == ["error"] * 15_000 + ["note"] * 10_000
    ((note,),) = [each["toolExecutionNotifications"] for each in run["invocations"]]
    assert note["message"]["text"] == "5000 more results are left out."


@pytest.mark.parametrize(("repositories", "jobs"), [(1, 1), (256, 256), (1000, 256)])
def test_a_matrix_has_no_more_jobs_than_github_takes(
    repositories: int, jobs: int, tmp_path: Path, organization: dict[str, str]
) -> None:
    required("jq")
    row = {"full_name": "acme/one", "archived": False, "disabled": False, "size": 1}
    write(Path(organization["LISTED"]), json.dumps([row] * repositories))
    steps_of("list", tmp_path, organization)
    written = (tmp_path / "output").read_text().removeprefix("jobs=")
    assert json.loads(written) == list(range(jobs))
