"""Where else a token is: every place that holds it, or that has one of its variables.

All files are looked into, those too that git ignores: a token is used where it stands. What an
editor holds counts more than what is saved. Values are compared here, and no other program is told
one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect import custom, prefilters
from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import fingerprint, token_of
from notion_lsp.detect.repeated import Known
from notion_lsp.explain.uses import Use
from notion_lsp.files import git, gitignore, read_write
from notion_lsp.files.git import Sought
from notion_lsp.files.read_write import Unreadable
from notion_lsp.languages import language_of
from notion_lsp.positions import LineIndex
from notion_lsp.project.search import files_with
from notion_lsp.respond import variables
from notion_lsp.respond.handed_on import handed_on, wholes_of
from notion_lsp.text import overlapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path, PurePath

    from notion_lsp.detect.custom import Patterns
    from notion_lsp.detect.finding import Finding
    from notion_lsp.languages import Language
    from notion_lsp.project.texts import Newer
    from notion_lsp.respond.handed_on import Whole
    from notion_lsp.text import Span

# A workflow may hand a secret on under another name, and the one that it calls once more.
_MOST_NAMES_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """The tokens whose uses are wanted, each with a finding of it, and the variables."""

    tokens: Known = field(repr=False)
    names: frozenset[str] = frozenset()


class Given(NamedTuple):
    """A token that a text holds, and the variable that it is given to there, `""` for none."""

    token: str
    finding: Finding
    variable: str

    def __repr__(self) -> str:
        """Leave the token out, wherever this is printed."""
        return f"Given({self.finding}, {self.variable})"


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that has been looked into, with its uses in the order of their places."""

    path: Path
    language: Language | None
    index: LineIndex
    uses: tuple[Use, ...]

    def written(self, use: Use) -> tuple[str, ...]:
        """Return the texts that a use is written with, one for each piece."""
        return tuple(span.of(self.index.text) for span in use.spans)


@dataclass(frozen=True)
class Files:
    """The files that may have uses: all below some folders, as an editor has those it has open.

    `more` are others, wherever they lie.
    """

    folders: tuple[Path, ...]
    newer: Newer
    patterns: Patterns = custom.NONE
    more: tuple[Path, ...] = ()

    def of_tokens(self, tokens: Known) -> Wanted:
        """Return tokens with the variables that are given them anywhere."""
        return Wanted(tokens, self._names(tokens))

    def of_variables(self, names: Iterable[str]) -> Wanted:
        """Return variables with the tokens that they are given, and the other names of these."""
        own = frozenset(each for name in names for each in variables.meant_by(name))
        tokens = Known({each.token: each.finding for each in self.given if each.variable in own})
        return Wanted(tokens, own | self._names(tokens))

    def at(self, path: PurePath, text: str, place: Span) -> Wanted | None:
        """Return the tokens that touch a place of a text, or else the variables; `None` for none.

        A word counts as a variable if its name says so, or if it is given a token.
        """
        given = given_in(path, text, self.patterns)
        held = [each for each in given if any(map(place.touches, each.finding.spans))]
        if held:
            found = self.of_tokens(Known({each.token: each.finding for each in held}))
            own = {each.variable for each in held if each.variable}
            return replace(found, names=found.names | own)
        names = variables.names_at(text, place)
        # To look for those that are given a token reads all files: most names tell by themselves.
        known = {name for name in names if variables.is_telling(name)}
        if len(known) < len(names):
            known |= {each.variable for each in self.given if each.variable in names}
        return self.of_variables(known) if known else None

    @cached_property
    def given(self) -> tuple[Given, ...]:
        """All tokens of the files, wherever they stand."""
        read = ((path, self._read(path)) for path in sorted(self._with_tokens))
        return tuple(
            each
            for path, index in read
            if isinstance(index, LineIndex)
            for each in given_in(path, index.text, self.patterns)
        )

    def look(self, wanted: Wanted) -> tuple[list[Looked], list[Unreadable]]:
        """Return the files with uses of what is wanted, and those that could not be read.

        With a variable come those that it takes its value from, and those that take theirs from it.
        What hands one on without its name is a use too.
        """
        # Names may go round in a circle, from one workflow to another and back.
        for _ in range(_MOST_NAMES_IN_A_ROW):
            looked, unread = self._look(wanted)
            looked = self._with_handed_on(looked)
            names = wanted.names.union(*map(_fed, looked))
            if names == wanted.names:
                break
            wanted = replace(wanted, names=names)
        return [_told_apart(each) for each in looked], unread

    def _with_handed_on(self, looked: list[Looked]) -> list[Looked]:
        wholes = list(chain.from_iterable(map(_wholes, looked)))
        if not wholes:
            return looked
        patterns = [each.pattern for each in wholes]
        names = [each.name.encode(errors="replace") for each in wholes]
        every = {each.path: each for each in looked}
        for path in self._files_with(patterns, Sought(patterns, names)):
            read = self._read(path)
            if not isinstance(read, Unreadable) and (uses := handed_on(path, read.text, wholes)):
                file = every.get(path) or Looked(path, language_of(path, text=read.text), read, ())
                every[path] = replace(file, uses=_in_order([*file.uses, *uses]))
        return list(_heard([every[path] for path in sorted(every)]))

    def _look(self, wanted: Wanted) -> tuple[list[Looked], list[Unreadable]]:
        looked, unread = [], []
        for path in sorted(self._paths(wanted)):
            read = self._read(path)
            if isinstance(read, Unreadable):
                unread.append(read)
            elif found := uses_in(path, read, wanted, self.patterns):
                looked.append(found)
        return list(_heard(looked)), unread

    def _names(self, tokens: Known) -> frozenset[str]:
        names = (each.variable for each in self.given if each.token in tokens)
        return frozenset(filter(None, names))

    def _paths(self, wanted: Wanted) -> frozenset[Path]:
        spellings = [each for name in wanted.names for each in variables.spellings(name)]
        patterns = [*map(re.escape, spellings)]
        by_git = Sought(patterns, [*map(str.encode, spellings)])
        # A program that searches is told the names of variables, but never a token.
        named = self._files_with(patterns, by_git) if spellings else frozenset()
        return named | (self._with_tokens if wanted.tokens else frozenset())

    @cached_property
    def _with_tokens(self) -> frozenset[Path]:
        # What the patterns of the settings find begins with nothing that is known.
        if self.patterns:
            return self._files_with((), Sought(()))
        by_git = Sought(prefilters.choices(), prefilters.strings())
        return self._files_with(prefilters.patterns(), by_git)

    def _files_with(self, patterns: Sequence[str], by_git: Sought) -> frozenset[Path]:
        saved = (path for folder in self.folders for path in files_with(folder, patterns, by_git))
        return frozenset((*saved, *self.newer, *self.more))

    def _read(self, path: Path) -> LineIndex | Unreadable:
        if path in self.newer:
            return LineIndex(self.newer[path])
        data = read_write.read_bytes(path)
        return data if isinstance(data, Unreadable) else read_write.decode_any(data).lines()


