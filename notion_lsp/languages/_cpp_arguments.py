"""What C++ calls with a literal, and must call with one.

A parameter that is a reference to an array takes a literal, and no pointer, and so does a field
that is an array; and what is `consteval` runs when the code is compiled (C++20, [dcl.consteval]).
All are said by the declaration, which may be in another file of the project.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages._cpp_templates import TELLTALE, last_name, minding
from notion_lsp.refused import Refused
from notion_lsp.syntax.neighbour import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

_CALLS = """
(call_expression function: (_) @called arguments: (_) @given)
(new_expression type: (_) @called arguments: (_) @given)
(compound_literal_expression type: (_) @called value: (_) @given)
(declaration type: (_) @called declarator: (init_declarator value: (_) @given))
"""
_DECLARED = """
((function_declarator declarator: (_) @name parameters: (_) @array)
  ; Of constants, or of a type that the template leaves open: a buffer is no literal.
  (#match? @array "[(]\\\\s*&&?\\\\s*(?:\\\\w+\\\\s*)?[)]\\\\s*\\\\[")
  (#match? @array "(const\\\\b[^(),]{0,99}|\\\\b[A-Z_]\\\\w{0,99}\\\\s{0,9})[(]\\\\s{0,9}&"))
((function_declarator declarator: (_) @name parameters: (_) @array)
  ; `std::span<const char>` (C++20) is made from an array too, and from no pointer.
  (#match? @array "\\\\bspan\\\\s*<\\\\s*(const\\\\s+char|char\\\\s+const)\\\\s*[,>]"))
((_ (type_qualifier) @_when declarator: [
    (function_declarator declarator: (_) @name @compiled)
    (_ (function_declarator declarator: (_) @name @compiled))])
  (#eq? @_when "consteval"))
((struct_specifier name: (_) @name body: (_ (field_declaration
  type: (primitive_type) @_char declarator: (array_declarator declarator: (_) @field))))
  (#eq? @_char "char"))
"""
# A file without either declares nothing of that kind.
_TELLTALE = r"\(\s*&&?\s*(?:\w+\s*)?\)\s*\[|\bconsteval\b|\bspan\s*<|\bchar\s+\w+\s*\["
_ARRAY = "{} takes an array, as a literal is one: call a function that takes text."
_MINDS = "{} gets the type of a literal here, which is an array: put a std::string above it."
_DESIGNATED = re.compile(r"[.](\w+)\s*=\s*\Z")
_LONGEST_NAME = 100
_REASONS = {
    "compiled": "{} runs when the code is compiled: call a function that is not `consteval`.",
    "field": "A field of {} is an array, which begins with a literal only: make it a pointer.",
}


def must_be_literal(syntax: Syntax, literal: Span, mentioning: Mentioning) -> Refused | None:
    """Refuse where what is called with the literal takes nothing else."""
    calls = [row for row in syntax.found(_CALLS, literal) if row["given"].contains(literal)]
    called = [row["called"].of(syntax.text) for row in calls]
    names = [last_name(each) for each in called]
    if not names:
        return None
    texts = [syntax, *(each.syntax for each in mentioning(_TELLTALE) if each.syntax)]
    field = designated(syntax.text, literal)
    declared = {name: reason for each in texts for name, reason in _declared(each, field)}
    # What is told the type of the parameter does not take that of the literal.
    open_ = {last_name(each) for each in called if not each.endswith(">")}
    texts += _defining(open_, mentioning)
    declared |= dict.fromkeys(minding(texts, frozenset(declared)) & open_, _MINDS)
    reasons = (declared[name].format(name) for name in names if name in declared)
    return next((Refused(reason) for reason in reasons), None)


def designated(text: str, literal: Span) -> str | None:
    """Return the name of the field that the literal is for, where the code has it: `.a = "…"`."""
    line = text[max(literal.start - _LONGEST_NAME, 0) : literal.start]
    found = _DESIGNATED.search(line)
    return found[1] if found else None


def _declared(declaring: Syntax, field: str | None) -> Iterator[tuple[str, str]]:
    for row in declaring.found(_DECLARED):
        if "field" in row and field not in {None, row["field"].of(declaring.text)}:
            continue
        name = last_name(row["name"].of(declaring.text))
        reasons = (each for key, each in _REASONS.items() if key in row)
        yield name, next(reasons, _ARRAY)


def _defining(names: set[str], mentioning: Mentioning) -> Iterator[Syntax]:
    for each in (each for name in sorted(names) for each in mentioning(word(name))):
        if TELLTALE.search(each.text) and each.syntax:
            yield each.syntax
