"""How far a token has got, and the sentence that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from notion_lsp.text import enumerated

Stage = Literal["work tree", "staged", "committed", "pushed"]


@dataclass(frozen=True, slots=True)
class Exposure:
    """How far a token has got, as this clone knows; each stage lies beyond the one before it.

    `remotes` are those on which a branch had it at the last fetch or push; tokens in their names
    are masked. That none is named proves nothing: another path, a tag or an older commit may have
    it.
    """

    stage: Stage
    remotes: tuple[str, ...] = ()


def sentence(exposure: Exposure | None) -> str:
    """Return what it means, after a space, for `Shown` or `Markdown`; empty for the work tree."""
    if exposure is None or exposure.stage == "work tree":
        return ""
    if exposure.stage == "staged":
        return " It is staged: unstage it before you commit."
    if exposure.stage == "committed":
        return " It is committed: taking it out of the file does not take it out of the history."
    remotes = enumerated(exposure.remotes)
    return f" It was pushed to {remotes}: taking it out of the file does not help, so rotate it."
