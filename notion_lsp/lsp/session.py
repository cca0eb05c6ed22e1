"""What one client's server knows while the session lasts."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.exceptions import FeatureNotificationError
from pygls.lsp.server import LanguageServer

from notion_lsp import __version__
from notion_lsp.explain.shown import plain_masked
from notion_lsp.lsp import convert
from notion_lsp.lsp.capabilities import Capabilities
from notion_lsp.lsp.configuration import Configuration
from notion_lsp.lsp.documents import Document, encoding_of
from notion_lsp.lsp.exposed import Exposed
from notion_lsp.lsp.open_files import OpenFiles
from notion_lsp.lsp.pages import Pages
from notion_lsp.lsp.pause import Pauses
from notion_lsp.lsp.protocol import Protocol
from notion_lsp.lsp.searched import Searched
from notion_lsp.lsp.told import Told
from notion_lsp.project.variables import UsualNames

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from cattrs import Converter
    from pygls.server import ServerErrors

    from notion_lsp.lsp.document_findings import Worst
    from notion_lsp.lsp.line_findings import LineFinding
    from notion_lsp.lsp.open_files import OpenFile
    from notion_lsp.positions import Encoding

_LOG = logging.getLogger(__name__)

# Every cell of every notebook: a token may stand in any.
_CELLS = types.NotebookDocumentSyncOptions(
    [types.NotebookDocumentFilterWithNotebook("*", [types.NotebookCellLanguage("*")])], save=True
)


def _converter() -> Converter:
    # Or each character of a text where a list belongs has an error of its own in the traceback that
    # pygls logs: a third of a millisecond for each.
    converter = get_converter()
    converter.detailed_validation = False
    return converter


class NotionServer(LanguageServer):
    """One client's server: its documents, its settings, and what it has been shown."""

    def __init__(self) -> None:
        super().__init__(
            "notion-lsp",
            __version__,
            protocol_cls=Protocol,
            converter_factory=_converter,
            notebook_document_sync=_CELLS,
        )
        self.capabilities = Capabilities()
        self.configuration = Configuration()
        self.open_files = OpenFiles()
        self.usual_names = UsualNames()
        self.pauses = Pauses()
        self.exposed = Exposed()
        self.pages = Pages()
        self.published: dict[str, Document] = {}
        self.told = Told()
        self.searched = Searched()
        # Those of all open documents, so that what is kept to compare with holds no token.
        self.token_numbers = frozenset[int]()
        self._change = asyncio.Event()

    @property
    def own_protocol(self) -> Protocol:
        """The protocol of this connection, by its own type."""
        assert isinstance(self.protocol, Protocol)  # noqa: S101, it was given to pygls above
        return self.protocol

    def document(self, uri: str) -> Document | None:
        """Return an open document; `None` for one that is not open, which is not read instead."""
        # pygls keeps documents by their unquoted URIs.
        document = self.workspace.text_documents.get(unquote(uri))
        return document if isinstance(document, Document) else None

    def documents(self) -> Iterator[Document]:
        """Yield the open documents."""
        for document in self.workspace.text_documents.values():
            if isinstance(document, Document):
                yield document

    def documents_on_disk(self) -> dict[Path, Document]:
        """Return the open documents that are files, by their paths."""
        paths = {self.configuration.path(document.uri): document for document in self.documents()}
        return {path: document for path, document in paths.items() if path}

    def file(self, uri: str) -> str:
        """Return the URI of the file that a document is, or that its notebook is."""
        notebook = self.workspace.get_notebook_document(cell_uri=uri)
        return notebook.uri if notebook else uri

    def notebook(self, uri: str) -> types.NotebookDocument | None:
        """Return an open notebook by the URI of its file."""
        return self.workspace.get_notebook_document(notebook_uri=uri)

    def is_open(self, uri: str) -> bool:
        """Whether the client has a file open, as a document or as a notebook."""
        as_document = self.configuration.path(uri) in self.documents_on_disk()
        return as_document or self.notebook(uri) is not None

    def open_file(self, document: Document) -> OpenFile:
        """Return what is known of an open document's file, without a look at it."""
        return self.open_files.of(document.uri)

    def read_file_of(self, document: Document) -> None:
        """Read what is to be known of an open document's file."""
        file = self.file(document.uri)
        project = self.configuration.project(file)
        self.open_files.read(document.uri, self.configuration.path(file), project)

    def findings(self, document: Document) -> list[LineFinding]:
        """Return the tokens of an open document that its project shows today."""
        return document.findings(self.open_files.rules(document.uri, self.today))

    def worst(self, document: Document) -> Worst:
        """Return the tokens of an open document that are shown, as many as its project asks for."""
        rules = self.open_files.rules(document.uri, self.today)
        return document.known.worst(rules, rules.settings.maximum_findings)

    def changed(self) -> None:
        """Wake the workspace pulls that wait for a change, and forget what files said."""
        self.usual_names.forget()
        # A new event: who waits for the next change must not be woken by this one again.
        self._change.set()
        self._change = asyncio.Event()

    def next_change(self) -> asyncio.Event:
        """Return the event that the next change of a saved file, a setting or a folder sets."""
        return self._change

    @property
    def today(self) -> date:
        """The day, where the server runs."""
        return datetime.now().astimezone().date()

    @property
    def encoding(self) -> Encoding:
        """The unit in which the client counts columns."""
        return encoding_of(self.workspace.position_encoding)

    def warn(self) -> None:
        """Tell the person what is wrong with the settings, once."""
        for problem in self.configuration.take_problems():
            # A person may have put a token where a setting's name belongs.
            said = plain_masked(f"notion-lsp settings: {problem}")
            self.window_show_message(convert.message(types.MessageType.Warning, said))

    def report_server_error(self, error: Exception, source: ServerErrors) -> None:
        """Say nothing to the person: an exception's text may hold a token, and helps nobody.

        pygls logs what goes wrong with a request; with a notification it leaves that to us.
        """
        if source is FeatureNotificationError:
            _LOG.error("A notification could not be handled", exc_info=error)
