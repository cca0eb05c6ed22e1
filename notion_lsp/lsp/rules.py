"""By what it is decided how a token in an open document is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from notion_lsp.ignore.ignore_file import NOTHING, Ignored
from notion_lsp.lsp import convert
from notion_lsp.settings import Settings

if TYPE_CHECKING:
    from lsprotocol import types

    from notion_lsp.detect.finding import Finding


# Compared by identity, at each keystroke: settings and entries may be many.
@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The settings of a project, and its entries that ignore tokens in this file on this day.

    `example` says that the file is a test or an example.
    """

    settings: Settings = field(default_factory=Settings)
    example: bool = False
    ignored: Ignored = NOTHING

    def severity(self, finding: Finding) -> types.DiagnosticSeverity | None:
        """Return how a finding is shown, `None` where it is not shown."""
        return convert.severity(finding, self.settings, example=self.example)


DEFAULT = Rules()
