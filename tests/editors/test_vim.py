"""The server in Vim with ALE, set up as docs/editors/vim.md says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import installed
import pytest
from clients import same_as_recorded
from desk import HERE, QUICK_FIX, desk
from pages import shown
from toolchains import required

if TYPE_CHECKING:
    from pathlib import Path

    from desk import Desk

OFFERED = [QUICK_FIX, "Replace it with a placeholder", "Ignore this line"]


def command(at: Desk) -> list[str | Path]:
    """Return how to drive Vim, which is set up on the way."""
    required("vim")
    installed.needed(installed.ALE)
    at.write("~/.vimrc", shown("vim", "~/.vimrc"))
    return ["vim", "-n", "--not-a-term", "-T", "dumb", "-S", HERE / "drivers" / "vim.vim"]


@pytest.mark.parametrize("choice", OFFERED)
def test_a_token_is_seen_while_typing_and_taken_out(tmp_path: Path, choice: str) -> None:
    with desk(tmp_path) as at:
        at.check(at.drive(command(at), TITLE=choice), choice)


def test_what_it_announces_is_what_is_recorded(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.drive(command(at), TITLE=QUICK_FIX)
        same_as_recorded("ale", at.initialize)
