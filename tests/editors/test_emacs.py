"""The server in Emacs, set up as docs/editors/emacs.md says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import installed
import pytest
from clients import same_as_recorded
from desk import CHOICES, HERE, QUICK_FIX, desk
from pages import shown
from toolchains import required

if TYPE_CHECKING:
    from pathlib import Path

    from desk import Desk

INIT = "~/.emacs.d/init.el"
BESIDE = "Beside another server"
PLUGINS = {"eglot": installed.EGLOT, BESIDE: installed.EGLOT, "lsp-mode": installed.LSP_MODE}
MAKES_NO_FILES = {"Move it to .env", "Ignore this token in this project"}


def command(at: Desk, section: str) -> list[str | Path]:
    """Return how to drive Emacs, which is set up as a section says on the way."""
    required("emacs")
    installed.needed(PLUGINS[section])
    at.write(INIT, shown("emacs", INIT, section))
    # A batch leaves out what every Emacs does when it starts.
    start = ("-f", "package-activate-all", "-l", at.home / ".emacs.d" / "init.el")
    return ["emacs", "--batch", *start, "-l", HERE / "drivers" / "emacs.el"]


@pytest.mark.parametrize("choice", sorted(CHOICES.keys() - MAKES_NO_FILES))
def test_eglot_shows_a_token_while_typing_and_takes_it_out(tmp_path: Path, choice: str) -> None:
    with desk(tmp_path) as at:
        at.check(at.drive(command(at, "eglot"), TITLE=choice), choice)


@pytest.mark.parametrize("choice", CHOICES)
def test_lsp_mode_shows_a_token_while_typing_and_takes_it_out(tmp_path: Path, choice: str) -> None:
    with desk(tmp_path) as at:
        at.check(at.drive(command(at, "lsp-mode"), TITLE=choice), choice)


# Between fast changes rass may hold back what a server says, until the next change.
@pytest.mark.optional
def test_beside_another_server_a_token_is_taken_out_too(tmp_path: Path) -> None:
    path = f"{tmp_path / 'bin'}{os.pathsep}{installed.rass()}{os.pathsep}{os.environ['PATH']}"
    with desk(tmp_path) as at:
        at.check(at.drive(command(at, BESIDE), TITLE=QUICK_FIX, PATH=path), QUICK_FIX)


@pytest.mark.parametrize("section", ["eglot", "lsp-mode"])
def test_what_it_announces_is_what_is_recorded(tmp_path: Path, section: str) -> None:
    with desk(tmp_path) as at:
        at.drive(command(at, section), TITLE=QUICK_FIX)
        same_as_recorded(section, at.initialize)


@pytest.mark.parametrize(
    ("section", "severity"), [("eglot", "eglot-warning"), ("lsp-mode", ":warning")]
)
def test_the_settings_of_the_page_are_taken(tmp_path: Path, section: str, severity: str) -> None:
    with desk(tmp_path) as at:
        drive = command(at, section)
        settings = shown("emacs", "init.el", f"Settings of {section}")
        at.write(INIT, shown("emacs", INIT, section) + settings)
        saved = at.drive(drive, TITLE=QUICK_FIX)[-1]
        assert {each["severity"] for each in saved["diagnostics"]} == {severity}
