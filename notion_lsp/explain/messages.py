"""The messages about a token: the same words in the editor and in the terminal.

None of them shows more of the token than its mask.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.detect.finding import mask, token_of
from notion_lsp.detect.kinds import Confidence
from notion_lsp.explain.evidence import evidence, reason
from notion_lsp.explain.exposure import sentence
from notion_lsp.explain.shown import Markdown, Shown, code, composed, markdown, plain
from notion_lsp.settings import PUBLIC_NAME
from notion_lsp.text import line_bounds

if TYPE_CHECKING:
    from datetime import date

    from notion_lsp.detect.finding import Finding
    from notion_lsp.explain.exposure import Exposure
    from notion_lsp.settings import Settings, Severity


def describe(finding: Finding, text: str, *, example: bool = False) -> Shown:
    """Return what is wrong and what to do, in one sentence or two.

    The text has the lines around the token; `example` says that its file is a test or an example.
    """
    certain = finding.confidence is Confidence.CERTAIN
    why = reason(finding, text, example=example)
    kind = f"{finding.kind.title} {masked(finding, text)} ({why})"
    what = kind if certain else f"This may be a {kind}"
    # To read it from the environment would not help: the bundler puts the value in its place.
    if name := _public_name(finding, text):
        shipped = f"A bundler ships {name} to the browser, for everyone to read"
        return plain(
            f"{what}. {shipped}: use the token on a server, under another name, and rotate it."
        )
    # A person decides whether it is one: the sentence says first that it may not be.
    if not certain:
        return plain(f"{what}: if it is, keep it in the environment, and rotate it.")
    return plain(
        f"{what} is hardcoded: keep it in the environment or a secret store, and rotate it."
    )


def describe_again(
    finding: Finding, text: str, expired: date | None, *, example: bool = False
) -> Shown:
    """Return the description of a finding that an entry ignored until the day it expired."""
    day = plain(f" The entry that ignored it expired on {expired}." if expired else "")
    return composed("{said}{day}", said=describe(finding, text, example=example), day=day)


def and_more(left_out: int) -> Shown:
    """Return what ends the last description where so many other tokens are not shown."""
    return composed(" Not shown: {count} more in this file.", count=left_out)


def describe_name(finding: Finding, name: str) -> Shown:
    """Return what is wrong with the name of a file or folder in which a token stands."""
    kind = f"{finding.kind.title} {masked(finding, name)} ({finding.shape.reason})"
    return plain(f"{kind} is in the name of a file or folder: rename it, and rotate the token.")


def hover(
    finding: Finding,
    text: str,
    advice: str,
    exposure: Exposure | None = None,
    *,
    example: bool = False,
) -> Markdown:
    """Return the hover over a token of a whole text, in Markdown, in six lines.

    It says what the token is, what it opens and how far it has got, what to do, with the advice on
    its rewrite, and last why it was found.
    """
    kind = finding.kind
    lines = (
        f"**{markdown(kind.title)}** {code(masked(finding, text))}",
        f"{kind.opens}{markdown(sentence(exposure))}",
        markdown(advice),
        # Ours, with addresses to follow.
        f"Rotate it: whoever has seen this file has the token. {kind.rotate}",
        f"[More about this kind of token]({kind.documentation})",
        markdown(f"Found by: {evidence(finding, text, example=example)}."),
    )
    return Markdown("  \n".join(lines))  # two spaces break the line


def masked(finding: Finding, text: str) -> str:
    """Return the token's mask: its prefix and last characters."""
    return mask(token_of(text, finding), finding.kind)


def _public_name(finding: Finding, text: str) -> str | None:
    # The last name before the token is the one that it is assigned to, or the default of.
    before = text[line_bounds(text, finding.span.start).start : finding.span.start]
    names = re.findall(PUBLIC_NAME, before)
    return names[-1] if names else None


def severity(finding: Finding, settings: Settings, *, example: bool = False) -> Severity:
    """Return the severity with which a finding is shown.

    A likely token, and any token in a test or an example, is never more than a hint.
    """
    chosen = settings.severity_of(finding.kind.id)
    certain = finding.confidence is Confidence.CERTAIN and not example
    # An error in each test would be noise, and people would switch it off everywhere.
    return chosen if chosen == "off" or certain else "hint"
