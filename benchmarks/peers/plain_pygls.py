"""The server most would write: pygls' own documents, and one regex over the text on each change."""

import re

from lsprotocol import types
from pygls.lsp.server import LanguageServer

TOKEN = re.compile(r"\b(?:ntn_[A-Za-z0-9]{46}|secret_[A-Za-z0-9]{43})\b")

server = LanguageServer("plain", "1")


def _diagnostics(uri: str) -> list[types.Diagnostic]:
    return [
        types.Diagnostic(
            types.Range(types.Position(number, match.start()), types.Position(number, match.end())),
            "A token is hardcoded.",
        )
        for number, match in _matches(server.workspace.get_text_document(uri).source)
    ]


def _matches(text: str) -> list[tuple[int, re.Match[str]]]:
    if not TOKEN.search(text):
        return []
    lines = enumerate(text.splitlines())
    return [(number, match) for number, line in lines for match in TOKEN.finditer(line)]


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def did_change(ls: LanguageServer, params: types.DidChangeTextDocumentParams) -> None:
    """Publish what the changed document holds, to a client that does not ask for it."""
    document = ls.client_capabilities.text_document
    if document is None or document.diagnostic is None:
        uri, version = params.text_document.uri, params.text_document.version
        ls.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, _diagnostics(uri), version)
        )


@server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC)
def diagnostic(params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
    """Answer with what the document holds."""
    return types.RelatedFullDocumentDiagnosticReport(items=_diagnostics(params.text_document.uri))


if __name__ == "__main__":
    server.start_io()
