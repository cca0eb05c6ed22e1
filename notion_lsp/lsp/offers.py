"""What can be done about the tokens of a document: each choice with its change, or why not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lsprotocol import types

from notion_lsp.detect.finding import fingerprint
from notion_lsp.files import git, read_write
from notion_lsp.files.uris import path_to_uri, uri_to_path
from notion_lsp.ignore.ignore_file import IGNORE_FILE
from notion_lsp.languages import language_of
from notion_lsp.lookup import Lookup
from notion_lsp.lsp import convert, notebooks
from notion_lsp.lsp.edits import Change
from notion_lsp.lsp.ids import FIX_ALL
from notion_lsp.project import neighbours
from notion_lsp.project.variables import kept_tokens
from notion_lsp.refused import Refused
from notion_lsp.rewrite.file import placeholder, rewrite, rewrite_all
from notion_lsp.rewrite.ignore_edits import ignore_line, ignore_token
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.source import Source
from notion_lsp.rewrite.to_dotenv import DOTENV, EXAMPLE, GITIGNORE, Surroundings, move
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.project.project import Project
    from notion_lsp.stores import Store

EVERYWHERE: Literal["everywhere"] = "everywhere"
QUICK_FIX = types.CodeActionKind.QuickFix.value


@dataclass(frozen=True)
class Offer:
    """An action before it is the protocol's: a title, and a change or the reason for none.

    One for `EVERYWHERE` is made by a command, as it takes a look at all files.
    """

    title: str
    change: Change | Refused | Literal["everywhere"]
    kind: str = QUICK_FIX
    finding: Finding | None = None
    preferred: bool = False


@dataclass(frozen=True)
class Request:
    """A document with its project, and its findings in offsets of the whole text.

    `source` is the text with what a rewrite sees, `alone` nothing but the document: in a notebook
    the other cells are of the one, and not of the other.
    """

    server: NotionServer
    document: Document
    project: Project
    source: Source
    alone: Source
    findings: dict[Finding, types.Range] = field(default_factory=dict)

    def change(
        self, edits: Sequence[Any], *beside: tuple[Path, str, bool, Sequence[Any]]
    ) -> Change:
        """Return edits of the document, with those of files beside it."""
        return Change(
            self.document.uri, self.document.version, self.alone.text, tuple(edits), beside
        )


def request_of(server: NotionServer, document: Document) -> Request:
    """Return the document as it is now, with all that an offer is made from."""
    project = server.project(document.uri)
    findings = {
        document.whole(found): document.range(found.line, found.finding.span)
        for found in document.findings(server.ignored(document.uri))
        if convert.severity(found.finding, project.settings)
    }
    alone = _alone(server, document, project)
    source = notebooks.source(server, document, alone)
    return Request(server, document, project, source, alone, findings)


def _alone(server: NotionServer, document: Document, project: Project) -> Source:
    file, text = server.file(document.uri), document.source
    path = uri_to_path(file)
    named = path if file == document.uri else None  # a cell is not what its notebook's name says
    language = language_of(named, document.language_id, text)
    siblings = neighbours.package_texts(Path(named), language, text) if named and language else ()
    module = neighbours.is_module(Path(named)) if named else False
    manifest = neighbours.manifest(Path(path), language, project.folder) if path else None
    return Source(text, language, siblings, module, manifest)


def finding_offers(request: Request, asked: list[Finding]) -> Iterator[Offer]:
    """Yield what can be done about each of these tokens, the best first."""
    names = _names(request) if asked else {}
    for finding in asked:
        yield from _store_offers(request, finding, names)
        yield _move_offer(request, finding, names)
        if request.server.capabilities.apply_edit and request.project.folder:
            yield Offer("Replace it in the whole workspace", EVERYWHERE, finding=finding)
        made = placeholder((finding,))
        yield Offer(made.title, request.change(made.edits), finding=finding)
        yield from _ignore_offers(request, finding)


def file_offers(request: Request) -> Iterator[Offer]:
    """Yield what can be done about all tokens of the document at once."""
    findings = tuple(request.findings)
    if not findings:
        return
    store = stores()[_store(request)]
    edits, _ = rewrite_all(
        request.source, findings, store, _names(request), request.project.settings
    )
    if edits:
        title = "Read every Notion token of this file from its store"
        yield Offer(title, request.change(edits), FIX_ALL)


def _names(request: Request) -> dict[Finding, str]:
    # A name offered for one token of the session, and used in the text since, is not another's.
    offered = request.server.offered_names.setdefault(request.project.folder, {})
    used = set(re.findall(r"\w+", request.source.text)) if offered else set()
    taken = kept_tokens(request.project)
    taken |= {name: owner for name, owner in offered.items() if name in used}
    usual = request.server.usual_names(request.project)
    source, settings = request.source, request.project.settings
    names = variable_names(source, tuple(request.findings), usual, taken, settings)
    offered |= {
        name: fingerprint(source.token(finding))
        for finding, name in names.items()
        if (site := source.site((finding,))) and site.readable
    }
    return names


def _store(request: Request) -> str:
    chosen = request.project.settings.store
    return chosen if chosen in stores() else "env"


def _store_offers(request: Request, finding: Finding, names: dict[Finding, str]) -> Iterator[Offer]:
    seen = set()
    settings = request.project.settings
    chosen = _store(request)
    offered = [store for store in stores().values() if _is_offered(request, store)]
    for store in sorted(offered, key=lambda store: store.id != chosen):
        made = rewrite(request.source, (finding,), store, names, settings)
        if isinstance(made, Refused):
            title = store.title_of(settings, finding.kind.variable, names[finding])
            offer = Offer(title, made, finding=finding)
        else:
            preferred = store.id == chosen
            change = request.change(made.edits)
            offer = Offer(made.title, change, finding=finding, preferred=preferred)
        if offer.title not in seen:
            seen.add(offer.title)
            yield offer


def _is_offered(request: Request, store: Store) -> bool:
    settings, language = request.project.settings, request.source.language
    if store.id in {"env", _store(request)}:
        return True
    if language is None:
        return False
    lookup = store.lookup(language, settings)
    if isinstance(lookup, Lookup):
        return store.common or lookup.is_listed(request.source.manifest)
    # What can be done in a part of the file is a matter of the part.
    return store.common and language.parts is not None


def _move_offer(request: Request, finding: Finding, names: dict[Finding, str]) -> Offer:
    folder = request.project.folder
    title = f"Move it to {DOTENV}"
    if folder is None:
        return Offer(title, Refused("The file is in no folder of the workspace."), finding=finding)
    around = _surroundings(request, folder)
    made = (
        around
        if isinstance(around, Refused)
        else move(request.source, finding, stores()["env"], names[finding], around)
    )
    if isinstance(made, Refused):
        return Offer(title, made, finding=finding)
    beside = [
        (folder / each.name, each.text or "", each.text is None, (each.edit,))
        for each in made.files
    ]
    return Offer(made.rewrite.title, request.change(made.rewrite.edits, *beside), finding=finding)


def _surroundings(request: Request, folder: Path) -> Surroundings | Refused:
    texts = {name: _text(request, folder / name) for name in (DOTENV, EXAMPLE, GITIGNORE)}
    unread = [text for text in texts.values() if isinstance(text, Refused)]
    if unread:
        return unread[0]
    known = {name: text for name, text in texts.items() if isinstance(text, str)}
    return Surroundings(
        dotenv=known.get(DOTENV),
        example=known.get(EXAMPLE),
        gitignore=known.get(GITIGNORE),
        tracked=git.is_tracked(folder / DOTENV),
        ignored=git.is_ignored(folder / DOTENV),
    )


def _ignore_offers(request: Request, finding: Finding) -> Iterator[Offer]:
    line = ignore_line(request.alone, finding)
    change = line if isinstance(line, Refused) else request.change((line,))
    yield Offer("Ignore this line", change, finding=finding)
    folder = request.project.folder
    title = "Ignore this token in this project"
    if folder is None:
        reason = Refused("The file is in no folder of the workspace.")
        yield Offer(title, reason, finding=finding)
        return
    text = _text(request, folder / IGNORE_FILE)
    if isinstance(text, Refused):
        yield Offer(title, text, finding=finding)
        return
    where = request.server.file(request.document.uri).rpartition("/")[2]
    edit = ignore_token(text or "", request.source, finding, f"a {finding.kind.title} in {where}")
    beside = (folder / IGNORE_FILE, text or "", text is None, (edit,))
    yield Offer(title, request.change((), beside), finding=finding)


def _text(request: Request, path: Path) -> str | Refused | None:
    document = request.server.document(path_to_uri(path))
    if document is not None:
        return document.source
    if not read_write.exists(path):
        return None
    read = read_write.read(path)
    if isinstance(read, read_write.Unreadable):
        return Refused(f"{path.name} cannot be read: {read.reason}.")
    return read.text
