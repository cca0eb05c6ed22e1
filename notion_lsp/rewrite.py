"""Findings, a language and a store in; edits out, or the reason why there are none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages import Lookup, Refused
from notion_lsp.placement import place_definition, place_import
from notion_lsp.syntax import Site, Syntax
from notion_lsp.text import Edit, Span, apply_edits
from notion_lsp.tokens import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.languages import Language
    from notion_lsp.stores import Store
    from notion_lsp.tokens import Finding

# A constant's or a variable's name that can be an environment variable's.
_GIVEN_NAME = re.compile(r"[A-Z][A-Z0-9_]{2,}")
# What a bundler puts into the page, for everyone to read.
_PUBLIC_NAME = re.compile(r"(?:VITE|NEXT_PUBLIC|REACT_APP|EXPO_PUBLIC)_")

_WORD = re.compile(r"[\w$]")

_NO_GRAMMAR = "There is no rewrite for this kind of file."
_NO_STRING = "The token does not stand in a string."
_INCOMPLETE = "The code around the token is not complete: a rewrite might break it."


@dataclass(frozen=True)
class Source:
    """A text and its language, parsed when somebody asks.

    `package` holds the other texts that share its top-level names, where the language has such.
    """

    text: str
    language: Language | None
    package: tuple[str, ...] = ()

    @cached_property
    def syntax(self) -> Syntax | None:
        """The text, parsed; none where there is no grammar for it."""
        grammar = self.language.grammar if self.language else None
        return Syntax(self.text, grammar) if grammar else None

    def token(self, finding: Finding) -> str:
        """Return the token itself: for comparing and hashing, never for showing."""
        return self.text[finding.span.start : finding.span.end]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Edits that take a token out of the source, and what they do, as an imperative sentence."""

    title: str
    edits: tuple[Edit, ...]
    name: str | None = None


class _Place(NamedTuple):
    findings: tuple[Finding, ...]
    site: Site


def variable_names(
    source: Source,
    findings: Sequence[Finding],
    usual: Mapping[str, str],
    taken: Mapping[str, str] | None = None,
) -> dict[Finding, str]:
    """Return the name under which each token of the text is to be read.

    It is the one the code gives it there, else one that it has already, in `taken` or elsewhere in
    the text, else `usual` for its kind's own. Different tokens get different names: the second one
    that would be `NOTION_TOKEN` is `NOTION_TOKEN_2`. `taken` holds fingerprints by name.
    """
    sites = {finding: _site(source, (finding,)) for finding in findings}
    given = {
        finding: name for finding, site in sites.items() if site and (name := _given_name(site))
    }
    marks = {finding: fingerprint(source.token(finding)) for finding in findings}
    known = {marks[finding]: name for finding, name in reversed(given.items())}
    known |= {owner: name for name, owner in (taken or {}).items()}
    looked_up = {
        name: marks[finding] for finding, name in given.items() if _is_looked_up(sites[finding])
    }
    owners = dict.fromkeys(_assigned(source) - set(given.values()), "") | dict(taken or {})
    owners |= looked_up
    names = {}
    for finding, site in sites.items():
        usually = usual.get(finding.kind.variable, finding.kind.variable)
        name = given.get(finding) or known.get(marks[finding]) or usually
        if not (finding in given and _is_looked_up(site)):
            name = _free_name(name, marks[finding], owners)
        names[finding] = name
    return names


def rewrite(
    source: Source, findings: Sequence[Finding], store: Store, names: Mapping[Finding, str]
) -> Rewrite | Refused:
    """Return the edits that read these tokens from the store instead, or why there are none.

    Either all of the findings are rewritten or none. The result has no more syntax errors than the
    source had: what would break it is refused.
    """
    made = _unchecked(source, findings, store, names)
    broken = isinstance(made, Rewrite) and _broken(source, made.edits)
    return Refused(_INCOMPLETE) if broken else made


def _unchecked(
    source: Source, findings: Sequence[Finding], store: Store, names: Mapping[Finding, str]
) -> Rewrite | Refused:
    language, syntax = source.language, source.syntax
    if language is None or syntax is None:
        return Refused(_NO_GRAMMAR)
    missing = Refused(f"There is no call of {store.title} for {language.title}.")
    lookup = store.lookups.get(language.id, missing)
    edits: list[Edit] = []
    redacted = True
    for place in _places(source, syntax, findings):
        made = (
            _redact(place)
            if place.site.comment
            else _replace(source, language, lookup, place, names)
        )
        if isinstance(made, Refused):
            return made
        redacted &= place.site.comment
        fitted = [_apart(_with_line_feeds(edit), source.text) for edit in made]
        edits += [edit for edit in fitted if edit not in edits]
    if redacted:
        return Rewrite("Redact it: nothing reads a token from here", tuple(edits))
    name = names[findings[0]]
    action = (isinstance(lookup, Lookup) and lookup.action) or store.action
    return Rewrite(action.replace("{name}", name), tuple(edits), name)


