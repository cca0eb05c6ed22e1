"""The types that names and simple expressions of Go have, as far as their declarations are seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages._go_declared import DECLARED, VARIABLES, Declared
from notion_lsp.languages._go_lists import before_bracket, items, struct_fields, unwrapped
from notion_lsp.syntax.neighbour import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

_STRING_TYPES = r"^type[ \t]+(?:\w+[ \t]+=?[ \t]*\w+[ \t]*(?://.*)?$|\()"
PLAIN = frozenset({"string", "any", "error"})
# The string types of kits that are seldom in the project.
KIT_TYPES = frozenset({("github.com/jomei/notionapi", "Token")})
BUILT_IN = PLAIN | {"bool", "byte", "int", "int64", "rune", "uint", "uint64", "float64"}
_NAME = re.compile(r"\w+(?:[.]\w+)?")
_EXPORTED = re.compile(r"(?<![\w.])[A-Z]\w*")
# What these packages give has the types that they are given.
_GENERIC = frozenset({"cmp", "iter", "maps", "slices", "sync", "sync/atomic"})
# What makes a value: of a type of which `{` follows, of one that is made, of a pointer to one.
_COMPOSITE = re.compile(r"(?s)(&?)((?:(?:map)?\[[^\[\]]*\]|\*)*(?!map\[)[\w.]+(?:\[.*?\])?)\{")
_MADE = re.compile(r"(make|new)\(([^,]+)(?:,|\)$)")
# `[]Token(nil)`, and `value.(Token)`.
_CONVERTED = re.compile(r"((?:\[[^\[\]]*\]|map\[[^\[\]]*\]|\*)+[\w.]+|string)\(")
_ASSERTED = re.compile(r"(?s).*\.\(\s*([\w.*\[\]]+)\s*\)\Z")
_CALL = re.compile(r"(?:(\w+)[.])?(?:\w+[.])*(\w+)\(")
_ELEMENT = re.compile(r"(?:\[[^\[\]]*\]|map\[[^\[\]]*\]|(?:<-\s*)?chan(?:\s*<-)?\s+)")
_STRING = re.compile(r"[\"`]")


class Scope(NamedTuple):
    """A text of Go with the others of its project, at an offset of it."""

    syntax: Syntax
    mentioning: Mentioning
    at: int

    def declared(self, sort: str, name: str) -> Iterator[Declared]:
        """Yield what the project declares under a name."""
        for where, beside in self._texts(word(name)):
            rows = where.once(_rows, DECLARED)
            package = next((row["package"] for row in rows if "package" in row), "")
            generic = {row["generic"] for row in rows if "generic" in row}
            for row in rows:
                if row.get(sort) == name:
                    known = {**row, "type": "" if row["type"] in generic else row["type"]}
                    yield Declared(package, beside, known)

    def fields(self, struct: str) -> list[str]:
        """Return the types of a struct's fields in their order, of those that stand beside."""
        found = [each for each in self.declared("struct", struct) if each.beside]
        return [each.type_ for each in found]

    def stands_for(self, name: str) -> str:
        """Return the last of the names of a type, each of which is made from the next."""
        known = set[str]()
        while name not in known:
            known.add(name)
            package, _, own = name.rpartition(".")
            declared = self.declared("named", own)
            types = {each.type_ for each in declared if self._may_be_meant(each, package)}
            type_ = types.pop() if len(types) == 1 else ""
            if _NAME.fullmatch(type_):
                name = qualified(type_, package) or name if package else type_
        return name

    def modules(self) -> dict[str, str]:
        """Return the paths of the packages that the text imports, by what it calls them."""
        return {
            each.name if each.name != each.module else each.module.rpartition("/")[2]: each.module
            for each in self.syntax.outline.imports
        }

    def imports_names(self) -> bool:
        """Whether the text has what another package declares without that package's name."""
        return bool(self.syntax.found("(import_spec name: (dot) @dot)"))

    def has_named_strings(self) -> bool:
        """Whether the project declares a type that is a string by another name, for all we see."""
        types = {
            row["named"]: row["type"]
            for where, _ in self._texts(_STRING_TYPES)
            for row in where.once(_rows, DECLARED)
            if "named" in row
        }
        return any(_underlying(types, each) == "string" for each in types)

    def type_of(self, expression: str) -> str | None:
        """Return the type of an expression: `None` where it is not seen."""
        expression = unwrapped(expression)
        if expression == "_" or _STRING.match(expression):
            return "untyped"
        if expression.startswith("*"):
            return _pointed_to(self.type_of(expression[1:]))
        if expression.startswith("&") and (variable := expression[1:]).isidentifier():
            return f"*{type_}" if (type_ := self.type_of(variable)) else None
        if expression.endswith("]"):
            return self.element_of(before_bracket(expression))
        owner, _, name = expression.rpartition(".")
        if not name.isidentifier():
            return self._made(expression)
        return self._field(owner, name) if owner else self._variable(name)

    def is_variable(self, name: str) -> bool:
        """Whether the text has a variable of that name, such as one that holds a function."""
        rows = self.syntax.found(VARIABLES)
        named = (row["variable"] for row in rows if "variable" in row)
        return any(span.of(self.syntax.text) == name for span in named)

    def signature(self, value: str) -> str:
        """Return the type of a function that a variable or a field holds, as far as it is seen."""
        type_ = self.type_of(value) or ""
        package, _, name = type_.rpartition(".")
        named = (each for each in self.declared("named", name) if name.isidentifier())
        known = [(each, each.type_) for each in named if self._may_be_meant(each, package)]
        return self._only_here(known) or type_

    def element_of(self, expression: str) -> str | None:
        """Return the type of what a slice, an array, a map or a channel holds."""
        return element(self.type_of(expression) or "", self)

    def _field(self, owner: str, name: str) -> str | None:
        type_ = (self.type_of(owner) or "").lstrip("*")
        if inline := struct_fields(type_):
            return dict(inline).get(name)
        package, _, struct = type_.rpartition(".")
        declared = self.declared("field", name)
        found = [each for each in declared if self._may_be_meant(each, package)]
        known = [each for each in found if each.row["struct"] == struct] or found
        return self._only_here([(each, each.type_) for each in known])

    def _variable(self, name: str) -> str | None:
        text, rows = self.syntax.text, self.syntax.found(VARIABLES)
        own = [row for row in rows if "variable" in row and row["variable"].of(text) == name]
        above = [row for row in own if self._sees(rows, row["variable"])]
        if not above:
            return _only(each.type_ for each in self.declared("variable", name) if each.beside)
        row = above[-1]
        last = {key: span.of(text) for key, span in row.items()}
        if "type" in last or "untyped" in last:
            generic = {each["generic"].of(text) for each in rows if "generic" in each}
            return None if last.get("type") in generic else last.get("type", "untyped")
        # `name := name` gives it what it had above.
        before = self._replace(at=row["variable"].start)
        return (
            before.element_of(last["ranged"]) if "ranged" in last else before.type_of(last["value"])
        )

    def _sees(self, rows: Iterable[Mapping[str, Span]], variable: Span) -> bool:
        functions = [row["function"] for row in rows if "function" in row]
        elsewhere = (each for each in functions if not each.start <= self.at < each.end)
        return variable.start < self.at and not any(each.contains(variable) for each in elsewhere)

    def _made(self, value: str) -> str | None:
        if value.startswith("func(") and value.endswith("}"):
            return value
        if made := _MADE.match(value):
            return f"*{made[2].strip()}" if made[1] == "new" else made[2].strip()
        if value.startswith("append("):
            return self.type_of(items(value[len("append(") : -1])[0])
        said = _CONVERTED.match(value) or _ASSERTED.match(value)
        if said and said[1] != "type":
            return said[1]
        if composite := _COMPOSITE.match(value):
            return f"*{composite[2]}" if composite[1] else composite[2]
        call = _CALL.match(value)
        return self._result(call[1], call[2]) if call else None

    def _result(self, qualifier: str | None, name: str) -> str | None:
        named = [(each, each.row["named"]) for each in self.declared("named", name)]
        made = [(each, each.type_) for each in self.declared("maker", name)]
        known = [pair for pair in (*named, *made) if self._may_be_meant(pair[0], qualifier or "")]
        module = self.modules().get(qualifier or "", "")
        if (module, name) in KIT_TYPES:
            return f"{qualifier}.{name}"
        if known:
            return self._only_here(known)
        return "string" if self._is_standard(qualifier or "") else None

    def _only_here(self, known: Iterable[tuple[Declared, str]]) -> str | None:
        types = [self.called_here(each, type_) for each, type_ in known]
        return _only(each or "" for each in types)

    def _may_be_meant(self, declared: Declared, qualifier: str) -> bool:
        # Without a package's name it is a function of this one, or a method of any.
        module = self.modules().get(qualifier)
        if module is None:
            return declared.beside or bool(qualifier)
        return declared.package in {qualifier, module.rpartition("/")[2]}

    def called_here(self, declared: Declared, type_: str) -> str | None:
        """Return what the text calls a declaration's type, `None` where it has no name for it."""
        if declared.beside:
            return type_
        paths = self.modules().items()
        names = (name for name, path in paths if path.rpartition("/")[2] == declared.package)
        name = next(names, None)
        return qualified(type_, name) if name else None

    def _is_standard(self, qualifier: str) -> bool:
        # The standard library gives plain strings, pointers to them, and what has methods that do.
        module = self.modules().get(qualifier)
        if module is not None:
            return "." not in module.partition("/")[0] and module not in _GENERIC
        type_ = self.type_of(qualifier) if qualifier.isidentifier() else None
        package, _, name = (type_ or "").lstrip("*").rpartition(".")
        return name == "string" or (bool(package) and self._is_standard(package))

    def _texts(self, pattern: str) -> Iterator[tuple[Syntax, bool]]:
        yield self.syntax, True
        for each in self.mentioning(pattern):
            if each.syntax:
                yield each.syntax, each.beside


