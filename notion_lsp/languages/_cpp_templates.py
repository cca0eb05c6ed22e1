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
)
# The list after `template`, or of a lambda.
_PARAMETERS = re.compile(r"(?:\btemplate\s*|\]\s*)<([^;{}()]{0,500})>")
_OPEN_TYPE = re.compile(r"\b(?:typename|class)\b[\s.]*(\w+)")
# What looks at the type, and what takes an array of unknown length as a range of its elements.
_MINDS = re.compile(
    r"\b(?:decltype|requires|sizeof|static_assert|typeid)\b|\bif\s+constexpr\b"
    r"|\bstd::(?:ranges|views)\b|\b(?:is_|remove_)\w+|\b(?:std::)?(?:extent|rank)(?:_v)?\s*<"
    r"|(?<![.>\w])(?:std::)?(?:c?r?(?:begin|end)|s?size|data|empty|to_array)\s*\("
    r"|\bspan\b|\bfor\s*\([^;()]*[^:;()]:[^:;()]*\)"
)
_LAST_NAME = re.compile(r"(?<!\w)(\w{1,200})\s{0,20}(?:<.{0,500}>)?\s{0,20}\Z", re.DOTALL)
_CALLED = re.compile(r"\b(\w+)\s{0,20}(?:<[^;{}()]{0,200}>)?\s{0,20}[({]")


class _Generic(NamedTuple):
    """A function whose parameter gets the type of what is given, with all that its text calls."""

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
            calls = frozenset(_CALLED.findall(whole[len(head) :]))
            yield _Generic(name, changes or bool(_MINDS.search(whole)), calls)


def _taken_as_given(head: str) -> list[re.Match[str]]:
    types = {"auto"}
    for parameters in _PARAMETERS.finditer(head):
        types |= set(_OPEN_TYPE.findall(parameters[1]))
    return [each for each in _TAKEN.finditer(head) if each["type"] in types]


def _is_constant(taken: re.Match[str]) -> bool:
    return bool(taken["before"] or taken["after"])