def given_in(path: PurePath, text: str, patterns: Patterns = custom.NONE) -> Iterator[Given]:
    """Yield the tokens of a text with the variables that they are given to."""
    found = find_tokens(text, patterns)
    language = language_of(path, text=text) if found else None
    for each in found:
        variable = variables.given_to(text, each.span.start, language)
        yield Given(token_of(text, each), each, variable)


def uses_in(
    path: Path, index: LineIndex, wanted: Wanted, patterns: Patterns = custom.NONE
) -> Looked | None:
    """Return a file with its uses of what is wanted, `None` if there are none."""
    text, language = index.text, language_of(path, text=index.text)
    held = list(_held(text, wanted, patterns, language))
    # A token may have letters that are a variable's name: it is listed once, as the token.
    is_taken = overlapping(span for use in held for span in use.spans)
    named = variables.uses_of(text, wanted.names, language)
    uses = [*held, *(use for use in named if not is_taken(use.spans[0]))]
    if not uses:
        return None
    return Looked(path, language, index, _in_order(uses))


def _held(
    text: str, wanted: Wanted, patterns: Patterns, language: Language | None
) -> Iterator[Use]:
    for finding in find_tokens(text, patterns, wanted.tokens) if wanted.tokens else ():
        if (token := token_of(text, finding)) in wanted.tokens:
            variable = variables.given_to(text, finding.span.start, language)
            yield Use("holds", finding.spans, variable, fingerprint(token))


def _in_order(uses: Iterable[Use]) -> tuple[Use, ...]:
    return tuple(sorted(uses, key=lambda use: use.spans))


def _wholes(looked: Looked) -> list[Whole]:
    return wholes_of(looked.path, looked.index.text, looked.language, looked.uses)


def _fed(looked: Looked) -> frozenset[str]:
    text = looked.index.text
    above = (name for use in looked.uses for name in variables.fed_by(text, use))
    return frozenset((*above, *(span.of(text) for span in _filled(looked))))


def _filled(looked: Looked) -> Iterator[Span]:
    for use in looked.uses:
        yield from variables.filled_by(looked.index.text, use, looked.language)


def _told_apart(looked: Looked) -> Looked:
    # Where the value is that of another variable, the new token goes into that one, which a chart
    # and Kubernetes name in the line below.
    text, filled = looked.index.text, {*_filled(looked)}
    uses = (
        replace(use, role="reads")
        if use.spans[0] in filled or any(variables.fed_by(text, use))
        else use
        for use in looked.uses
    )
    return replace(looked, uses=tuple(uses))


def _heard(every: Sequence[Looked]) -> Iterator[Looked]:
    # An ignored file that reads a variable is a build of others, or comes from other people.
    ignored = ignored_of([each.path for each in every])
    for each in every:
        counts = {"holds", "sets"} if each.path in ignored else {"holds", "sets", "reads", "names"}
        if uses := tuple(use for use in each.uses if use.role in counts):
            yield replace(each, uses=uses)


def ignored_of(paths: Iterable[Path]) -> frozenset[Path]:
    """Return those of the paths that git ignores, or that a `.gitignore` names outside of git."""
    tops: dict[Path | None, list[Path]] = {}
    for path in paths:
        tops.setdefault(gitignore.top_of(path.parent), []).append(path)
    outside = filter(gitignore.is_ignored, tops.pop(None, ()))
    return frozenset(outside).union(*(git.ignored(top, each) for top, each in tops.items() if top))
