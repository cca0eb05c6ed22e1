"""The server: one handler a method, each a few lines."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from notion_lsp.lsp import closed_files, diagnostics, notebooks, project_files, told_again
from notion_lsp.lsp.capabilities import Capabilities
from notion_lsp.lsp.commands import COMMANDS
from notion_lsp.lsp.configuration import FILES, SECTION
from notion_lsp.lsp.documents import use_documents
from notion_lsp.lsp.ids import FIX_ALL, PASTE
from notion_lsp.lsp.session import NotionServer
from notion_lsp.lsp.written import Written  # noqa: TC001, pygls reads the annotations of a handler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from notion_lsp.lsp.documents import Document

# What was told of a file holds until the file changes, or is gone.
_CHANGED_OR_GONE = types.WatchKind.Change | types.WatchKind.Delete
_EVERY_FILE = types.FileOperationRegistrationOptions(
    [types.FileOperationFilter(types.FileOperationPattern("**"), scheme="file")]
)

_FEATURES: list[tuple[str, Any, Callable[..., Any]]] = []


def feature(method: str, options: Any = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # noqa: ANN401, each method has its own options
    """Make a function the handler of a method in every server that is created."""

    def register(handler: Callable[..., Any]) -> Callable[..., Any]:
        _FEATURES.append((method, options, handler))
        return handler

    return register


def create_server() -> NotionServer:
    """Return a new server, for one connection."""
    server = NotionServer()
    for method, options, handler in _FEATURES:
        server.feature(method, options)(handler)
    for name, command in COMMANDS.items():
        server.command(name)(command)
    return server


@feature(types.INITIALIZE)
def initialize(server: NotionServer, params: types.InitializeParams) -> None:
    """Learn what the client can do, and offer what fits it."""
    # pygls makes the workspace while it handles `initialize`: there is none before.
    use_documents(server.workspace)
    server.capabilities = Capabilities.of(params.capabilities)
    if params.initialization_options is not None:
        server.configuration.use_initial(params.initialization_options)
    server.configuration.use_folders(_folders(server))
    # pygls announces each method that has a handler: these are for clients that pull.
    if server.capabilities.pull:
        options = types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=True, identifier=SECTION
        )
        server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(document_diagnostic)
        server.feature(types.WORKSPACE_DIAGNOSTIC)(workspace_diagnostic)
    kinds = [types.CodeActionKind.QuickFix, FIX_ALL]
    lazy = server.capabilities.lazy_edits
    server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=kinds, resolve_provider=lazy),
    )(code_action)
    if lazy:
        server.feature(types.CODE_ACTION_RESOLVE)(code_action_resolve)


@feature(types.INITIALIZED)
async def initialized(server: NotionServer, _params: types.InitializedParams) -> None:
    """Ask for the settings, and to be told of changes of the files they stand in."""
    if server.capabilities.watched_files:
        watchers = [types.FileSystemWatcher(f"**/{name}") for name in FILES]
        watchers.append(types.FileSystemWatcher("**/*", _CHANGED_OR_GONE))
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = types.Registration(f"{SECTION}-files", method, options)
        server.client_register_capability(types.RegistrationParams([registration]))
    await _ask_settings(server)


@feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
async def did_change_configuration(
    server: NotionServer, params: types.DidChangeConfigurationParams
) -> None:
    """Take the settings from the message, or ask for them where the client can be asked."""
    if params.settings and not server.capabilities.configuration:
        server.configuration.use_editor(params.settings)
    await _ask_settings(server)


@feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
async def did_change_watched_files(
    server: NotionServer, params: types.DidChangeWatchedFilesParams
) -> None:
    """Read the settings and the ignore file anew, and look into files that were told of."""
    uris = [change.uri for change in params.changes]
    if any(uri.rpartition("/")[2] in FILES for uri in uris):
        server.configuration.reload()
        diagnostics.refresh(server)
        project_files.warn(server)
    await told_again.look_again(server, uris)


@feature(types.WORKSPACE_DID_DELETE_FILES, _EVERY_FILE)
async def did_delete_files(server: NotionServer, params: types.DeleteFilesParams) -> None:
    """Take back what was told of files that are gone."""
    await told_again.look_again(server, [each.uri for each in params.files])


@feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
async def did_change_workspace_folders(
    server: NotionServer, _params: types.DidChangeWorkspaceFoldersParams
) -> None:
    """Take the new folders with their settings, and take back what was told of others."""
    server.configuration.use_folders(_folders(server))
    told_again.folders_changed(server)
    await _ask_settings(server)


@feature(types.TEXT_DOCUMENT_DID_OPEN)
def did_open(server: NotionServer, params: types.DidOpenTextDocumentParams) -> None:
    """Show what the document holds."""
    _opened(server, [params.text_document])


@feature(types.TEXT_DOCUMENT_DID_CHANGE)
def did_change(server: NotionServer, params: types.DidChangeTextDocumentParams) -> None:
    """Show what the document holds now."""
    document = server.document(params.text_document.uri)
    if document:
        _publish(server, document)
        diagnostics.look_after_a_pause(server, document.uri)


@feature(types.TEXT_DOCUMENT_DID_SAVE)
def did_save(server: NotionServer, params: types.DidSaveTextDocumentParams) -> None:
    """Notice changed settings, for clients that do not watch the files they stand in."""
    if project_files.refresh_if_changed(server):
        return
    if document := server.document(params.text_document.uri):
        server.read_file_of(document)
        diagnostics.ask_git(server, document)
    server.changed()


@feature(types.TEXT_DOCUMENT_DID_CLOSE)
def did_close(server: NotionServer, params: types.DidCloseTextDocumentParams) -> None:
    """Take back what was shown."""
    uri = params.text_document.uri
    server.pauses.drop(uri)
    server.open_files.forget(uri)
    server.exposed.forget(uri)
    if not server.capabilities.pull:
        diagnostics.closed(server, uri)
    told_again.closed(server, uri)
    server.changed()


@feature(types.NOTEBOOK_DOCUMENT_DID_OPEN)
@feature(types.NOTEBOOK_DOCUMENT_DID_CHANGE)
@feature(types.NOTEBOOK_DOCUMENT_DID_SAVE)
@feature(types.NOTEBOOK_DOCUMENT_DID_CLOSE)
def notebook(server: NotionServer, params: notebooks.News) -> None:
    """Do for each cell what is done for a document."""
    _opened(server, notebooks.opened(server, params))
    for each in notebooks.documents(params):
        match each:
            case types.DidChangeTextDocumentParams():
                did_change(server, each)
            case types.DidSaveTextDocumentParams():
                did_save(server, each)
            case types.DidCloseTextDocumentParams():
                did_close(server, each)


@feature(types.TEXT_DOCUMENT_HOVER)
async def hover(server: NotionServer, params: types.HoverParams) -> types.Hover | None:
    """Say what the token under the cursor opens, and what to do about it."""
    document = server.document(params.text_document.uri)
    if document is None or server.open_file(document).left_out:
        return None
    from notion_lsp.lsp import hover

    return await hover.hover(server, document, params.position)


@feature(types.TEXT_DOCUMENT_REFERENCES)
async def references(
    server: NotionServer, params: types.ReferenceParams
) -> list[types.Location] | None:
    """Say where else the token or the variable under the cursor is used."""
    from notion_lsp.lsp import references

    return await references.everywhere(server, params.text_document.uri, params.position)


@feature(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT)
async def document_highlight(
    server: NotionServer, params: types.DocumentHighlightParams
) -> list[types.DocumentHighlight] | None:
    """Mark the uses of what is under the cursor in its document."""
    from notion_lsp.lsp import references

    return await references.in_document(server, params.text_document.uri, params.position)


def document_diagnostic(
    server: NotionServer, params: types.DocumentDiagnosticParams
) -> types.DocumentDiagnosticReport | Written:
    """Answer a pull for one document."""
    document = server.document(params.text_document.uri)
    return diagnostics.report(server, document, params.previous_result_id)


async def workspace_diagnostic(
    server: NotionServer, params: types.WorkspaceDiagnosticParams
) -> types.WorkspaceDiagnosticReport:
    """Answer a pull for the files that are not open, once there is something to tell."""
    known = {each.uri: each.value for each in params.previous_result_ids}
    return await closed_files.workspace_report(server, known)


@feature(PASTE)
async def paste(server: NotionServer, params: Any) -> list[dict[str, Any]]:  # noqa: ANN401, what the client sends
    """Say what can be pasted instead of a token."""
    from notion_lsp.lsp import paste

    return await paste.asked(server, params)


async def code_action(
    server: NotionServer, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """Offer what can be done about the tokens the client asks about."""
    document = server.document(params.text_document.uri)
    if document is None:
        return []
    from notion_lsp.lsp import actions

    # Not each client tells of a file that has changed on the disk.
    project_files.refresh_if_changed(server)
    return await actions.offered(server, document, params)


async def code_action_resolve(server: NotionServer, action: types.CodeAction) -> types.CodeAction:
    """Fill in the edit of an action that was offered without."""
    from notion_lsp.lsp import actions

    return await actions.resolved(server, action)


def _opened(server: NotionServer, items: Iterable[types.TextDocumentItem]) -> None:
    opened = [document for each in items if (document := server.document(each.uri))]
    for document in opened:
        told_again.opened(server, document.uri)
    # A refresh reads all documents.
    if opened and not project_files.refresh_if_changed(server):
        diagnostics.read(server, opened)
    for document in opened:
        _publish(server, document)
        diagnostics.ask_git(server, document)
        project_files.warn(server)


def _publish(server: NotionServer, document: Document) -> None:
    if not server.capabilities.pull:
        diagnostics.publish_changed(server, document)


async def _ask_settings(server: NotionServer) -> None:
    if server.capabilities.configuration:
        uris = list(_folders(server))
        items = [types.ConfigurationItem(scope_uri=uri, section=SECTION) for uri in uris]
        # Without a folder: for documents that are in none.
        items.append(types.ConfigurationItem(section=SECTION))
        with contextlib.suppress(JsonRpcException):  # an error says no more than no answer
            answers = await server.workspace_configuration_async(types.ConfigurationParams(items))
            server.configuration.use_answers([*uris, None], answers)
    diagnostics.refresh(server)
    project_files.warn(server)


def _folders(server: NotionServer) -> Iterator[str]:
    folders = server.workspace.folders.values()  # its keys are no URIs: they are unquoted
    yield from (folder.uri for folder in folders)
    # Workspace folders came with LSP 3.6: an older client names one root.
    if not folders and server.workspace.root_uri:
        yield server.workspace.root_uri
