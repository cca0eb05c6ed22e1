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
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.refused import Refused
from notion_lsp.runtime import Condition
from notion_lsp.syntax.first_line import programs
from notion_lsp.text import Edit, line_ending

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import PurePath

    from notion_lsp.detect.finding import Finding
    from notion_lsp.loader import Loader
    from notion_lsp.lookup import Hole, Lookup, Manifest
    from notion_lsp.runtime import Runtime
    from notion_lsp.syntax.embedded import Embedded
    from notion_lsp.syntax.line_patterns import LineGrammar
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.syntax.trees import Grammar
    from notion_lsp.text import Span

    Bind = Callable[[Sequence[Hole]], "tuple[Edit, ...] | Refused"]

    Write = Callable[[Syntax, Site, Sequence[Hole]], "tuple[Edit, ...] | Refused"]
    Declare = Callable[[Syntax, Sequence[str]], "tuple[Edit, ...] | Refused"]
    Parts = Callable[[Syntax], "tuple[Part, ...]"]
    MayAwait = Callable[[Syntax, Site, bool], bool]
    Fit = Callable[[Syntax, Site, Mentioning], "Site | Refused"]
    IsModule = Callable[[Syntax, bool], bool]


def nothing_to_bind(_holes: Sequence[Hole]) -> tuple[Edit, ...]:
    """Return no edits: the part sees its variables as it is."""
    return ()


@dataclass(frozen=True, slots=True)
class Part:
    """A text inside a file, as what reads it sees it.

    `text` is as long as what `embedded` says: what is replaced before anything reads it is masked.
    `language` may be why nothing of it can be rewritten. `encode` writes new text as the file does,
    and is told whether the text ends with it; `settle` makes the last changes to the edits of the
    file. `bind` returns the edits of the file that let the part see what its holes read. `fixed`
    are places of the text where nothing can be rewritten, each with the reason. One that stands
    `alone` sees nothing of what others import and define.
    """

    embedded: Embedded
    text: str
    language: Language | Refused
    encode: Callable[[str, bool], str] = field(default=lambda text, _ends: text)
    settle: Callable[[Sequence[Edit]], Sequence[Edit]] = field(default=lambda edits: edits)
    bind: Bind = nothing_to_bind
    fixed: tuple[tuple[Span, str], ...] = ()
    alone: bool = False

    def inside(self, findings: Sequence[Finding]) -> dict[Finding, Finding]:
        """Return those of the file's findings that are of this text, by themselves inside it."""
        inner = ((self.embedded.inner(finding.span), finding) for finding in findings)
        return {
            finding.shifted(span.start - finding.span.start): finding
            for span, finding in inner
            if span
        }

    def outward(self, edits: Sequence[Edit]) -> tuple[Edit, ...]:
        """Return edits of the text as those of the file."""
        return tuple(self.settle([self._outward(edit) for edit in edits]))

    def refused(self, span: Span) -> str | None:
        """Return why nothing of the span can be rewritten, if that is so."""
        if isinstance(self.language, Refused):
            return self.language.reason
        overlaps = (why for at, why in self.fixed if at.start < span.end and span.start < at.end)
        return next(overlaps, None)

    def _outward(self, edit: Edit) -> Edit:
        # A rewrite writes `\n`: the part keeps the line ending that it has.
        new_text = edit.new_text.replace("\n", line_ending(self.text))
        new = self.encode(new_text, edit.span.end == len(self.text))
        return Edit(self.embedded.outer(edit.span), new)


class Telltale(NamedTuple):
    """What a text has in it if it is a special kind of a general one, such as of `yaml`.

    `patterns` are regular expressions, whose `^` and `$` are the ends of a line: all are found.
    """

    general: str
    patterns: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Whether a text has all of it."""
        return all(re.search(pattern, text, re.MULTILINE) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class Recognition:
    """What tells that a text is in a language.

    `files` are patterns of file names, or of the ends of paths if they have a `/`. A language with
    `content`, a regular expression, is that of such a file only if its text has it. Where a name
    tells nothing, one of the `interpreters` in the first line does; where it tells no more than a
    general kind, the `telltale`.
    """

    files: tuple[str, ...] = ()
    editor_ids: tuple[str, ...] = ()
    content: str = ""
    interpreters: tuple[str, ...] = ()
    telltale: Telltale | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """How code of a language is written.

    `write` returns the edits that put lookups in the holes of a literal, and `declare` those that
    the variables of all lookups of a rewrite need elsewhere in the file. `variable` turns the name
    that code gives a value into one of the environment. `may_await` and `is_module` are also told
    what is known of the file from outside: whether it is an ES module. `fit` returns the site as a
    text has to stand there, by the type that is wanted.
    """

    write: Write | None = None
    declare: Declare = field(default=lambda _syntax, _names: ())
    variable: Callable[[str], str] = field(default=lambda name: name)
    comment: str = "# {}"
    may_await: MayAwait = field(default=lambda _syntax, _site, _told: False)
    is_module: IsModule = field(default=lambda _syntax, _told: True)
    fit: Fit = field(default=lambda _syntax, site, _mentioning: site)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the imports and the helpers of a language go.

    A language has its `definitions_at_home` if its functions all stand in types. `import_group` is
    what a lone import becomes when another joins it, and `import_gap` stands between the language's
    own and the others; `lines_between` are empty, around a function. `helper` turns a helper's text
    into what it is there, and `exported` its name. Where one `binds_once`, none is imported twice.
    """

    definitions_at_end: bool = False
    definitions_at_home: bool = False
    import_group: str = ""
    import_gap: str = "\n"
    is_standard: Callable[[str], bool] = field(default=lambda _module: True)
    lines_between: int = 1
    helper: Callable[[str], str] = field(default=lambda text: text)
    exported: Callable[[str], str] = field(default=lambda name: name)
    binds_once: bool = False


