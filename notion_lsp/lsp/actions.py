"""Code actions: what can be done about a token, in the words of a lightbulb.

Everything is computed from the text as it is now. An action carries its edit, or leaves it out
where the client said it will ask; then `data` says where to look again, never what was there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from notion_lsp.detect.finding import fingerprint
from notion_lsp.lsp import convert, diagnostics
from notion_lsp.lsp.edits import Change, workspace_edit
from notion_lsp.lsp.ids import FIX_ALL, FIX_WORKSPACE
from notion_lsp.lsp.offers import (
    EVERYWHERE,
    QUICK_FIX,
    Offer,
    Request,
    file_offers,
    finding_offers,
    request_of,
)
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.session import NotionServer

_CHANGED = "The document has changed since the action was offered."


def offered(
    server: NotionServer, document: Document, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """Return the actions for the diagnostics the client names, else for the range it names."""
    if diagnostics.left_out(server, document.uri):
        return []
    request = request_of(server, document)
    asked = _asked(request, params)
    shown = {
        (each.range.start.line, each.range.start.character): each
        for each in diagnostics.of_document(server, document)
    }
    return [
        action
        for offer in _offers(request, asked, params)
        if (action := _action(request, offer, shown)) is not None
    ]


def resolved(server: NotionServer, action: types.CodeAction) -> types.CodeAction:
    """Return the action with its edit, made from the text as it is now.

    Raises the protocol's `ContentModified` where the text, or what stands beside it, is not what
    the action was made for.
    """
    if action.command or action.disabled:  # VS Code asks all the same
        return action
    request, wanted = _looked_at(server, action.data)
    offers = finding_offers(request, wanted) if wanted else file_offers(request)
    same = [each for each in offers if (each.title, each.kind) == (action.title, action.kind)]
    action.edit = _edit(request, same[0]) if same else None
    if action.edit is None:
        raise JsonRpcException(_CHANGED, types.LSPErrorCodes.ContentModified)
    return action


def token_at(server: NotionServer, place: object) -> str:
    """Return the fingerprint of the token at a place, as an action's `data` names it.

    Raises as `resolved` does.
    """
    request, wanted = _looked_at(server, place)
    if not wanted:
        raise JsonRpcException(_CHANGED, types.LSPErrorCodes.ContentModified)
    return fingerprint(request.source.token(wanted[0]))


def _looked_at(server: NotionServer, place: object) -> tuple[Request, list[Finding]]:
    data = place if isinstance(place, dict) else {}
    document = server.document(str(data.get("uri")))
    if document is None or document.version != data.get("version"):
        raise JsonRpcException(_CHANGED, types.LSPErrorCodes.ContentModified)
    request = request_of(server, document)
    return request, [each for each in request.findings if each.span.start == data.get("offset")]


def _asked(request: Request, params: types.CodeActionParams) -> list[Finding]:
    asked = params.range
    inside = {
        finding: place
        for finding, place in request.findings.items()
        if _key(place.start) <= _key(asked.end) and _key(asked.start) <= _key(place.end)
    }
    if not params.context.diagnostics:
        return list(inside)
    named = [each.range for each in params.context.diagnostics if each.source == convert.SOURCE]
    places = list(request.findings.values())
    # Out of place where the text has changed since; Neovim 0.7 counts bytes instead of units.
    lines = {place.start.line for place in named if place not in places}
    return [
        finding
        for finding, place in request.findings.items()
        if place in named or (finding in inside and place.start.line in lines)
    ]


def _offers(
    request: Request, asked: list[Finding], params: types.CodeActionParams
) -> Iterator[Offer]:
    only = params.context.only
    for offer in finding_offers(request, asked) if _wants(only, QUICK_FIX) else ():
        if offer.preferred or not _applies_all(request, params):
            yield offer
    # Asked without a kind, a list of choices is shown: fix-all is one where it does more.
    does_more = 0 < len(asked) < len(request.findings) and not _applies_all(request, params)
    if does_more if only is None else _wants(only, FIX_ALL):
        yield from file_offers(request)


def _action(
    request: Request, offer: Offer, shown: dict[tuple[int, int], types.Diagnostic]
) -> types.CodeAction | None:
    capabilities = request.server.capabilities
    refused = offer.change if isinstance(offer.change, Refused) else None
    edit = _edit(request, offer)
    if edit is None and not refused and offer.change != EVERYWHERE:
        refused = Refused("This editor cannot create the file it needs: create it empty first.")
    if refused and not capabilities.disabled:
        return None
    place = request.findings[offer.finding] if offer.finding else None
    about = shown.get(_key(place.start)) if place else None
    action = types.CodeAction(
        offer.title,
        kind=offer.kind,
        diagnostics=[about] if about else None,
        is_preferred=offer.preferred or None,
        disabled=types.CodeActionDisabled(refused.reason) if refused else None,
    )
    offset = offer.finding.span.start if offer.finding else None
    looked_at = {
        "uri": request.document.uri,
        "version": request.document.version,
        "offset": offset,
    }
    if offer.change == EVERYWHERE:
        action.command = types.Command(offer.title, FIX_WORKSPACE, arguments=[looked_at])
    elif refused is None and capabilities.lazy_edits:
        action.data = looked_at
    else:
        action.edit = edit
    return action


def _edit(request: Request, offer: Offer) -> types.WorkspaceEdit | None:
    if not isinstance(offer.change, Change):
        return None
    server, document = request.server, request.document
    return workspace_edit(offer.change, server.capabilities, document.encoding, server.document)


def _applies_all(request: Request, params: types.CodeActionParams) -> bool:
    # Kate's quick fix names one diagnostic and the whole document, and applies all it is given.
    last = len(request.document.lines) - 1
    whole = _key(params.range.start) == (0, 0) and params.range.end.line >= last
    named = [each.range for each in params.context.diagnostics]
    return whole and bool(named) and params.range not in named


def _wants(only: Sequence[types.CodeActionKind | str] | None, kind: str) -> bool:
    names = [str(getattr(each, "value", each)) for each in only or ()]
    return only is None or any(not name or f"{kind}.".startswith(f"{name}.") for name in names)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
