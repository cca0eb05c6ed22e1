"""What the matches of a query say of a token: spans are in bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.syntax.trees import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.syntax.trees import Match, Node
    from notion_lsp.text import Span


def holds(match: Match, token: Span) -> bool:
    """Whether a node that the match captures has the token in it."""
    return any(_around(node, token) for nodes in match.nodes.values() for node in nodes)


def inside(capture: str, matches: Sequence[Match], token: Span) -> bool:
    """Whether a node of that capture has the token in it."""
    return any(_around(node, token) for match in matches for node in match.nodes.get(capture, ()))


def smallest(capture: str, matches: Sequence[Match], token: Span) -> Node | None:
    """Return the smallest node of that capture that has the token in it."""
    around = [
        node for match in matches for node in match.nodes.get(capture, ()) if _around(node, token)
    ]
    return min(around, key=lambda node: node.end_byte - node.start_byte, default=None)


def setting(name: str, matches: Sequence[Match]) -> str | None:
    """Return the first value that the matches set for a name."""
    values = (match.settings.get(name) for match in matches)
    return next((value for value in values if value is not None), None)


def first_text(capture: str, matches: Sequence[Match]) -> str | None:
    """Return the source of the first node of that capture."""
    nodes = (node for match in matches for node in match.nodes.get(capture, ()))
    return next(map(text_of, nodes), None)


def _around(node: Node, token: Span) -> bool:
    return node.start_byte <= token.start and token.end <= node.end_byte


def reason_of(matches: Sequence[Match], token: Span, handed: frozenset[str]) -> str | None:
    """Return why no expression may stand at a token, if that is so.

    What names a function counts only if that is one of those `handed` on.
    """
    fixed = [each for each in matches if inside("fixed", [each], token)]
    return setting(
        "reason",
        [
            each
            for each in fixed
            if "handed" not in each.nodes or first_text("handed", [each]) in handed
        ],
    )
