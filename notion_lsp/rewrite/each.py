"""Each of several tokens rewritten as if it were the only one, with one parse to check them all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.refused import Refused
from notion_lsp.rewrite.breaking import breaking
from notion_lsp.rewrite.file import rewrite, rewrite_written_out
from notion_lsp.rewrite.one_text import INCOMPLETE
from notion_lsp.rewrite.split_tokens import collapse
from notion_lsp.rewrite.task import task_of
from notion_lsp.text import Taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.rewrite.collapsed import Collapsed
    from notion_lsp.rewrite.one_text import Rewrite
    from notion_lsp.rewrite.source import Source
    from notion_lsp.rewrite.task import Task
    from notion_lsp.settings import Settings
    from notion_lsp.stores import Store
    from notion_lsp.text import Edit


class _Check(NamedTuple):
    """Edits of a text for one token, which are not to break it."""

    finding: Finding
    source: Source
    edits: Sequence[Edit]


@dataclass(frozen=True)
class Several:
    """Tokens of a text, whatever store they are to be read from."""

    source: Source
    findings: tuple[Finding, ...]

    @cached_property
    def hidden(self) -> Several:
        """Those that are written out first."""
        return Several(self.source, tuple(each for each in self.findings if each.hidden))

    @cached_property
    def written_out(self) -> Collapsed:
        """The text with all of them written out where that is clear."""
        return collapse(self.source, self.findings, with_lines=True)

    @cached_property
    def refused(self) -> Several:
        """Those that are not written out beside the others."""
        return Several(self.source, tuple(self.written_out.refused))


def rewrite_each(
    several: Several, store: Store, names: Mapping[Finding, str], settings: Settings
) -> dict[Finding, Rewrite | Refused]:
    """Return what `rewrite` returns for each of these tokens alone.

    The edits of many tokens are parsed together, and in halves only where they break something.
    """
    plain = {each: (each,) for each in several.findings if not each.hidden}
    made = _each(task_of(several.source, store, names, settings), plain)
    return made | _each_written_out(several.hidden, store, names, settings)


def _each_written_out(
    several: Several, store: Store, names: Mapping[Finding, str], settings: Settings
) -> dict[Finding, Rewrite | Refused]:
    source, collapsed = several.source, several.written_out
    if len(collapsed.refused) == len(several.findings):
        return {each: Refused(reason) for each, reason in collapsed.refused.items()}
    inner = {at: name for finding, name in names.items() for at in collapsed.moved(finding)}
    together = _each(task_of(collapsed.source, store, inner, settings), collapsed.findings)
    made = {
        finding: _outward(collapsed, finding, its)
        or rewrite(source, (finding,), store, names, settings)
        for finding, its in together.items()
    }
    # One that is refused may be written out where the others are not.
    return made | _each_written_out(several.refused, store, names, settings)


def _outward(
    collapsed: Collapsed, finding: Finding, made: Rewrite | Refused
) -> Rewrite | Refused | None:
    # `None` where it changes what is written out of another.
    if isinstance(made, Refused):
        return made
    edits = collapsed.outward_alone(finding, made.edits)
    return None if edits is None else replace(made, edits=edits)


def _each(
    task: Task | None, places: Mapping[Finding, tuple[Finding, ...]]
) -> dict[Finding, Rewrite | Refused]:
    checks: list[_Check] = []
    made: dict[Finding, Rewrite | Refused] = {}
    for finding, those in places.items():

        def later(text: Source, edits: Iterable[Edit], its: Finding = finding) -> bool:
            checks.append(_Check(its, text, tuple(edits)))
            return False

        made[finding] = rewrite_written_out(task and task._replace(breaks=later), those)
    return made | dict.fromkeys(_broken(checks), Refused(INCOMPLETE))


def _broken(checks: Sequence[_Check]) -> Iterator[Finding]:
    # A text and a part of it are the same objects for each token.
    in_order = sorted(checks, key=lambda check: id(check.source))
    for _, those in groupby(in_order, key=lambda check: id(check.source)):
        left = list(those)
        while left:
            together, left = _apart(left)
            for check in breaking(together[0].source, together, _edits):
                yield check.finding


def _edits(checks: Iterable[_Check]) -> Iterator[Edit]:
    return chain.from_iterable(check.edits for check in checks)


def _apart(checks: Sequence[_Check]) -> tuple[list[_Check], list[_Check]]:
    # Those whose edits can be made together, and the others, such as of tokens in one literal.
    edits: set[Edit] = set()
    taken = Taken()
    together: list[_Check] = []
    left: list[_Check] = []
    for check in checks:
        new = [edit for edit in check.edits if edit not in edits]
        fits = taken.take(new)
        edits.update(new if fits else ())
        (together if fits else left).append(check)
    return together, left
