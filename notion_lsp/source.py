"""A text that is to be rewritten, with what is known of its file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.syntax import Syntax
from notion_lsp.tokens import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.languages import Language
    from notion_lsp.lookup import Manifest
    from notion_lsp.syntax import Site
    from notion_lsp.tokens import Finding


class Read(NamedTuple):
    """What is to read a token: its kind's usual variable, and the one it is to have here."""

    usual: str
    variable: str
    fingerprint: str


@dataclass(frozen=True)
class Source:
    """A text and its language, parsed when somebody asks.

    `package` holds the other texts that share its top-level names, where the language has such.
    `module` is whether the file's name or its `package.json` says that it is an ES module.
    `manifest` is the nearest file that lists the project's packages, with its text. `elsewhere` is
    what is to read tokens in other files of the project.
    """

    text: str
    language: Language | None
    package: tuple[str, ...] = ()
    module: bool = False
    manifest: tuple[Manifest, str] | None = None
    elsewhere: frozenset[Read] = frozenset()

    @cached_property
    def syntax(self) -> Syntax | None:
        """The text, parsed; none where there is no grammar for it."""
        grammar = self.language.grammar if self.language else None
        return Syntax(self.text, grammar) if grammar else None

    def token(self, finding: Finding) -> str:
        """Return the token itself: for comparing and hashing, never for showing."""
        return self.text[finding.span.start : finding.span.end]

    def reads(self, names: Mapping[Finding, str]) -> tuple[Read, ...]:
        """Return what is to read the tokens that have these names."""
        return tuple(
            Read(finding.kind.variable, name, fingerprint(self.token(finding)))
            for finding, name in names.items()
        )

    def site(self, findings: Sequence[Finding]) -> Site | None:
        """Return the place of tokens that stand in one literal; none where there is no grammar."""
        if self.syntax is None or self.language is None:
            return None
        spans = sorted(finding.span for finding in findings)
        return self.syntax.site(spans, self.language.opening)
