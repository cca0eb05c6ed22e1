"""Code actions: what can be done about a token, in the words of a lightbulb.

Everything is computed from the text as it is now. An action carries its edit, or leaves it out
where the client said it will ask; then `data` says where to look again, never what was there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from notion_lsp import files, git, tokens, workspace
from notion_lsp.ignore import ignore_line, ignore_token
from notion_lsp.languages import Refused, language_of
from notion_lsp.lsp import diagnostics, to_lsp
from notion_lsp.lsp.edits import Change, workspace_edit
from notion_lsp.lsp.server import FIX_ALL
from notion_lsp.move import DOTENV, EXAMPLE, GITIGNORE, Surroundings, move
from notion_lsp.rewrite import Source, placeholder, rewrite, rewrite_all, variable_names
from notion_lsp.stores import stores
from notion_lsp.suppress import IGNORE_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.server import NotionServer
    from notion_lsp.tokens import Finding
    from notion_lsp.workspace import Project

_QUICK_FIX = types.CodeActionKind.QuickFix.value
_CHANGED = JsonRpcException("The document has changed.", types.LSPErrorCodes.ContentModified)


@dataclass(frozen=True)
class _Offer:
    """An action before it is the protocol's: a title, and a change or the reason for none."""

    title: str
    change: Change | Refused
    kind: str = _QUICK_FIX
    finding: Finding | None = None
    preferred: bool = False


@dataclass(frozen=True)
class _Request:
    """A document with its project, and its findings in offsets of the whole text."""

    server: NotionServer
    document: Document
    project: Project
    source: Source
    findings: dict[Finding, types.Range] = field(default_factory=dict)

    def change(
        self, edits: Sequence[Any], *beside: tuple[Path, str, bool, Sequence[Any]]
    ) -> Change:
        return Change(
            self.document.uri, self.document.version, self.source.text, tuple(edits), beside
        )


