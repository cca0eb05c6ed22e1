"""Findings, a language and a store in; edits out, or the reason why there are none."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.refused import Refused
from notion_lsp.rewrite.breaking import breaks
from notion_lsp.rewrite.one_text import (
    INCOMPLETE,
    Rewrite,
    redacted,
    replace_all,
    replace_together,
)
from notion_lsp.rewrite.parts import Done, Made, part_of, rewrite_parts
from notion_lsp.rewrite.split_tokens import collapse
from notion_lsp.rewrite.task import Task, task_of
from notion_lsp.settings import DEFAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.rewrite.parts import Inside
    from notion_lsp.rewrite.source import Source
    from notion_lsp.settings import Settings
    from notion_lsp.stores import Store
    from notion_lsp.text import Edit

_NO_GRAMMAR = "How this kind of file reads a variable is not known: take the token out."
_SEVERAL_PARTS = "The tokens stand in several texts of the file: rewrite one after the other."


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
    collapsed = collapse(source, findings)
    if collapsed.refused:
        return Refused(next(iter(collapsed.refused.values())))
    names = {at: name for finding, name in names.items() for at in collapsed.moved(finding)}
    written_out = tuple(at for finding in findings for at in collapsed.findings[finding])
    made = rewrite_written_out(task_of(collapsed.source, store, names, settings), written_out)
    if isinstance(made, Refused):
        return made
    return replace(made, edits=collapsed.outward(made.edits)) if collapsed.edits else made


class Rewritten(NamedTuple):
    """The edits for all tokens that can be rewritten, what is done about each, and the refusals."""

    edits: tuple[Edit, ...]
    done: Mapping[Finding, Done]
    refused: Mapping[Finding, str]


def rewrite_all(
    source: Source,
    findings: Sequence[Finding],
    store: Store,
    names: Mapping[Finding, str],
    settings: Settings = DEFAULTS,
) -> Rewritten:
    """Return the edits for all tokens that can be rewritten, and the reasons for the others."""
    collapsed = collapse(source, findings)
    inner = {at: name for finding, name in names.items() for at in collapsed.moved(finding)}
    task = task_of(collapsed.source, store, inner, settings)
    made = _rewrite_all(task, tuple(chain.from_iterable(collapsed.findings.values())))
    known = {
        each: _outcome([made.outcomes.get(at) for at in places])
        for each, places in collapsed.findings.items()
    }
    done = {each: outcome for each, outcome in known.items() if isinstance(outcome, Done)}
    refused = {each: outcome for each, outcome in known.items() if isinstance(outcome, str)}
    if not any(each.hidden for each in refused):
        return Rewritten(collapsed.outward(made.edits), done, {**collapsed.refused, **refused})
    # A split token that cannot be rewritten is left as it is.
    left = [each for each in findings if each not in refused]
    again = rewrite_all(source, left, store, names, settings)
    return again._replace(refused={**refused, **again.refused})


def _outcome(outcomes: Sequence[Done | str | None]) -> Done | str | None:
    # Where a token is put together in several places, one that is refused leaves them all.
    return next((each for each in outcomes if not isinstance(each, Done)), outcomes[0])


def rewrite_written_out(task: Task | None, findings: Sequence[Finding]) -> Rewrite | Refused:
    """Return what `rewrite` returns for tokens that are each written out in one piece."""
    if task is None:
        return Refused(_NO_GRAMMAR)
    inside = part_of(task.source, findings)
    if inside and len(inside.findings) < len(findings):
        return Refused(_SEVERAL_PARTS)
    return _rewrite_part(task, inside) if inside else replace_together(task, findings)


def _rewrite_part(task: Task, inside: Inside) -> Rewrite | Refused:
    refused = inside.refused(finding.span for finding in inside.findings)
    made = refused or rewrite_written_out(task.inside(inside), tuple(inside.findings))
    if isinstance(made, Refused):
        return made
    edits = inside.outward(made.edits, made.holes)
    if isinstance(edits, Refused):
        return edits
    # The file has bound what the part reads: nothing is left to bind around it.
    bound = replace(made, edits=edits, holes=())
    return Refused(INCOMPLETE) if task.breaks(task.source, edits) else bound


def _rewrite_all(task: Task | None, findings: Sequence[Finding]) -> Made:
    if task is None:
        return Made(outcomes=dict.fromkeys(findings, _NO_GRAMMAR))

    def of_part(inside: Inside) -> Made:
        return _rewrite_all(task.inside(inside), tuple(inside.findings))

    inner, left = rewrite_parts(task.source, findings, of_part)
    # A part may be whole by itself, and yet break the file around it.
    if breaks(task.source, inner.edits):
        inner = Made(outcomes=dict.fromkeys(set(findings) - set(left), INCOMPLETE))
    outer = replace_all(task, left)
    edits = sorted((*inner.edits, *outer.edits), key=lambda edit: edit.span)
    # Two parts may bring one edit, such as the entry that sets their variable.
    return Made(tuple(dict.fromkeys(edits)), outer.holes, {**inner.outcomes, **outer.outcomes})


def placeholder(findings: Sequence[Finding]) -> Rewrite:
    """Return the edits that put a placeholder where the tokens are; the program will not run so."""
    return Rewrite("Replace it with a placeholder", redacted(findings))