def rewrite_all(
    source: Source, findings: Sequence[Finding], store: Store, names: Mapping[Finding, str]
) -> tuple[tuple[Edit, ...], dict[Finding, str]]:
    """Return the edits for all tokens that can be rewritten, and the reasons for the others."""
    if source.syntax is None:
        return (), dict.fromkeys(findings, _NO_GRAMMAR)
    groups = [place.findings for place in _places(source, source.syntax, findings)]
    # Parsing again for each token takes its time: only where all of them together break something.
    for one in (_unchecked, rewrite):
        edits, refused = _together({group: one(source, group, store, names) for group in groups})
        if not _broken(source, edits):
            return edits, refused
    return (), dict.fromkeys(findings, "The edits for this file do not fit together.")


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
        if _overlap([*edits, *new]):
            refused |= dict.fromkeys(group, "Another token's rewrite takes this place.")
        else:
            edits += new
    return tuple(sorted(edits)), refused


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
        site = _site(source, tuple(group))
        if site:
            places.append(_Place(tuple(group), site))
    return places


def _site(source: Source, findings: tuple[Finding, ...]) -> Site | None:
    if source.syntax is None or source.language is None:
        return None
    spans = sorted(finding.span for finding in findings)
    return source.syntax.site(spans, source.language.opening)


def _given_name(site: Site) -> str | None:
    name = (site.name or "").strip("\"'")
    usable = _GIVEN_NAME.fullmatch(name) and not _PUBLIC_NAME.match(name)
    return name if usable else None


def _is_looked_up(site: Site | None) -> bool:
    # The code reads the variable already, and the token is what it falls back to.
    return site is not None and site.replaced is not None


def _assigned(source: Source) -> set[str]:
    spans = source.syntax.outline.captures.get("variable", ()) if source.syntax else ()
    return {source.text[span.start : span.end] for span in spans}


def _free_name(name: str, token: str, owners: dict[str, str]) -> str:
    free, number = name, 1
    while owners.setdefault(free, token) != token:
        number += 1
        free = f"{name}_{number}"
    return free


def _redact(place: _Place) -> tuple[Edit, ...]:
    return tuple(Edit(finding.span, finding.kind.placeholder) for finding in place.findings)


def _replace(
    source: Source,
    language: Language,
    lookup: Lookup | Refused,
    place: _Place,
    names: Mapping[Finding, str],
) -> tuple[Edit, ...] | Refused:
    site, syntax = place.site, source.syntax
    if isinstance(lookup, Refused):
        return lookup
    if site.fixed:
        return Refused(site.fixed)
    if site.replaced and _PUBLIC_NAME.match(site.name or ""):
        return Refused(f"A bundler ships {site.name} to the browser: read the token on a server.")
    if site.literal is None or syntax is None or language.join is None:
        return Refused(_INCOMPLETE if syntax and syntax.error_count else _NO_STRING)
    called, needed = _requirements(source, syntax, language, lookup, site.literal.span.start)
    expressions = [
        _fill(lookup.expression, {"name": names[finding], **called}) for finding in place.findings
    ]
    new = expressions[0] if site.replaced else language.join(site, expressions)
    if isinstance(new, Refused):
        return new
    placed = language.place(syntax, site, new)
    return placed if isinstance(placed, Refused) else (*needed, *placed)


def _requirements(
    source: Source, syntax: Syntax, language: Language, lookup: Lookup, at: int
) -> tuple[dict[str, str], tuple[Edit, ...]]:
    called: dict[str, str] = {}
    edits: list[Edit] = []
    for requirement in lookup.requirements:
        name, needed = place_import(syntax, language, requirement, at)
        called[requirement.name] = name
        edits += needed
    if lookup.definition:
        name, needed = place_definition(syntax, language, lookup.definition, source.package, called)
        called[lookup.definition.name] = name
        # A helper that is there already has the imports it needs.
        edits = [*edits, *needed] if needed else []
    return called, tuple(edits)


def _fill(template: str, values: Mapping[str, str]) -> str:
    for key, value in values.items():
        template = template.replace(f"{{{key}}}", value)
    return template


def _overlap(edits: Sequence[Edit]) -> bool:
    spans = sorted(edit.span for edit in edits)
    return any(first.end > second.start for first, second in pairwise(spans))


def _apart(edit: Edit, text: str) -> Edit:
    # A quote may follow a keyword at once, as in `return"…"`; a name may not.
    before, first = text[: edit.span.start][-1:], edit.new_text[:1]
    replaces = text[edit.span.start : edit.span.end][:1]
    joined = _WORD.match(before) and _WORD.match(first) and not _WORD.match(replaces)
    return Edit(edit.span, f" {edit.new_text}") if joined else edit


def _with_line_feeds(edit: Edit) -> Edit:
    # A literal over several lines brings the document's own line breaks with it.
    return Edit(edit.span, edit.new_text.replace("\r\n", "\n"))


def _broken(source: Source, edits: Sequence[Edit]) -> bool:
    if not edits or source.syntax is None:
        return False
    after = Source(apply_edits(source.text, edits), source.language).syntax
    return after is not None and after.error_count > source.syntax.error_count
