"""Each of several tokens rewritten as if it were the only one, with one parse to check them all."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.refused import Refused
from notion_lsp.rewrite.file import rewrite, rewrite_written_out
from notion_lsp.rewrite.one_text import INCOMPLETE, breaks, task_of
from notion_lsp.text import Taken

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.rewrite.one_text import Rewrite
    from notion_lsp.rewrite.source import Source
    from notion_lsp.settings import Settings
    from notion_lsp.stores import Store
    from notion_lsp.text import Edit


class _Check(NamedTuple):
    """Edits of a text for one token, which are not to break it."""

    finding: Finding
    source: Source
    edits: Sequence[Edit]


def rewrite_each(
    source: Source,
    findings: Sequence[Finding],
    store: Store,
    names: Mapping[Finding, str],
    settings: Settings,
) -> dict[Finding, Rewrite | Refused]:
    """Return what `rewrite` returns for each of these tokens alone.

    The edits of many tokens are parsed together, and in halves only where they break something.
    """
    task = task_of(source, store, names, settings)
    made: dict[Finding, Rewrite | Refused] = {}
    checks: list[_Check] = []
    for finding in findings:
        # What is split or encoded is written out first, in a text of its own.
        if finding.hidden:
            made[finding] = rewrite(source, (finding,), store, names, settings)
            continue

        def later(text: Source, edits: Sequence[Edit], its: Finding = finding) -> bool:
            checks.append(_Check(its, text, edits))
            return False

        made[finding] = rewrite_written_out(task and task._replace(breaks=later), (finding,))
    return made | dict.fromkeys(_broken(checks), Refused(INCOMPLETE))


def _broken(checks: Sequence[_Check]) -> Iterator[Finding]:
    # A text and a part of it are the same objects for each token.
    in_order = sorted(checks, key=lambda check: id(check.source))
    for _, those in groupby(in_order, key=lambda check: id(check.source)):
        left = list(those)
        while left:
            together, left = _apart(left)
            yield from _broken_of(together)


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


def _broken_of(checks: Sequence[_Check]) -> Iterator[Finding]:
    edits = dict.fromkeys(edit for check in checks for edit in check.edits)
    if not breaks(checks[0].source, tuple(edits)):
        return
    if len(checks) == 1:
        yield checks[0].finding
        return
    half = len(checks) // 2
    yield from _broken_of(checks[:half])
    yield from _broken_of(checks[half:])
