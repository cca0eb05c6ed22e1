"""`fix --keep` with stores that run: what is in the store then, and what stands in the file."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
from threading import Event
from typing import TYPE_CHECKING

import kits
import pytest
from backends import STORES, ask
from faulty_server import Reply, between, elsewhere, failing, garbage, silent
from kept import program
from repositories import write
from token_factory import access_token

from notion_lsp import cli, request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from backends import Backend
    from faulty_server import Ask

    Fault = Callable[[Ask], Reply]

pytestmark = pytest.mark.usefixtures("vault")

TOKEN, OTHER = access_token(1), access_token(2)
PROGRAM = f'NOTION_TOKEN = "{TOKEN}"\nprint(NOTION_TOKEN)\n'
READS_IT = 'NOTION_TOKEN = vault_secret("secret", "notion", "api_key")\n'
CANNOT = "not fixed: "


@pytest.fixture(scope="module")
def running() -> Iterator[Backend]:
    with STORES["vault"](kits.python()) as store:
        yield store


@pytest.fixture
def vault(
    running: Backend, monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> Backend:
    """Return OpenBao without a secret, and a folder with a program that has a token."""
    running.clear()
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    write(folder / "program.py", PROGRAM)
    return running


def fix() -> int:
    return cli.main(["fix", "--store", "vault", "--keep"])


def call(store: Backend, method: str, path: str, body: object = None, token: str = "") -> object:
    """Ask the store itself, and return what it answers."""
    address, root = store.environment["VAULT_ADDR"], store.environment["VAULT_TOKEN"]
    return ask(method, f"{address}/v1/{path}", body, {"X-Vault-Token": token or root})


def kept(store: Backend) -> object:
    answer = call(store, "GET", "secret/data/notion")
    assert isinstance(answer, dict)
    return answer["data"]["data"]


def output(store: Backend) -> str:
    """Return what the program prints, as it stands in the folder now."""
    environment = {"PATH": os.environ["PATH"], **store.environment}
    command: list[str | Path] = [kits.python() / "python", "program.py"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return str(done.stdout)


def said(capsys: pytest.CaptureFixture[str]) -> str:
    shown = capsys.readouterr()
    return shown.out + shown.err


def test_the_rewritten_program_gets_the_token_from_the_store(vault: Backend) -> None:
    assert fix() == 0
    assert kept(vault) == {"api_key": TOKEN}
    assert output(vault) == f"{TOKEN}\n"


def test_what_was_done_is_not_left_to_do(
    vault: Backend, capsys: pytest.CaptureFixture[str]
) -> None:
    fix()
    shown = said(capsys)
    assert "program.py:1:17: stored and fixed: reads it from HashiCorp Vault" in shown
    assert "Set VAULT_ADDR and VAULT_TOKEN where the code runs. Rotate the token: " in shown
    assert "Store " not in shown
    assert kept(vault)


def test_the_token_may_be_there_already(vault: Backend) -> None:
    vault.put(TOKEN)
    assert fix() == 0
    assert READS_IT in program()


def test_another_value_is_left_where_nobody_can_be_asked(
    vault: Backend, capsys: pytest.CaptureFixture[str]
) -> None:
    vault.put(OTHER)
    assert fix() == 1
    assert kept(vault) == {"api_key": OTHER}
    assert program() == PROGRAM
    where = '"api_key of secret/notion" in HashiCorp Vault'
    assert f"{CANNOT}{where} has another value, which is left as it is: answer yes" in said(capsys)


@pytest.mark.parametrize(("answer", "value"), [("y\n", TOKEN), ("\n", OTHER), ("no\n", OTHER)])
def test_a_person_says_whether_another_value_is_replaced(
    vault: Backend, answer: str, value: str
) -> None:
    vault.put(OTHER)
    asked = in_a_terminal(
        [sys.executable, "-m", "notion_lsp", "fix", "--store=vault", "--keep"], answer
    )
    assert (
        '"api_key of secret/notion" in HashiCorp Vault has another value. Replace it? [y/N]'
        in asked
    )
    assert kept(vault) == {"api_key": value}


def test_what_stands_beside_it_in_the_secret_stays(vault: Backend) -> None:
    call(vault, "POST", "secret/data/notion", {"data": {"user": "me"}})
    assert fix() == 0
    assert kept(vault) == {"user": "me", "api_key": TOKEN}


def test_a_policy_without_the_right_to_patch_will_do(
    vault: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    call(vault, "POST", "secret/data/notion", {"data": {"user": "me"}})
    monkeypatch.setenv("VAULT_TOKEN", signed_in(vault, "create", "read", "update"))
    assert fix() == 0
    assert kept(vault) == {"user": "me", "api_key": TOKEN}


def test_a_deleted_secret_gets_a_new_version(vault: Backend) -> None:
    vault.put(OTHER)
    call(vault, "DELETE", "secret/data/notion")
    assert fix() == 0
    assert kept(vault) == {"api_key": TOKEN}


def test_a_destroyed_secret_gets_a_new_version(vault: Backend) -> None:
    vault.put(OTHER)
    call(vault, "PUT", "secret/destroy/notion", {"versions": [1]})
    assert fix() == 0
    assert kept(vault) == {"api_key": TOKEN}


def test_who_has_signed_in_with_the_command_needs_no_variable(
    vault: Backend, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write(tmp_path / ".vault-token", f"{vault.environment['VAULT_TOKEN']}\n")
    monkeypatch.delenv("VAULT_TOKEN")
    assert fix() == 0


def test_a_store_that_fails_once_is_asked_again(
    vault: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    with between(monkeypatch, "VAULT_ADDR", failing(1)):
        assert fix() == 0
    assert kept(vault) == {"api_key": TOKEN}


def test_a_store_that_has_written_and_fails_to_say_so_has_the_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with between(monkeypatch, "VAULT_ADDR", failing(2)):
        assert fix() == 0
    assert READS_IT in program()


def test_a_value_that_somebody_writes_in_the_meantime_is_not_replaced(
    vault: Backend, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def overtaken(ask: Ask) -> Reply:
        if ask.writes:
            vault.put(OTHER)
        return ask.pass_on()

    with between(monkeypatch, "VAULT_ADDR", overtaken):
        assert fix() == 1
    assert kept(vault) == {"api_key": OTHER}
    assert 'has got another version of "secret/notion" from somebody else just now' in said(capsys)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (lambda _: Reply(503), "fails, with HTTP 503: try again later."),
        (
            lambda _: Reply(418),
            "does not answer as it should, but with HTTP 418: is that its address?",
        ),
        (elsewhere, "sends on to another address: if you trust that one, set it."),
        (garbage, "does not answer as it should, but with HTTP 200: is that its address?"),
    ],
)
def test_a_store_that_does_not_answer_as_it_should_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: Fault,
    reason: str,
) -> None:
    with between(monkeypatch, "VAULT_ADDR", fault):
        assert fix() == 1
    assert program() == PROGRAM
    assert reason in said(capsys)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (
            Reply(503, b'{"errors":["Vault is sealed"]}'),
            "is sealed: try again when somebody has unsealed it.",
        ),
        (
            Reply(429, b'{"errors":["rate limit quota exceeded"]}'),
            "has been asked too often: try again later.",
        ),
        (Reply(403, b"<html>"), "but with HTTP 403: is that its address?"),
        (Reply(404, b"<html>"), "but with HTTP 404: is that its address?"),
    ],
)
def test_each_cause_has_its_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reply: Reply, reason: str
) -> None:
    with between(monkeypatch, "VAULT_ADDR", lambda _: reply):
        assert fix() == 1
    assert program() == PROGRAM
    assert reason in said(capsys)


@pytest.mark.parametrize("status", [400, 404])
def test_a_write_that_fails_otherwise_is_not_told_as_another_version(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], status: int
) -> None:
    refused = Reply(status, b'{"errors":["failed to parse JSON input"]}')
    fault: Fault = lambda ask: refused if ask.writes else ask.pass_on()  # noqa: E731, a fault
    with between(monkeypatch, "VAULT_ADDR", fault):
        assert fix() == 1
    shown = said(capsys)
    assert "another version" not in shown
    assert f"but with HTTP {status}: is that its address?" in shown


def test_a_secret_that_somebody_deletes_in_the_meantime_is_not_made_again(
    vault: Backend, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call(vault, "POST", "secret/data/notion", {"data": {"user": "me"}})

    def overtaken(ask: Ask) -> Reply:
        if ask.writes:
            vault.clear()
        return ask.pass_on()

    with between(monkeypatch, "VAULT_ADDR", overtaken):
        assert fix() == 1
    assert call(vault, "GET", "secret/metadata/notion") is None
    assert 'has lost "secret/notion" just now, as somebody deleted it' in said(capsys)


def test_a_namespace_that_is_not_there_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VAULT_NAMESPACE", "nowhere")
    assert fix() == 1
    assert "has no namespace of that name: look at VAULT_NAMESPACE." in said(capsys)


def test_a_store_that_hangs_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ended = Event()
    monkeypatch.setattr(request, "PATIENCE", 1.0)
    with between(monkeypatch, "VAULT_ADDR", silent(ended)):
        assert fix() == 1
        ended.set()
    assert program() == PROGRAM
    assert "does not answer within" in said(capsys)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("VAULT_ADDR", "", "Set VAULT_ADDR to the address of HashiCorp Vault."),
        (
            "VAULT_ADDR",
            "http://127.0.0.1:9",
            "at 127.0.0.1:9 cannot be reached: look at its address, and at your network.",
        ),
        ("VAULT_ADDR", "vault", 'VAULT_ADDR is not an address that begins with "https://".'),
        ("VAULT_ADDR", "https://me:word@vault", 'is not an address that begins with "https://".'),
        ("VAULT_ADDR", "http://192.0.2.1", "the token would go over the network in the clear."),
        ("VAULT_TOKEN", "", "Set VAULT_TOKEN to sign in to HashiCorp Vault."),
        ("VAULT_TOKEN", "s.wrong", "is of another VAULT_NAMESPACE: sign in again."),
        ("VAULT_TOKEN", "a\nb", "VAULT_TOKEN has a character that no credential has."),
    ],
)
def test_what_the_environment_lacks_is_said(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    reason: str,
) -> None:
    monkeypatch.setenv(name, value)
    assert fix() == 1
    assert program() == PROGRAM
    assert f"{reason}\n" in said(capsys)


@pytest.mark.parametrize(("rights", "right"), [(("create",), "read"), (("read",), "write")])
def test_a_right_that_is_missing_is_named(
    vault: Backend,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    rights: tuple[str, ...],
    right: str,
) -> None:
    monkeypatch.setenv("VAULT_TOKEN", signed_in(vault, *rights))
    assert fix() == 1
    assert f'gives VAULT_TOKEN no right to {right} "secret/notion": have' in said(capsys)


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ('vault-mount = "old"', '"old" is version 1 of HashiCorp Vault'),
        ('vault-mount = "sys"', '"sys" is no mount of HashiCorp Vault\'s key-value engine: have'),
        ('vault-mount = "none"', 'has no mount "none" that VAULT_TOKEN gives a right to: look'),
        ('vault-path = "a/../../sys/seal"', '"a/../../sys/seal" is not the name of a secret.'),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(
    vault: Backend,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    setting: str,
    reason: str,
) -> None:
    if "old" in setting:
        call(vault, "POST", "sys/mounts/old", {"type": "kv"})
    write(folder / ".notion-lsp.toml", f"{setting}\n")
    assert fix() == 1
    assert program() == PROGRAM
    assert reason in said(capsys)


def test_a_mount_may_have_a_name_of_several_parts_and_marks(vault: Backend, folder: Path) -> None:
    mount = "our+keys/k@1"
    call(vault, "POST", f"sys/mounts/{mount}", {"type": "kv", "options": {"version": "2"}})
    write(folder / ".notion-lsp.toml", f'vault-mount = "{mount}"\n')
    assert fix() == 0
    assert call(vault, "GET", f"{mount}/data/notion")


def test_a_token_that_cannot_be_rewritten_is_put_nowhere(vault: Backend, folder: Path) -> None:
    write(folder / "program.py", f'"""{TOKEN}"""\n')
    write(folder / "other.py", f"import re\n\nmatch x:\n    case '{OTHER}':\n        pass\n")
    fix()
    assert call(vault, "GET", "secret/metadata/notion") is None


def test_a_process_that_is_killed_before_the_edit_leaves_the_file_whole(
    vault: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    written = Event()

    def killing(ask: Ask) -> Reply:
        reply = ask.pass_on()
        if written.is_set():
            started[0].send_signal(signal.SIGKILL)
        if ask.writes:
            written.set()
        return reply

    with between(monkeypatch, "VAULT_ADDR", killing):
        command = [sys.executable, "-m", "notion_lsp", "fix", "--store=vault", "--keep"]
        started.append(subprocess.Popen(command))
        assert started[0].wait() == -signal.SIGKILL
    assert program() == PROGRAM
    assert kept(vault) == {"api_key": TOKEN}
    # The next run finds the token there.
    assert fix() == 0
    assert READS_IT in program()


def test_no_program_is_told_the_token(started: list[str]) -> None:
    assert fix() == 0
    assert not [text for text in started if TOKEN in text]


def signed_in(store: Backend, *rights: str) -> str:
    """Return a token of Vault that has these rights on the secret, and no others."""
    path = f'path "secret/data/notion" {{ capabilities = {json.dumps(rights)} }}'
    call(store, "PUT", "sys/policies/acl/few", {"policy": path})
    answer = call(store, "POST", "auth/token/create", {"policies": ["few"]})
    assert isinstance(answer, dict)
    token: str = answer["auth"]["client_token"]
    return token


def in_a_terminal(command: list[str], typed: str) -> str:
    """Run a command in a terminal in which a person types, and return what the terminal shows."""
    person, terminal = pty.openpty()
    process = subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal)
    os.close(terminal)
    os.write(person, typed.encode())
    shown = b""
    # Linux ends the reading with an error when the other side is closed.
    with contextlib.suppress(OSError):
        while more := os.read(person, 1024):
            shown += more
    process.wait()
    os.close(person)
    return shown.decode()
