"""`notion-lsp guide`: print the page on what to do after a leak."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from notion_lsp.terminal import say, show

if TYPE_CHECKING:
    import argparse

    from notion_lsp.explain.guide import Leaked
    from notion_lsp.refused import Refused

HELP = "print what to do after a leak, in Markdown"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    about = "where the token stands; without it, the page is about any token"
    parser.add_argument("place", nargs="?", metavar="PATH:LINE", help=about)


def run(options: argparse.Namespace) -> int:
    """Print the page, about one token or about any, and return the exit code."""
    from notion_lsp.explain.guide import page
    from notion_lsp.explain.shown import source
    from notion_lsp.refused import Refused

    about = _leaked(options.place) if options.place else None
    if isinstance(about, Refused):
        say(f"error: {about.reason}")
        return 2
    show(source(page(about)), sys.stdout)
    return 0


def _leaked(place: str) -> Leaked | Refused:
    from notion_lsp.check.scan import absolute
    from notion_lsp.refused import Refused
    from notion_lsp.respond.asked import files_around
    from notion_lsp.respond.guide import leaked
    from notion_lsp.respond.named import at_place
    from notion_lsp.respond.places import place_named

    at = place_named(place)
    if isinstance(at, Refused):
        return at
    named = at_place(at)
    if isinstance(named, Refused):
        return named
    return leaked(named, at.path, at.line, files_around(at.path), absolute("."))
