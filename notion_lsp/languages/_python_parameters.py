"""The defaults of Python's parameters, which are evaluated when the function is made.

A lookup there would stop a program that passes the value. It goes to the top of the function, and
the default becomes `None`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.text import Edit, Span, apply_edits, line_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.syntax.site import Site, Syntax

_PARAMETER = """
(function_definition
  parameters: (parameters [
    (default_parameter name: (identifier) @name value: (_) @default)
    (typed_default_parameter name: (identifier) @name type: (_) @type value: (_) @default)])
  body: (block . (_) @first) @body)
"""
_DOCUMENTED = (
    "(function_definition body: (block . (expression_statement (string)) . (_) @first) @body)"
)
# A function of which nothing runs, as in a protocol, or which has a docstring alone.
_UNWRITTEN = re.compile(r"\.\.\.|pass\b|raise NotImplementedError|[A-Za-z]{0,2}[\"']")
_MAY_BE_NONE = re.compile(r"\bNone\b|\bOptional\b")


def when_called(syntax: Syntax, site: Site, edits: Sequence[Edit]) -> tuple[Edit, ...] | None:
    """Return the edits of a default as those that give its value at the call, where that is so."""
    if site.literal.span in site.captures.get("default", ()):
        return None
    around = syntax.found(_PARAMETER, site.literal.span)
    found = next((each for each in around if each["default"].contains(site.literal.span)), None)
    if found is None or _is_made(syntax.text, found["default"], site.literal.span):
        return None
    return _moved(syntax, found, edits)


def _is_made(text: str, default: Span, literal: Span) -> bool:
    # By a function, as in `Header("…")`: a framework may read what that says.
    return "(" in text[default.start : literal.start]


def _moved(
    syntax: Syntax, found: Mapping[str, Span], edits: Sequence[Edit]
) -> tuple[Edit, ...] | None:
    text, name, default = syntax.text, found["name"].of(syntax.text), found["default"]
    first = _first(syntax, found)
    indent = text[line_bounds(text, first.start).start : first.start]
    type_ = found["type"].of(text) if "type" in found else "None"
    unclear = indent.strip() or _UNWRITTEN.match(text, first.start) or _is_none_too(text, name)
    if unclear or not (type_ == "str" or _MAY_BE_NONE.search(type_)):
        return None
    shifted = [Edit(edit.span.shifted(-default.start), edit.new_text) for edit in edits]
    value = apply_edits(default.of(text), shifted)
    typed = (Edit(found["type"], "str | None"),) if type_ == "str" else ()
    line = f"{name} = {value} if {name} is None else {name}\n{indent}"
    return (*typed, Edit(default, "None"), Edit(Span(first.start, first.start), line))


def _first(syntax: Syntax, found: Mapping[str, Span]) -> Span:
    documented = syntax.found(_DOCUMENTED, found["body"])
    own = (each["first"] for each in documented if each["body"] == found["body"])
    return next(own, found["first"])


def _is_none_too(text: str, name: str) -> bool:
    # Where somebody passes `None`, or asks for it, that has a meaning of its own.
    return re.search(rf"\b{re.escape(name)}\s*(?:=|is|is not)\s*None\b", text) is not None
