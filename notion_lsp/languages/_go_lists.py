"""Lists and brackets in the text of Go, such as those of a call's arguments."""

from __future__ import annotations

import re

_NESTED = re.compile(r'"(?:\\.|[^"\\\n])*"|`[^`]*`|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}')

_STRUCT = re.compile(r"struct\s*\{(.*)\}", re.DOTALL)
_FIELD = re.compile(r"[ \t]*(?P<names>\w+(?:[ \t]*,[ \t]*\w+)*)[ \t]+(?P<type>[^\s;`\"]+)")
# One that has a name; no type begins with two words, but for a channel's and an empty one.
_PARAMETER = re.compile(r"(?!chan\b|interface\b|struct\b)\w+\s")


def position_in(before: str) -> int:
    """Return how many items of a list stand before, and how many brackets are open."""
    shorter = _flat(before)
    return shorter.count(",") + shorter.count("(")


def _flat(text: str) -> str:
    # What stands in brackets and quotes is left out.
    while (shorter := _NESTED.sub("", text)) != text:
        text = shorter
    return text


def items(text: str) -> list[str]:
    """Return the items of a list: a comma in brackets ends none."""
    found = [""]
    for piece in text.split(","):
        whole = position_in(found[-1]) == 0 and not re.search(r"[\[({]", _flat(found[-1]))
        found = [*found, piece] if whole else [*found[:-1], f"{found[-1]},{piece}"]
    return found[1:]


def parameters(text: str) -> list[str]:
    """Return the types of parameters: `one, other Token` gives the type to both."""
    listed = [each.strip() for each in items(text)]
    if not any(map(_PARAMETER.match, listed)):
        return [each.removeprefix("...") for each in listed]
    types: list[str] = []
    for item in reversed(listed):
        _, _, type_ = item.partition(" ")
        types.append(type_.strip().removeprefix("...") or "".join(types[-1:]))
    return types[::-1]


def struct_fields(type_: str) -> list[tuple[str, str]]:
    """Return the names that a struct without one declares, with their types."""
    struct = _STRUCT.fullmatch(type_)
    lines = re.split(r"[;\n]", struct[1]) if struct else ()
    found = filter(None, map(_FIELD.match, lines))
    return [(name.strip(), each["type"]) for each in found for name in each["names"].split(",")]


def unwrapped(expression: str) -> str:
    """Return an expression without the parentheses around it."""
    expression = expression.strip()
    while expression.startswith("(") and expression.endswith(")"):
        expression = expression[1:-1].strip()
    return expression


def before_bracket(expression: str) -> str:
    """Return what stands before the bracket that an expression ends with."""
    depth = 0
    for place in range(len(expression) - 1, -1, -1):
        depth += {"]": 1, "[": -1}.get(expression[place], 0)
        if not depth:
            return expression[:place]
    return ""
