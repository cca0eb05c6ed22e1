"""What one client's server knows while the session lasts."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lsprotocol import types
from lsprotocol.converters import get_converter
from pygls.exceptions import FeatureNotificationError
from pygls.lsp.server import LanguageServer

from notion_lsp import __version__
from notion_lsp.explain.masking import mask_text
from notion_lsp.files.uris import uri_to_path
from notion_lsp.lsp import closed_files, notebooks
from notion_lsp.lsp.capabilities import Capabilities
from notion_lsp.lsp.configuration import Configuration
from notion_lsp.lsp.documents import Document, encoding_of
from notion_lsp.lsp.protocol import Protocol
from notion_lsp.project.variables import usual_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pygls.server import ServerErrors

    from notion_lsp.ignore.ignore_file import Ignored
    from notion_lsp.positions import Encoding
    from notion_lsp.project.project import Project

_LOG = logging.getLogger(__name__)


class NotionServer(LanguageServer):
    """One client's server: its documents, settings and capabilities."""

    def __init__(self) -> None:
        super().__init__(
            "notion-lsp",
            __version__,
            protocol_cls=Protocol,
            converter_factory=get_converter,
            notebook_document_sync=notebooks.SYNC,
        )
        self.capabilities = Capabilities()
        self.configuration = Configuration()
        self.left_out: dict[str, bool] = {}
        self.examples: dict[str, bool] = {}
        self._usual_names: dict[Path | None, dict[str, str]] = {}
        self.offered_names: dict[Path | None, dict[str, str]] = {}
        self.shown: dict[str, frozenset[int]] = {}
        self.messages: dict[tuple[tuple[str, ...], tuple[object, ...]], str] = {}
        self.pauses: dict[str, asyncio.TimerHandle] = {}
        self.scan = closed_files.State()
        self._change = asyncio.Event()

    def document(self, uri: str) -> Document | None:
        """Return an open document; none for one that is not open, which is not read instead."""
        document = self.workspace.text_documents.get(unquote(uri))
        return document if isinstance(document, Document) else None

    def documents(self) -> Iterator[Document]:
        """Yield the open documents."""
        for document in self.workspace.text_documents.values():
            if isinstance(document, Document):
                yield document

    def file(self, uri: str) -> str:
        """Return the URI of the file that a document is, or that its notebook is."""
        notebook = self.workspace.get_notebook_document(cell_uri=uri)
        return notebook.uri if notebook else uri

    def notebook(self, uri: str) -> types.NotebookDocument | None:
        """Return an open notebook by the URI of its file."""
        return self.workspace.get_notebook_document(notebook_uri=uri)

    def is_open(self, uri: str) -> bool:
        """Whether the client has a file open, as a document or as a notebook."""
        return self.document(uri) is not None or self.notebook(uri) is not None

    def project(self, uri: str) -> Project:
        """Return the project that an open document is of."""
        return self.configuration.project(self.file(uri))

    def changed(self) -> None:
        """Wake the workspace pulls that wait for a change, and forget what files said."""
        self._usual_names.clear()
        self._change.set()
        self._change = asyncio.Event()

    def next_change(self) -> asyncio.Event:
        """Return what is set by the next change of a saved file, a setting or a folder."""
        return self._change

    def usual_names(self, project: Project) -> dict[str, str]:
        """Return the names that a project's files use, read once between two saves."""
        if project.folder not in self._usual_names:
            self._usual_names[project.folder] = usual_names(project)
        return self._usual_names[project.folder]

    def ignored(self, uri: str) -> Ignored:
        """Return what the project says no to in a document, today."""
        path = uri_to_path(self.file(uri))
        project = self.project(uri)
        return project.ignored(Path(path) if path else None, self.today)

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
            message = f"notion-lsp settings: {mask_text(problem)}"
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))

    def report_server_error(self, error: Exception, source: ServerErrors) -> None:
        """Say nothing to the person: an exception's text may hold a token, and helps nobody.

        pygls logs what goes wrong with a request; with a notification it leaves that to us.
        """
        if source is FeatureNotificationError:
            _LOG.error("A notification could not be handled", exc_info=error)
