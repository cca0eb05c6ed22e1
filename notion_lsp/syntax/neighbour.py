"""The other files of a project, as far as they have in them what a rewrite asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from notion_lsp.syntax.site import Syntax

if TYPE_CHECKING:
    from notion_lsp.syntax.line_patterns import LineGrammar
    from notion_lsp.syntax.trees import Grammar


@dataclass(frozen=True)
class Neighbour:
    """Another file of the project: what a person calls it, and its text as it is now.

    One that stands `beside` the file that asks is in the same folder.
    """

    name: str
    text: str
    grammar: Grammar | LineGrammar | None
    beside: bool = False

    @cached_property
    def syntax(self) -> Syntax | None:
        """The text, parsed when somebody asks; `None` where there is no grammar for it."""
        return Syntax(self.text, self.grammar) if self.grammar else None


# Finds those in which a regular expression matches, which ripgrep understands too. It takes its
# time: it is asked only where the answer matters.
Mentioning = Callable[[str], Sequence[Neighbour]]


def word(name: str) -> str:
    """Return the pattern of a name that stands by itself."""
    return rf"\b{re.escape(name)}\b"


def nobody(_pattern: str) -> Sequence[Neighbour]:
    """Find nothing: the text is alone."""
    return ()
