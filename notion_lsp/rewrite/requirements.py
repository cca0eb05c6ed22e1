"""What a requirement of a lookup is called in a file, where its name may mean something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.syntax.neighbour import Mentioning, nobody
from notion_lsp.syntax.site import Syntax

if TYPE_CHECKING:
    from collections.abc import Iterable

    from notion_lsp.languages import Language, Placement
    from notion_lsp.lookup import Requirement
    from notion_lsp.rewrite.source import Package
    from notion_lsp.syntax.outline import Home, Import


_PATH = re.compile(r"(\w+)[.]")


class File(NamedTuple):
    """A file to place something in.

    `package` are the other texts that share its names, `mentioning` finds those of the project, and
    `home` is where a helper has to stand, in a language that wants it in a type. A text that is in
    no file has no `name`.
    """

    syntax: Syntax
    language: Language
    package: Package
    home: Home | None = None
    mentioning: Mentioning = nobody
    name: str = ""

    @property
    def placement(self) -> Placement:
        """Where the language has its imports and helpers."""
        return self.language.placement

    def shares(self, name: str) -> bool:
        """Whether another text of the package gives the name to something."""
        texts = (*self.package.seen, *self.package.rivals)
        outlines = [syntax.outline for syntax in self.having(name, texts)]
        defined = {each.name for outline in outlines for each in outline.definitions}
        return name in defined or any(name in outline.declared for outline in outlines)

    def having(self, word: str, texts: Iterable[str]) -> list[Syntax]:
        """Return those of the texts of the package that have a word, parsed."""
        # To parse takes time, and most texts of a package do not have the word.
        grammar, pattern = self.language.grammar, re.compile(rf"\b{re.escape(word)}")
        return [Syntax(text, grammar) for text in texts if grammar and pattern.search(text)]

    def hides(self, requirement: Requirement) -> bool:
        """Whether another file of the project declares the name, so that this one means that."""
        declares = self.language.project.declares
        # What names the thing itself is stronger than what the others have, but for what a file
        # imports with all else that is in a module, and for what a class inherits (JLS 6.4.1).
        is_named = requirement.name in requirement.statement
        inherits = "superclass" in self.syntax.outline.captures
        if not declares or (is_named and not self.imports_all and not inherits):
            return False
        return bool(self.mentioning(declares.format(requirement.name)))

    @property
    def imports_all(self) -> bool:
        """Whether the file imports all that is in some module."""
        return any(item.member == "*" for item in self.syntax.outline.imports)


def imported(file: File, requirement: Requirement, at: int) -> tuple[str, str]:
    """Return what a requirement is called at the offset, and the statement to import it, if any.

    The name is empty where the file has the only name of it for something else.
    """
    ours = [item for item in file.syntax.outline.imports if _brings(item, requirement)]
    # An import below the lookup has not run yet when the lookup does.
    above = [item for item in ours if item.span.start < at]
    for name, is_own in dict.fromkeys(
        (_name_of(item, requirement), _is_own(item)) for item in above
    ):
        hidden = is_own and file.hides(requirement)
        if name.isidentifier() and not hidden and not _is_another(file, requirement, name):
            return name, ""
    again = _is_bound_once(file, requirement, ours)
    if not again and not _is_taken(file, requirement, imported=bool(ours)):
        return requirement.name, requirement.statement
    # Ruby: the file itself declares what the full name stands for.
    if requirement.alias == f"::{requirement.name}" and _is_declared(file, requirement.name):
        return "", ""
    if _is_hidden(file, requirement):
        return "", ""
    present = ours and requirement.aliased == requirement.statement
    return requirement.alias, "" if present else requirement.aliased


def _is_bound_once(file: File, requirement: Requirement, ours: Iterable[Import]) -> bool:
    # What an import below binds cannot be bound above it too; one without a name binds none.
    if not (file.placement.binds_once and requirement.alias):
        return False
    return any(_name_of(each, requirement) == requirement.name for each in ours)


def _is_hidden(file: File, requirement: Requirement) -> bool:
    # A full name begins with that of a package, for which a variable may stand as well.
    path = _PATH.match(requirement.alias)
    if path:
        return file.syntax.meaning(path[1]).otherwise
    return bool(requirement.aliased) and _is_another(file, requirement, requirement.alias)


def _brings(item: Import, requirement: Requirement) -> bool:
    if (item.module, item.member) == (requirement.module, requirement.member):
        return True
    return (f"{item.module}.{requirement.name}", "*") == (requirement.module, item.member)


def _name_of(item: Import, requirement: Requirement) -> str:
    return requirement.name if _is_own(item) else item.name


def _is_own(item: Import) -> bool:
    # All that is in a module has its own name, and so has what a language loads by a path.
    return item.member == "*" or item.name == item.module


def _is_another(file: File, requirement: Requirement, name: str) -> bool:
    """Whether the file gives the name to something else too, by an import or in another way."""
    others = {item.name for item in file.syntax.outline.imports if not _brings(item, requirement)}
    meaning = file.syntax.meaning(name)
    is_other = _is_declared(file, name) if requirement.of_helpers else meaning.otherwise
    return name in others or is_other


def _is_taken(file: File, requirement: Requirement, *, imported: bool) -> bool:
    outline, meaning = file.syntax.outline, file.syntax.meaning(requirement.name)
    # What the file uses without our import is something else that has the name; but Python's
    # `import os.path` gives the name `os` to the same.
    imported |= any(item.module.startswith(f"{requirement.module}.") for item in outline.imports)
    foreign = meaning.used and bool(requirement.statement) and not imported
    taken = foreign or _is_another(file, requirement, requirement.name)
    return taken or file.shares(requirement.name) or file.hides(requirement)


def _is_declared(file: File, name: str) -> bool:
    outline = file.syntax.outline
    return name in outline.declared or any(each.name == name for each in outline.definitions)
