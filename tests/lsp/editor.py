"""An editor: buffers, what is shown in them, and the lightbulb, over pytest-lsp's client."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Union

from buffer import Buffer
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import make_test_lsp_client
from workspace_edits import apply_workspace_edit

from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import token_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from notebook import Notebook
    from profiles import Profile

SECONDS = 90
LONG = 16

# One for all sessions: it writes functions for the types that it meets, which takes a while.
_CONVERTER = default_converter()  # type: ignore[no-untyped-call] # pygls'
# lsprotocol takes an action that has a command for a command.
_CONVERTER.register_structure_hook(
    Union[types.Command, types.CodeAction],  # noqa: UP007, the type that it looks up
    lambda value, _: _CONVERTER.structure(value, types.CodeAction),
)


class Editor:
    """A session of one editor with the server, in the folders that are open in it."""

    def __init__(self, profile: Profile, folders: Sequence[Path]) -> None:
        self.profile = profile
        self.folders = folders
        self.client = make_test_lsp_client()
        self.buffers: dict[str, Buffer] = {}
        # The notebook that a buffer is a cell of.
        self.notebooks: dict[str, Notebook] = {}
        self.published: dict[str, list[types.PublishDiagnosticsParams]] = {}
        self.registrations: list[types.Registration] = []
        self.tokens: set[str] = set()
        # Whether the person agrees when the server asks for an edit.
        self.says_yes = True
        # The questions that the server asked, and the answer to each.
        self.questions: list[str] = []
        self.answers: list[str | None] = []
        # The pages that the server asked for, and whether they can be opened.
        self.pages: list[str] = []
        self.opens_pages = True
        # What the server must not have sent; an exception in a handler here would not be seen.
        self.faults: list[str] = []
        self._news = asyncio.Event()
        self.client.protocol._converter = _CONVERTER  # noqa: SLF001, there is no other way to it
        features = self.client.protocol.fm.features
        features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = self._publish
        features[types.CLIENT_REGISTER_CAPABILITY] = self._register
        features[types.WORKSPACE_APPLY_EDIT] = self._apply
        features[types.WINDOW_SHOW_DOCUMENT] = self._show
        features[types.WINDOW_SHOW_MESSAGE_REQUEST] = self._answer
        for method in (
            types.WINDOW_SHOW_MESSAGE,
            types.PROGRESS,
            types.WORKSPACE_DIAGNOSTIC_REFRESH,
        ):
            features[method] = self._telling(features[method])

    async def initialize(self, options: Any = None) -> types.InitializeResult:  # noqa: ANN401, any JSON
        folders = [types.WorkspaceFolder(each.as_uri(), each.name) for each in self.folders]
        self.result = await self.client.initialize_session(
            types.InitializeParams(
                capabilities=self.profile.capabilities,
                root_uri=self.folders[0].as_uri() if self.folders else None,
                workspace_folders=folders,
                initialization_options=options,
            )
        )
        return self.result

    @property
    def encoding(self) -> types.PositionEncodingKind:
        negotiated = self.result.capabilities.position_encoding or "utf-16"
        return types.PositionEncodingKind(negotiated)

    @property
    def messages(self) -> list[str]:
        return [each.message for each in self.client.messages]

    def open(self, where: Path | str, text: str | None = None, language: str = "python") -> str:
        """Open a file, or a text that is not saved; return the document's URI."""
        uri = where if isinstance(where, str) else where.as_uri()
        if text is None:
            assert not isinstance(where, str)
            text = where.read_bytes().decode()
        item = self.buffer(uri, text, language)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def buffer(self, uri: str, text: str, language: str) -> types.TextDocumentItem:
        """Make a buffer, and return what the server is to be told of it."""
        self._learn(text)
        self.buffers[uri] = Buffer(text, self.encoding, language=language)
        return types.TextDocumentItem(uri, language, 1, text)

    def close(self, uri: str) -> None:
        del self.buffers[uri]
        document = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(document))

    def save(self, uri: str, path: Path) -> None:
        """Write a buffer to the disk and say so."""
        path.write_bytes(self.buffers[uri].text.encode())
        document = types.TextDocumentIdentifier(uri)
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(document))

    def replace(self, uri: str, start: int, end: int, new: str) -> None:
        """Replace a part of a buffer, counted in code points."""
        self._changed(uri, [self.buffers[uri].change(start, end, new)])

    def type(self, uri: str, text: str) -> None:
        """Type at the end of a buffer."""
        end = len(self.buffers[uri].text)
        self.replace(uri, end, end, text)

    async def shown(self, uri: str) -> list[types.Diagnostic]:
        """Return the diagnostics of a document as it is now, pushed or pulled."""
        if self.profile.pulls:
            report = await self.pull(uri)
            assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
            return list(report.items)
        version = self.buffers[uri].version
        published = self.published.setdefault(uri, [])
        await self.until(lambda: bool(published) and published[-1].version == version)
        await self.settle()
        return list(published[-1].diagnostics)

    async def pull(self, uri: str, previous: str | None = None) -> types.DocumentDiagnosticReport:
        document = types.TextDocumentIdentifier(uri)
        params = types.DocumentDiagnosticParams(document, previous_result_id=previous)
        return await self.client.text_document_diagnostic_async(params)

    async def pull_workspace(
        self, known: dict[str, str], request: str | None = None
    ) -> list[types.WorkspaceDocumentDiagnosticReport]:
        """Pull the diagnostics of all files that are not open; its id is for cancelling."""
        previous = [types.PreviousResultId(uri, value) for uri, value in known.items()]
        params = types.WorkspaceDiagnosticParams(previous)
        send = self.client.protocol.send_request_async
        report = await send(types.WORKSPACE_DIAGNOSTIC, params, request)  # type: ignore[no-untyped-call] # pytest-lsp's
        return list(report.items)

    async def settle(self) -> None:
        """Return when the server has handled everything sent so far."""
        await self.hover("untitled:nothing", types.Position(0, 0))

    async def until(self, happened: Callable[[], object]) -> None:
        """Return when it has happened; only what the server sends makes it happen."""
        while not happened():
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), SECONDS)

    async def hover(self, uri: str, position: types.Position) -> types.Hover | None:
        document = types.TextDocumentIdentifier(uri)
        return await self.client.text_document_hover_async(types.HoverParams(document, position))

    async def actions(
        self,
        uri: str,
        place: types.Range,
        diagnostics: Sequence[types.Diagnostic] = (),
        only: Sequence[str] | None = None,
    ) -> list[types.CodeAction]:
        """Return what the lightbulb offers, as the server sends it."""
        context = types.CodeActionContext(list(diagnostics), only=only)
        document = types.TextDocumentIdentifier(uri)
        params = types.CodeActionParams(document, place, context)
        actions = await self.client.text_document_code_action_async(params) or []
        return [each for each in actions if isinstance(each, types.CodeAction)]

    async def offers(
        self, uri: str, number: int = 0, only: Sequence[str] | None = None
    ) -> list[types.CodeAction]:
        """Return what the lightbulb offers for one of the diagnostics shown."""
        diagnostic = (await self.shown(uri))[number]
        place = self.buffers[uri].whole() if self.profile.asks_for_all else diagnostic.range
        return await self.actions(uri, place, [diagnostic], only)

    async def resolve(self, action: types.CodeAction) -> types.CodeAction:
        if action.edit is None and self.profile.resolves:
            return await self.client.code_action_resolve_async(action)
        return action

    async def take(self, action: types.CodeAction) -> None:
        """Do what an action says: resolve it, and make its edit in buffers and on the disk.

        One with a command has the server make the edit.
        """
        assert action.disabled is None, action.disabled
        if action.command:
            await self.execute(action.command.command, *action.command.arguments or ())
            return
        edit = (await self.resolve(action)).edit
        assert edit, f"no edit: {action.title}"
        self._make(edit)

    async def execute(self, command: str, *arguments: Any) -> Any:  # noqa: ANN401, any JSON
        """Run a command of the server and return its answer."""
        params = types.ExecuteCommandParams(command, list(arguments) or None)
        return await self.client.workspace_execute_command_async(params)

    async def fix(self, uri: str, number: int = 0) -> str:
        """Press the key for the quick fix of a diagnostic; return the text it leaves."""
        actions = await self.offers(uri, number)
        if not self.profile.asks_for_all:
            actions = [each for each in actions if each.is_preferred]
        for action in actions:
            await self.take(action)
        return self.buffers[uri].text

    async def choose(self, uri: str, title: str) -> str:
        """Choose an action of the first diagnostic by how its title begins; return the text."""
        await self.take(named(await self.offers(uri), title))
        return self.buffers[uri].text

    async def stop(self) -> None:
        await self.client.shutdown_session()
        await self.client.stop()  # type: ignore[no-untyped-call] # pytest-lsp's
        assert self.client.error is None
        assert self.faults == []

    def _make(self, edit: types.WorkspaceEdit) -> None:
        for uri, changes in apply_workspace_edit(edit, self.profile, self.buffers, self.encoding):
            self._changed(uri, changes)

    def _apply(self, params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        # An exception in a handler here would not be seen.
        try:
            assert self.profile.applies_edits, "edits are not announced to be applied"
            if self.says_yes:
                self._make(params.edit)
        except AssertionError as fault:
            self.faults.append(str(fault))
        return types.ApplyWorkspaceEditResult(self.says_yes)

    def _show(self, params: types.ShowDocumentParams) -> types.ShowDocumentResult:
        self.pages.append(params.uri)
        return types.ShowDocumentResult(self.opens_pages)

    def _answer(self, params: types.ShowMessageRequestParams) -> types.MessageActionItem | None:
        self.questions.append(params.message)
        chosen = self.answers.pop(0)
        return next((each for each in params.actions or () if each.title == chosen), None)

    def _changed(self, uri: str, changes: Iterable[types.TextDocumentContentChangePartial]) -> None:
        buffer = self.buffers[uri]
        buffer.version += 1
        self._learn(buffer.text)
        document = types.VersionedTextDocumentIdentifier(uri=uri, version=buffer.version)
        if uri in self.notebooks:
            self.notebooks[uri].typed(document, list(changes))
            return
        params = types.DidChangeTextDocumentParams(document, list(changes))
        self.client.text_document_did_change(params)

    def _learn(self, text: str) -> None:
        found = find_tokens(text)
        self.tokens |= {token_of(text, each) for each in found}
        # A long piece gives it away as well, and what it is encoded to.
        pieces = (span.of(text) for each in found for span in each.spans)
        self.tokens |= {piece for piece in pieces if len(piece) >= LONG}

    def _publish(self, params: types.PublishDiagnosticsParams) -> None:
        if self.profile.pulls and params.uri in self.buffers and params.diagnostics:
            self.faults.append(f"pushed to one who pulls: {params.uri}")
        self.published.setdefault(params.uri, []).append(params)
        self._news.set()

    def _register(self, params: types.RegistrationParams) -> None:
        self.registrations += params.registrations
        self._news.set()

    def _telling(self, handler: Callable[[Any], Any]) -> Callable[[Any], Any]:
        def handle(params: Any) -> Any:  # noqa: ANN401, pytest-lsp's own
            self._news.set()
            return handler(params)

        return handle


def named(actions: Sequence[types.CodeAction], title: str) -> types.CodeAction:
    """Return the action whose title begins so."""
    found = [each for each in actions if each.title.startswith(title)]
    assert found, f"{title!r} is not among {[each.title for each in actions]}"
    return found[0]
