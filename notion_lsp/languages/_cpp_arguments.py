"""What C++ calls with a literal, and must call with one.

A parameter that is a reference to an array takes a literal, and no pointer; and what is `consteval`
runs when the code is compiled (C++20, [dcl.consteval]). Both are said by the declaration, which may
be in another file of the project.
"""

from __future__ import annotations

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
"""
# A file without either declares nothing of that kind.
_TELLTALE = r"\(\s*&&?\s*(?:\w+\s*)?\)\s*\[|\bconsteval\b|\bspan\s*<"
_ARRAY = "{} takes an array, as a literal is one: call a function that takes text."
_MINDS = "{} gets the type of a literal here, which is an array: put a std::string above it."
_COMPILED = "{} runs when the code is compiled: call a function that is not `consteval`."


def must_be_literal(syntax: Syntax, literal: Span, mentioning: Mentioning) -> Refused | None:
    """Refuse where what is called with the literal takes nothing else."""
    calls = [row for row in syntax.found(_CALLS, literal) if row["given"].contains(literal)]
    called = [row["called"].of(syntax.text) for row in calls]
    names = [last_name(each) for each in called]
    if not names:
        return None
    texts = [syntax, *(each.syntax for each in mentioning(_TELLTALE) if each.syntax)]
    declared = {name: reason for each in texts for name, reason in _declared(each)}
    # What is told the type of the parameter does not take that of the literal.
    open_ = {last_name(each) for each in called if not each.endswith(">")}
    texts += _defining(open_, mentioning)
    declared |= dict.fromkeys(minding(texts, frozenset(declared)) & open_, _MINDS)
    reasons = (declared[name].format(name) for name in names if name in declared)
    return next((Refused(reason) for reason in reasons), None)


def _declared(declaring: Syntax) -> Iterator[tuple[str, str]]:
    for row in declaring.found(_DECLARED):
        name = last_name(row["name"].of(declaring.text))
        yield name, _COMPILED if "compiled" in row else _ARRAY


def _defining(names: set[str], mentioning: Mentioning) -> Iterator[Syntax]:
    for each in (each for name in sorted(names) for each in mentioning(word(name))):
        if TELLTALE.search(each.text) and each.syntax:
            yield each.syntax
