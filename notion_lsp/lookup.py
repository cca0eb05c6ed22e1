"""An expression that reads a secret by name, and all that comes with it.

What reads the environment is a fact of the language and stands in its module; what asks a secret
store stands in the store's package.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.text import enumerated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MOST_NAMED = 5  # of what a sentence is about
WITHIN = "{lookup}"  # what a lookup replaces in an expression around it
_NUMBERED = re.compile(r"(\D+|^)(\d*)")


class Remains(NamedTuple):
    """What a rewrite leaves to a person: a sentence, and what stands for its `{}`.

    `storing` is what puts the token where the code reads it, and need not be done twice.
    """

    sentence: str
    what: str = ""
    storing: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """A name that a lookup uses, and the import that it needs.

    `statement` is the line to insert, and binds `name`; it is empty where the language has the name
    by itself. `aliased` is the same under another name, for a file in which `name` means something
    else. It is empty where `alias` is a full name, which needs no import. `commonjs` and
    `aliased_commonjs` are these for a JavaScript file that is not a module. Where a helper is there
    already, what it needs is, too: only what is needed `always` is imported then. One `of_helpers`
    is used by them alone, which see no name that a function declares.
    """

    module: str
    statement: str
    name: str
    member: str = ""
    aliased: str = ""
    alias: str = ""
    standard: bool = True
    commonjs: str = ""
    aliased_commonjs: str = ""
    always: bool = False
    of_helpers: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """A file in which a project lists its packages, and the command that adds some to it.

    `file` is a pattern of its name. Where several commands would do, the one counts whose `beside`,
    such as a lock file, stands beside the manifest.
    """

    file: str
    add: str
    beside: str = ""

    def lacking(self, packages: Sequence[str], text: str) -> tuple[str, ...]:
        """Return those of the packages that the manifest's text does not name."""
        return tuple(package for package in packages if not _named(package, text))


@dataclass(frozen=True, slots=True)
class Definition:
    """A helper that a lookup calls, inserted once in a file.

    `signature` tells a helper of ours from a function that only has its name. One that is a
    `statement` is there for what runs below it alone.
    """

    name: str
    text: str
    signature: str
    statement: bool = False

    def filled(self, values: Mapping[str, str]) -> Definition:
        """Return the helper with the store's names in it."""
        # `{name}` is for expressions: in a helper it may stand in a template of its language.
        values = {key: value for key, value in values.items() if key != "name"}
        escaped = {key: re.escape(value) for key, value in values.items()}
        name, text = fill(self.name, values), fill(self.text, values)
        return replace(self, name=name, text=text, signature=fill(self.signature, escaped))


