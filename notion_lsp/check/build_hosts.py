"""The commits that a build is about, as the host says in the variables of the build.

A row for each host. Sources: the pages of each host on predefined variables.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files import read_write
from notion_lsp.json_text import object_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Variables = Mapping[str, str]


class Commits(NamedTuple):
    """A range: what `head` has and `base` has not. A base that is unknown is empty."""

    host: str
    base: str
    head: str


class _Host(NamedTuple):
    title: str
    told_by: str
    commits: Callable[[Variables], tuple[str, str]]


def is_a_build(variables: Variables) -> bool:
    """Whether a host of builds says that this is one, by a variable of its own or by `CI`."""
    names = (*_TELL_OF_A_BUILD, *(host.told_by for host in _HOSTS))
    return any(variables.get(name, "").lower() not in _DENIED for name in names)


def commits_of_build(variables: Variables) -> Commits | None:
    """Return the commits that this build is about, `None` outside of a build known here."""
    for host in _HOSTS:
        if variables.get(host.told_by):
            base, head = host.commits(variables)
            return Commits(host.title, "" if is_of_nothing(base) else base, head)
    return None


def is_of_nothing(base: str) -> bool:
    """Whether a base is that of a new branch: zeros, 40 or, in a repository with SHA-256, 64."""
    return bool(base) and not base.strip("0")


def _first(variables: Variables, *names: str) -> str:
    return next(filter(None, map(variables.get, names)), "")


def _github(variables: Variables) -> tuple[str, str]:
    event = _event(variables.get("GITHUB_EVENT_PATH", ""))
    request, group = event.get("pull_request"), event.get("merge_group")
    if isinstance(request, dict):
        # GITHUB_SHA is that of a merge which exists for this build alone.
        return _text(request.get("base"), "sha"), _text(request.get("head"), "sha")
    if isinstance(group, dict):
        return _text(group, "base_sha"), _text(group, "head_sha")
    return _text(event, "before"), variables.get("GITHUB_SHA", "")


def _event(name: str) -> Mapping[str, object]:
    text = read_write.text_of(Path(name)) if name else None
    return object_in(text or "") or {}


def _text(of: object, key: str) -> str:
    return str(of.get(key) or "") if isinstance(of, dict) else ""


def _gitlab(variables: Variables) -> tuple[str, str]:
    base = _first(variables, "CI_MERGE_REQUEST_DIFF_BASE_SHA", "CI_COMMIT_BEFORE_SHA")
    # Of merged results, the commit is a merge with what the target has got since.
    return base, _first(variables, "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "CI_COMMIT_SHA")


def _bitbucket(variables: Variables) -> tuple[str, str]:
    base = variables.get("BITBUCKET_PR_DESTINATION_COMMIT", "")
    return base, variables.get("BITBUCKET_COMMIT", "")


def _travis(variables: Variables) -> tuple[str, str]:
    base, _, head = variables.get("TRAVIS_COMMIT_RANGE", "").partition("...")
    return base, head or variables.get("TRAVIS_COMMIT", "")


def _jenkins(variables: Variables) -> tuple[str, str]:
    target = variables.get("CHANGE_TARGET")
    # What the last build refused is still new, so its commit is no base.
    passed = variables.get("GIT_PREVIOUS_SUCCESSFUL_COMMIT", "")
    return f"origin/{target}" if target else passed, variables.get("GIT_COMMIT", "HEAD")


def _azure(variables: Variables) -> tuple[str, str]:
    # Azure's own repositories name all of the ref, and others the branch.
    target = variables.get("SYSTEM_PULLREQUEST_TARGETBRANCH", "").removeprefix("refs/heads/")
    return f"origin/{target}" if target else "", variables.get("BUILD_SOURCEVERSION", "HEAD")


def _circleci(variables: Variables) -> tuple[str, str]:
    # Its own variables name no base: the recipe passes the pipeline's value on.
    return variables.get("CIRCLE_BASE_REVISION", ""), variables.get("CIRCLE_SHA1", "")


_HOSTS = (
    _Host("GitHub Actions", "GITHUB_ACTIONS", _github),
    _Host("GitLab CI", "GITLAB_CI", _gitlab),
    _Host("Bitbucket Pipelines", "BITBUCKET_BUILD_NUMBER", _bitbucket),
    _Host("CircleCI", "CIRCLECI", _circleci),
    _Host("Travis CI", "TRAVIS", _travis),
    _Host("Azure Pipelines", "TF_BUILD", _azure),
    _Host("Jenkins", "JENKINS_URL", _jenkins),
)
# Most hosts set the first one; TeamCity, CodeBuild, Bamboo and GoCD have their own.
_TELL_OF_A_BUILD = (
    *("CI", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID", "bamboo_buildKey", "GO_PIPELINE_NAME"),
)
_DENIED = {"", "0", "false"}
