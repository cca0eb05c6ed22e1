"""Variables of Go that are set before another one, and yet use it.

Go sets the variables of a package in the order in which they depend on each other, and a call by
way of an interface is no dependency for it (Go specification, "Package initialization").
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

    Files = Callable[[AbstractSet[str]], list[Syntax]]
    ByWord = Callable[[Syntax, str], Mapping[str, set[str]]]

_FUNCTIONS = "(function_declaration name: (identifier) @name body: (_) @code)"
_METHODS = """
(method_declaration
  receiver: (parameter_list (parameter_declaration type: (_) @name)) body: (_) @code)
"""
_VARIABLES = """
[(source_file (var_declaration (var_spec . (identifier) @name value: (_) @code)))
 (source_file (var_declaration (var_spec_list (var_spec . (identifier) @name value: (_) @code))))]
"""
# What makes a value of a type, be it in others.
_MAKING = f"{_FUNCTIONS} {_VARIABLES} (type_spec name: (_) @name type: (_) @code)"
_WORD = re.compile(r"\w+")
_CALL = re.compile(r"\b(?!(?:append|func|len|make|new)\()\w+\(")


def comes_unseen(syntax: Syntax, last: Span, names: Sequence[str], mentioning: Mentioning) -> bool:
    """Whether a variable that is set before the last of these may use one by an interface."""
    files = partial(_files, syntax, mentioning)
    seen = _reached(set(names), _FUNCTIONS, files)
    types = _users(seen, _METHODS, files)
    if not types:
        return False
    made = _reached(types, _MAKING, files)
    calling = _reached(_users(made, _FUNCTIONS, files, _calling_by_word), _FUNCTIONS, files)
    return any(
        seen.isdisjoint(_WORD.findall(text)) and _hands_on(text, made, calling)
        for text in _set_before(syntax, last, files(made | calling))
    )


def _files(syntax: Syntax, mentioning: Mentioning, names: AbstractSet[str]) -> list[Syntax]:
    if not names:
        return []
    found = mentioning(rf"\b({'|'.join(sorted(names))})\b")
    return [syntax, *(each.syntax for each in found if each.beside and each.syntax)]


def _reached(names: AbstractSet[str], query: str, files: Files) -> set[str]:
    reached, pending = set[str](), set(names)
    while pending:
        reached |= pending
        pending = _users(pending, query, files) - reached
    return reached


def _users(
    names: AbstractSet[str], query: str, files: Files, by_word: ByWord | None = None
) -> set[str]:
    found = (syntax.once(by_word or _by_word, query) for syntax in files(names))
    return {user for using in found for name in names for user in using.get(name, ())}


def _by_word(syntax: Syntax, query: str) -> Mapping[str, set[str]]:
    return _words_of(syntax, syntax.found(query))


def _calling_by_word(syntax: Syntax, query: str) -> Mapping[str, set[str]]:
    # What does more with a value than to make it.
    rows = syntax.found(query)
    return _words_of(syntax, (row for row in rows if _CALL.search(row["code"].of(syntax.text))))


def _words_of(syntax: Syntax, rows: Iterable[Mapping[str, Span]]) -> Mapping[str, set[str]]:
    using: dict[str, set[str]] = {}
    for row in rows:
        # A method's receiver may be a pointer, and have parameters.
        name = _WORD.findall(row["name"].of(syntax.text))[0]
        for each in set(_WORD.findall(row["code"].of(syntax.text))):
            using.setdefault(each, set()).add(name)
    return using


def _set_before(syntax: Syntax, last: Span, files: Iterable[Syntax]) -> Iterator[str]:
    # Of two files, nothing in them says which comes first.
    for each in files:
        for row in each.found(_VARIABLES):
            if each is not syntax or row["code"] < last:
                yield row["code"].of(each.text)


def _hands_on(text: str, made: AbstractSet[str], calling: AbstractSet[str]) -> bool:
    # `open(plain{})`, `source.Secret()`; and neither `plain{}` nor `(*plain)(nil)`.
    words = set(_WORD.findall(text))
    return not calling.isdisjoint(words) or any(
        re.search(rf"\w\((?:(?!\w\()[^)])*\b{name}\b|\b{name}\.\w+\(", text)
        for name in made & words
    )
