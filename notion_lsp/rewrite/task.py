"""A text whose tokens are to be replaced, and all that is told of how."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages import nothing_to_bind
from notion_lsp.rewrite.breaking import breaks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from notion_lsp.detect.finding import Finding
    from notion_lsp.languages import Bind, Language
    from notion_lsp.lookup import Read
    from notion_lsp.rewrite.parts import Inside
    from notion_lsp.rewrite.source import Source
    from notion_lsp.settings import Settings
    from notion_lsp.stores import Store
    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Edit


class Task(NamedTuple):
    """A text, and all that is told of how its tokens are to be replaced."""

    source: Source
    syntax: Syntax
    language: Language
    store: Store
    settings: Settings
    names: Mapping[Finding, str]
    sharing: frozenset[Read]  # what would read a secret of another token
    bind: Bind = nothing_to_bind  # what lets a part see its variables
    above: int | None = None  # where the first of several places is
    together: tuple[str, ...] = ()  # the names of all that is rewritten at once
    breaks: Callable[[Source, Iterable[Edit]], bool] = breaks

    def fields(self, finding: Finding) -> dict[str, str]:
        """Return what stands for the fields in a lookup of the token."""
        return dict(self.store.names(self.settings, finding.kind.variable, self.names[finding]))

    def inside(self, inside: Inside) -> Task | None:
        """Return the task of a part of the text."""
        names = {inner: self.names[outer] for inner, outer in inside.findings.items()}
        task = task_of(inside.source, self.store, names, self.settings)
        bind = inside.part.bind
        return task and task._replace(sharing=self.sharing, bind=bind, breaks=self.breaks)


def task_of(
    source: Source, store: Store, names: Mapping[Finding, str], settings: Settings
) -> Task | None:
    """Return what is to be done in a text, `None` where its language has no grammar."""
    if source.language is None or source.syntax is None:
        return None
    sharing = store.sharing(settings, (*source.reads(names), *source.elsewhere))
    return Task(source, source.syntax, source.language, store, settings, names, sharing)