@dataclass(frozen=True, slots=True)
class Lookup:
    """An expression that reads a secret by name.

    In `expression` what stands in braces is filled in: `{name}` is the variable's name; in capitals
    are the names that the store gives, which a helper may hold too; the name of a requirement or of
    the definition is what that is called in the file. `action` is what a person reads, where the
    store's own sentence does not say it. `packages` are what the project has to install, as its
    manifest names them. One that `awaits` may stand only where `await` is legal. `remains` is what
    a person has to do then, where that is not what the store says.

    `arguments` is what `{arguments}` in the expression stands for: a language that passes those of
    several lookups to one call finds them here. A `compound` expression has an operator that binds
    loosely, and needs parentheses beside another one.

    `first` is a statement that has to run before, below the imports.

    `stops` is what the expression does without a value, for code that has read the variable itself.
    `lenient` reads it and does not stop: an empty text is what it gives then. `elsewhere` is what
    only other expressions for the same secret name. `ahead` has the expression and the helper for a
    place that ends without ending the program, such as a subshell.
    """

    expression: str
    requirements: tuple[Requirement, ...] = ()
    definition: Definition | None = None
    action: str | None = None
    packages: tuple[str, ...] = ()
    awaits: bool = False
    remains: tuple[Remains, ...] | None = None
    arguments: str = ""
    compound: bool = False
    first: str = ""
    stops: str = ""
    lenient: str = ""
    elsewhere: tuple[Requirement, ...] = ()
    ahead: Lookup | None = None

    def title(
        self, action: str, values: Mapping[str, str], manifest: tuple[Manifest, str] | None
    ) -> str:
        """Return what a person reads, after the lookup's own action or else the store's.

        It names the packages, and for what a manifest's text lacks the command that adds it.
        """
        title = fill(self.action or action, values)
        if not self.packages:
            return title
        needs = f"needs {enumerated(self.packages)}"
        lacking = manifest[0].lacking(self.packages, manifest[1]) if manifest else ()
        if manifest and lacking:
            needs += f": {manifest[0].add.format(' '.join(lacking))}"
        return f"{title} ({needs})"

    def is_listed(self, manifest: tuple[Manifest, str] | None) -> bool:
        """Whether a manifest's text names all the packages."""
        return manifest is not None and not manifest[0].lacking(self.packages, manifest[1])

    def filled(self, values: Mapping[str, str], *, module: bool) -> Lookup:
        """Return the lookup with the names in its helper, and with the imports of such a file."""
        if not self.definition and (module or not any(each.commonjs for each in self.requirements)):
            return self
        requirements = tuple(
            replace(each, statement=each.commonjs, aliased=each.aliased_commonjs)
            if each.commonjs and not module
            else each
            for each in self.requirements
        )
        helper = self.definition.filled(values) if self.definition else None
        return replace(self, requirements=requirements, definition=helper)

    def replaced_by(self, expression: str) -> Lookup:
        """Return another expression for the same secret, with what it still needs."""
        needed = tuple(
            each
            for each in self.requirements
            if f"{{{each.name}}}" in expression or f"{{{each.name}}}" not in self.expression
        )
        named = tuple(each for each in self.elsewhere if f"{{{each.name}}}" in expression)
        return replace(self, expression=expression, requirements=(*needed, *named), definition=None)

    def apart(self) -> Lookup:
        """Return the lookup for a place that ends without ending the program."""
        ahead = self.ahead or self
        return replace(self, expression=ahead.expression, definition=ahead.definition)

    def reading(self, values: Mapping[str, str]) -> str | None:
        """Return the expression as it stands in a file; `None` if it is the same for any name."""
        called = {each.name: each.name for each in self.requirements}
        if self.definition:
            called[self.definition.name] = self.definition.name
        template = fill(self.expression, {"arguments": self.arguments})
        expression = fill(template, {**called, **values})
        return expression if expression != fill(template, called) else None

    def written(self, values: Mapping[str, str]) -> Lookup:
        """Return the lookup as it stands in a file, where the values say what all is called."""
        arguments = fill(self.arguments, values)
        helper = self.definition
        return replace(
            self,
            expression=fill(self.expression, {"arguments": arguments, **values}),
            arguments=arguments,
            definition=helper and replace(helper, name=values.get(helper.name, helper.name)),
        )

    def knowing(self, called: Mapping[str, str]) -> Lookup:
        """Return the lookup for a place where some of its requirements have a name already."""
        helper = self.definition
        return replace(
            self,
            expression=fill(self.expression, called),
            first=fill(self.first, called),
            requirements=tuple(each for each in self.requirements if each.name not in called),
            definition=helper and replace(helper, text=fill(helper.text, called)),
        )


def built_in(name: str, unmistakable: str) -> Requirement:
    """Return a name that the language has by itself, with what means the same in any file."""
    return Requirement("", "", name, alias=unmistakable)


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the template with each name in braces replaced by its value."""
    if "{" not in template:
        return template
    # Not `str.format`: the template is code, and code has braces of its own.
    for key, value in values.items():
        template = template.replace(f"{{{key}}}", value)
    return template


def set_where_the_code_runs(variables: str) -> Remains:
    """Return what a person has to do about variables of the environment."""
    return Remains("Set {} where the code runs.", variables)


def remaining(rows: Iterable[Remains]) -> tuple[str, ...]:
    """Return the sentences of what is left to do, each once, with what it is about.

    Of many, the first are named: nobody reads hundreds.
    """
    about: dict[str, list[str]] = {}
    for row in rows:
        about.setdefault(row.sentence, []).append(row.what)
    return tuple(
        sentence.replace("{}", enumerated(_first(sorted(set(what), key=_by_number))))
        for sentence, what in about.items()
    )


def _first(names: list[str]) -> list[str]:
    if len(names) <= _MOST_NAMED + 1:  # `and 1 more` would take the place of a name
        return names
    return [*names[:_MOST_NAMED], f"{len(names) - _MOST_NAMED} more"]


def _by_number(name: str) -> list[tuple[str, int]]:
    # `TOKEN_2` stands before `TOKEN_10`.
    return [(word, int(number or 0)) for word, number in _NUMBERED.findall(name)]


def dashed(name: str) -> str:
    """Return a variable's name as an identifier of other systems: `notion-token`."""
    return name.lower().replace("_", "-")


def key_of(name: str) -> str:
    """Return what a variable is called in a place for Notion's secrets alone: `token`."""
    rest = name.removeprefix("NOTION_")
    return name if rest == name else dashed(rest)


def _named(package: str, text: str) -> bool:
    # A registry may take `-`, `_` and `.` for the same; Maven's artifact stands without its group.
    name = re.sub(r"\\?[-_.]+", "[-_.]+", re.escape(package.rpartition(":")[2]))
    return re.search(rf"(?<![\w/-]){name}(?![\w/-])", text, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Hole:
    """What takes the place of a token: the lookup as it is written there, and its variable."""

    variable: str
    lookup: Lookup

    @property
    def expression(self) -> str:
        """The source of the lookup."""
        return self.lookup.expression


class Read(NamedTuple):
    """What is to read a token: its kind's usual variable, and the one it is to have here."""

    usual: str
    variable: str
    fingerprint: str
