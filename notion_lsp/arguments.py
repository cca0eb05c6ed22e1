"""The arguments of the command `notion-lsp`, and what it says of them."""

from __future__ import annotations

import argparse
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from notion_lsp import __version__, commands

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

# A parser formats each argument to see whether it can, and would load what unpacks archives to know
# how wide the terminal is.
_UNSEEN = partial(argparse.HelpFormatter, width=80)


def parsed(arguments: Sequence[str], command: ModuleType | None) -> argparse.Namespace:
    """Return the arguments by their names, and `run`, which takes them.

    They begin with the name of the subcommand, whose module is given if there is one.
    """
    parser = _Parser(
        prog="notion-lsp", description="Find Notion tokens in code and read them from a store."
    )
    parser.add_argument("--version", action="version", version=f"notion-lsp {__version__}")
    subcommands = parser.add_subparsers(required=True, metavar="COMMAND")
    for each in [command] if command else _every():
        name = each.__name__.rpartition(".")[2].replace("_", "-")
        about = f"{each.HELP[0].upper()}{each.HELP[1:]}."
        subparser = subcommands.add_parser(name, help=each.HELP, description=about)
        each.add(subparser)
        subparser.set_defaults(run=each.run)
        subparser.formatter_class = argparse.HelpFormatter
    parser.formatter_class = argparse.HelpFormatter
    return parser.parse_args(arguments)


def _every() -> list[ModuleType]:
    from pkgutil import iter_modules

    return [
        import_module(f"{commands.__name__}.{each.name}")
        for each in iter_modules(commands.__path__)
    ]


class _Parser(argparse.ArgumentParser):
    """A parser of arguments, some of which may be names of files: a shell writes them out."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, formatter_class=_UNSEEN)

    def error(self, message: str) -> NoReturn:
        """End the process with a message that can be shown."""
        from notion_lsp.explain.shown import plain_masked

        super().error(plain_masked(message))
