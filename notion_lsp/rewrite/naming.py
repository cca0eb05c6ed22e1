"""Which variable a token is to be read from."""

from __future__ import annotations

import re
from collections import ChainMap, Counter
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from notion_lsp.detect.finding import fingerprint
from notion_lsp.languages import nothing_to_bind
from notion_lsp.lookup import Lookup
from notion_lsp.rewrite.given_names import GIVEN_NAME, given_name, is_looked_up
from notion_lsp.rewrite.own_variables import set_around_scripts, set_in, set_in_scripts, set_to
from notion_lsp.rewrite.split_tokens import collapse
from notion_lsp.settings import DEFAULTS
from notion_lsp.stores import stores
from notion_lsp.syntax.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.languages import Language, Part
    from notion_lsp.rewrite.source import Source
    from notion_lsp.settings import Settings

_NUMBER = re.compile(r"_\d+\Z")
_WORD = re.compile(r"\w+")
_INNER_WORD = re.compile(r"(?<=\W)\w+")  # whole wherever the expression stands


class Variables:
    """Which variables have a token already: its fingerprint by the name, and its names.

    What a text reads from a store without our knowing the token has the fingerprint `""`.
    """

    def __init__(self, owners: Mapping[str, str] | None = None) -> None:
        self._owners: ChainMap[str, str] = ChainMap()
        self._names: ChainMap[str, str] = ChainMap()
        self._like: ChainMap[tuple[str, str], str] = ChainMap()
        self._numbers: ChainMap[str, int] = ChainMap()
        for name, token in (owners or {}).items():
            self.take(name, token)

    def child(self) -> Variables:
        """Return a copy to go on with, which takes no time however many there are."""
        child = Variables()
        child._owners, child._names = self._owners.new_child(), self._names.new_child()
        child._like, child._numbers = self._like.new_child(), self._numbers.new_child()
        return child

    def name_of(self, token: str) -> str | None:
        """Return the variable that a token had last."""
        return self._names.get(token)

    def has(self, name: str) -> bool:
        """Whether a variable has a token."""
        return name in self._owners

    def take(self, name: str, token: str) -> None:
        """Keep in mind that a variable has a token."""
        self._owners[name] = token
        alike = name, _NUMBER.sub("", name)
        for like in alike:
            self._count(like)
        if token:
            self._names[token] = name
            for like in alike:
                self._like.setdefault((token, like), name)

    def take_all(self, names: Iterable[str]) -> None:
        """Keep in mind that variables have something already, where they had no token."""
        for name in names:
            if not self.has(name):
                self.take(name, "")

    def free(self, name: str, token: str, is_read: Callable[[str], bool]) -> str:
        """Return the name for a token, with the first number that makes it free, and take it."""
        if (own := self._like.get((token, name))) and self._owners[own] == token:
            return own
        for number in count(self._numbers.get(name, 0) + 1):
            numbered = _numbered(name, number)
            if numbered not in self._owners:
                self.take(numbered, "" if is_read(numbered) else token)
            if self._owners[numbered] == token:
                return numbered
        raise AssertionError

    def _count(self, name: str) -> None:
        # A name that is taken stays so: the next token begins where the others end, and so does
        # each of thousands of files.
        number = self._numbers.get(name, 0)
        while _numbered(name, number + 1) in self._owners:
            number += 1
        self._numbers[name] = number


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}_{number}"


def variable_names(
    source: Source,
    findings: Sequence[Finding],
    usual: Mapping[str, str],
    taken: Variables | None = None,
    settings: Settings = DEFAULTS,
) -> dict[Finding, str]:
    """Return the variable that each token of the text is to be read from.

    The first of these that exists: the name that the code gives the token there, a name that the
    token has already (elsewhere in the text, or in `taken`), the usual name for its kind. Different
    tokens get different names: the second `NOTION_TOKEN` becomes `NOTION_TOKEN_2`, also where the
    text reads `NOTION_TOKEN` from a store already. A token that no program reads, such as one in a
    comment, reserves no name.
    """
    collapsed = collapse(source, findings)
    written_out = {collapsed.moved(finding)[0]: finding for finding in findings}
    variables = taken.child() if taken else Variables()
    names = _names(collapsed.source, tuple(written_out), usual, variables, settings)
    return {finding: names[at] for at, finding in written_out.items()}


def owners(
    source: Source, took_place: Mapping[str, frozenset[str]], settings: Settings
) -> dict[str, str]:
    """Return which tokens are in the variables that the text reads now: fingerprints by name.

    `took_place` has the words that an edit put in place of each token, by its fingerprint.
    """
    reads = _Reads(source, settings)
    return {
        word: token
        for token, words in took_place.items()
        for word in sorted(words)
        if reads.has(word, word)
    }


