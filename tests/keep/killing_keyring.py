"""A keyring that keeps a password in a file, and kills its process before it says so."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import ClassVar

from keyring.backend import KeyringBackend


class Keyring(KeyringBackend):
    """The file is the one that a variable names."""

    priority: ClassVar[float] = 1

    def get_password(self, _service: str, _username: str) -> str | None:
        return None

    def set_password(self, _service: str, _username: str, password: str) -> None:
        Path(os.environ["KEPT_IN"]).write_text(password, "utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
