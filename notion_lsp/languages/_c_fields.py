"""Which field of a C struct a literal is for: a pointer takes any value, and an array none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.syntax.neighbour import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

_GIVEN = """
(declaration
  type: [(struct_specifier) (type_identifier) (union_specifier)] @type
  declarator: (init_declarator declarator: (_) @declared value: (initializer_list) @given))
(compound_literal_expression type: (_) @type value: (_) @given)
(initializer_list) @list
"""
_STRUCTS = """
(struct_specifier name: (_) @name body: (_) @fields)
(type_definition type: (struct_specifier body: (_) @fields) declarator: (type_identifier) @name)
"""
_NAME = re.compile(r"\b(\w{1,99})\s{0,9}(?:\[[^\[\]]{0,99}\]\s{0,9}){0,9}\Z")
_DESIGNATED = re.compile(r"[{,]\s*[.]\s*(\w{1,99})\s*=\s*\Z")
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)
_NESTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|\([^()]*\)|\{[^{}]*\}|\[[^\[\]]*\]")
# Its value may be for a part of it, or a comma does not end it.
_ODD = re.compile(r"[#(\[{]|\b(?:struct|union)\b[^*]*\Z")
_FIELD = "The field may be an array, which begins with a literal only: assign it below."


def as_field(syntax: Syntax, place: Span, mentioning: Mentioning) -> Refused | None:
    """Refuse what a struct begins with, unless the field is seen to be a pointer."""
    text, rows = syntax.text, syntax.found(_GIVEN, place)
    given = [row for row in rows if "type" in row and row["given"].contains(place)]
    if not given:
        return None
    row = min(given, key=lambda each: each["given"].size)
    lists = [each["list"] for each in rows if "list" in each]
    lists = [each for each in lists if row["given"].contains(each) and each.contains(place)]
    declared = "".join(row[key].of(text) for key in ("type", "declared") if key in row)
    name = _NAME.search(row["type"].of(text))
    # Each list is for an array of structs, or for a struct.
    if name is None or "*" in declared or len(lists) != declared.count("[") + 1:
        return Refused(_FIELD)
    before = text[max(each.start for each in lists) : place.start]
    structs = list(_structs(syntax, name[1], mentioning))
    is_seen = structs and all(_is_pointer(fields, before) for fields in structs)
    return None if is_seen else Refused(_FIELD)


def _structs(syntax: Syntax, name: str, mentioning: Mentioning) -> Iterator[str]:
    others = (each.syntax for each in mentioning(word(name)))
    for each in filter(None, (syntax, *others)):
        for row in each.found(_STRUCTS):
            if row["name"].of(each.text) == name:
                yield _COMMENT.sub("", row["fields"].of(each.text))[1:-1]


def _is_pointer(fields: str, before: str) -> bool:
    before = _flat(_COMMENT.sub("", before))
    if designated := _DESIGNATED.search(before):
        name = designated[1]
        pointer = rf"\*\s*(?:(?:const|restrict|volatile)\s+)*{name}\s*[,;]"
        return bool(re.search(pointer, fields)) and not re.search(rf"\b{name}\s*\[", fields)
    declared = [each for line in fields.split(";") for each in line.split(",")]
    known = declared[: before.count(",") + 1]
    is_plain = "=" not in before and len(known) > before.count(",")
    return is_plain and "*" in known[-1] and not any(map(_ODD.search, known))


def _flat(before: str) -> str:
    # The list begins with a brace that nothing closes.
    while (shorter := _NESTED.sub("", before)) != before:
        before = shorter
    return before