def _names(
    source: Source,
    findings: Sequence[Finding],
    usual: Mapping[str, str],
    variables: Variables,
    settings: Settings,
) -> dict[Finding, str]:
    sites = {each: site for each in findings if isinstance(site := source.site((each,)), Site)}
    given = {each: name for each, site in sites.items() if (name := given_name(source, site))}
    marks = {each: fingerprint(source.token(each)) for each in findings}
    looked_up = {each for each in given if is_looked_up(sites[each])}
    in_scripts = _set_to_tokens(source, marks)
    changing = _changing(
        source, {each: given[each] for each in given.keys() - looked_up}, marks, in_scripts
    )
    given = {
        each: given[each] for each in given if each in looked_up or given[each] not in changing
    }
    called, used = _called(marks, given, variables), set(given.values())
    reserved = {name: mark for name, mark in in_scripts if name not in changing}
    has_set = (_has_set(source, findings) - reserved.keys()) | changing
    variables.take_all({*_captured(source, "inherited")} - used - has_set)
    # Of what other files mean by a name that the text sets, the text knows nothing.
    for name, mark in {**dict.fromkeys(has_set, ""), **reserved}.items():
        if name not in used:
            variables.take(name, mark)
    for each in given:
        if each in looked_up or given[each] in has_set:
            variables.take(given[each], marks[each])
    names, is_behind = {}, partial(_is_behind, _Reads(source, settings), used)
    # What the code calls a token is not to be another's, who may stand above it.
    for each in sorted(findings, key=lambda each: each not in given):
        kind = each.kind.variable
        name = given.get(each) or called.get(marks[each]) or usual.get(kind, kind)
        if each in sites and each not in looked_up:
            name = variables.free(name, marks[each], partial(is_behind, kind))
        names[each] = name
    return {each: names[each] for each in findings}


def _called(
    marks: Mapping[Finding, str], given: dict[Finding, str], variables: Variables
) -> dict[str, str]:
    # Of several names that the code gives one token, the first one stays: a text that read it from
    # two variables would compare two objects. What another file calls it is taken over if it is a
    # variable's name anywhere, as one in small letters seldom is.
    called = {marks[finding]: name for finding, name in reversed(given.items())}
    names = {mark: variables.name_of(mark) or "" for mark in marks.values()}
    return {mark: name for mark, name in names.items() if GIVEN_NAME.fullmatch(name)} | called


def _is_behind(reads: _Reads, used: Collection[str], kind: str, name: str) -> bool:
    # Whether another token is behind a read of the variable in the text.
    return name not in used and reads.has(kind, name)


def _changing(
    source: Source,
    given: Mapping[Finding, str],
    marks: Mapping[Finding, str],
    in_scripts: Sequence[tuple[str, str]],
) -> set[str]:
    # Of several values that the code gives a variable, a lookup by its name would read the last.
    assigned = Counter(_captured(source, "variable")) | Counter(_set_about(source, marks))
    pairs = [*((name, marks[each]) for each, name in given.items()), *in_scripts]
    named, values = (Counter(name for name, _ in each) for each in (pairs, set(pairs)))
    is_read = any(_script(source, each) for each in marks)
    return {
        name
        for name in named
        if assigned[name] > named[name] or (values[name] > 1 and (is_read or name in assigned))
    }


def _set_to_tokens(source: Source, marks: Mapping[Finding, str]) -> list[tuple[str, str]]:
    # The variables that a file with scripts sets to tokens, each with the token's mark.
    if not any(_script(source, each) for each in marks):
        return []
    return [
        (name, mark)
        for each, mark in marks.items()
        if (name := set_to(source.text, each.span.start))
    ]


def _set_about(source: Source, findings: Iterable[Finding]) -> list[str]:
    # What scripts have in their environment by the file, where this binds no others to them.
    scripts = [script for each in findings if (script := _script(source, each))]
    is_bound = all(script.bind is not nothing_to_bind for script in scripts)
    around = [] if is_bound else set_around_scripts(source.text)
    return [*set_in_scripts(source.text), *around] if scripts else []


def _script(source: Source, finding: Finding) -> Part | None:
    # The script that it stands in, if the file around that sets its variables.
    inside = source.first_part((finding,))
    if inside is None or source.language is None or inside[1].language is None:
        return None
    return inside[0] if inside[1].language.id == source.language.id else None


def _has_set(source: Source, findings: Iterable[Finding]) -> set[str]:
    return set_in(source.text).union(_captured(source, "variable"), _set_about(source, findings))


def _captured(source: Source, capture: str) -> list[str]:
    spans = source.syntax.outline.captures.get(capture, ()) if source.syntax else ()
    return [span.of(source.text) for span in spans]


class _Reads:
    """What a text reads from any store, by a lookup as ours.

    Such a lookup stops without the variable, so a token is behind it. A read that may find nothing
    is more likely for the very token that stands in the text.
    """

    def __init__(self, source: Source, settings: Settings) -> None:
        texts: dict[Language, list[str]] = {}
        for each in (source, *(inner for _, inner in source.inner)):
            if each.language:
                texts.setdefault(each.language, []).append(each.text)
        joined = ((language, "\n".join(those)) for language, those in texts.items())
        self._texts = [
            (language, text, frozenset(_WORD.findall(text))) for language, text in joined
        ]
        self._settings = settings

    def has(self, usual: str, name: str) -> bool:
        """Whether a variable of a kind with that usual name is read."""
        return any(
            _is_in(text, words, lookup.reading(store.names(self._settings, usual, name)))
            for language, text, words in self._texts
            for store in stores().values()
            if isinstance(lookup := store.lookup(language, self._settings), Lookup)
        )


def _is_in(text: str, words: frozenset[str], reading: str | None) -> bool:
    # Its words first: to search the whole text for each name of many would take too long.
    if reading is None or not words.issuperset(_INNER_WORD.findall(reading)):
        return False
    pattern = re.escape(reading).replace('"', "[\"']") + r"(?!\w)"
    return re.search(pattern, text) is not None
