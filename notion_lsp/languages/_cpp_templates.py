"""Functions of C++ whose parameter gets the type of the literal that is given to them.

A parameter `T const&` or `auto&&` is an array where a literal is given, and a pointer where a call
is (C++20, [temp.deduct.call]). Most functions do with one what they do with the other. Those that
do not are told by what stands in them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

_NAMED = """
  declarator: [
    (function_declarator declarator: (_) @name)
    (_ (function_declarator declarator: (_) @name))]
  body: (_) @body
"""
_DEFINED = f"""
(template_declaration (function_definition {_NAMED})) @definition
(function_definition {_NAMED}) @definition
((init_declarator
  declarator: (identifier) @name value: (lambda_expression body: (_) @body)) @definition)
(call_expression function: (lambda_expression body: (_) @body) @definition @name)
"""
# A file without either defines none.
TELLTALE = re.compile(r"\bauto\b|\btemplate\b|\]\s*<")
_TAKEN = re.compile(
    r"\b(?P<before>const\s+)?(?!const\b)(?P<type>\w+)(?P<after>\s+const)?\s*(?P<reference>&&?)"
    r"\s{0,20}(?:[.]{3})?\s{0,20}(?P<name>\w*)"
)
# The list after `template`, or of a lambda.
_PARAMETERS = re.compile(r"(?:\btemplate\s*|\]\s*)<([^;{}()]{0,500})>")
_OPEN_TYPE = re.compile(r"\b(?:typename|class)\b[\s.]*(\w+)")
# What looks at the type.
_MINDS = re.compile(
    r"\b(?:requires|typeid)\b|\bif\s+constexpr\b|\bstd::(?:ranges|views)\b|\bspan\b"
    r"|\b(?:is_(?:bounded_)?array|is_pointer|extent|rank|remove_(?:all_)?extents?)(?:_[vt])?\s*<"
)
# What takes an array of a known length, with the name of that.
_OF_ARRAY = re.compile(
    r"(?:(?<![.>\w])(?:std::)?(?:c?r?(?:begin|end)|s?size|data|empty|to_array)\s*[(]"
    r"|\b(?:decltype|sizeof)\b|\bfor\s*[(][^;()]*[^:;()]:)"
    r"[\s(]{0,20}(?:std::forward<[^;()]{0,99}>[(])?(\w+)"
)
_LAST_NAME = re.compile(r"(?<!\w)(\w{1,200})\s{0,20}(?:<.{0,500}>)?\s{0,20}\Z", re.DOTALL)
_CALLED = re.compile(
    r"(?<![.>\w])(\w+)\s{0,20}(?:<[^;{}()]{0,200}>)?\s{0,20}[({](?=([^;{}]{0,200}))"
)


class _Generic(NamedTuple):
    """A function whose parameter gets the type of what is given, and what it hands that to."""

    name: str
    minds: bool
    calls: frozenset[str]


def last_name(called: str) -> str:
    """Return what a sentence calls a function, of which a text may have no more than its body."""
    found = _LAST_NAME.search(called)
    return found[1] if found else "This"


def minding(texts: Iterable[Syntax], arrays: frozenset[str]) -> frozenset[str]:
    """Return the names of the functions that may need an array, as those of the `arrays` do.

    One that hands on what it is given to such a function needs one too.
    """
    known = [generic for text in texts for generic in text.once(_generics, "cpp templates")]
    found = arrays | {each.name for each in known if each.minds}
    while more := {each.name for each in known if each.calls & found} - found:
        found |= more
    return found - arrays


def _generics(syntax: Syntax, _about: str) -> tuple[_Generic, ...]:
    return tuple(_read(syntax.text, syntax.found(_DEFINED)))


def _read(text: str, rows: Iterable[Mapping[str, Span]]) -> Iterator[_Generic]:
    for row in rows:
        definition, body = row["definition"], row["body"]
        head = text[definition.start : body.start]
        if taken := _taken_as_given(head):
            name = last_name(row["name"].of(text))
            changes = any(each["reference"] == "&" and not _is_constant(each) for each in taken)
            whole = definition.of(text)
            names = {each[key] for each in taken for key in ("type", "name")} - {"auto"}
            minds = bool(_MINDS.search(whole) or names & set(_OF_ARRAY.findall(whole)))
            handed = frozenset(_handed(whole[len(head) :], names))
            yield _Generic(name, changes or minds, handed)


def _handed(body: str, names: set[str]) -> Iterator[str]:
    for call in _CALLED.finditer(body):
        if names & set(re.findall(r"\w+", _within(call[2]))):
            yield call[1]


def _within(text: str) -> str:
    # What stands before the bracket that closes one before the text.
    depth = 1
    for place, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth:
            return text[:place]
    return text


def _taken_as_given(head: str) -> list[re.Match[str]]:
    types = {"auto"}
    for parameters in _PARAMETERS.finditer(head):
        types |= set(_OPEN_TYPE.findall(parameters[1]))
    return [each for each in _TAKEN.finditer(head) if each["type"] in types]


def _is_constant(taken: re.Match[str]) -> bool:
    return bool(taken["before"] or taken["after"])
