"""The server in Kate, set up as docs/editors/kate.md says."""

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

pytestmark = pytest.mark.optional
SETTINGS = "~/.config/kate/lspclient/settings.json"
OFFERED = [QUICK_FIX, "Replace it with a placeholder", "Ignore this line"]
# A person ticks the plugin in a dialog.
PLUGIN = (
    "[General]\nShow welcome view for new window=false\n\n[Kate Plugins]\nlspclientplugin=true\n"
)


def command(at: Desk) -> list[str | Path]:
    """Return how to drive Kate, which is set up on the way."""
    for program in ("kate", "Xvfb", "dbus-run-session", "convert", "openbox", "xdotool"):
        required(program)
    installed.needed(installed.GI)
    at.write(SETTINGS, shown("kate", SETTINGS))
    at.write("~/.config/katerc", PLUGIN)
    (at.home / "run").mkdir(mode=0o700)
    return ["dbus-run-session", "--", "/usr/bin/python3", HERE / "drivers" / "kate.py"]


def environment(at: Desk, **variables: str) -> dict[str, str]:
    """Return what Kate is started with, to be read by a driver."""
    return {
        "PICTURE": str(at.picture),
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "QT_QPA_PLATFORM": "xcb",
        "XDG_RUNTIME_DIR": str(at.home / "run"),
        **variables,
    }


@pytest.mark.parametrize("choice", OFFERED)
def test_a_token_is_seen_while_typing_and_taken_out(tmp_path: Path, choice: str) -> None:
    with desk(tmp_path) as at:
        at.check(at.drive(command(at), **environment(at, TITLE=choice)), choice)


def test_the_quick_fix_of_its_shortcut_is_the_one_for_the_environment(tmp_path: Path) -> None:
    with desk(tmp_path) as at:
        at.check(at.drive(command(at), **environment(at, TITLE=QUICK_FIX, QUICK="1")), QUICK_FIX)
        same_as_recorded("kate", at.initialize)
