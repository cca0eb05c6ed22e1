"""Findings, a language and a store in; edits out, or the reason why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.imports import File
from notion_lsp.lookup import Lookup, Refused, fill
from notion_lsp.placement import bring
from notion_lsp.settings import PUBLIC_NAME, Settings
from notion_lsp.source import Source
from notion_lsp.stores import secret_of
from notion_lsp.text import Edit, Span, apply_edits, fitted, overlap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.languages import Language
    from notion_lsp.stores import Store
    from notion_lsp.syntax import Site, Syntax
    from notion_lsp.tokens import Finding

DEFAULTS = Settings()

_NO_GRAMMAR = "There is no rewrite for this kind of file."
_NO_STRING = "The token does not stand in a string."
_TWO_AS_ONE = "Another token of this file would be read from the same secret."
_NO_HOME = "No type around the token has a place for the helper that reads it."
_INCOMPLETE = "The code around the token is not complete: a rewrite might break it."


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Edits that take a token out of the source, and what they do, as an imperative sentence."""

    title: str
    edits: tuple[Edit, ...]
    name: str | None = None


class _Place(NamedTuple):
    findings: tuple[Finding, ...]
    site: Site


class _Made(NamedTuple):
    edits: tuple[Edit, ...]
    lookup: Lookup | None


class _Task(NamedTuple):
    source: Source
    syntax: Syntax
    language: Language
    store: Store
    settings: Settings
    names: Mapping[Finding, str]
    owners: Mapping[tuple[str, ...], set[str]]  # which tokens would be read as a secret
    above: int | None = None  # where the first of several places is

    def placeholders(self, finding: Finding) -> dict[str, str]:
        return dict(self.store.names(self.settings, finding.kind.variable, self.names[finding]))


def rewrite(
    source: Source,
    findings: Sequence[Finding],
    store: Store,
    names: Mapping[Finding, str],
    settings: Settings = DEFAULTS,
) -> Rewrite | Refused:
    """Return the edits that read these tokens from the store instead, or why there are none.

    Either all of the findings are rewritten or none. The result has no more syntax errors than the
    source had: what would break it is refused.
    """
    task = _task(source, store, names, settings)
    return _checked(task, findings) if task else Refused(_NO_GRAMMAR)


def rewrite_all(
    source: Source,
    findings: Sequence[Finding],
    store: Store,
    names: Mapping[Finding, str],
    settings: Settings = DEFAULTS,
) -> tuple[tuple[Edit, ...], dict[Finding, str]]:
    """Return the edits for all tokens that can be rewritten, and the reasons for the others."""
    task = _task(source, store, names, settings)
    if task is None:
        return (), dict.fromkeys(findings, _NO_GRAMMAR)
    places = _places(source, task.syntax, findings)
    task = task._replace(above=_first(task, places))
    groups = [place.findings for place in places]
    # Parsing again for each token takes its time: only where all of them together break something.
    for one in (_unchecked, _checked):
        edits, refused = _together({group: one(task, group) for group in groups})
        if not _broken(source, edits):
            return edits, refused
    return (), dict.fromkeys(findings, "The edits for this file do not fit together.")


def _first(task: _Task, places: Sequence[_Place]) -> int | None:
    # A helper that several places call must stand above all of them, once.
    starts = (
        place.site.literal.span.start
        for place in places
        if place.site.literal and not place.site.comment
        if isinstance(_unchecked(task, place.findings), Rewrite)
    )
    return min(starts, default=None)


def _task(
    source: Source, store: Store, names: Mapping[Finding, str], settings: Settings
) -> _Task | None:
    if source.language is None or source.syntax is None:
        return None
    owners = store.owners(settings, names, source.token)
    return _Task(source, source.syntax, source.language, store, settings, names, owners)


def _checked(task: _Task, findings: Sequence[Finding]) -> Rewrite | Refused:
    made = _unchecked(task, findings)
    broken = isinstance(made, Rewrite) and _broken(task.source, made.edits)
    return Refused(_INCOMPLETE) if broken else made


