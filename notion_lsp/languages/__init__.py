"""The languages and file kinds: one module each, found by being in this folder.

A module sets `LANGUAGE`.
"""

from __future__ import annotations

import fnmatch
import pkgutil
import re
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import PurePath

    from notion_lsp.lookup import Lookup, Manifest
    from notion_lsp.syntax.embedded import Part
    from notion_lsp.syntax.line_patterns import LineGrammar
    from notion_lsp.syntax.site import Literal, Site, Syntax
    from notion_lsp.syntax.trees import Grammar

    Join = Callable[[Site, Sequence[str]], "str | Refused"]
    Declare = Callable[[Syntax, Sequence[str]], "tuple[Edit, ...] | Refused"]
    Parts = Callable[[Syntax], tuple[Part, ...]]
    Place = Callable[[Syntax, Site, str], "tuple[Edit, ...] | Refused"]
    MayAwait = Callable[[Syntax, Site, bool], bool]
    IsModule = Callable[[Syntax, bool], bool]


# An odd number of them: each pair is a backslash of its own.
_BACKSLASH = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")


@dataclass(frozen=True, slots=True)
class Language:
    """A language or kind of file, and all that a rewrite needs to know of it.

    `files` are patterns of file names, or of the ends of paths if they have a `/`. `environment` is
    the lookup, or why there is none.
    `import_group` is what a lone import becomes when another one joins it, and `import_gap` stands
    between the language's own imports and the others. `join` makes the new source of a literal from
    its parts and the expressions between them; `place` makes the edits that put it there, and
    `declare` those that the names of all lookups of a rewrite need elsewhere in the file.
    `parts` finds the texts in it that are in a language of their own, in their order.
    `same_package` finds the name of the package a file is part of, and `unshared` are patterns of
    files whose names the rest of their package does not see. A language has its
    `definitions_at_home` if its functions all stand in types.
    `manifests` list a project's packages, and the first one that is there counts.
    A language with `content` is that of a file only if its text has it. One that `takes_dotenv` has
    its variables from a `.env` file, or from what loads it.
    `lines_between` is how many empty lines stand around a function. `may_await` and `is_module`
    are also told what is known of the file from outside: whether it is an ES module.
    """

    id: str
    title: str
    editor_ids: tuple[str, ...]
    files: tuple[str, ...]
    environment: Lookup | Refused
    grammar: Grammar | LineGrammar | None = None
    join: Join | None = None
    place: Place = field(default=lambda _syntax, site, new: put(site, new))
    declare: Declare = field(default=lambda _syntax, _names: ())
    parts: Parts | None = None
    comment: str = "# {}"
    content: str = ""
    takes_dotenv: bool = False
    manifests: tuple[Manifest, ...] = ()
    same_package: str = ""
    unshared: tuple[str, ...] = ()
    definitions_at_end: bool = False
    definitions_at_home: bool = False
    import_group: str = ""
    import_gap: str = "\n"
    is_standard: Callable[[str], bool] = field(default=lambda _module: True)
    may_await: MayAwait = field(default=lambda _syntax, _site, _told: False)
    is_module: IsModule = field(default=lambda _syntax, _told: True)
    lines_between: int = 1
    variable: Callable[[str], str] = field(default=lambda name: name)

    @property
    def opening(self) -> re.Pattern[str]:
        """What a literal of this language begins with."""
        return re.compile(self.grammar.opening if self.grammar else "")

    def is_unshared(self, path: PurePath) -> bool:
        """Whether only files of the same sort see the names that the file defines."""
        return any(fnmatch.fnmatchcase(path.name, pattern) for pattern in self.unshared)


def in_async(site: Site) -> bool:
    """Whether the innermost function around the literal, `@function`, is an `@async` one."""
    function = innermost_function(site)
    return function is not None and function in site.captures.get("async", ())


def innermost_function(site: Site) -> Span | None:
    """Return the smallest `@function` around the literal."""
    around = [
        span
        for span in site.captures.get("function", ())
        if site.literal and span.contains(site.literal.span)
    ]
    return min(around, key=lambda span: span.end - span.start, default=None)


