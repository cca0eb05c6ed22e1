"""Where code has a value from elsewhere before it falls back to a token: what languages share.

`tried` is for the `context` query, and `assigned` for the `outline` query: see `syntax.site`. Where
code chooses between two values, `@asked` is its condition: what it takes is a source only if it
asks for that, and not if it asks for something else, such as whether this is a test. A `string` is
what a literal is in a language's grammar: a node, or several in brackets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

GIVES = "(assignment_expression left: (_) @target right: (_) @given)"


class Earlier(NamedTuple):
    """The rows of a language for its two queries."""

    tried: str
    assigned: str


def operator(node: str, operators: str, string: str) -> str:
    """Return the row of an operator such as `||`, whose right side is taken last."""
    return f"({node} left: (_) @tried operator: {operators} right: {string} @literal)"


def ternary(node: str, string: str, then: str = "consequence") -> str:
    """Return the rows of a choice between two values, by the field of the first one."""
    return f"""
({node} condition: (_) @asked {then}: (_) @tried alternative: {string} @literal)
({node} condition: (_) @asked {then}: {string} @literal alternative: (_) @tried)
"""


def assigned(*rows: str) -> str:
    """Return the rows of statements that give a value to a name."""
    return "\n".join(f"({row}) @gives" for row in rows)


def in_condition(statement: str, gives: str, brackets: str, *, bare: bool = False) -> str:
    """Return the rows of a condition that gives a value to a name, as in `if not (t := a)`.

    `gives` stands in `brackets` then, unless it is all of a `bare` condition, which needs none.
    """
    inner = f"({brackets} {gives})"
    within = [f"(_ {inner})", f"(_ (_ {inner}))", f"(_ (_ (_ {inner})))"]
    nodes = [gives, inner, *within] if bare else within
    return "".join(f"({statement} condition: {each} @gives)\n" for each in nodes)


def parameters(functions: Sequence[str], *rows: str) -> str:
    """Return the rows of functions with a parameter that is given a value where none is passed."""
    # Of any node at all, each level of a chain would wait for its rest.
    return "\n".join(f"({each} {row}) @scope" for each in functions for row in rows)
