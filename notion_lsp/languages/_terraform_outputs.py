"""The outputs of a Terraform module that a value comes to by the names of others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.syntax.neighbour import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

_LABEL = "(string_lit (template_literal) @name)"
_NAMED = f"""
((block . (identifier) @local (body (attribute . (identifier) @name (expression)) @holds))
  (#eq? @local "locals"))
((block . (identifier) @module . {_LABEL}) @holds (#eq? @module "module"))
((block . (identifier) @var . {_LABEL}) @holds (#eq? @var "variable"))
"""
_OUTPUTS = """
((block . (identifier) @_type (body (attribute . (identifier) @_name) @value)) @block
  (#eq? @_type "output") (#eq? @_name "value"))
"""
_IS_SENSITIVE = re.compile(r"^[^\S\n]*sensitive\s*=", re.MULTILINE)
_NAME = re.compile(r"\b(?:local|module|var)\.[\w-]+")


class Output(NamedTuple):
    """An output: the argument that has its value, and the whole block."""

    value: Span
    block: Span


def outputs_of(syntax: Syntax, place: Span) -> tuple[Output, ...]:
    """Return the outputs whose values are made from what stands at a place."""
    read = syntax.once(_read, None)
    return tuple(
        dict.fromkeys(each for name in _made_from(syntax, place) for each in read.get(name, ()))
    )


def in_other_files(syntax: Syntax, place: Span, mentioning: Mentioning) -> str | None:
    """Return the first other file of the module that puts out what stands at a place as it is."""
    for name in _made_from(syntax, place):
        for file in mentioning(word(name)):
            outputs = file.syntax.once(_read, None).get(name, ()) if file.syntax else ()
            if file.beside and any(not is_sensitive(file.text, each.block) for each in outputs):
                return file.name
    return None


def is_sensitive(text: str, block: Span) -> bool:
    """Whether a block says that its value is sensitive."""
    return _IS_SENSITIVE.search(text, block.start, block.end) is not None


def _made_from(syntax: Syntax, place: Span) -> Sequence[str]:
    known = {_name(syntax, each) for each in syntax.found(_NAMED, place)}
    users = syntax.once(_users, None)
    waiting = list(known)
    while waiting:
        new = set(users.get(waiting.pop(), ())) - known
        known |= new
        waiting += new
    return sorted(known)


def _name(syntax: Syntax, found: Mapping[str, Span]) -> str:
    kind = next(kind for kind in ("local", "module", "var") if kind in found)
    return f"{kind}.{found['name'].of(syntax.text)}"


def _users(syntax: Syntax, _about: None) -> Mapping[str, list[str]]:
    users: dict[str, list[str]] = {}
    for each in syntax.found(_NAMED):
        for name in _NAME.findall(each["holds"].of(syntax.text)):
            users.setdefault(name, []).append(_name(syntax, each))
    return users


def _read(syntax: Syntax, _about: None) -> Mapping[str, list[Output]]:
    read: dict[str, list[Output]] = {}
    for each in syntax.found(_OUTPUTS):
        for name in _NAME.findall(each["value"].of(syntax.text)):
            read.setdefault(name, []).append(Output(each["value"], each["block"]))
    return read
