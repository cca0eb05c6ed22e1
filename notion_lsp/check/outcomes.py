"""What became of each token of a fix, and of all of them together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notion_lsp.explain.shown import Shown, joined, plain
from notion_lsp.lookup import remaining
from notion_lsp.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Remains

# Where the files were kept, copied or committed, a rewrite has changed nothing.
_ROTATE_IT = "Rotate the token: whoever has seen the file has it."
_ROTATE_THEM = "Rotate the tokens: whoever has seen the files has them."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a token: what was done, or why nothing was; line and column begin at 1."""

    line: int
    column: int
    message: Shown
    done: bool
    remains: tuple[Remains, ...] = ()
    redacted: bool = False
    kept: bool = False

    def became(self, *, written: bool) -> str:
        """Return what to call it: no program reads the token of a redacted text instead."""
        if not self.done:
            return "not fixed"
        done = "redacted" if self.redacted else "stored and fixed" if self.kept else "fixed"
        return done if written else f"would be {done}"


def does(title: str) -> str:
    """Return what code does that was made to do what a title says: `reads it from …`."""
    verb, _, rest = title.partition(" ")
    return f"{verb.lower()}s {rest}"


def summary(outcomes: Sequence[Outcome], *, written: bool) -> Shown:
    """Return what was done in all, and what a person has to do now."""
    if not outcomes:
        return plain("No Notion tokens found.")
    done = [outcome for outcome in outcomes if outcome.done]
    left = len(outcomes) - len(done)
    each = "1 is left" if left == 1 else f"{left} are left"
    of_all = f"{_deeds(done, written=written)} of {counted(len(outcomes), 'token')}."
    sentence = plain(f"{of_all} {each}." if left else of_all)
    if not (written and done):
        return sentence
    remains = remaining(row for outcome in done for row in outcome.remains)
    rotate = _ROTATE_IT if len(done) == 1 else _ROTATE_THEM
    return joined([sentence, plain(" ".join((*remains, rotate)))], "\n")


def _deeds(done: Sequence[Outcome], *, written: bool) -> str:
    redacted = sum(outcome.redacted for outcome in done)
    fixed = len(done) - redacted
    verbs = ("Fixed", "redacted") if written else ("Would fix", "redact")
    deeds = [f"{verb} {count}" for verb, count in zip(verbs, (fixed, redacted), strict=True)]
    if redacted and not fixed:
        return f"Redacted {redacted}" if written else f"Would redact {redacted}"
    return " and ".join(deeds) if redacted else deeds[0]