def qualified(type_: str, package: str) -> str | None:
    """Return what another package calls a type of this package, `None` where it may not name it."""
    if type_.isidentifier() and type_[0].islower() and type_ not in BUILT_IN:
        return None
    return _EXPORTED.sub(rf"{package}.\g<0>", type_)


def element(type_: str, scope: Scope) -> str | None:
    """Return the type of what a value of a type holds, if it is one that holds others."""
    held = _ELEMENT.match(type_)
    if held:
        return type_[held.end() :]
    named = [each.type_ for each in scope.declared("named", type_)] if type_.isidentifier() else []
    under = _only(named)
    return element(under, scope) if under and _ELEMENT.match(under) else None


def _rows(where: Syntax, query: str) -> list[dict[str, str]]:
    return [{key: span.of(where.text) for key, span in row.items()} for row in where.found(query)]


def _only(types: Iterable[str]) -> str | None:
    # What follows from a generic declaration is not seen; of several results the first counts.
    known = {_first(each) if each.startswith("(") else each for each in types}
    return (known.pop() or None) if len(known) == 1 else None


def _first(results: str) -> str:
    # `(token Token, err error)` has the type last.
    return results[1:].partition(",")[0].rstrip(")").split()[-1]


def _underlying(types: Mapping[str, str], name: str) -> str:
    known = set[str]()
    while name in types and name not in known:
        known.add(name)
        name = types[name]
    return name


def _pointed_to(type_: str | None) -> str | None:
    if type_ == "string":
        return type_  # What the standard library gives, such as `flag.String`.
    return type_[1:] if type_ and type_.startswith("*") else None
