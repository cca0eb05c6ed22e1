"""The `notion-lsp` command.

`check` and `fix` exit with 0 if no token is left, with 1 if some are, and with 2 if a file could
not be read or the call is wrong, whatever else was found.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from notion_lsp import __version__, commands
from notion_lsp.ending import end_on_signals
from notion_lsp.terminal import say, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    if arguments is None:
        # The command is the process.
        end_on_signals()
        arguments = sys.argv[1:]
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file's name may hold bytes that are not UTF-8, or what the terminal cannot show.
            stream.reconfigure(errors="backslashreplace")
    options = _parser(arguments[0] if arguments else "").parse_args(arguments)
    try:
        return int(options.run(options))
    except BrokenPipeError:
        # The reader, such as `head`, has closed the pipe: Python would raise again when it flushes
        # standard output at exit (docs.python.org/3/library/signal.html#note-on-sigpipe).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except Exception:  # noqa: BLE001, Python would exit with 1, which says that tokens are left
        return _internal_error()


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


class _Parser(argparse.ArgumentParser):
    """A parser of arguments, some of which may be names of files: a shell writes them out."""

    def error(self, message: str) -> NoReturn:
        """End the process with a message that can be shown."""
        from notion_lsp.explain.shown import plain_masked

        super().error(plain_masked(message))


def _parser(first: str) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="notion-lsp", description="Find Notion tokens in code and read them from a store."
    )
    parser.add_argument("--version", action="version", version=f"notion-lsp {__version__}")
    subcommands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in _commands(first):
        name = command.__name__.rpartition(".")[2].replace("_", "-")
        about = f"{command.HELP[0].upper()}{command.HELP[1:]}."
        subparser = subcommands.add_parser(name, help=command.HELP, description=about)
        command.add(subparser)
        subparser.set_defaults(run=command.run)
    return parser


def _commands(first: str) -> Iterable[ModuleType]:
    # A hook waits for each call, and all subcommands take as long to load as one takes to run.
    named = f"{commands.__name__}.{first.replace('-', '_')}"
    try:
        return [import_module(named)]
    except ModuleNotFoundError as missing:
        if not named.startswith(str(missing.name)):
            raise
    from pkgutil import iter_modules

    return [
        import_module(f"{commands.__name__}.{each.name}")
        for each in iter_modules(commands.__path__)
    ]
