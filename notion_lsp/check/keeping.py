"""Rewrites that wait for a store: a token goes into it first, and leaves the text only then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from notion_lsp.detect.finding import fingerprint
from notion_lsp.keep import Exists, Kept, Secret, keep
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.keep import Environment
    from notion_lsp.rewrite.file import Rewritten
    from notion_lsp.rewrite.source import Source
    from notion_lsp.settings import Settings
    from notion_lsp.stores import Store

    Answer = Kept | Refused


@dataclass(frozen=True, slots=True)
class Keeping:
    """Puts tokens into stores by a person's environment, who may be asked a question.

    A token is put into its place once, however often it stands in the files.
    """

    environment: Environment
    may_replace: Callable[[str], bool]
    _answers: dict[tuple[Secret, str], Answer] = field(default_factory=dict)

    def keep(self, secret: Secret, value: str) -> Answer:
        """Put a value into its store, or say why it is not there."""
        key = secret, fingerprint(value)
        if key not in self._answers:
            self._answers[key] = self._asked(secret, value)
        return self._answers[key]

    def of(self, source: Source, secrets: Mapping[Finding, Secret]) -> Callable[[Finding], Answer]:
        """Return what puts a token of a text into its place."""
        return lambda finding: self.keep(secrets[finding], source.token(finding))

    def _asked(self, secret: Secret, value: str) -> Answer:
        made = keep(secret, value, self.environment)
        while isinstance(made, Exists):
            if not self.may_replace(made.question(secret)):
                return made.left(secret)
            made = keep(secret, value, self.environment, made)
        return made


def secrets(
    source: Source, store: Store, names: Mapping[Finding, str], settings: Settings
) -> dict[Finding, Secret]:
    """Return where each token of a text belongs in a store."""
    language = source.language.id if source.language else None
    return {
        finding: Secret.of(store, store.names(settings, finding.kind.variable, name), language)
        for finding, name in names.items()
    }


def once_kept(
    findings: Sequence[Finding],
    rewrite: Callable[[Sequence[Finding]], Rewritten],
    put: Callable[[Finding], Answer],
) -> Rewritten:
    """Return the rewrite of those tokens that are in their store by then, and why others are not.

    What is redacted is read by no code, and is put nowhere.
    """
    made = rewrite(findings)
    answers = {each: put(each) for each, its in made.done.items() if not its.redacted}
    reasons = {each: its.reason for each, its in answers.items() if isinstance(its, Refused)}
    if reasons:
        again = rewrite([each for each in made.done if each not in reasons])
        made = again._replace(refused={**made.refused, **reasons, **again.refused})
    done = {each: its._replace(kept=each in answers) for each, its in made.done.items()}
    return made._replace(done=done)
