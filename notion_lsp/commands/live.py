"""`notion-lsp live`: ask Notion whether a token is live.

Exits with 0 if it is dead, with 1 if it is live, and with 2 if that cannot be told, Notion is not
asked, or the call is wrong.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.terminal import confirm, say, show

if TYPE_CHECKING:
    import argparse

    from notion_lsp.explain.liveness import Liveness
    from notion_lsp.explain.shown import Shown
    from notion_lsp.respond.named import Named

HELP = "ask Notion whether a token is live"

_STDIN = "-"


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "place", nargs="?", metavar="PATH:LINE", help="where the token stands; - is standard input"
    )
    which.add_argument("--from-env", metavar="NAME", help="the variable that holds the token")
    add_common(parser)


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of each command that asks Notion."""
    parser.add_argument(
        "--send-anyway",
        action="store_true",
        help="send what may be a key of another vendor, without a question",
    )
    parser.add_argument(
        "--output-format", choices=("text", "json"), default="text", help="text is the default"
    )


def run(options: argparse.Namespace) -> int:
    """Ask, print the answer, and return the exit code."""
    from notion_lsp.explain.liveness import Dead, Unknown
    from notion_lsp.respond.liveness import ask

    named = _named(options)
    if isinstance(named, Refused):
        return fail(named)
    if refused := refusal(named, options):
        return fail(refused)
    liveness = ask(named.token)
    show(_report(named, liveness, options.output_format), sys.stdout)
    if isinstance(liveness, Unknown):
        return 2
    return 0 if isinstance(liveness, Dead) else 1


def fail(refused: Refused) -> int:
    """Say why there is no answer, and return the exit code for that."""
    say(f"error: {refused.reason}")
    return 2


def refusal(named: Named, options: argparse.Namespace) -> Refused | None:
    """Tell a person what is going to be sent; return why it is not, `None` if it may be."""
    from notion_lsp.explain.liveness import may_be_anothers, what_is_sent, why_not_asked
    from notion_lsp.respond.liveness import host

    if why := why_not_asked(named.finding):
        return Refused(f"Notion is not asked about {named.shown}. {why}")
    if named.finding.kind.is_shared and not options.send_anyway:
        doubt = may_be_anothers(named.shown, host())
        if not confirm(f"{doubt} Send it?"):
            return Refused(
                f"{doubt} Nothing was sent. If it is one of Notion's, add --send-anyway."
            )
    say(what_is_sent(named.shown, host()))
    return None


def row(named: Named, liveness: Liveness) -> dict[str, object]:
    """Return a token and the answer about it, for a program."""
    from notion_lsp.detect.finding import public_fingerprint
    from notion_lsp.explain import liveness as explain

    return {
        "kind": named.finding.kind.id,
        "token": named.mask,
        "fingerprint": public_fingerprint(named.token),
        **explain.row(liveness),
    }


def _report(named: Named, liveness: Liveness, form: str) -> Shown:
    from notion_lsp.explain.liveness import sentence
    from notion_lsp.explain.shown import as_json, composed, plain_masked

    # Somebody has chosen the name of the workspace.
    said = plain_masked(sentence(liveness))
    if form == "json":
        return as_json(row(named, liveness) | {"message": said})
    return composed("{said}\n", said=said)


def at(source: str) -> Named | Refused:
    """Return the token at a place, or that standard input has."""
    from notion_lsp.respond import named
    from notion_lsp.respond.places import place_named

    if source == _STDIN:
        return named.in_text(sys.stdin.buffer.read())
    place = place_named(source)
    return place if isinstance(place, Refused) else named.at_place(place)


def _named(options: argparse.Namespace) -> Named | Refused:
    from notion_lsp.respond import named

    return at(options.place) if options.from_env is None else named.in_variable(options.from_env)
