"""The languages and file kinds: one module each, found by being in this folder.

A module sets `LANGUAGE`.
"""

from __future__ import annotations

import fnmatch
import pkgutil
import re
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from notion_lsp.lookup import Lookup

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import PurePath

    from notion_lsp.lookup import Hole, Manifest
    from notion_lsp.refused import Refused
    from notion_lsp.syntax.embedded import Part
    from notion_lsp.syntax.line_patterns import LineGrammar
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.syntax.trees import Grammar
    from notion_lsp.text import Edit, Span

    Write = Callable[[Syntax, Site, Sequence[Hole]], "tuple[Edit, ...] | Refused"]
    Declare = Callable[[Syntax, Sequence[str]], "tuple[Edit, ...] | Refused"]
    Parts = Callable[[Syntax], tuple[Part, ...]]
    MayAwait = Callable[[Syntax, Site, bool], bool]
    IsModule = Callable[[Syntax, bool], bool]


@dataclass(frozen=True, slots=True)
class Language:
    """A language or kind of file, and all that a rewrite needs to know of it.

    `files` are patterns of file names, or of the ends of paths if they have a `/`. `environment` is
    the lookup, or why there is none.
    `import_group` is what a lone import becomes when another one joins it, and `import_gap` stands
    between the language's own imports and the others. `write` makes the edits that put lookups in
    the holes of a literal, and `declare` those that the names of all lookups of a rewrite need
    elsewhere in the file.
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
    write: Write | None = None
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


def hosted(language: Language, host: Language) -> Language:
    """Return a language as a file of another kind runs it.

    The file says where its variables come from, and what may stand in them: a store that it has no
    call of has none in its scripts either.
    """
    ours, theirs = language.environment, host.environment
    if isinstance(ours, Lookup) and isinstance(theirs, Lookup):
        ours = replace(ours, action=theirs.action, variable=theirs.variable)
    return replace(
        language,
        id=host.id,
        title=host.title,
        environment=ours,
        takes_dotenv=host.takes_dotenv,
    )


def in_async(site: Site) -> bool:
    """Whether the innermost function around the literal, `@function`, is an `@async` one."""
    function = innermost_function(site)
    return function is not None and function in site.captures.get("async", ())


def innermost_function(site: Site) -> Span | None:
    """Return the smallest `@function` around the literal."""
    around = [
        span for span in site.captures.get("function", ()) if span.contains(site.literal.span)
    ]
    return min(around, key=lambda span: span.end - span.start, default=None)


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
