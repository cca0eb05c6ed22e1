"""A text that is to be rewritten, with what is known of its file."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from notion_lsp.detect.finding import fingerprint, token_of
from notion_lsp.lookup import Read
from notion_lsp.refused import Refused
from notion_lsp.syntax.neighbour import Mentioning, nobody
from notion_lsp.syntax.site import Syntax

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.languages import Language, Part
    from notion_lsp.lookup import Manifest
    from notion_lsp.syntax.site import NoSite, Site


@dataclass(frozen=True, slots=True)
class Package:
    """The other texts that share a text's top-level names.

    Those that are `seen` are there whenever it is, and the `rivals` may be: a name of theirs is
    taken, and what has it is not to be relied on.
    """

    seen: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


ALONE = Package()


@dataclass(frozen=True)
class Source:
    """A text and its language, parsed when somebody asks.

    `package` are the other texts of its package, where the language has such.
    `module` is whether the file's name or its `package.json` says that it is an ES module.
    `manifest` is the nearest file that lists the project's packages, with its text. `elsewhere` is
    what is to read tokens in other files of the project.
    `mentioning` finds the other files of the project that have a word, and `name` is that of the
    file itself.
    `above` are the texts that ran before this one, which sees what they import and define.
    """

    text: str
    language: Language | None
    package: Package = ALONE
    module: bool = False
    manifest: tuple[Manifest, str] | None = None
    elsewhere: frozenset[Read] = frozenset()
    above: tuple[Source, ...] = ()
    mentioning: Mentioning = nobody
    name: str = ""

    @cached_property
    def syntax(self) -> Syntax | None:
        """The text, parsed; `None` where there is no grammar for it."""
        grammar = self.language.grammar if self.language else None
        return Syntax(self.text, grammar) if grammar else None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The texts in it that are in a language of their own."""
        find = self.language.parts if self.language else None
        return find(self.syntax) if find and self.syntax else ()

    @cached_property
    def inner(self) -> tuple[tuple[Part, Source], ...]:
        """The parts, each with its text, which sees those above it as they are."""
        above: list[Source] = []
        for part in self.parts:
            above.append(self.within(part, above))
        return tuple(zip(self.parts, above, strict=True))

    def within(self, part: Part, above: Sequence[Source]) -> Source:
        """Return a part as a text to be rewritten, which sees those above it in its language."""
        language = None if isinstance(part.language, Refused) else part.language
        # A part that runs in a process of its own sees nothing of those above it.
        seen = () if part.alone else above
        # What a script of another language defines, this one cannot call.
        alike = tuple(each for each in seen if each.language == language)
        texts = tuple(each.text for each in alike)
        return replace(self, text=part.text, language=language, package=Package(texts), above=alike)

    def language_at(self, finding: Finding) -> Language | None:
        """Return the language that a token stands in: that of its part, or else of the text."""
        inside = self.first_part((finding,))
        return inside[1].language if inside else self.language

    def first_part(self, findings: Sequence[Finding]) -> tuple[Part, Source] | None:
        """Return the first part in which some of the findings stand, with its text."""
        numbers = [at for each in findings if (at := self.part_at(each)) is not None]
        return self.inner[min(numbers)] if numbers else None

    def part_at(self, finding: Finding) -> int | None:
        """Return the number of the part that a token stands in: parts do not overlap."""
        before = bisect_right(self._begins, (finding.span.start, len(self.parts)))
        at = self._begins[before - 1][1] if before else None
        return at if at is not None and self.parts[at].inside((finding,)) else None

    @cached_property
    def _begins(self) -> list[tuple[int, int]]:
        # Many tokens and many parts: to try each token in each part would take too long.
        return sorted(
            (segment.outer.start, number)
            for number, part in enumerate(self.parts)
            for segment in part.embedded.segments
        )

    def token(self, finding: Finding) -> str:
        """Return the token itself: for comparing and hashing, never for showing."""
        return token_of(self.text, finding)

    def reads(self, names: Mapping[Finding, str]) -> tuple[Read, ...]:
        """Return what is to read the tokens that have these names."""
        return tuple(
            Read(finding.kind.variable, name, fingerprint(self.token(finding)))
            for finding, name in names.items()
        )

    def site(self, findings: Sequence[Finding]) -> Site | NoSite | None:
        """Return the place of tokens that stand in one literal; `None` where there is no grammar.

        In a part it is the place there.
        """
        if inside := self.first_part(findings):
            part, inner = inside
            return inner.site(tuple(part.inside(findings)))
        if self.syntax is None or self.language is None:
            return None
        spans = sorted(finding.span for finding in findings)
        return self.syntax.site(spans, self.language.opening)
