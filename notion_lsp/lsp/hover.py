"""The hover over a token: what it opens, what to do, and whether the quick fix can do it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from notion_lsp.assists import Explanation, advice
from notion_lsp.explain import messages
from notion_lsp.lsp import convert
from notion_lsp.lsp.snapshot import snapshot_of
from notion_lsp.respond.exposures import Leak, exposures, traced

if TYPE_CHECKING:
    from lsprotocol import types

    from notion_lsp.detect.finding import Finding
    from notion_lsp.explain.exposure import Exposure
    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.subject import Subject


async def hover(
    server: NotionServer, document: Document, position: types.Position
) -> types.Hover | None:
    """Return the hover over the token at a position, `None` where there is none."""
    line, column = document.place(position)
    for found in server.findings(document):
        for at, span in ((found.line, found.finding.span), *found.pieces):
            # A cursor behind the last character is at the token, too.
            if at == line and span.start <= column <= span.end:
                place, [finding] = document.range(line, span), document.in_text([found])
                return await _of_token(server, document, finding, place)
    return None


async def _of_token(
    server: NotionServer, document: Document, finding: Finding, place: types.Range
) -> types.Hover | None:
    snapshot, example = snapshot_of(server, document), server.open_file(document).example
    if finding not in snapshot.ranges:
        return None
    advised = await asyncio.to_thread(_advice, snapshot.subject, finding)
    exposure = await asyncio.to_thread(_exposure, snapshot.subject, finding)
    text = messages.hover(finding, snapshot.subject.text, advised, exposure, example=example)
    return convert.hover(text, place)


def _exposure(subject: Subject, finding: Finding) -> Exposure | None:
    if subject.path is None:
        return None
    written = tuple(span.of(subject.text) for span in finding.spans)
    return next(iter(traced(exposures([Leak(subject.path, written)])).values()), None)


def _advice(subject: Subject, finding: Finding) -> str:
    best = advice(subject, finding)
    if isinstance(best.change, Explanation):
        return f"No rewrite here: {best.change.reason}"
    return f"Quick fix: {best.title}."