def _unchecked(task: _Task, findings: Sequence[Finding]) -> Rewrite | Refused:
    edits: list[Edit] = []
    used: Lookup | None = None
    for place in _places(task.source, task.syntax, findings):
        made = _redact(place) if place.site.comment else _replace(task, place)
        if isinstance(made, Refused):
            return made
        used = made.lookup or used
        new = [fitted(edit, task.source.text) for edit in made.edits]
        edits += [edit for edit in new if edit not in edits]
    if used is None:
        return Rewrite("Redact it: nothing reads a token from here", tuple(edits))
    title = used.title(task.store.action, task.placeholders(findings[0]), task.source.manifest)
    return Rewrite(title, tuple(edits), task.names[findings[0]])


def _together(
    made: Mapping[tuple[Finding, ...], Rewrite | Refused],
) -> tuple[tuple[Edit, ...], dict[Finding, str]]:
    edits: list[Edit] = []
    refused: dict[Finding, str] = {}
    for group, done in made.items():
        if isinstance(done, Refused):
            refused |= dict.fromkeys(group, done.reason)
            continue
        new = [edit for edit in done.edits if edit not in edits]
        if overlap([*edits, *new]):
            refused |= dict.fromkeys(group, "Another token's rewrite takes this place.")
        else:
            edits += new
    # Of several at one place, such as an import and a helper, the first stays the first.
    return tuple(sorted(edits, key=lambda edit: edit.span)), refused


def placeholder(findings: Sequence[Finding]) -> Rewrite:
    """Return the edits that put a placeholder where the tokens are; the program will not run so."""
    edits = tuple(Edit(finding.span, finding.kind.placeholder) for finding in findings)
    return Rewrite("Replace it with a placeholder", edits)


def _places(source: Source, syntax: Syntax, findings: Sequence[Finding]) -> list[_Place]:
    groups: dict[Span, list[Finding]] = {}
    for finding in findings:
        span = syntax.literal_span(finding.span) or finding.span
        groups.setdefault(span, []).append(finding)
    places = []
    for group in groups.values():
        site = source.site(tuple(group))
        if site:
            places.append(_Place(tuple(group), site))
    return places


def _redact(place: _Place) -> _Made:
    edits = tuple(Edit(finding.span, finding.kind.placeholder) for finding in place.findings)
    return _Made(edits, None)


def _replace(task: _Task, place: _Place) -> _Made | Refused:
    site, language = place.site, task.language
    lookup = _lookup(task, site)
    if isinstance(lookup, Refused):
        return lookup
    if site.literal is None or language.join is None:
        return Refused(_INCOMPLETE if task.syntax.error_count else _NO_STRING)
    values = task.placeholders(place.findings[0])
    secrets = {secret_of(task.placeholders(finding)) for finding in place.findings}
    # A variable that the code falls back from is read already, whatever it falls back to.
    is_read = site.replaced and task.store.id == "env"
    if not is_read and any(len(task.owners[secret]) > 1 for secret in secrets):
        return Refused(_TWO_AS_ONE)
    at = site.literal.span.start
    home = task.syntax.outline.home(at)
    if language.definitions_at_home and lookup.definition and home is None:
        return Refused(_NO_HOME)
    file = File(task.syntax, language, task.source.package, home)
    here = lookup.filled(values, module=language.is_module(task.syntax, task.source.module))
    called, needed = bring(file, here, at if task.above is None else min(at, task.above))
    expressions = [
        fill(lookup.expression, task.placeholders(finding) | called) for finding in place.findings
    ]
    new = expressions[0] if site.replaced else language.join(site, expressions)
    placed = new if isinstance(new, Refused) else language.place(task.syntax, site, new)
    return placed if isinstance(placed, Refused) else _Made((*needed, *placed), lookup)


def _lookup(task: _Task, site: Site) -> Lookup | Refused:
    missing = Refused(f"There is no call of {task.store.title} for {task.language.title}.")
    lookup = task.store.lookup(task.language, task.settings) or missing
    if isinstance(lookup, Refused):
        return lookup
    if site.fixed:
        return Refused(site.fixed)
    if site.replaced and PUBLIC_NAME.match(site.name or ""):
        return Refused(f"A bundler ships {site.name} to the browser: read the token on a server.")
    may_await = task.language.may_await
    if lookup.awaits and not may_await(task.syntax, site, task.source.module):
        return Refused(f"{task.store.title} answers with `await`, which may not stand here.")
    return lookup


def _broken(source: Source, edits: Sequence[Edit]) -> bool:
    if not edits or source.syntax is None:
        return False
    after = Source(apply_edits(source.text, edits), source.language).syntax
    return after is not None and after.error_count > source.syntax.error_count
