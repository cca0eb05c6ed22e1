"""`fix --keep` into a keyring: one in memory, and those that are no place for a token."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import keyring
import pytest
from kept import fix
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordSetError
from repositories import write
from token_factory import access_token

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOKEN, OTHER = access_token(91), access_token(92)
PROGRAM = f'NOTION_TOKEN = "{TOKEN}"\n'
PLACE = ("notion", "api-token")


class InMemory(KeyringBackend):
    """A keyring that forgets."""

    priority: ClassVar[float] = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # keyring's
        self.passwords: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.passwords.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.passwords[service, username] = password


class Locked(InMemory):
    """A keyring that its person has not unlocked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(service, username)


class ReadOnly(InMemory):
    """A keyring that its person may read and not write."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError(service, username, password)


class InAFile(InMemory):
    """A keyring that keeps passwords as plain text, and says so by its priority."""

    priority: ClassVar[float] = 0.5


@pytest.fixture
def use(folder: Path) -> Iterator[Callable[[KeyringBackend], None]]:
    write(folder / ".notion-lsp.toml", 'store = "keyring"\n')
    write(folder / "program.py", PROGRAM)
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_the_keyring_gets_the_token_and_the_code_reads_it_there(
    use: Callable[[KeyringBackend], None], folder: Path
) -> None:
    memory = InMemory()
    use(memory)
    assert fix() == 0
    assert memory.passwords == {PLACE: TOKEN}
    read = 'NOTION_TOKEN = keyring_secret("notion", "api-token")\n'
    assert (folder / "program.py").read_text().endswith(read)


def test_another_password_is_left_without_a_yes(
    use: Callable[[KeyringBackend], None], folder: Path
) -> None:
    memory = InMemory()
    memory.passwords[PLACE] = OTHER
    use(memory)
    assert fix() == 1
    assert memory.passwords == {PLACE: OTHER}
    assert (folder / "program.py").read_text() == PROGRAM


@pytest.mark.parametrize(
    ("backend", "reason"),
    [
        (Locked, "The system's keyring is locked: unlock it, and try again."),
        (ReadOnly, "The system's keyring cannot be written: unlock it, or choose another store."),
        (
            InAFile,
            "The system's keyring is not there, or is no safe place for a token: choose",
        ),
        (
            NoKeyring,
            "The system's keyring is not there, or is no safe place for a token: choose",
        ),
    ],
)
def test_what_keeps_no_token_is_said(
    use: Callable[[KeyringBackend], None],
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    backend: Callable[[], KeyringBackend],
    reason: str,
) -> None:
    use(backend())
    assert fix() == 1
    assert (folder / "program.py").read_text() == PROGRAM
    assert reason in capsys.readouterr().out


def test_a_process_that_is_killed_before_the_edit_leaves_the_file_whole(
    folder: Path, tmp_path: Path
) -> None:
    write(folder / ".notion-lsp.toml", 'store = "keyring"\n')
    write(folder / "program.py", PROGRAM)
    beside = {
        "PYTHON_KEYRING_BACKEND": "killing_keyring.Keyring",
        "PYTHONPATH": str(Path(__file__).parent),
        "KEPT_IN": str(tmp_path / "kept"),
    }
    command = [sys.executable, "-m", "notion_lsp", "fix", "--keep"]
    done = subprocess.run(command, env={**os.environ, **beside}, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (folder / "program.py").read_text() == PROGRAM
    assert (tmp_path / "kept").read_text() == TOKEN
