"""The `notion-lsp` command.

`check` and `fix` exit with 0 if no token is left, with 1 if some are, and with 2 if a file could
not be read or the call is wrong, whatever else was found.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from notion_lsp import commands
from notion_lsp.ending import end_on_signals
from notion_lsp.terminal import say, show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

_MANY = 50_000  # objects


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    if arguments is not None:
        return _ended(arguments)
    # The command is the process.
    end_on_signals()
    # What is loaded stays: to look for garbage in it takes a tenth of a short call.
    gc.set_threshold(_MANY, *gc.get_threshold()[1:])
    try:
        return _ended(sys.argv[1:])
    finally:
        gc.freeze()  # Python looks twice before it ends


def _ended(arguments: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file's name may hold bytes that are not UTF-8, or what the terminal cannot show.
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(arguments)
    except BrokenPipeError:
        # The reader, such as `head`, has closed the pipe: Python would raise again when it flushes
        # standard output at exit (docs.python.org/3/library/signal.html#note-on-sigpipe).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except Exception:  # noqa: BLE001, Python would exit with 1, which says that tokens are left
        return _internal_error()


def _run(arguments: Sequence[str]) -> int:
    command = _command(arguments[0]) if arguments else None
    if command and hasattr(command, "called"):
        # To make a parser takes a sixth of what a hook takes, and git writes no options.
        code: int | None = command.called(arguments[1:])
        if code is not None:
            return code
    from notion_lsp.arguments import parsed

    options = parsed(arguments, command)
    return int(options.run(options))


def _command(name: str) -> ModuleType | None:
    # A hook waits for each call, and all subcommands take as long to load as one takes to run.
    named = f"{commands.__name__}.{name.replace('-', '_')}"
    try:
        return import_module(named)
    except ModuleNotFoundError as missing:
        if not named.startswith(str(missing.name)):
            raise
    return None


def _internal_error() -> int:
    if _is_nowhere():
        say("the current folder is gone. Change to one that exists.")
        return 2
    import traceback

    from notion_lsp.explain.masking import mask_text
    from notion_lsp.explain.shown import lines

    say("internal error. Please report it with what follows; tokens are masked.")
    show(lines(mask_text(traceback.format_exc())), sys.stderr)
    return 2


def _is_nowhere() -> bool:
    # Whatever the command asks for then fails, be it the folder itself.
    try:
        os.getcwd()  # noqa: PTH109, Path.cwd asks the same
    except OSError:
        return True
    return False
