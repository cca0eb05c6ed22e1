"""The server in Neovim, set up as docs/editors/neovim.md says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import installed
import notion_stand_in as notion
import pytest
from clients import same_as_recorded
from conjur_server import ConjurServer
from desk import CHOICES, HERE, QUICK_FIX, TOKEN, desk
from pages import shown
from toolchains import required

if TYPE_CHECKING:
    from pathlib import Path

    from desk import Desk

DRIVER = HERE / "drivers" / "neovim.lua"
AFTER_A_LEAK = HERE / "drivers" / "neovim_after_a_leak.lua"
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


def test_what_is_to_be_done_after_a_leak_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notion.trust(monkeypatch)
    with desk(tmp_path) as at, ConjurServer() as store, notion.stand_in(notion.LIVE) as server:
        store.variables["notion/api-token"] = b"another value"
        seen = at.drive(
            command(at, "0.11", AFTER_A_LEAK),
            NOTION_LSP_STAND_IN=server.address,
            **store.environment,
        )
        steps = {step["step"]: step for step in seen}
        mask = f"ntn_…{TOKEN[-4:]}"
        assert steps["notion"]["asked"][0].startswith(f"Notion access token {mask} is sent to")
        assert [notion.bearer(each) for each in server.requests] == [TOKEN]
        assert steps["guide"]["lines"][0] == f"# Notion access token `{mask}` leaked: what now?"
        assert any("deep/other.py:1:10" in line for line in steps["guide"]["lines"])
        assert "has another value. Replace it?" in steps["kept"]["asked"][0]
        assert store.variables["notion/api-token"] == TOKEN.encode()
