"""The parts of a text that are in a language of their own: rewritten one after the other.

A part finds what those above it import and define, as a notebook's cell does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.refused import Refused
from notion_lsp.rewrite.helpers import definition_in
from notion_lsp.text import Edit, apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.languages import Part
    from notion_lsp.lookup import Hole, Lookup, Remains, Requirement
    from notion_lsp.rewrite.source import Source
    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

# What a person is told who sees that the token was masked in place of being read.
WHY_REDACTED = "no lookup can stand in this text"


class Done(NamedTuple):
    """What was done about a token, as an imperative sentence, and what is left to a person.

    It is `redacted` where no lookup may stand: a text that a person reads has lost it then. It is
    `kept` where its store has the token by now.
    """

    title: str
    remains: tuple[Remains, ...] = ()
    redacted: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """Edits, the holes that they fill, and what was done about each token, or why nothing was."""

    edits: tuple[Edit, ...] = ()
    holes: tuple[Hole, ...] = ()
    outcomes: Mapping[Finding, Done | str] = field(default_factory=dict)


class Inside(NamedTuple):
    """A part as a text of its own, and the findings that stand in it, by themselves inside it."""

    part: Part
    source: Source
    findings: Mapping[Finding, Finding]

    def refused(self, spans: Iterable[Span]) -> Refused | None:
        """Return why some of these spans of the part cannot be rewritten, if that is so."""
        reason = next(filter(None, map(self.part.refused, spans)), None)
        return Refused(reason) if reason else None

    def outward(self, edits: Sequence[Edit], holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
        """Return edits of the part, and those that let it see what it reads, as of the whole."""
        bound = self.part.bind(holes) if holes else ()
        # A place that the file writes with an escape cannot be edited from inside.
        refused = self.refused(edit.span for edit in edits)
        if refused or isinstance(bound, Refused):
            return refused or bound
        return (*bound, *self.part.outward(edits))


def part_of(source: Source, findings: Sequence[Finding]) -> Inside | None:
    """Return the first part in which some of the findings stand."""
    inside = source.first_part(findings)
    return Inside(*inside, inside[0].inside(findings)) if inside else None


def rewrite_parts(
    source: Source, findings: Sequence[Finding], rewrite: Callable[[Inside], Made]
) -> tuple[Made, tuple[Finding, ...]]:
    """Return what is made of all parts, and the findings that stand in none.

    A part already sees what those above it will import and define.
    """
    edits: list[Edit] = []
    outcomes: dict[Finding, Done | str] = {}
    by_part: dict[int | None, list[Finding]] = {}
    for finding in findings:
        by_part.setdefault(source.part_at(finding), []).append(finding)
    above: list[Source] = []
    changed = False
    for number, (part, unchanged) in enumerate(source.inner):
        # A source is parsed once: only below a part that changed is a new one needed.
        inner = source.within(part, above) if changed else unchanged
        inside = Inside(part, inner, part.inside(by_part.get(number, ())))
        made, outward = _rewrite_part(inside, rewrite) if inside.findings else (Made(), ())
        edits += outward
        outcomes |= {inside.findings[finding]: its for finding, its in made.outcomes.items()}
        changed = changed or bool(made.edits)
        above.append(
            replace(inner, text=apply_edits(inner.text, made.edits)) if made.edits else inner
        )
    # What stands in no part is in the text around them, and is rewritten there.
    return Made(tuple(edits), (), outcomes), tuple(by_part.get(None, ()))


def _rewrite_part(
    inside: Inside, rewrite: Callable[[Inside], Made]
) -> tuple[Made, tuple[Edit, ...]]:
    reasons = {finding: inside.refused((finding.span,)) for finding in inside.findings}
    refused = {finding: why.reason for finding, why in reasons.items() if why}
    free = {inner: outer for inner, outer in inside.findings.items() if inner not in refused}
    made = rewrite(inside._replace(findings=free)) if free else Made()
    outward = inside.outward(made.edits, made.holes)
    if isinstance(outward, Refused):
        return Made(outcomes=dict.fromkeys(inside.findings, outward.reason)), ()
    return replace(made, outcomes={**refused, **made.outcomes}), outward


def sharing(lookup: Lookup, above: Sequence[Source], here: Syntax) -> Lookup | Refused:
    """Return the lookup with the names of what was imported above.

    It is refused where it would give something else a name that the texts above use.
    """
    if not above:
        return lookup
    syntaxes = [source.syntax for source in above if source.syntax]
    called: dict[str, str] = {}
    for requirement in lookup.requirements:
        name = next(_names(syntaxes, requirement), "")
        if name and not _taken(syntaxes, requirement, name) and not here.meaning(name).otherwise:
            called[requirement.name] = name
        elif _taken(syntaxes, requirement, requirement.name):
            return _another(requirement.name)
    helper = lookup.definition
    defined = helper and any(definition_in(each, helper) for each in syntaxes)
    if helper and not defined and any(each.meaning(helper.name).otherwise for each in syntaxes):
        return _another(helper.name)
    return lookup.knowing(called)


def _another(name: str) -> Refused:
    return Refused(f"The name {name} stands for something else above.")


def _names(above: Sequence[Syntax], requirement: Requirement) -> Iterator[str]:
    # What it is called above, the latest import first.
    # Of two cells that import it, the later one counts, as it does when they run.
    for syntax in reversed(above):
        for imported in syntax.outline.imports:
            if (imported.module, imported.member) == (requirement.module, requirement.member):
                yield requirement.name if imported.name == imported.module else imported.name


def _taken(above: Sequence[Syntax], requirement: Requirement, name: str) -> bool:
    imports = (imported for syntax in above for imported in syntax.outline.imports)
    ours = requirement.module, requirement.member
    return any(syntax.meaning(name).otherwise for syntax in above) or any(
        imported.name == name and (imported.module, imported.member) != ours for imported in imports
    )
