"""`fix --keep` of a pipeline's file: the token goes where the pipeline reads it from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import github_stand_in as github
import pytest
from faulty_server import FaultyServer
from github_stand_in import GitHub
from gitlab_stand_in import GitLab
from kept import fix
from repositories import make_repository, run_git, write
from token_factory import access_token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKEN, OTHER = access_token(81), access_token(82)
WORKFLOW = ".github/workflows/site.yml"
ON_GITHUB = f"on: push\nenv:\n  NOTION_TOKEN: {TOKEN}\n"
PIPELINE = ".gitlab-ci.yml"
ON_GITLAB = f"site:\n  script:\n    - sync --token {TOKEN}\n"


@pytest.fixture
def on_github(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[GitHub]:
    host = GitHub()
    write(folder / WORKFLOW, ON_GITHUB)
    with FaultyServer("", host.answer) as server:
        for name, value in {**host.environment, host.variable: server.address}.items():
            monkeypatch.setenv(name, value)
        yield host


@pytest.fixture
def on_gitlab(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[GitLab]:
    host = GitLab()
    write(folder / PIPELINE, ON_GITLAB)
    with FaultyServer("", host.answer) as server:
        for name, value in {**host.environment, host.variable: server.address}.items():
            monkeypatch.setenv(name, value)
        yield host


def test_github_opens_the_box_and_the_workflow_reads_the_secret(
    on_github: GitHub, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fix() == 0
    assert on_github.secrets == {"NOTION_TOKEN": TOKEN}
    assert "NOTION_TOKEN: ${{ secrets.NOTION_TOKEN }}" in (folder / WORKFLOW).read_text()
    shown = capsys.readouterr().out
    assert "stored and fixed: reads it from the repository secret NOTION_TOKEN" in shown
    assert "Add NOTION_TOKEN" not in shown


def test_a_secret_that_github_shows_to_nobody_is_left_without_a_yes(
    on_github: GitHub, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    on_github.secrets["NOTION_TOKEN"] = OTHER
    assert fix() == 1
    assert on_github.secrets == {"NOTION_TOKEN": OTHER}
    assert (folder / WORKFLOW).read_text() == ON_GITHUB
    where = '"NOTION_TOKEN" in the secrets of the repository'
    assert f"{where} has a value that is shown to nobody" in capsys.readouterr().out


def test_gitlab_masks_and_protects_the_variable(on_gitlab: GitLab, folder: Path) -> None:
    assert fix() == 0
    variable = on_gitlab.variables["NOTION_TOKEN"]
    assert variable == {"key": "NOTION_TOKEN", "value": TOKEN, "masked": True, "protected": True}
    assert TOKEN not in (folder / PIPELINE).read_text()


@pytest.mark.parametrize("hidden", [True, False])
def test_another_variable_of_gitlab_is_left_without_a_yes(
    on_gitlab: GitLab, folder: Path, *, hidden: bool
) -> None:
    before = {"key": "NOTION_TOKEN", "value": OTHER, "hidden": hidden}
    on_gitlab.variables["NOTION_TOKEN"] = {**before}
    assert fix() == 1
    assert on_gitlab.variables["NOTION_TOKEN"] == before
    assert (folder / PIPELINE).read_text() == ON_GITLAB


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ("GH_REPO=", "Set GH_REPO to the repository, as OWNER/NAME."),
        ("GH_REPO=acme", "GH_REPO is not the name of a repository, as OWNER/NAME."),
        ("GH_REPO=acme/../x", "GH_REPO is not the name of a repository, as OWNER/NAME."),
        ("GH_REPO=acme/other", 'lets you read no secrets of "acme/other", or has none'),
        ("GH_TOKEN=wrong", "does not know your token, or it has expired: sign in again."),
    ],
)
def test_what_github_refuses_is_said(
    on_github: GitHub,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    reason: str,
) -> None:
    monkeypatch.setenv(*setting.split("="))
    assert fix() == 1
    assert on_github.secrets == {}
    assert reason in capsys.readouterr().out


@pytest.mark.usefixtures("without_git")
def test_without_a_token_and_without_gh_both_are_named(
    on_github: GitHub, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GH_TOKEN")
    assert fix() == 1
    assert on_github.secrets == {}
    assert 'Set GH_TOKEN to sign in to GitHub, or sign in with "gh".' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        (
            "GITLAB_REPO=acme/x",
            'has no project "acme/x" that GITLAB_TOKEN may see: look at GITLAB_REPO.',
        ),
        ("GITLAB_TOKEN=", "Set GITLAB_TOKEN to sign in to GitLab."),
        ("GITLAB_TOKEN=wrong", "does not know GITLAB_TOKEN, or it has expired: make a new one."),
    ],
)
def test_what_gitlab_refuses_is_said(
    on_gitlab: GitLab,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    reason: str,
) -> None:
    monkeypatch.setenv(*setting.split("="))
    assert fix() == 1
    assert on_gitlab.variables == {}
    assert reason in capsys.readouterr().out


def test_a_remote_of_the_clone_does_not_say_where_a_token_is_sent(
    on_github: GitHub, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    remote = f"https://github.com/{github.REPOSITORY}.git"
    run_git(make_repository(folder), "remote", "add", "origin", remote)
    monkeypatch.delenv("GH_REPO")
    assert fix() == 1
    assert on_github.secrets == {}
