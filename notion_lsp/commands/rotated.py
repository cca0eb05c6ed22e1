"""`notion-lsp rotated`: ask Notion whether a new token has taken the place of an old one.

Exits with 0 if the old one is dead, the new one live, and both are of one workspace; with 1 if one
of these is not so or cannot be told; and with 2 if Notion is not asked, or the call is wrong.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from notion_lsp.commands import live
from notion_lsp.refused import Refused
from notion_lsp.terminal import confirm, show

if TYPE_CHECKING:
    import argparse

    from notion_lsp.explain.liveness import Liveness
    from notion_lsp.explain.rotation import Rotation
    from notion_lsp.explain.shown import Shown
    from notion_lsp.respond.named import Named

HELP = "ask Notion whether a new token has taken the place of an old one"

_IN_STORE = re.compile("([a-z0-9-]+):([A-Za-z_][A-Za-z0-9_]*)")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    for name in ("old", "new"):
        parser.add_argument(
            f"--{name}",
            required=True,
            metavar="PLACE",
            help=f"where the {name} token stands: PATH:LINE; env:NAME is a variable, "
            "vault:NAME what code reads from that store, - standard input",
        )
    parser.add_argument(
        "--workspace",
        metavar="ID",
        help="the workspace of the old token, as `notion-lsp live` told it while that was live",
    )
    live.add_common(parser)


def run(options: argparse.Namespace) -> int:
    """Ask about both, print what is so and what is not, and return the exit code."""
    from notion_lsp.respond.liveness import ask

    old, new = (_named(source) for source in (options.old, options.new))
    if isinstance(old, Refused):
        return live.fail(old)
    if isinstance(new, Refused):
        return live.fail(new)
    if old.token == new.token:
        return live.fail(Refused("The old token and the new one are the same."))
    if refused := live.refusal(old, options) or live.refusal(new, options):
        return live.fail(refused)
    of_old, of_new = ask(old.token), ask(new.token)
    found = _rotation(of_old, of_new, options.workspace)
    show(_report((old, of_old), (new, of_new), found, options.output_format), sys.stdout)
    return 0 if found.complete else 1


def _named(source: str) -> Named | Refused:
    from notion_lsp.respond import named
    from notion_lsp.stores import stores

    found = _IN_STORE.fullmatch(source)
    store = stores().get(found[1]) if found else None
    if found is None or store is None:
        return live.at(source)
    if store.id == "env":
        return named.in_variable(found[2])
    return named.in_store(store, found[2])


def _rotation(old: Liveness, new: Liveness, workspace_id: str | None) -> Rotation:
    from notion_lsp.explain.liveness import Dead, Live
    from notion_lsp.explain.rotation import rotation

    # Notion says nothing of a dead token, but the person may know.
    if workspace_id is None and isinstance(old, Dead) and isinstance(new, Live):
        name = new.workspace or new.workspace_id
        if name and confirm(f"The new token opens the workspace `{name}`. Did the old one too?"):
            workspace_id = new.workspace_id
    return rotation(old, new, workspace_id)


def _report(
    old: tuple[Named, Liveness], new: tuple[Named, Liveness], found: Rotation, form: str
) -> Shown:
    from notion_lsp.explain.shown import as_json, joined, plain_masked

    said = [plain_masked(each) for each in found.sentences]
    if form == "text":
        return joined([*said, plain_masked("")], "\n")
    rows = {"old": live.row(*old), "new": live.row(*new)}
    return as_json({"rotated": found.complete, **rows, "messages": said})
