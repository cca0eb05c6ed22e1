"""`check --range` in a build: the host's variables say which commits are new."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest
from repositories import answer, commit, make_repository, run_git, write
from token_factory import access_token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Variables = Mapping[str, str]

ZEROS = "0" * 40


class Commits(NamedTuple):
    """A repository whose last commit has a token, with the commits before it and after it."""

    folder: Path
    base: str
    head: str


@pytest.fixture
def commits(tmp_path: Path) -> Commits:
    folder = make_repository(tmp_path / "repository")
    write(folder / "old.py", f'key = "{access_token(1)}"\n')
    base = commit(folder)
    run_git(folder, "update-ref", "refs/remotes/origin/main", base)
    write(folder / "new.py", f'key = "{access_token(2)}"\n')
    return Commits(folder, base, commit(folder))


def check(commits: Commits, variables: Variables) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "notion_lsp", "check", "--range"]
    return subprocess.run(
        command,
        cwd=commits.folder,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def github(commits: Commits, event: object) -> dict[str, str]:
    file = write(commits.folder.parent / "event.json", json.dumps(event))
    told = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(file)}
    return told | {"GITHUB_SHA": commits.head}


def pushed(base: str) -> object:
    return {"before": base}


def requested(base: str, head: str) -> object:
    return {"pull_request": {"base": {"sha": base}, "head": {"sha": head}}}


def variables_of(host: str, commits: Commits) -> dict[str, str]:
    base, head = commits.base, commits.head
    return {
        "a push to GitHub": lambda: github(commits, pushed(base)),
        "a pull request of GitHub": lambda: github(commits, requested(base, head)),
        "a push to GitLab": lambda: {
            "GITLAB_CI": "true",
            "CI_COMMIT_BEFORE_SHA": base,
            "CI_COMMIT_SHA": head,
        },
        "a merge request of GitLab": lambda: {
            "GITLAB_CI": "true",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
            "CI_COMMIT_BEFORE_SHA": ZEROS,
            "CI_COMMIT_SHA": head,
        },
        "Bitbucket": lambda: {
            "BITBUCKET_BUILD_NUMBER": "7",
            "BITBUCKET_PR_DESTINATION_COMMIT": base[:12],
            "BITBUCKET_COMMIT": head,
        },
        "CircleCI": lambda: {
            "CIRCLECI": "true",
            "CIRCLE_BASE_REVISION": base,
            "CIRCLE_SHA1": head,
        },
        "Travis CI": lambda: {"TRAVIS": "true", "TRAVIS_COMMIT_RANGE": f"{base}...{head}"},
        "Azure": lambda: {
            "TF_BUILD": "True",
            "SYSTEM_PULLREQUEST_TARGETBRANCHNAME": "main",
            "BUILD_SOURCEVERSION": head,
        },
        "a branch of Jenkins": lambda: {
            "JENKINS_URL": "http://jenkins.example",
            "GIT_PREVIOUS_COMMIT": base,
            "GIT_COMMIT": head,
        },
        "a change request of Jenkins": lambda: {
            "JENKINS_URL": "http://jenkins.example",
            "CHANGE_TARGET": "main",
            "GIT_COMMIT": head,
        },
    }[host]()


@pytest.mark.parametrize(
    "host",
    [
        *("a push to GitHub", "a pull request of GitHub"),
        *("a push to GitLab", "a merge request of GitLab"),
        *("Bitbucket", "CircleCI", "Travis CI", "Azure"),
        *("a branch of Jenkins", "a change request of Jenkins"),
    ],
)
def test_the_new_commits_of_a_build_are_checked(host: str, commits: Commits) -> None:
    result = check(commits, variables_of(host, commits))
    assert result.returncode == 1
    assert "new.py" in result.stdout
    assert "old.py" not in result.stdout


@pytest.mark.parametrize("base", [ZEROS, "", "1" * 40, "0" * 64, "two\nlines"])
def test_all_files_are_checked_where_the_base_is_not_known(base: str, commits: Commits) -> None:
    result = check(commits, github(commits, pushed(base)))
    assert result.returncode == 1
    assert "GitHub Actions names no base that is here, so all files are checked" in result.stderr
    assert "old.py" in result.stdout


@pytest.mark.parametrize("event", ["", "[]", "{", '{"pull_request": {"base": 1}}'])
def test_an_event_that_says_nothing_names_no_base(event: str, commits: Commits) -> None:
    file = write(commits.folder.parent / "event.json", event)
    told = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_PATH": str(file), "GITHUB_SHA": commits.head}
    assert "names no base that is here" in check(commits, told).stderr


def test_a_shallow_clone_is_checked_whole(commits: Commits, tmp_path: Path) -> None:
    run_git(tmp_path, "clone", "--quiet", "--depth=1", commits.folder.as_uri(), "shallow")
    shallow = Commits(tmp_path / "shallow", commits.base, commits.head)
    assert answer(shallow.folder, "rev-parse", "--is-shallow-repository") == "true"
    result = check(shallow, variables_of("a push to GitLab", shallow))
    assert "GitLab CI names no base that is here" in result.stderr
    assert "old.py" in result.stdout


def test_outside_of_a_build_a_range_is_to_be_named(commits: Commits) -> None:
    result = check(commits, {})
    assert result.returncode == 2
    assert "name BASE..HEAD" in result.stderr
