"""Core values to protocol values: units and line endings change here and nowhere else.

What a person reads is put into the protocol's values here, in `progress` and nowhere else: these
take texts that may be shown, and the protocol's own types take any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from notion_lsp.explain import messages
from notion_lsp.positions import LineIndex
from notion_lsp.text import line_ending

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.explain.shown import Markdown, Shown
    from notion_lsp.positions import Encoding
    from notion_lsp.settings import Settings
    from notion_lsp.text import Edit, Span

SOURCE = "notion-lsp"

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}


def severity(
    finding: Finding, settings: Settings, *, example: bool = False
) -> types.DiagnosticSeverity | None:
    """Return how a finding is shown, `None` where it is not shown."""
    return _SEVERITIES.get(messages.severity(finding, settings, example=example))


def diagnostic(
    finding: Finding,
    message: Shown,
    place: types.Range,
    shown_as: types.DiagnosticSeverity,
    related: Sequence[tuple[types.Location, Shown]] = (),
) -> types.Diagnostic:
    """Return the diagnostic of a finding; it never holds the token."""
    return types.Diagnostic(
        range=place,
        message=message,
        severity=shown_as,
        code=finding.kind.id,
        code_description=types.CodeDescription(finding.kind.documentation),
        source=SOURCE,
        related_information=[
            types.DiagnosticRelatedInformation(location, about) for location, about in related
        ]
        or None,
    )


def unused_comment(place: types.Range, message: Shown) -> types.Diagnostic:
    """Return the hint at an ignore comment of ours that silences nothing."""
    return types.Diagnostic(
        range=place,
        message=message,
        severity=types.DiagnosticSeverity.Hint,
        code="unused-ignore",
        source=SOURCE,
        # LSP 3.15: a client may fade out what has this tag.
        tags=[types.DiagnosticTag.Unnecessary],
    )


def action(
    title: Shown,
    kind: str,
    about: types.Diagnostic | None,
    *,
    refused: Shown | None,
    preferred: bool,
) -> types.CodeAction:
    """Return a code action without its edit or command."""
    return types.CodeAction(
        title,
        kind=kind,
        diagnostics=[about] if about else None,
        # LSP 3.15: "auto fix" and key bindings take the preferred action.
        is_preferred=preferred or None,
        disabled=types.CodeActionDisabled(refused) if refused else None,
    )


def message(level: types.MessageType, said: Shown) -> types.ShowMessageParams:
    """Return a message for the person."""
    return types.ShowMessageParams(level, said)


def question(said: Shown, *answers: Shown) -> types.ShowMessageRequestParams:
    """Return a question for the person, with the answers there are."""
    items = [types.MessageActionItem(answer) for answer in answers]
    return types.ShowMessageRequestParams(types.MessageType.Warning, said, items)


def hover(text: Markdown, place: types.Range) -> types.Hover:
    """Return a hover over a place."""
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), place)


def span_range(index: LineIndex, span: Span, encoding: Encoding) -> types.Range:
    """Return the range of a span of the index's text."""
    return types.Range(
        types.Position(*index.position(span.start, encoding)),
        types.Position(*index.position(span.end, encoding)),
    )


def range_of(said: Any) -> types.Range:  # noqa: ANN401, what the client sends
    """Return a range that is given as JSON, as in a request that the protocol does not know."""
    start, end = said["start"], said["end"]
    return types.Range(
        types.Position(int(start["line"]), int(start["character"])),
        types.Position(int(end["line"]), int(end["character"])),
    )


def text_edits(text: str, edits: Iterable[Edit], encoding: Encoding) -> list[types.TextEdit]:
    """Return edits of the text in the client's units and in the text's own line ending."""
    index = LineIndex(text)
    # The core writes line feeds, whatever the file has.
    ending = line_ending(text)
    return [
        types.TextEdit(span_range(index, edit.span, encoding), edit.new_text.replace("\n", ending))
        for edit in edits
    ]


def result_id(diagnostics: Iterable[object]) -> str:
    """Return a name for a list of diagnostics, or of their JSON: equal lists, equal names."""
    # Only a client that pulls needs it: a start need not wait for the import.
    import hashlib

    # None has a line break. `repr` of a list would escape each quote of the JSON, at each key.
    return hashlib.sha256("\n".join(map(str, diagnostics)).encode()).hexdigest()[:16]
