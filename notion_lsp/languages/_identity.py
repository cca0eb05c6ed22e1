"""Strings that code compares as objects: one that is put together as the program runs is another.

What is known when the code is compiled is one object wherever it stands (JLS 3.10.5; Kotlin and
Scala likewise; C# specification, "String literals"), and a sum of it with a lookup is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.syntax.neighbour import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Span

OBJECTS = "Here two strings are compared as objects, and one that is read is another: use equals."

_JAVA_TEXT = "[(string_literal) (binary_expression) (identifier) (field_access)]"
JAVA = f"""
(variable_declarator name: (identifier) @given value: {_JAVA_TEXT} @value)
(assignment_expression
  left: [(identifier) @given (field_access field: (identifier) @given)] right: {_JAVA_TEXT} @value)
"""
# What is compared, for the outline, as it may be of a file in another language.
JAVA_COMPARED = f"""
(binary_expression
  left: {_JAVA_TEXT} @compared operator: ["==" "!="] right: {_JAVA_TEXT} @compared)
"""
_KOTLIN_TEXT = """[(string_literal) (multiline_string_literal) (binary_expression) (identifier)
  (navigation_expression)]"""
KOTLIN = f"""
(property_declaration (variable_declaration . (identifier) @given) {_KOTLIN_TEXT} @value)
(assignment left: [(identifier) @given (navigation_expression (identifier) @given .)]
  right: {_KOTLIN_TEXT} @value)
"""
KOTLIN_COMPARED = f"""
(binary_expression
  left: {_KOTLIN_TEXT} @compared operator: ["===" "!=="] right: {_KOTLIN_TEXT} @compared)
"""
_CSHARP_TEXT = """[(string_literal) (interpolated_string_expression) (binary_expression)
  (identifier) (member_access_expression) (cast_expression)]"""
CSHARP = f"""
(variable_declarator name: (identifier) @given {_CSHARP_TEXT} @value)
(assignment_expression
  left: [(identifier) @given (member_access_expression name: (identifier) @given)]
  right: {_CSHARP_TEXT} @value)
"""
CSHARP_COMPARED = f"""
((invocation_expression
  function: (_) @_equals arguments: (argument_list (argument {_CSHARP_TEXT} @compared)))
  (#match? @_equals "(^|[.])ReferenceEquals$"))
(binary_expression
  left: (cast_expression) @compared operator: ["==" "!="] right: {_CSHARP_TEXT} @compared)
(binary_expression
  left: {_CSHARP_TEXT} @compared operator: ["==" "!="] right: (cast_expression) @compared)
"""
SCALA = "(val_definition pattern: (identifier) @given value: (_) @value)"
SCALA_COMPARED = """
((infix_expression left: (_) @compared operator: (_) @_is right: (_) @compared)
  (#any-of? @_is "eq" "ne"))
"""


def fit(query: str, syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    """Return the site as it is, unless it is compared as an object."""
    return compared(query, syntax, site, mentioning) or site


def compared(query: str, syntax: Syntax, site: Site, mentioning: Mentioning) -> Refused | None:
    """Refuse where a text with the token in it is compared as an object, by a name or itself."""
    spans = [] if site.literal.whole else [site.literal.span]
    names = set(_made(query, syntax, site))
    spans += [place for name in names for place in syntax.places(name)]
    found = _are_compared(syntax, spans)
    if not found and names and "shared" in site.captures:
        others = ((each.syntax, name) for name in names for each in mentioning(word(name)))
        found = any(_are_compared(other, other.places(name)) for other, name in others if other)
    return Refused(OBJECTS) if found else None


def _made(query: str, syntax: Syntax, site: Site) -> Iterator[str]:
    # The names of what is put together with the token, be it by way of others.
    rows = syntax.found(query)
    pending, known = [(site.literal.span, not site.literal.whole)], set[tuple[str, bool]]()
    while pending:
        span, is_part = pending.pop()
        for row in (each for each in rows if each["value"].contains(span)):
            made = row["given"].of(syntax.text), is_part or row["value"] != span
            if made not in known:
                known.add(made)
                pending += [(place, made[1]) for place in syntax.places(made[0])]
    return (name for name, is_part in known if is_part)


def _are_compared(syntax: Syntax, spans: Iterable[Span]) -> bool:
    operands = syntax.outline.captures.get("compared", ())
    return any(each.contains(span) and each.end == span.end for each in operands for span in spans)
