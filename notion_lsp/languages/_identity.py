"""Strings that code compares as objects: one that is put together as the program runs is another.

What is known when the code is compiled is one object wherever it stands (JLS 3.10.5; Kotlin and
Scala likewise; C# specification, "String literals"), and a sum of it with a lookup is not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.syntax.neighbour import word
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

OBJECTS = "Here two strings are compared as objects, and one that is read is another: use equals."

_JAVA_TEXT = "[(string_literal) (binary_expression) (identifier) (field_access)]"
JAVA = f"""
(variable_declarator name: (identifier) @given value: {_JAVA_TEXT} @value)
(block (local_variable_declaration
  (variable_declarator name: (identifier) @given value: {_JAVA_TEXT} @value))) @scope
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
(block (property_declaration
  (variable_declaration . (identifier) @given) {_KOTLIN_TEXT} @value)) @scope
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
(block (local_declaration_statement (variable_declaration
  (variable_declarator name: (identifier) @given {_CSHARP_TEXT} @value)))) @scope
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
SCALA = """
(val_definition pattern: (identifier) @given value: (_) @value)
(block (val_definition pattern: (identifier) @given value: (_) @value)) @scope
"""
SCALA_COMPARED = """
((infix_expression left: (_) @compared operator: (_) @_is right: (_) @compared)
  (#any-of? @_is "eq" "ne"))
"""


def fit(query: str, syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    """Return the site as it is, unless it is compared as an object."""
    return compared(query, syntax, site, mentioning) or site


def compared(query: str, syntax: Syntax, site: Site, mentioning: Mentioning) -> Refused | None:
    """Refuse where a text with the token in it is compared as an object, by a name or itself."""
    own = site.literal.span
    spans = [] if site.literal.whole else [own]
    starts = [(own, not site.literal.whole)]
    # What is compared with it may have to stay, and then so has this.
    starts += _copies(syntax, site) if _are_compared(syntax, [own]) else []
    made = _made(query, syntax, starts)
    spans += [place for each in made for place in _places(syntax, *each)]
    found = _are_compared(syntax, spans)
    if not found and made and "shared" in site.captures:
        others = ((each.syntax, name) for name, _ in made for each in mentioning(word(name)))
        found = any(_are_compared(other, other.places(name)) for other, name in others if other)
    return Refused(OBJECTS) if found else None


def _copies(syntax: Syntax, site: Site) -> Iterator[tuple[Span, bool]]:
    # The literals of the same token, and whether it is a part of each.
    text = syntax.text
    for found in re.finditer(re.escape(site.literal.tokens[0].of(text)), text):
        span = Span(found.start() - 1, found.end() + 1)
        is_whole = span.of(text)[0] == span.of(text)[-1] == '"'
        yield span, not is_whole


def _made(
    query: str, syntax: Syntax, starts: Sequence[tuple[Span, bool]]
) -> list[tuple[str, Span]]:
    # What is put together with the token, be it by way of others: its name, and where it has that.
    rows, text = syntax.found(query), syntax.text
    scopes = {row["given"]: row["scope"] for row in rows if "scope" in row}
    pending = [*starts]
    known = set[tuple[str, Span, bool]]()
    while pending:
        span, is_part = pending.pop()
        for row in (each for each in rows if each["value"].contains(span)):
            given, value = row["given"], row["value"]
            scope = scopes.get(given, Span(0, len(text)))
            made = given.of(text), scope, is_part or value != span
            if made not in known:
                known.add(made)
                pending += [(place, made[2]) for place in _places(syntax, made[0], scope)]
    return [(name, scope) for name, scope, is_part in known if is_part]


def _places(syntax: Syntax, name: str, scope: Span) -> Iterator[Span]:
    return filter(scope.contains, syntax.places(name))


def _are_compared(syntax: Syntax, spans: Iterable[Span]) -> bool:
    operands = syntax.outline.captures.get("compared", ())
    return any(each.contains(span) and each.end == span.end for each in operands for span in spans)