@dataclass(frozen=True, slots=True)
class Manner(Condition):
    """Where code is written in a way of its own, whatever it runs in."""

    at: Callable[[Language], Language]


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What a file of a language shares with the project around it.

    `family` are patterns of the files built together with one, where those of the language are not
    all; those `included` are read as the language itself. `headers` are for others to include, and
    `includes` is a pattern, for ripgrep too, of what includes the file `{}`. `manifests` list the
    project's packages, and the first one there counts. `same_package` finds the name of a file's
    package, and `conditions` says, by a file's name and text, under which ones it is built: a file
    sees what another defines if that is always built with it. `declares` is one of what gives other
    files the name `{0}`. One that `takes_dotenv` has its variables from a `.env` file, which
    `dotenv` or something beside it loads. In one of `runtimes` it has none; all `manners` count.
    """

    family: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    includes: str = ""
    manifests: tuple[Manifest, ...] = ()
    same_package: str = ""
    conditions: Callable[[str, str], frozenset[str]] = field(
        default=lambda _name, _text: frozenset()
    )
    declares: str = ""
    takes_dotenv: bool = False
    dotenv: Loader | None = None
    runtimes: tuple[Runtime, ...] = ()
    manners: tuple[Manner, ...] = ()


@dataclass(frozen=True, slots=True)
class Language:
    """A language or kind of file, and all that a rewrite needs to know of it.

    `environment` is the lookup of an environment variable, or why there is none, with `{name}` for
    the variable's name. `parts` finds the texts in a file that are in another language, in order.
    """

    id: str
    title: str
    recognition: Recognition
    environment: Lookup | Refused
    grammar: Grammar | LineGrammar | None = None
    writing: Writing = Writing()
    placement: Placement = Placement()
    project: ProjectFacts = ProjectFacts()
    parts: Parts | None = None

    def at(self, place: Runtime) -> Language:
        """Return the language as code in that place has it.

        A store that has no call for the place is asked by the place's own id.
        """
        project = replace(self.project, takes_dotenv=place.dotenv is not None, dotenv=place.dotenv)
        there = replace(self, id=place.id, environment=place.environment, project=project)
        return replace(there, title=place.title or self.title)

    @property
    def opening(self) -> re.Pattern[str]:
        """What a literal of this language begins with."""
        return re.compile(self.grammar.opening if self.grammar else "")


@cache
def languages() -> tuple[Language, ...]:
    """Return every language of this folder, in the order of their files' names."""
    # Sorted, as the documentation of `iter_modules` promises no order. What begins with an
    # underscore is a part of another module.
    names = sorted(each.name for each in pkgutil.iter_modules(__path__) if each.name[0] != "_")
    return tuple(import_module(f"{__name__}.{name}").LANGUAGE for name in names)


def language_of(
    path: PurePath | None, editor_id: str | None = None, text: str = ""
) -> Language | None:
    """Return a file's language: by its name, else by the editor's id, else by the text.

    The text also tells a special kind from a general one, such as a workflow from other YAML.
    """
    # An editor may know no more than `yaml` of a workflow, so the path counts more than its id.
    by_id = (each for each in languages() if editor_id in each.recognition.editor_ids)
    found = (_by_name(path, text) if path else None) or next(by_id, None) or _by_first_line(text)
    return _narrowed(found, text) if found else None


def _by_name(path: PurePath, text: str) -> Language | None:
    name, whole = path.name, f"/{path.as_posix()}"
    fitting = (
        language
        for pattern, matches, language in _patterns(whole[-1])
        if matches(whole if "/" in pattern else name)
        and re.search(language.recognition.content, text)
    )
    return next(fitting, None)


@cache
def _patterns(last: str) -> tuple[tuple[str, Callable[[str], object], Language], ...]:
    # Those that may match what ends with a character: of hundreds, few are left to try. What the
    # text says counts more than a folder in the pattern, and that more than length. Letters have
    # their case on Windows too.
    ranked = sorted(
        (not language.recognition.content, "/" not in pattern, -len(pattern), at, pattern)
        for at, language in enumerate(languages())
        for pattern in language.recognition.files
        if pattern[-1] in {last, *"*?]"}
    )
    wholes = {each: f"*/{each}" if "/" in each else each for *_, each in ranked}
    matchers = {each: re.compile(fnmatch.translate(whole)) for each, whole in wholes.items()}
    return tuple((each, matchers[each].match, languages()[at]) for *_, at, each in ranked)


def _by_first_line(text: str) -> Language | None:
    interpreters = {name: each for each in languages() for name in each.recognition.interpreters}
    return next((interpreters[each] for each in programs(text) if each in interpreters), None)


def _narrowed(found: Language, text: str) -> Language:
    for language in languages():
        telltale = language.recognition.telltale
        if telltale and telltale.general == found.id and telltale.is_in(text):
            return _narrowed(language, text)
    return found
