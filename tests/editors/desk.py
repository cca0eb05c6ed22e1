"""A person's desk: a home, a project that leaks, and the server under the name that pages give.

An editor is started there with a driver, a script in its own language that does what a person
does and writes what it sees, a line of JSON a step.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canary import leaks, messages
from token_factory import access_token

from notion_lsp.detect.finding import fingerprint
from notion_lsp.explain.masking import mask_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
RECORDER = HERE.parent / "lsp" / "recorder.py"
FAILURES = HERE.parents[1] / "build" / "editors"
SECONDS = 120

TOKEN, OTHER = access_token(430), access_token(431)
LEAK = f"""from notion_client import Client

notion = Client("é😀", auth="{TOKEN}")
other = "{OTHER}"
"""
LOOKUP = f"import os\n\n{LEAK}".replace(f'"{TOKEN}"', 'os.environ["NOTION_TOKEN"]')
ELSEWHERE = f'token = "{TOKEN}"\n'

# What the lightbulb offers, by how it begins, and the files that are there afterwards.
QUICK_FIX = "Read it from the environment"
CHOICES = {
    QUICK_FIX: {"app.py": LOOKUP, "deep/other.py": ELSEWHERE},
    "Move it to .env": {
        "app.py": LOOKUP,
        ".env": f"NOTION_TOKEN={TOKEN}\n",
        ".env.example": "NOTION_TOKEN=\n",
        ".gitignore": ".env\n",
    },
    "Replace it in the whole workspace": {
        "app.py": LOOKUP,
        "deep/other.py": 'import os\n\ntoken = os.environ["NOTION_TOKEN"]\n',
    },
    "Replace it with a placeholder": {"app.py": LEAK.replace(TOKEN, "ntn_****")},
    "Ignore this line": {"app.py": LEAK.replace('")', '")  # notion-lsp:ignore')},
    "Ignore this token in this project": {
        "app.py": LEAK,
        ".notion-lsp-ignore": f"{fingerprint(TOKEN)} a Notion access token in app.py\n",
    },
}


@dataclass(frozen=True)
class Desk:
    """A home folder with a project in it, and what is recorded there."""

    home: Path

    @property
    def project(self) -> Path:
        return self.home / "project"

    @property
    def file(self) -> Path:
        return self.project / "app.py"

    @property
    def picture(self) -> Path:
        """Where a driver leaves a picture of what went wrong, in which no token can be read."""
        return self.home / "screen.png"

    @property
    def initialize(self) -> dict[str, Any]:
        """What the editor has said of itself."""
        return next(messages(self._recorded("stdin")))["params"]  # type: ignore[no-any-return] # any JSON

    def write(self, where: str, text: str) -> None:
        """Write a file of the home folder, given as pages name it."""
        path = self.home / where.removeprefix("~/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def drive(self, command: Sequence[str | Path], **variables: str) -> list[dict[str, Any]]:
        """Run an editor to its end; return what it saw."""
        seen = self.home / "seen"
        environment = {
            "FILE": str(self.file),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PATH": f"{self.home / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "SEEN": str(seen),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_DATA_HOME": str(self.home / ".local" / "share"),
            "XDG_STATE_HOME": str(self.home / ".local" / "state"),
            **variables,
        }
        with (self.home / "printed").open("wb") as printed:
            subprocess.run(
                command,
                cwd=self.project,
                env=os.environ | environment,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=printed,
                timeout=SECONDS,
                check=True,
            )
        return [json.loads(line) for line in seen.read_text("utf-8").splitlines()]

    def check(self, seen: Sequence[dict[str, Any]], choice: str) -> None:
        """Fail where the editor has shown something else, or where its files hold something else.

        Every choice is for the first token, and leaves the second one.
        """
        covered = {step["step"]: [each["covers"] for each in step["diagnostics"]] for step in seen}
        fixed = next(step for step in seen if step["step"] == "fixed")
        assert covered["opened"] == [TOKEN, OTHER]
        assert covered["broken"] == [OTHER]
        assert covered["completed"] == [TOKEN, OTHER]
        assert "\n".join(fixed["lines"]).rstrip("\n") == CHOICES[choice]["app.py"].rstrip("\n")
        assert covered["saved"] == [OTHER]
        assert self.file.read_text() == CHOICES[choice]["app.py"]
        # Neovim and Vim leave an empty line at the end of a new file.
        texts = {name: (self.project / name).read_text() for name in CHOICES[choice]}
        assert [text.rstrip("\n") for text in texts.values()] == [
            text.rstrip("\n") for text in CHOICES[choice].values()
        ]

    def keep(self, folder: Path) -> None:
        """Keep what was recorded, with no token in it."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("seen", "printed", "stdin", "stdout", "stderr"):
            text = self._recorded(name).decode("utf-8", "replace")
            for token in (TOKEN, OTHER):
                # While it is typed, without an end or its underscore, it is no token to detection.
                text = text.replace(token[4:-1], "****")
            (folder / f"{name}.txt").write_text(mask_text(text), "utf-8")
        if self.picture.exists():
            shutil.copy(self.picture, folder)

    def check_secrecy(self) -> None:
        """Fail where the server has written a token, or nothing at all."""
        assert self._recorded("stdout")
        assert leaks(self._recorded("stdout"), self._recorded("stderr"), [TOKEN, OTHER]) == []

    def _recorded(self, name: str) -> bytes:
        path = self.home / name
        return path.read_bytes() if path.exists() else b""


@contextmanager
def desk(home: Path) -> Iterator[Desk]:
    """Yield a desk; where the test fails, keep what was recorded below `build/editors/`."""
    made = Desk(home)
    made.write("bin/notion-lsp", _script(home))
    (home / "bin" / "notion-lsp").chmod(0o755)
    made.write("project/app.py", LEAK)
    made.write("project/deep/other.py", ELSEWHERE)
    made.write("project/Pipfile", "")  # pipenv loads .env.
    subprocess.run(["git", "init", "--quiet", made.project], check=True)
    try:
        yield made
        made.check_secrecy()
    except BaseException:
        made.keep(FAILURES / home.name)
        raise


def _script(home: Path) -> str:
    command = [sys.executable, RECORDER, home, sys.executable, "-m", "notion_lsp"]
    return f'#!/bin/sh\nexec {" ".join(map(str, command))} "$@"\n'