def put(site: Site, new: str) -> tuple[Edit, ...]:
    """Return the edits that put new source where the literal, or what it defaults, stands.

    What the new source has in common with the literal stays as it is: another token may stand there
    in a literal of its own.
    """
    new = site.wrap.replace("%", new)
    if site.replaced:
        return (Edit(site.replaced, new),)
    return _edits_between(site.literal, new) if site.literal else ()


def _edits_between(literal: Literal, new: str) -> tuple[Edit, ...]:
    edits: list[Edit] = []
    start, position = literal.span.start, 0
    begins = [literal.span.start + len(literal.opening), *(span.end for span in literal.tokens)]
    for begin, part in zip(begins, literal.parts, strict=True):
        found = new.find(part, position)
        if found < 0:
            return (Edit(literal.span, new),)
        edits.append(Edit(Span(start, begin), new[position:found]))
        start, position = begin + len(part), found + len(part)
    edits.append(Edit(Span(start, literal.span.end), new[position:]))
    return _joined(edits)


def _joined(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    # Edits that meet become one.
    joined = [edits[0]]
    for edit in edits[1:]:
        last = joined[-1]
        if last.span.end == edit.span.start:
            joined[-1] = Edit(Span(last.span.start, edit.span.end), last.new_text + edit.new_text)
        else:
            joined.append(edit)
    return tuple(joined)


def concatenate(operator: str, alone_in: frozenset[str]) -> Callable[[Site, Sequence[str]], str]:
    """Return a join that adds strings, in parentheses unless the parent is one of `alone_in`."""

    def join(site: Site, expressions: Sequence[str]) -> str:
        literal = site.literal
        assert literal is not None  # noqa: S101, a join is called for a literal
        pieces = [
            f"{literal.opening}{part}{literal.closing}" if part else "" for part in literal.parts
        ]
        terms = [pieces[0]]
        for expression, piece in zip(expressions, pieces[1:], strict=True):
            terms += [expression, piece]
        terms = [term for term in terms if term]
        joined = operator.join(terms)
        return joined if len(terms) == 1 or literal.parent in alone_in else f"({joined})"

    return join


def escaped(literal: Literal) -> Refused | None:
    """Refuse where a backslash takes a token's first character, and would take a hole's."""
    if any(_BACKSLASH.search(part) for part in literal.parts[:-1]):
        return Refused("A backslash stands before the token and changes what the string means.")
    return None


def interleave(parts: Sequence[str], holes: Sequence[str]) -> str:
    """Return the parts with a hole after each but the last."""
    return "".join(part + hole for part, hole in zip(parts, [*holes, ""], strict=True))


def mentions(source: str, name: str, strings: re.Pattern[str]) -> bool:
    """Whether source has the name in it, leaving out strings but for their group `code`."""
    code = strings.sub(lambda found: found["code"] or '""', source)
    return re.search(rf"\b{re.escape(name)}\b", code) is not None


@cache
def languages() -> tuple[Language, ...]:
    """Return every language of this folder, in the order of their files' names."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").LANGUAGE for name in names)


def language_of(
    path: PurePath | None, editor_id: str | None = None, text: str = ""
) -> Language | None:
    """Return a file's language: by the pattern that fits its path best, else by the editor's id.

    What the text says counts more than a folder in the pattern, and that more than its length.
    """
    known = [each for each in languages() if not each.content or re.search(each.content, text)]
    by_name = [
        ((bool(language.content), "/" in pattern, len(pattern)), language)
        for language in known
        for pattern in (language.files if path else ())
        if path and _fits(path, pattern)
    ]
    if by_name:
        return max(by_name, key=lambda match: match[0])[1]
    by_id = [language for language in known if editor_id in language.editor_ids]
    return max(by_id, key=lambda language: bool(language.content), default=None)


def _fits(path: PurePath, pattern: str) -> bool:
    if "/" not in pattern:
        return fnmatch.fnmatchcase(path.name, pattern)
    return fnmatch.fnmatchcase(f"/{path.as_posix()}", f"*/{pattern}")
