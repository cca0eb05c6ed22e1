"""What type Go wants of a member of a composite literal: `Config{Token: "…"}`, `[]Token{"…"}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages._go_lists import items, position_in, struct_fields
from notion_lsp.languages._go_values import BUILT_IN, element, qualified
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from notion_lsp.languages._go_declared import Declared
    from notion_lsp.languages._go_values import Scope
    from notion_lsp.text import Span

    Row = Mapping[str, Span]
    # The types that a place may have: `None` where they are not seen.
    Types = Iterable[str | None] | Refused

MAP = re.compile(r"map\[([^\[\]]*)\]")
NOT_SEEN = (None,)
_GENERIC = re.compile(r"([\w.]+)\[(.*)\]", re.DOTALL)
_UNSEEN = "The type that {} takes cannot be seen: convert the token to it first."


def unseen(what: str) -> Refused:
    """Return the reason where a type is not seen."""
    return Refused(_UNSEEN.format(what))


def beside(declared: Iterable[Declared]) -> list[Declared]:
    """Return what the package of a text declares itself."""
    return [each for each in declared if each.beside]


def of_a_package(module: str, name: str) -> Types:
    """Return what is known of a package whose declarations are not seen."""
    # The path of a package that can be downloaded begins with a host's name, which has a dot.
    return unseen(name) if "." in module.partition("/")[0] else []


def held(scope: Scope, rows: Sequence[Row], literal: Span) -> Types:
    """Return the types that the member around a literal may have."""
    # The type of the literal that has a name, and from there inwards.
    text = scope.syntax.text
    composites = [row for row in rows if "composite" in row and row["body"].contains(literal)]
    if not composites:  # the text does not parse
        return NOT_SEEN
    composite = min(composites, key=lambda each: each["body"].size)
    members = [row for row in rows if "member" in row and row["value"].contains(literal)]
    within = [row for row in members if composite["body"].contains(row["value"])]
    types: Types = [composite["composite"].of(text)]
    for row in sorted(within, key=lambda each: -each["value"].size):
        known = [] if isinstance(types, Refused) else [*types]
        # Plain strings, as the types of the standard library have, or one of several.
        if len(known) != 1 or known[0] is None:
            return types
        type_ = known[0]
        levels = [each["level"] for each in rows if "level" in each]
        around = [each for each in levels if each.contains(row["value"])]
        types = _member(scope, type_.lstrip("*"), row, min(around, key=lambda each: each.size))
    return types


def _member(scope: Scope, type_: str, row: Row, level: Span) -> Types:
    text = scope.syntax.text
    if "keyed" in row and (key := MAP.match(type_)):
        return [key[1]]
    if held := element(type_, scope):
        return [held]
    position = position_in(text[level.start + 1 : row["value"].start])
    field = row["key"].of(text) if "key" in row else None
    if inline := struct_fields(type_):
        return [_chosen(inline, field, position)]
    generic = _GENERIC.fullmatch(type_)
    types = _own(scope, generic[1] if generic else type_, field, position)
    is_open = generic and not isinstance(types, Refused) and None in types
    return one_of(generic[2]) if generic and is_open else types


def one_of(types: str) -> Types:
    """Return what a place has to which one of these types is told: which one is not asked."""
    told = [each.strip() for each in items(types)]
    return told if len(told) == 1 or BUILT_IN.issuperset(told) else NOT_SEEN


def _own(scope: Scope, type_: str, field: str | None, position: int) -> Types:
    if field is None:
        fields = [("", each) for each in scope.fields(scope.stands_for(type_))]
        return [_chosen(fields, None, position)]
    return _field(scope, type_, field)


def _chosen(fields: Sequence[tuple[str, str]], name: str | None, position: int) -> str | None:
    if name is not None:
        return dict(fields).get(name)
    return fields[position][1] or None if position < len(fields) else None


def _field(scope: Scope, struct: str, field: str) -> Types:
    declared = list(scope.declared("field", field))
    qualifier, _, name = scope.stands_for(struct).rpartition(".")
    module = scope.modules().get(qualifier, "")
    fields = [each for each in declared if each.row["struct"] == name]
    if not qualifier:
        return [each.type_ or None for each in beside(fields)] or NOT_SEEN
    if fields:
        return [qualified(each.type_, qualifier) for each in fields]
    # What has texts for keys is a map, such as `gin.H`, whose values are of any type or plain.
    return [] if field[0] in '"`' else of_a_package(module, f"{struct}.{field}")
