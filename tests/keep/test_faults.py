"""`fix --keep` where a store fails: the code is changed only once the store has the token."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cloud_stand_ins import TOKEN as SIGNED_IN
from cloud_stand_ins import Azure, Doppler, Google
from faulty_server import FAULTS, FaultyServer, Reply, failing_first, garbage, killing, silent
from github_stand_in import GitHub
from gitlab_stand_in import GitLab
from kept import fix
from repositories import write
from stand_in_program import write_program
from token_factory import access_token

from notion_lsp import request
from notion_lsp.keep import Exists, Kept, Secret, keep
from notion_lsp.settings import ACCESS_TOKEN_NAMES, Settings
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from faulty_server import Ask

    Host = Azure | Doppler | Google | GitHub | GitLab

TOKEN, OTHER, THIRD = access_token(121), access_token(122), access_token(123)
HOSTS: dict[str, type[Host]] = {
    "azure-key-vault": Azure,
    "doppler": Doppler,
    "github-actions": GitHub,
    "gitlab-ci": GitLab,
    "google-secret-manager": Google,
}
PROGRAM = "app.py", f'NOTION_TOKEN = "{TOKEN}"\n'
# Stores of code that reads the environment: of the files of pipelines.
PIPELINES = {
    "github-actions": (".github/workflows/a.yml", f"on: push\nenv:\n  NOTION_TOKEN: {TOKEN}\n"),
    "gitlab-ci": (".gitlab-ci.yml", f"site:\n  script:\n    - sync --token {TOKEN}\n"),
}


class Tried(NamedTuple):
    """A host without the secret, the server in front of it, and the file whose token it gets."""

    id: str
    host: Host
    server: FaultyServer
    file: Path
    text: str

    def is_untouched(self) -> bool:
        return self.file.read_text("utf-8") == self.text

    def secret(self) -> Secret:
        language = self.id if self.id in PIPELINES else "python"
        store = stores()["env" if self.id in PIPELINES else self.id]
        names = store.names(Settings(), ACCESS_TOKEN_NAMES[0], "NOTION_TOKEN")
        return Secret.of(store, names, language)


@pytest.fixture(params=HOSTS)
def tried(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> Iterator[Tried]:
    host = HOSTS[request.param]()
    if request.param not in PIPELINES:
        write(folder / ".notion-lsp.toml", f'store = "{request.param}"\n')
    name, text = PIPELINES.get(request.param, PROGRAM)
    for program in ("az", "gcloud"):
        write_program(tmp_path / "programs" / program, f"print({SIGNED_IN!r})")
    with FaultyServer("", host.answer) as server:
        for variable, value in {**host.environment, host.variable: server.address}.items():
            monkeypatch.setenv(variable, value)
        monkeypatch.setenv("PATH", str(tmp_path / "programs"), prepend=":")
        yield Tried(request.param, host, server, write(folder / name, text), text)


def is_fixed(tried: Tried) -> bool:
    return tried.host.value == TOKEN and TOKEN not in tried.file.read_text("utf-8")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_store_that_does_not_answer_as_it_should_changes_nothing(
    tried: Tried, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    tried.server.fault, reason = FAULTS[fault]
    assert fix() == 1
    assert tried.is_untouched()
    assert reason in capsys.readouterr().out


@pytest.mark.parametrize(("status", "reason"), [(401, ("does not ",)), (403, ("gives ", "lets "))])
def test_wrong_credentials_are_told_from_a_right_that_is_missing(
    tried: Tried, capsys: pytest.CaptureFixture[str], status: int, reason: tuple[str, ...]
) -> None:
    tried.server.fault = lambda _: Reply(status)
    assert fix() == 1
    assert tried.is_untouched()
    said = capsys.readouterr().out
    assert any(f"{tried.server.server_port} {each}" in said for each in reason)


def test_who_may_read_and_not_write_is_told_so(
    tried: Tried, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = tried.host.answer
    tried.server.fault = lambda ask: Reply(403) if ask.writes else answer(ask)
    assert fix() == 1
    assert tried.is_untouched()
    assert " write " in capsys.readouterr().out


def test_a_store_that_is_down_changes_nothing(
    tried: Tried, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(tried.host.variable, "http://127.0.0.1:9")
    assert fix() == 1
    assert tried.is_untouched()
    assert (
        "at 127.0.0.1:9 cannot be reached: look at its address, and at your network."
        in capsys.readouterr().out
    )


def test_a_store_that_hangs_changes_nothing(
    tried: Tried, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = Event()
    monkeypatch.setattr(request, "PATIENCE", 1.0)
    tried.server.fault = silent(ended)
    assert fix() == 1
    ended.set()
    assert tried.is_untouched()
    assert "does not answer within 1 seconds: try again later." in capsys.readouterr().out


def test_a_store_that_fails_once_is_asked_again(tried: Tried) -> None:
    tried.server.fault = failing_first(tried.host.answer)
    assert fix() == 0
    assert is_fixed(tried)


def test_a_value_that_cannot_be_read_back_changes_nothing(tried: Tried) -> None:
    def fault(ask: Ask) -> Reply:
        is_read_back = tried.host.value == TOKEN and not ask.writes
        return garbage(ask) if is_read_back else tried.host.answer(ask)

    tried.server.fault = fault
    assert fix() == 1
    assert tried.is_untouched()


def test_what_somebody_has_written_since_a_person_was_asked_is_asked_about_again(
    tried: Tried,
) -> None:
    tried.host.put(OTHER)
    asked = keep(tried.secret(), TOKEN, os.environ)
    assert isinstance(asked, Exists)
    tried.host.put(THIRD)
    assert isinstance(keep(tried.secret(), TOKEN, os.environ, asked), Exists)
    assert tried.host.value == THIRD


def test_what_a_person_was_asked_about_is_replaced(tried: Tried) -> None:
    tried.host.put(OTHER)
    asked = keep(tried.secret(), TOKEN, os.environ)
    assert isinstance(asked, Exists)
    assert keep(tried.secret(), TOKEN, os.environ, asked) == Kept()
    assert tried.host.value == TOKEN


def test_a_token_does_not_go_over_a_network_in_the_clear(
    tried: Tried, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(tried.host.variable, "http://192.0.2.1")
    assert fix() == 1
    assert tried.is_untouched()
    assert "the token would go over the network in the clear.\n" in capsys.readouterr().out


def test_a_process_that_is_killed_before_the_edit_leaves_the_file_whole(tried: Tried) -> None:
    started: list[subprocess.Popen[bytes]] = []
    tried.server.fault = killing(tried.host.answer, started, lambda _: tried.host.value == TOKEN)
    started.append(subprocess.Popen([sys.executable, "-m", "notion_lsp", "fix", "--keep"]))
    assert started[0].wait() == -signal.SIGKILL
    assert tried.is_untouched()
    assert tried.host.value == TOKEN
