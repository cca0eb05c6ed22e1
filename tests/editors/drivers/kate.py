"""What a person does in Kate, on a screen that nobody sees, with a token in a file.

Kate is typed into, and read as a screen reader reads it: its list of diagnostics, its menus, its
text. It runs in a session of its own, with the Python of the system, which has Debian's `gi`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gi  # type: ignore[import-not-found] # it comes with the system, not with pip

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found] # the same  # noqa: E402, its version is chosen first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCREEN = ("-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset", "-displayfd")
READERS = ("--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus.GetAddress")
ASKING = "Do you want the LSP server to be started?"
PATIENCE = 100
PAUSE = 0.05
END = time.monotonic() + PATIENCE


def until(what: str, ask: Callable[[], Any]) -> Any:
    """Return what `ask` gives as soon as it gives something."""
    while time.monotonic() < END:
        try:
            if answer := ask():
                return answer
        except GLib.Error:
            pass  # it went away while it was read
        time.sleep(PAUSE)
    message = f"It did not come to this: {what}"
    raise TimeoutError(message)


def elements(role: str) -> Iterator[Any]:
    """Yield what the windows hold, of a role as screen readers name it."""
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()  # it keeps what it has read of a window that was not ready
    left_out = "" if role == "menu item" else "menu bar"  # there is much in it
    return (each for each in inside(desktop, left_out) if each.get_role_name() == role)


def inside(element: Any, left_out: str) -> Iterator[Any]:
    """Yield an element and all that is in it, but for a role."""
    yield element
    for child in children(element):
        if child.get_role_name() != left_out:
            yield from inside(child, left_out)


def children(element: Any) -> Iterator[Any]:
    """Yield what is in an element; parts may go away meanwhile."""
    found = (element.get_child_at_index(each) for each in range(element.get_child_count()))
    return filter(None, found)


def shows(element: Any) -> bool:
    """Return whether an element is on the screen."""
    return bool(element.get_state_set().contains(Atspi.StateType.SHOWING))


def named(role: str, name: str) -> Any:
    """Return an element that is on the screen, if it is there, by how its name begins."""
    found = (each for each in elements(role) if each.get_name().startswith(name))
    return next(filter(shows, found), None)


def click(element: Any) -> None:
    """Click on the middle of an element."""
    place = element.get_extents(Atspi.CoordType.SCREEN)
    x, y = place.x + place.width // 2, place.y + place.height // 2
    subprocess.run(["xdotool", "mousemove", str(x), str(y), "click", "1"], check=True)


def press(*keys: str) -> None:
    """Press keys, one after the other."""
    subprocess.run(["xdotool", "key", "--delay", "20", *keys], check=True)


def text() -> str:
    """Return what is in the editor."""
    editor = until("an editor", lambda: named("text", "app.py"))
    return str(Atspi.Text.get_text(editor, 0, Atspi.Text.get_character_count(editor)))


def covered() -> list[str]:
    """Return the tokens of the text that the list of diagnostics speaks of."""
    shown = [each.get_name() for each in elements("table cell")]
    ends = [found[1] for each in shown if (found := re.search(r"`ntn_…(\w{4})`", each))]
    tokens = re.findall(r"ntn_\w+", text())
    return [next((token for token in tokens if token.endswith(end)), "") for end in ends]


def see(step: str, count: int, **more: object) -> None:
    """Wait for so many diagnostics, and write what is seen."""
    until(f"{count} diagnostics", lambda: len(covered()) == count and all(covered()))
    diagnostics = [{"covers": each} for each in covered()]
    seen = {"step": step, "diagnostics": diagnostics, "lines": text().split("\n"), **more}
    with Path(os.environ["SEEN"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(seen) + "\n")


def open_file() -> None:
    """Allow Kate to start the server, and open its list of diagnostics."""
    # The dialog has the focus, and its button for yes has it there. A window that is read before it
    # is ready stays empty for its reader.
    until("the window of the question", lambda: window("LSP server start requested"))
    asked = until("the question", lambda: named("label", ASKING))
    press("Return")
    until("an answer", lambda: not shows(asked))
    click(named("check box", "LSP"))
    until("a list", lambda: named("page tab", "Diagnostics"))


def window(title: str) -> bool:
    """Return whether the window of that title has the focus."""
    asked = ["xdotool", "getactivewindow", "getwindowname"]
    done = subprocess.run(asked, check=False, capture_output=True, text=True)
    return done.stdout.startswith(title)


def go_to_token(line: int, column: int) -> None:
    """Put the cursor behind the prefix of a token."""
    click(named("text", "app.py"))
    left = len(text().split("\n")[line]) - column
    press("ctrl+Home", *["Down"] * line, "End", *["Left"] * left)


def break_and_complete() -> None:
    """Take the underscore of the first token's prefix away, and type it again."""
    line = next(number for number, each in enumerate(text().split("\n")) if "ntn_" in each)
    column = text().split("\n")[line].index("ntn_") + len("ntn_")
    go_to_token(line, column)
    press("BackSpace")
    see("broken", 1)
    press("underscore")
    see("completed", 2)


def choose(title: str) -> list[str]:
    """Choose an action; the quick fix is one without a menu. Return the menu's titles."""
    before, title = text(), f"[quickfix] {title}"
    press("alt+Return")
    menu = until("a menu", lambda: named("menu item", title))
    titles = [each.get_name() for each in children(menu.get_parent())]
    if "QUICK" in os.environ:
        press("Escape")
        until("no menu", lambda: not named("menu item", title))
        press("ctrl+period")
    else:
        click(menu)
    until("another text", lambda: text() != before)
    return titles


def drive() -> None:
    """Do what a person does."""
    open_file()
    see("opened", 2)
    break_and_complete()
    titles = choose(os.environ["TITLE"])
    see("fixed", 1, titles=titles)
    press("ctrl+s")
    until("a saved file", lambda: Path(os.environ["FILE"]).read_text("utf-8") == text())
    see("saved", 1)
    press("ctrl+q")


def keep_picture() -> None:
    """Keep a picture of the screen, coarse enough that no token can be read, and its words."""
    coarse = ["-scale", "12.5%", "-scale", "800%"]
    subprocess.run(["convert", "x:root", *coarse, os.environ["PICTURE"]], check=False)
    for role in ("frame", "label", "push button", "table cell", "menu item"):
        names = [each.get_name() for each in elements(role) if shows(each)]
        sys.stdout.write(f"{role}: {names}\n")


def start(stack: ExitStack, *command: str, **options: Any) -> subprocess.Popen[bytes]:
    """Start a program that is ended with the driver."""
    process = subprocess.Popen(command, **options)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return process


def start_screen(stack: ExitStack) -> None:
    """Start a screen, what manages its windows, and the bus on which they are read."""
    read, write = os.pipe()
    start(stack, "Xvfb", *SCREEN, str(write), pass_fds=[write])
    os.close(write)
    with os.fdopen(read) as number:
        os.environ["DISPLAY"] = f":{number.readline().strip()}"
    start(stack, "openbox")
    # Kate finds it by the screen, and readers start it when they ask for its address.
    subprocess.run(["dbus-update-activation-environment", "DISPLAY"], check=True)
    subprocess.run(["dbus-send", "--session", *READERS], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Run Kate to its end."""
    with ExitStack() as stack:
        start_screen(stack)
        kate = start(stack, "kate", os.environ["FILE"])
        stack.callback(kate.kill)  # asked to end, it would ask whether to save
        try:
            drive()
            kate.wait(max(END - time.monotonic(), 1))
        except BaseException:
            keep_picture()
            raise


if __name__ == "__main__":
    main()
