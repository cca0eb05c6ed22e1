"""The server in Neovim, set up as docs/editors/neovim.md says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import installed
import pytest
from clients import same_as_recorded
from desk import CHOICES, HERE, QUICK_FIX, TOKEN, desk
from pages import shown
from toolchains import required

if TYPE_CHECKING:
    from pathlib import Path

    from desk import Desk

DRIVER = HERE / "drivers" / "neovim.lua"
REFERENCES = HERE / "drivers" / "neovim_references.lua"
CONFIG = "~/.config/nvim/lsp/notion_lsp.lua"
INIT = "~/.config/nvim/init.lua"
PLUGIN = "~/.config/nvim/plugin/notion_lsp.lua"


def command(at: Desk, version: str, driver: Path = DRIVER) -> list[str | Path]:
    """Return how to drive a version, which is set up on the way."""
    if version == "0.7":
        required("nvim")
        at.write(PLUGIN, shown("neovim", PLUGIN))
        program: str | Path = "nvim"
    else:
        at.write(CONFIG, shown("neovim", CONFIG))
        at.write(INIT, shown("neovim", INIT))
        program = installed.neovim()
    return [program, "--headless", "-S", driver]


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("version", ["0.11", "0.7"])
def test_a_token_is_seen_while_typing_and_taken_out(
    tmp_path: Path, version: str, choice: str
) -> None:
    with desk(tmp_path) as at:
        at.check(at.drive(command(at, version), TITLE=choice), choice)


@pytest.mark.parametrize("version", ["0.11", "0.7"])
def test_what_it_announces_is_what_is_recorded(tmp_path: Path, version: str) -> None:
    with desk(tmp_path) as at:
        at.drive(command(at, version), TITLE=QUICK_FIX)
        same_as_recorded(f"neovim-{version}", at.initialize)


def test_the_settings_of_the_page_are_taken(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        drive = command(at, "0.11")
        at.write(CONFIG, shown("neovim", "lsp/notion_lsp.lua"))
        saved = at.drive(drive, TITLE=QUICK_FIX)[-1]
        assert {each["severity"] for each in saved["diagnostics"]} == {2}


@pytest.mark.parametrize("version", ["0.11", "0.7"])
def test_the_list_of_references_has_the_uses_of_a_token_and_of_its_variable(
    tmp_path: Path, version: str
) -> None:
    with desk(tmp_path) as at:
        at.write("project/.env", f"NOTION_TOKEN={TOKEN}\n")
        reading = at.project / "reading.py"
        at.write("project/reading.py", 'import os\na = os.environ["NOTION_TOKEN"]\n')
        seen = at.drive(command(at, version, REFERENCES), READING=str(reading))
        # Neovim counts bytes here.
        uses = [".env:1:1", ".env:1:14", "app.py:3:33", "other.py:1:10", "reading.py:2:17"]
        assert {step["step"]: sorted(step["places"]) for step in seen} == {
            "token": uses,
            "variable": uses,
        }