def offered(
    server: NotionServer, document: Document, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """Return the actions for the diagnostics the client names, else for the range it names."""
    if diagnostics.left_out(server, document.uri):
        return []
    request = _request(server, document)
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

    Raises the protocol's `ContentModified` where the text is not what the action was made for.
    """
    data = action.data if isinstance(action.data, dict) else {}
    document = server.document(str(data.get("uri")))
    if document is None or document.version != data.get("version"):
        raise _CHANGED
    request = _request(server, document)
    wanted = [each for each in request.findings if each.span.start == data.get("offset")]
    offers = _finding_offers(request, wanted) if wanted else _file_offers(request)
    for offer in offers:
        if (offer.title, offer.kind) == (action.title, action.kind):
            action.edit = _edit(request, offer)
    return action


def _request(server: NotionServer, document: Document) -> _Request:
    project = server.configuration.project(document.uri)
    path = files.uri_to_path(document.uri)
    language = language_of(path, document.language_id)
    text = document.source
    siblings = workspace.package_texts(Path(path), language, text) if path and language else ()
    findings = {
        finding.shifted(document.line_start(line)): document.range(line, finding.span)
        for line, finding, _ in document.findings(project.fingerprints)
        if to_lsp.severity(finding, project.settings)
    }
    return _Request(server, document, project, Source(text, language, siblings), findings)


def _asked(request: _Request, params: types.CodeActionParams) -> list[Finding]:
    named = [each.range for each in params.context.diagnostics if each.source == to_lsp.SOURCE]
    if params.context.diagnostics:
        return [finding for finding, place in request.findings.items() if place in named]
    asked = params.range
    return [
        finding
        for finding, place in request.findings.items()
        if _key(place.start) <= _key(asked.end) and _key(asked.start) <= _key(place.end)
    ]


def _offers(
    request: _Request, asked: list[Finding], params: types.CodeActionParams
) -> Iterator[_Offer]:
    only = params.context.only
    for offer in _finding_offers(request, asked) if _wants(only, _QUICK_FIX) else ():
        if offer.preferred or not _applies_all(request, params):
            yield offer
    # Asked without a kind, a list of choices is shown: fix-all is one where it does more.
    if only is None and (len(request.findings) == len(asked) or _applies_all(request, params)):
        return
    if _wants(only, FIX_ALL):
        yield from _file_offers(request)


def _finding_offers(request: _Request, asked: list[Finding]) -> Iterator[_Offer]:
    names = _names(request) if asked else {}
    for finding in asked:
        yield from _store_offers(request, finding, names)
        yield _move_offer(request, finding, names)
        made = placeholder((finding,))
        yield _Offer(made.title, request.change(made.edits), finding=finding)
        yield from _ignore_offers(request, finding)


def _file_offers(request: _Request) -> Iterator[_Offer]:
    findings = tuple(request.findings)
    if not findings:
        return
    store = stores()[_store(request)]
    edits, _ = rewrite_all(request.source, findings, store, _names(request))
    if edits:
        title = "Read every Notion token of this file from its store"
        yield _Offer(title, request.change(edits), FIX_ALL)


def _names(request: _Request) -> dict[Finding, str]:
    # A name offered for one token of the session, and used in the text since, is not another's.
    offered = request.server.offered_names.setdefault(request.project.folder, {})
    used = set(re.findall(r"\w+", request.source.text)) if offered else set()
    taken = {name: owner for name, owner in offered.items() if name in used}
    usual = workspace.usual_names(request.project)
    names = variable_names(request.source, tuple(request.findings), usual, taken)
    offered |= {
        name: tokens.fingerprint(request.source.token(finding)) for finding, name in names.items()
    }
    return names


def _store(request: _Request) -> str:
    chosen = request.project.settings.store
    return chosen if chosen in stores() else "env"


def _store_offers(
    request: _Request, finding: Finding, names: dict[Finding, str]
) -> Iterator[_Offer]:
    seen = set()
    for store in stores().values():
        made = rewrite(request.source, (finding,), store, names)
        if isinstance(made, Refused):
            title = store.action.replace("{name}", names[finding])
            offer = _Offer(title, made, finding=finding)
        else:
            preferred = store.id == _store(request)
            change = request.change(made.edits)
            offer = _Offer(made.title, change, finding=finding, preferred=preferred)
        if offer.title not in seen:
            seen.add(offer.title)
            yield offer


def _move_offer(request: _Request, finding: Finding, names: dict[Finding, str]) -> _Offer:
    folder = request.project.folder
    title = f"Move it to {DOTENV}"
    if folder is None:
        return _Offer(title, Refused("The file is in no folder of the workspace."), finding=finding)
    around = _surroundings(request, folder)
    made = move(request.source, finding, stores()["env"], names[finding], around)
    if isinstance(made, Refused):
        return _Offer(title, made, finding=finding)
    beside = [
        (folder / each.name, _text(request, folder / each.name) or "", each.create, (each.edit,))
        for each in made.files
    ]
    return _Offer(made.rewrite.title, request.change(made.rewrite.edits, *beside), finding=finding)


def _surroundings(request: _Request, folder: Path) -> Surroundings:
    return Surroundings(
        dotenv=_text(request, folder / DOTENV),
        example=_text(request, folder / EXAMPLE),
        gitignore=_text(request, folder / GITIGNORE),
        tracked=git.is_tracked(folder / DOTENV),
        ignored=git.is_ignored(folder / DOTENV),
    )


def _ignore_offers(request: _Request, finding: Finding) -> Iterator[_Offer]:
    line = ignore_line(request.source, finding)
    change = line if isinstance(line, Refused) else request.change((line,))
    yield _Offer("Ignore this line", change, finding=finding)
    folder = request.project.folder
    title = "Ignore this token in this project"
    if folder is None:
        reason = Refused("The file is in no folder of the workspace.")
        yield _Offer(title, reason, finding=finding)
        return
    text = _text(request, folder / IGNORE_FILE)
    where = request.document.uri.rpartition("/")[2]
    edit = ignore_token(text or "", request.source, finding, f"a {finding.kind.title} in {where}")
    beside = (folder / IGNORE_FILE, text or "", text is None, (edit,))
    yield _Offer(title, request.change((), beside), finding=finding)


def _text(request: _Request, path: Path) -> str | None:
    document = request.server.document(files.path_to_uri(path))
    if document is not None:
        return document.source
    read = files.read(path)
    return read.text if isinstance(read, files.Decoded) else None


def _action(
    request: _Request, offer: _Offer, shown: dict[tuple[int, int], types.Diagnostic]
) -> types.CodeAction | None:
    capabilities = request.server.capabilities
    refused = offer.change if isinstance(offer.change, Refused) else None
    edit = None if refused else _edit(request, offer)
    if edit is None and not refused:
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
    if refused is None and capabilities.lazy_edits:
        offset = offer.finding.span.start if offer.finding else None
        document = request.document
        action.data = {"uri": document.uri, "version": document.version, "offset": offset}
    else:
        action.edit = edit
    return action


def _edit(request: _Request, offer: _Offer) -> types.WorkspaceEdit | None:
    if isinstance(offer.change, Refused):
        return None
    server, document = request.server, request.document
    return workspace_edit(offer.change, server.capabilities, document.encoding, server.document)


def _applies_all(request: _Request, params: types.CodeActionParams) -> bool:
    # Kate's quick fix names one diagnostic and the whole document, and applies all it is given.
    last = len(request.document.lines) - 1
    whole = _key(params.range.start) == (0, 0) and params.range.end.line >= last
    return whole and bool(params.context.diagnostics) and len(request.document.lines) > 1


def _wants(only: Sequence[types.CodeActionKind | str] | None, kind: str) -> bool:
    names = [str(getattr(each, "value", each)) for each in only or ()]
    return only is None or any(not name or f"{kind}.".startswith(f"{name}.") for name in names)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
