"""The tokens of one text, each written out in it, replaced by lookups of one store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.lookup import Hole, Lookup, Remains, fill
from notion_lsp.refused import Refused
from notion_lsp.rewrite.breaking import holding
from notion_lsp.rewrite.constants import must_stay
from notion_lsp.rewrite.fitting import fitting
from notion_lsp.rewrite.helpers import bring, has_place
from notion_lsp.rewrite.parts import WHY_REDACTED, Done, Made, sharing
from notion_lsp.rewrite.requirements import File
from notion_lsp.settings import PUBLIC_NAME
from notion_lsp.syntax.site import NoSite, Site
from notion_lsp.text import Edit, Span, Taken, closed_up, fitted, without_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.rewrite.source import Source
    from notion_lsp.rewrite.task import Task
    from notion_lsp.syntax.site import Syntax

_NO_STRING = "The token does not stand in a string."
_TWO_AS_ONE = "Another token of this project would be read from the same secret."
_NO_ROOM = "There is no place in this file for the function that reads the secret."
_TAKEN = "A name that the call of {} needs means something else in this file."
_ASKED_FIRST = (
    "This default is evaluated even where the value is given: {} would be asked then too."
)
INCOMPLETE = "The code around the token is not complete: a rewrite might break it."


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Edits that take a token out of the source, and what they do, as an imperative sentence.

    `remains` is what a person has to do then, and the `holes` have what reads the token.
    """

    title: str
    edits: tuple[Edit, ...]
    remains: tuple[Remains, ...] = ()
    holes: tuple[Hole, ...] = ()


class _Place(NamedTuple):
    findings: tuple[Finding, ...]
    site: Site | NoSite

    @property
    def is_comment(self) -> bool:
        """Whether no program reads the text."""
        return isinstance(self.site, NoSite) and self.site.comment


class _Made(NamedTuple):
    edits: tuple[Edit, ...]
    holes: tuple[Hole, ...] = ()


def replace_all(task: Task, findings: Sequence[Finding]) -> Made:
    """Return the edits for all of the tokens that can be replaced, and what became of each."""
    places = _places(task.source, task.syntax, findings)
    task = _prepared(task, places)
    groups = [group for place in places for group in _apart(task, place.findings)]
    made = {group: _unchecked(task, group) for group in groups}

    def together(those: Iterable[tuple[Finding, ...]]) -> Made:
        return _together(task, {group: made[group] for group in those})

    held = {*holding(task.source, groups, lambda those: together(those).edits)}
    made |= dict.fromkeys((each for each in groups if each not in held), Refused(INCOMPLETE))
    return together(groups)


def _apart(task: Task, group: tuple[Finding, ...]) -> list[tuple[Finding, ...]]:
    # Of a script in a value, say, where one token is refused, the others need not stay.
    if len(group) == 1 or isinstance(_unchecked(task, group), Rewrite):
        return [group]
    alone = {each: isinstance(_unchecked(task, (each,)), Rewrite) for each in group}
    able = tuple(each for each in group if alone[each])
    return [each for each in (able, *((each,) for each in group if not alone[each])) if each]


def _prepared(task: Task, places: Sequence[_Place]) -> Task:
    # A helper that several places call must stand above all of them, once.
    able = [
        place
        for place in places
        if isinstance(place.site, Site)
        if isinstance(_unchecked(task, place.findings), Rewrite)
    ]
    starts = [place.site.literal.span.start for place in able if isinstance(place.site, Site)]
    names = [task.names[finding] for place in able for finding in place.findings]
    return task._replace(above=min(starts, default=None), together=tuple(names))


def replace_together(task: Task, findings: Sequence[Finding]) -> Rewrite | Refused:
    """Return the edits for all of the tokens, or why there are none."""
    places = _places(task.source, task.syntax, findings)
    # One place alone shares nothing, and need not be tried first.
    made = _unchecked(task if len(places) == 1 else _prepared(task, places), findings)
    broken = isinstance(made, Rewrite) and task.breaks(task.source, made.edits)
    return Refused(INCOMPLETE) if broken else made


