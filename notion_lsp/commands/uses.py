"""`notion-lsp uses`: list where tokens and their variables are used."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from notion_lsp.terminal import say, show

if TYPE_CHECKING:
    import argparse

    from notion_lsp.refused import Refused
    from notion_lsp.respond.inventory import Files, Wanted
    from notion_lsp.respond.places import Place

HELP = "list where tokens and their variables are used"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "what",
        nargs="?",
        metavar="PATH:LINE | NAME",
        help="a token or variable by its place, or a variable by its name; else all tokens",
    )
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="text is the default"
    )
    parser.add_argument(
        "--home",
        action="store_true",
        help="look into the settings and records of shells, agents and editors in your home too",
    )
    parser.set_defaults(error=parser.error)


def run(options: argparse.Namespace) -> int:
    """Look for the uses, print them, and return the exit code."""
    from notion_lsp.check.scan import absolute
    from notion_lsp.explain.uses import as_data, as_text
    from notion_lsp.refused import Refused
    from notion_lsp.respond import home
    from notion_lsp.respond.asked import files_around, named
    from notion_lsp.respond.listing import inventory
    from notion_lsp.respond.places import Place

    here = absolute(".")
    asked = named(options.what) if options.what else None
    files = files_around(asked.path if isinstance(asked, Place) else here)
    if options.home:
        files = replace(files, more=home.files(Path.home()))
    wanted = _wanted(files, asked)
    if isinstance(wanted, Refused):
        say(f"error: {wanted.reason}")
        return 2
    found = inventory(files, wanted, here)
    for path, reason in found.unread:
        say(f"error: {path} could not be read: {reason}")
    show((as_data if options.output_format == "json" else as_text)(found), sys.stdout)
    return 2 if found.unread else 0


def _wanted(files: Files, asked: Place | str | Refused | None) -> Wanted | Refused:
    from notion_lsp.detect.repeated import Known
    from notion_lsp.respond.asked import wanted_at
    from notion_lsp.respond.places import Place

    match asked:
        case None:
            return files.of_tokens(Known({each.token: each.finding for each in files.given}))
        case str():
            return files.of_variables([asked])
        case Place():
            return wanted_at(files, asked)
    return asked
