"""GitHub's own command puts a token into the secrets of a repository, where no variable has one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import github_stand_in as github
import pytest
from faulty_server import FaultyServer
from github_stand_in import GitHub
from kept import fix
from notion_stand_in import trust
from repositories import write
from token_factory import access_token
from toolchains import required

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKEN = access_token(83)
WORKFLOW = ".github/workflows/site.yml"
SOURCE = f"on: push\nenv:\n  NOTION_TOKEN: {TOKEN}\n"


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> Iterator[GitHub]:
    """Serve as a GitHub of a company's own, to which `gh` is signed in."""
    required("gh")
    trust(monkeypatch)
    write(folder / WORKFLOW, SOURCE)
    answering = GitHub()
    with FaultyServer("", answering.answer, encrypted=True) as server:
        signed_in = f"{urlsplit(server.address).netloc}:\n  oauth_token: {github.TOKEN}\n"
        write(tmp_path / "gh" / "hosts.yml", signed_in)
        monkeypatch.setenv("GH_CONFIG_DIR", str(tmp_path / "gh"))
        monkeypatch.setenv("GITHUB_API_URL", f"{server.address}/api/v3")
        monkeypatch.setenv("GH_REPO", github.REPOSITORY)
        for name in ("GH_TOKEN", "GITHUB_TOKEN"):
            monkeypatch.delenv(name, raising=False)
        yield answering


def test_github_gets_the_token_from_its_command(host: GitHub, folder: Path) -> None:
    assert fix() == 0
    assert host.secrets == {"NOTION_TOKEN": TOKEN}
    assert "NOTION_TOKEN: ${{ secrets.NOTION_TOKEN }}" in (folder / WORKFLOW).read_text()


def test_the_command_is_told_the_token_by_standard_input(host: GitHub, started: list[str]) -> None:
    assert fix() == 0
    assert host.secrets
    assert "secret" in started
    assert not [text for text in started if TOKEN in text]
