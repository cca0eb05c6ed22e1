"""The shapes that languages share, in which code has a value from elsewhere before a literal.

`string` is what a literal is in a language's grammar: a node, or several in brackets.
"""

from __future__ import annotations


def operator(node: str, operators: str, string: str) -> str:
    """Return the row of an operator such as `||`, whose right side is taken last."""
    return f"({node} left: (_) @tried operator: {operators} right: {string} @literal)"


def ternary(node: str, string: str, then: str = "consequence") -> str:
    """Return the rows of a choice between two values, by the field of the first one."""
    return f"""
({node} {then}: (_) @tried alternative: {string} @literal)
({node} {then}: {string} @literal alternative: (_) @tried)
"""


def assigned(*rows: str) -> str:
    """Return the rows of statements that give a value to a name."""
    return "\n".join(f"({row}) @gives" for row in rows)