def _unchecked(task: Task, findings: Sequence[Finding]) -> Rewrite | Refused:
    edits: list[Edit] = []
    holes: list[Hole] = []
    for place in _places(task.source, task.syntax, findings):
        made = _redact(place) if place.is_comment else _replace(task, place)
        if isinstance(made, Refused):
            return made
        holes += made.holes
        new = [fitted(edit, task.source.text) for edit in made.edits]
        edits += [edit for edit in new if edit not in edits]
    # What could not be asked on the way might have said no.
    if task.syntax.unread:
        return task.syntax.unread
    done = _done(task, findings[0], holes)
    return Rewrite(done.title, tuple(edits), done.remains, tuple(holes))


def _done(task: Task, finding: Finding, holes: Sequence[Hole]) -> Done:
    if not holes:
        return Done(f"Redact it: {WHY_REDACTED}", redacted=True)
    lookup, values = holes[-1].lookup, task.fields(finding)
    title = lookup.title(task.store.action, values, task.source.manifest)
    rows = task.store.to_do if lookup.remains is None else lookup.remains
    return Done(title, tuple(row._replace(what=fill(row.what, values)) for row in rows))


def _together(task: Task, made: Mapping[tuple[Finding, ...], Rewrite | Refused]) -> Made:
    edits: dict[Edit, None] = {}
    holes: list[Hole] = []
    outcomes: dict[Finding, Done | str] = {}
    taken = Taken()
    for group, done in made.items():
        if isinstance(done, Refused):
            outcomes |= dict.fromkeys(group, done.reason)
            continue
        new = [edit for edit in done.edits if edit not in edits]
        if not taken.take(new):
            outcomes |= dict.fromkeys(group, "Another token's rewrite takes this place.")
        else:
            edits |= dict.fromkeys(new)
            holes += done.holes
            outcomes |= {each: _done(task, each, done.holes) for each in group}
    # Of several at one place, such as an import and a helper, the first stays the first.
    in_order = sorted(without_parts(edits), key=lambda edit: edit.span)
    return Made(closed_up(in_order), tuple(holes), outcomes)


def _places(source: Source, syntax: Syntax, findings: Sequence[Finding]) -> list[_Place]:
    groups: dict[Span, list[Finding]] = {}
    for finding in findings:
        # Tokens in one literal are one place: its quotes and its form change once, for all of them.
        span = syntax.literal_span(finding.span) or finding.span
        groups.setdefault(span, []).append(finding)
    places = []
    for group in groups.values():
        site = source.site(tuple(group))
        if site:
            places.append(_Place(tuple(group), site))
    return places


def redacted(findings: Sequence[Finding]) -> tuple[Edit, ...]:
    """Return the edits that put a placeholder where each of the tokens is."""
    return tuple(
        Edit(span, "" if number else finding.kind.placeholder)
        for finding in findings
        for number, span in enumerate(finding.spans)
    )


def _redact(place: _Place) -> _Made:
    return _Made(redacted(place.findings))


def _replace(task: Task, place: _Place) -> _Made | Refused:
    lookup = _lookup(task, place.findings[0])
    if isinstance(place.site, NoSite):
        return _without_site(task, place.site, lookup)
    if isinstance(lookup, Refused):
        return lookup
    site = task.language.writing.fit(task.syntax, place.site, task.source.mentioning)
    if isinstance(site, Refused):
        return site
    fit = fitting(task.language, site, lookup)
    if fit is None:
        return Refused(_ASKED_FIRST.format(task.store.title))
    if reason := _hindrance(task, place.findings, site, fit):
        return Refused(reason)
    return _written(task, place.findings, site, fit)


