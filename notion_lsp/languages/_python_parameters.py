"""The defaults of Python's parameters, which are evaluated when the function is made.

A lookup there would stop a program that passes the value. It goes to the top of the function, and
the default becomes `None`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.text import Edit, Span, apply_edits, line_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_PARAMETER = """
(function_definition
  name: (identifier) @function
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
# What a program asks of a function's parameters, and would be told of the new ones.
_ASKED = re.compile(r"__(?:kw)?defaults__|\bsignature\(|\bgetfullargspec\(|\bget_type_hints\(")
# Python 3.9 has no `|` of types: a text that has it runs on a later one, or has all of them quoted.
_HAS_UNIONS = re.compile(r"\|\s*None\b|\bimport annotations\b")
_OPTIONAL = re.compile(r"\bOptional\[|\bNone\b")
# How `None` comes to a parameter and how code asks for it, by the parameter's name.
_PASSED = r"\b{0}[\"']?\s*(?:[=:]|[=!]=|is|is\s+not)\s*None\b"
_ASKED_NONE = r"\b{0}\b.*\bNone\b|\bNone\b.*\b{0}\b|\bcase\s+None\b"
_ASKED_EMPTY = (
    r"\b(?:not|if|elif|while|assert|and|or)\s+{0}\s*(?:[:,)\]]|$|(?:or|and|else)\b)"
    r"|(?<![.\w]){0}\s+(?:or|and)\b"
)
_WRITTEN_INTO = (
    r"(?<![.\w]){0}(?:\[[^\]\n]*\]\s*[-+|]?=(?!=)"
    r"|\.(?:add|append|clear|extend|insert|pop|popitem|remove|setdefault|update)\()"
)
_CLASS = "(class_definition name: (identifier) @class body: (block) @members)"


def fit_parameter(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site:
    """Return the site, with `@none_elsewhere` where another file gives the parameter `None`."""
    found = _parameter(syntax, site)
    if found is None:
        return site
    given = re.compile(_given(syntax, found))
    names = [each for each in _callers(syntax, found) if each != "__init__"]
    others = (each.text for name in names for each in mentioning(rf"\b{name}\b"))
    if not any(map(given.search, others)):
        return site
    return replace(site, captures={**site.captures, "none_elsewhere": (found["name"],)})


def when_called(syntax: Syntax, site: Site, edits: Sequence[Edit]) -> tuple[Edit, ...] | None:
    """Return the edits of a default as those that give its value at the call, where that is so."""
    if site.literal.span in site.captures.get("default", ()):
        return None
    found = _parameter(syntax, site)
    if found is None or _is_made(syntax.text, found["default"], site.literal.span):
        return None
    is_none_too = "none_elsewhere" in site.captures or _is_none_too(syntax, found)
    return _moved(syntax, found, edits, is_none_too=is_none_too)


def _parameter(syntax: Syntax, site: Site) -> Mapping[str, Span] | None:
    around = syntax.found(_PARAMETER, site.literal.span)
    return next((each for each in around if each["default"].contains(site.literal.span)), None)


def _is_made(text: str, default: Span, literal: Span) -> bool:
    # By a function, as in `Header("…")`: a framework may read what that says.
    return "(" in text[default.start : literal.start]


def _moved(
    syntax: Syntax, found: Mapping[str, Span], edits: Sequence[Edit], *, is_none_too: bool
) -> tuple[Edit, ...] | None:
    text, name, default = syntax.text, found["name"].of(syntax.text), found["default"]
    first = _first(syntax, found)
    indent = text[line_bounds(text, first.start).start : first.start]
    type_ = found["type"].of(text) if "type" in found else ""
    unclear = _UNWRITTEN.match(text, first.start) or _ASKED.search(text) or _is_kept(text, found)
    takes_none = _OPTIONAL.search(type_) is not None
    if unclear or not (takes_none or type_ in {"", "str"}) or (type_ and is_none_too):
        return None
    # Nobody passes an ellipsis.
    nothing = "..." if is_none_too else "None"
    shifted = [Edit(edit.span.shifted(-default.start), edit.new_text) for edit in edits]
    value = apply_edits(default.of(text), shifted)
    union = "str | None" if _HAS_UNIONS.search(text) else '"str | None"'
    typed = (Edit(found["type"], union),) if type_ == "str" else ()
    # The body may stand in the line of the function.
    then = "; " if indent.strip() else f"\n{indent}"
    line = f"{name} = {value} if {name} is {nothing} else {name}{then}"
    return (*typed, Edit(default, nothing), Edit(Span(first.start, first.start), line))


def _is_kept(text: str, found: Mapping[str, Span]) -> bool:
    # What a function writes into a collection is still there at its next call.
    name = re.escape(found["name"].of(text))
    return re.search(_WRITTEN_INTO.format(name), found["body"].of(text)) is not None


def _first(syntax: Syntax, found: Mapping[str, Span]) -> Span:
    documented = syntax.found(_DOCUMENTED, found["body"])
    own = (each["first"] for each in documented if each["body"] == found["body"])
    return next(own, found["first"])


def _is_none_too(syntax: Syntax, found: Mapping[str, Span]) -> bool:
    # Where somebody passes `None`, or asks for it, that has a meaning of its own.
    name = re.escape(found["name"].of(syntax.text))
    # Of a `str`, code may ask whether it is empty.
    asked = _ASKED_NONE if "type" in found else f"{_ASKED_NONE}|{_ASKED_EMPTY}"
    inside, body = asked.format(name), found["body"].of(syntax.text)
    given = re.search(_given(syntax, found), syntax.text)
    return bool(given or re.search(inside, body, re.MULTILINE))


def _given(syntax: Syntax, found: Mapping[str, Span]) -> str:
    # What gives a parameter `None`: by its name, or in a call of its function.
    name = re.escape(found["name"].of(syntax.text))
    called = rf"(?<!def )\b(?:{'|'.join(_callers(syntax, found))})\([^()\n]*(?<![=\w])None\b"
    return rf"{_PASSED.format(name)}|{called}"


def _callers(syntax: Syntax, found: Mapping[str, Span]) -> Iterator[str]:
    # The function's own name, and those of the classes around it, whose constructor it may be.
    yield re.escape(found["function"].of(syntax.text))
    for each in syntax.found(_CLASS, found["name"]):
        if each["members"].contains(found["name"]):
            yield re.escape(each["class"].of(syntax.text))
