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
            "SYSTEM_PULLREQUEST_TARGETBRANCH": "refs/heads/main",
            "BUILD_SOURCEVERSION": head,
        },
        "a branch of Jenkins": lambda: {
            "JENKINS_URL": "http://jenkins.example",
            "GIT_PREVIOUS_COMMIT": head,
            "GIT_PREVIOUS_SUCCESSFUL_COMMIT": base,
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


class Request(NamedTuple):
    """A request to merge a branch, at a host: its commits, and the folder that has them all.

    The branch brings a token and takes it away again. Since then the target has got a token, and
    `merge` is what the host makes of both, for the build.
    """

    origin: Path
    base: str
    head: str
    merge: str


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    origin = make_repository(tmp_path / "origin")
    run_git(origin, "checkout", "--quiet", "-b", "main")
    write(origin / "old.py", f'key = "{access_token(1)}"\n')
    base = commit(origin)
    run_git(origin, "checkout", "--quiet", "-b", "topic")
    write(origin / "new.py", f'key = "{access_token(2)}"\n')
    commit(origin)
    write(origin / "new.py", "key = None\n")
    head = commit(origin)
    run_git(origin, "checkout", "--quiet", "main")
    write(origin / "since.py", f'key = "{access_token(3)}"\n')
    commit(origin)
    run_git(origin, "checkout", "--quiet", "--detach")
    run_git(origin, "merge", "--quiet", "--no-edit", "topic")
    merge = answer(origin, "rev-parse", "HEAD")
    run_git(origin, "update-ref", "refs/pull/7/merge", merge)
    run_git(origin, "update-ref", "refs/pull/7/head", head)
    run_git(origin, "checkout", "--quiet", "main")
    return Request(origin, base, head, merge)


def checkout(of: Request, refs: str, *options: str) -> Commits:
    """Return a checkout as hosts make one: what is asked for is fetched, and `HEAD` is detached."""
    folder = make_repository(of.origin.parent / "checkout")
    run_git(folder, "remote", "add", "origin", of.origin.as_uri())
    run_git(folder, "fetch", "--quiet", "--no-tags", *options, "origin", *refs.split())
    run_git(folder, "checkout", "--quiet", "--detach", "FETCH_HEAD")
    return Commits(folder, of.base, of.head)


MERGE = "+refs/pull/7/merge:refs/remotes/pull/7/merge"
HEADS = "+refs/heads/*:refs/remotes/origin/*"


def test_a_merge_that_the_host_made_is_not_what_is_checked(request_: Request) -> None:
    clone = checkout(request_, f"{MERGE} {HEADS}")
    result = check(clone, github(clone, requested(request_.base, request_.head)))
    assert (result.returncode, result.stderr) == (1, "")
    assert "new.py" in result.stdout
    assert "since.py" not in result.stdout


@pytest.mark.parametrize("depth", [1, 2])
def test_a_checkout_of_the_last_commits_is_not_taken_for_all_that_is_new(
    request_: Request, depth: int
) -> None:
    # With two of them, the head and its base are here, and what is between them is not.
    clone = checkout(request_, f"{MERGE} {request_.base}", f"--depth={depth}")
    result = check(clone, github(clone, requested(request_.base, request_.head)))
    assert result.returncode == 1
    assert "all files are checked instead of the new commits" in result.stderr
    assert "since.py" in result.stdout


def test_a_range_that_is_not_all_here_is_no_clean_one(request_: Request) -> None:
    clone = checkout(request_, f"refs/pull/7/head {request_.base}", "--depth=1")
    command = [sys.executable, "-m", "notion_lsp", "check", "--range"]
    named = f"{request_.base}..{request_.head}"
    done = subprocess.run(
        [*command, named], cwd=clone.folder, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "the clone is shallow" in done.stderr


def test_a_merge_queue_names_its_commits(request_: Request) -> None:
    clone = checkout(request_, f"{MERGE} {HEADS}")
    group = {"merge_group": {"base_sha": request_.base, "head_sha": request_.head}}
    result = check(clone, github(clone, group))
    assert (result.returncode, result.stderr) == (1, "")
    assert "new.py" in result.stdout


def test_of_merged_results_of_gitlab_the_branch_is_checked(request_: Request) -> None:
    clone = checkout(request_, f"{MERGE} {HEADS}")
    variables = {
        "GITLAB_CI": "true",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": request_.base,
        "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": request_.head,
        "CI_COMMIT_SHA": request_.merge,
    }
    result = check(clone, variables)
    assert (result.returncode, result.stderr) == (1, "")
    assert "since.py" not in result.stdout


@pytest.mark.parametrize(
    ("host", "variables"),
    [
        ("Azure Pipelines", {"TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": "main"}),
        ("Jenkins", {"JENKINS_URL": "http://j.example", "CHANGE_TARGET": "main"}),
    ],
)
def test_a_target_that_is_as_it_was_brings_more_and_never_less(
    request_: Request, host: str, variables: Variables
) -> None:
    clone = checkout(request_, MERGE)
    assert f"{host} names no base that is here" in check(clone, variables).stderr
    # A workspace that is used again has the target as it was then.
    run_git(clone.folder, "update-ref", "refs/remotes/origin/main", request_.base)
    result = check(clone, variables)
    assert (result.returncode, result.stderr) == (1, "")
    assert "new.py" in result.stdout
    assert "old.py" not in result.stdout


@pytest.mark.parametrize(
    "event",
    [
        {"before": ZEROS, "ref": "refs/tags/v1"},
        {"schedule": "0 0 * * *"},
        {"inputs": None},
        {"workflow_run": {"head_sha": "1" * 40}},
        {"issue": {"pull_request": {}}, "comment": {}},
        {"before": "1" * 40, "forced": True},
    ],
    ids=["a tag", "a schedule", "by hand", "another workflow", "a comment", "a forced push"],
)
def test_an_event_without_new_commits_has_all_files_checked(
    commits: Commits, event: object
) -> None:
    result = check(commits, github(commits, event))
    assert "GitHub Actions names no base that is here" in result.stderr
    assert "old.py" in result.stdout


@pytest.mark.parametrize(
    ("host", "variables"),
    [
        ("GitLab CI", {"GITLAB_CI": "true", "CI_COMMIT_BEFORE_SHA": ZEROS, "CI_COMMIT_TAG": "v1"}),
        ("Bitbucket Pipelines", {"BITBUCKET_BUILD_NUMBER": "7", "BITBUCKET_TAG": "v1"}),
        ("CircleCI", {"CIRCLECI": "true", "CIRCLE_BASE_REVISION": ""}),
        ("Travis CI", {"TRAVIS": "true", "TRAVIS_COMMIT_RANGE": ""}),
        ("Azure Pipelines", {"TF_BUILD": "True", "BUILD_REASON": "Manual"}),
        ("Jenkins", {"JENKINS_URL": "http://j.example", "GIT_PREVIOUS_COMMIT": "HEAD"}),
    ],
)
def test_a_build_without_a_base_has_all_files_checked(
    commits: Commits, host: str, variables: Variables
) -> None:
    result = check(commits, variables)
    assert f"{host} names no base that is here" in result.stderr
    assert "old.py" in result.stdout


def test_a_build_that_is_started_again_is_not_passed_for_want_of_new_commits(
    commits: Commits,
) -> None:
    head = commits.head
    variables = {"CIRCLECI": "true", "CIRCLE_BASE_REVISION": head, "CIRCLE_SHA1": head}
    result = check(commits, variables)
    assert result.returncode == 1
    assert "CircleCI names no base that is here" in result.stderr


def test_the_commits_of_a_fork_are_checked(request_: Request) -> None:
    fork = make_repository(request_.origin.parent / "fork")
    run_git(fork, "fetch", "--quiet", request_.origin.as_uri(), "+refs/pull/7/merge")
    run_git(fork, "checkout", "--quiet", "--detach", "FETCH_HEAD")
    clone = Commits(fork, request_.base, request_.head)
    variables = {
        "BITBUCKET_BUILD_NUMBER": "7",
        "BITBUCKET_PR_DESTINATION_COMMIT": request_.base[:12],
        "BITBUCKET_COMMIT": request_.head[:12],
    }
    result = check(clone, variables)
    assert (result.returncode, result.stderr) == (1, "")
    assert "new.py" in result.stdout


def test_the_range_of_travis_is_cut_where_its_base_is_gone(request_: Request) -> None:
    clone = checkout(request_, "refs/pull/7/head", "--depth=2")
    range_ = f"{request_.base[:12]}...{request_.head[:12]}"
    result = check(clone, {"TRAVIS": "true", "TRAVIS_COMMIT_RANGE": range_})
    assert "Travis CI names no base that is here" in result.stderr