def _without_site(task: Task, site: NoSite, lookup: Lookup | Refused) -> Refused:
    # What is said of the very place is more than what is said of the language.
    if site.reason:
        return Refused(site.reason)
    if isinstance(lookup, Refused):
        return lookup
    return Refused(INCOMPLETE if task.syntax.error_count else _NO_STRING)


def _written(
    task: Task, findings: Sequence[Finding], site: Site, lookup: Lookup
) -> _Made | Refused:
    is_module = task.language.writing.is_module(task.syntax, task.source.module)
    fields = [task.fields(finding) for finding in findings]
    filled = [lookup.filled(each, module=is_module) for each in fields]
    brought: dict[Lookup, _Brought] = {}
    # A helper that is for one secret alone is brought for each of them.
    for each in dict.fromkeys(filled):
        found = _brought(task, site, each)
        if isinstance(found, Refused):
            return found
        brought[each] = found
    holes = [
        Hole(task.names[finding], brought[its].written(values))
        for finding, its, values in zip(findings, filled, fields, strict=True)
    ]
    needed = dict.fromkeys(edit for each in brought.values() for edit in each.edits)
    return _placed(task, site, holes, tuple(needed))


class _Brought(NamedTuple):
    """A lookup, by which names it calls what it needs, and the edits that bring that."""

    lookup: Lookup
    called: Mapping[str, str]
    edits: tuple[Edit, ...]

    def written(self, values: Mapping[str, str]) -> Lookup:
        """Return the lookup as it stands in the file, for one secret."""
        return self.lookup.written({**values, **self.called})


def _brought(task: Task, site: Site, lookup: Lookup) -> _Brought | Refused:
    shared = sharing(lookup, task.source.above, task.syntax)
    if isinstance(shared, Refused):
        return shared
    start, source = site.literal.span.start, task.source
    home = task.syntax.outline.home(start)
    file = File(task.syntax, task.language, source.package, home, source.mentioning, source.name)
    called, edits = bring(file, shared, start if task.above is None else min(start, task.above))
    # A requirement without an alias has no other name to be imported under.
    if "" in called.values():
        return Refused(_TAKEN.format(task.store.title))
    return _Brought(shared, called, edits)


def _placed(
    task: Task, site: Site, holes: Sequence[Hole], needed: Sequence[Edit]
) -> _Made | Refused:
    writing, bound = task.language.writing, task.bind(holes)
    if isinstance(bound, Refused):
        return bound
    if writing.write is None:
        return Refused(_NO_STRING)
    written = writing.write(task.syntax, site, holes)
    declared = writing.declare(task.syntax, task.together or [hole.variable for hole in holes])
    if isinstance(written, Refused):
        return written
    if isinstance(declared, Refused):
        return declared
    return _Made((*needed, *declared, *written), tuple(holes))


def _lookup(task: Task, finding: Finding) -> Lookup | Refused:
    language = task.language
    found = task.store.lookup(language, task.settings)
    # Where nothing reads a variable, the language says what can be done instead.
    if isinstance(language.environment, Refused) and not isinstance(found, Lookup):
        return Refused(fill(language.environment.reason, {"name": task.names[finding]}))
    return found or Refused(
        f"No call of {task.store.title} is known for {language.title}: choose another store."
    )


def _hindrance(task: Task, findings: Sequence[Finding], site: Site, lookup: Lookup) -> str | None:
    if site.fallback and re.match(PUBLIC_NAME, site.name or ""):
        return f"A bundler ships {site.name} to the browser: read the token on a server."
    reads = task.source.reads({finding: task.names[finding] for finding in findings})
    if lookup.awaits and not task.language.writing.may_await(task.syntax, site, task.source.module):
        return f"{task.store.title} answers with `await`, which may not stand here."
    if not task.sharing.isdisjoint(reads):
        return _TWO_AS_ONE
    if reason := must_stay(task.source, site):
        return reason
    has_room = not lookup.definition or has_place(task.syntax, task.language, site)
    return None if has_room else _NO_ROOM
