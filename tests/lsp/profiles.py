"""The editors, by what they announce: pytest-lsp's recordings, and what those do not hold."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types
from pygls.capabilities import get_capability
from pytest_lsp import client_capabilities

_UTF16 = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf16])


@dataclass(frozen=True)
class Profile:
    """An editor: what it announces; what it does with a quick fix."""

    capabilities: types.ClientCapabilities
    # Kate asks for the whole document and applies every action that it is given.
    asks_for_all: bool = False

    @property
    def applies_edits(self) -> bool:
        return bool(get_capability(self.capabilities, "workspace.apply_edit"))

    @property
    def pulls(self) -> bool:
        return get_capability(self.capabilities, "text_document.diagnostic") is not None

    @property
    def resolves(self) -> bool:
        path = "text_document.code_action.resolve_support.properties"
        return "edit" in (get_capability(self.capabilities, path) or ())

    @property
    def creates_files(self) -> bool:
        path = "workspace.workspace_edit.resource_operations"
        created = types.ResourceOperationKind.Create
        return created in (get_capability(self.capabilities, path) or ())

    @property
    def document_changes(self) -> bool:
        # Neovim announces resource operations, which stand in document changes, and not those.
        path = "workspace.workspace_edit.document_changes"
        return bool(get_capability(self.capabilities, path)) or self.creates_files

    @property
    def annotates(self) -> bool:
        path = "workspace.workspace_edit.change_annotation_support"
        honors = "text_document.code_action.honors_change_annotations"
        return get_capability(self.capabilities, path) is not None and bool(
            get_capability(self.capabilities, honors)
        )

    @property
    def shows_disabled(self) -> bool:
        path = "text_document.code_action.disabled_support"
        return bool(get_capability(self.capabilities, path))


def _literals(*kinds: str) -> types.ClientCodeActionLiteralOptions:
    return types.ClientCodeActionLiteralOptions(types.ClientCodeActionKindOptions(list(kinds)))


# Kate 22.12, read from its lspclientserver.cpp.
_KATE = types.ClientCapabilities(
    text_document=types.TextDocumentClientCapabilities(
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(related_information=True),
        code_action=types.CodeActionClientCapabilities(
            code_action_literal_support=_literals("quickfix", "refactor", "source")
        ),
    ),
    window=types.WindowClientCapabilities(work_done_progress=True),
)

# vscode-languageclient 10 and 11, read from their sources.
_VSCODE = types.ClientCapabilities(
    general=_UTF16,
    window=types.WindowClientCapabilities(work_done_progress=True),
    text_document=types.TextDocumentClientCapabilities(
        publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
            related_information=True, version_support=False, data_support=True
        ),
        diagnostic=types.DiagnosticClientCapabilities(
            dynamic_registration=True, related_document_support=True
        ),
        code_action=types.CodeActionClientCapabilities(
            code_action_literal_support=_literals("", "quickfix", "refactor", "source"),
            is_preferred_support=True,
            disabled_support=True,
            data_support=True,
            resolve_support=types.ClientCodeActionResolveOptions(["edit", "command"]),
            honors_change_annotations=True,
        ),
    ),
    workspace=types.WorkspaceClientCapabilities(
        apply_edit=True,
        configuration=True,
        workspace_folders=True,
        did_change_configuration=types.DidChangeConfigurationClientCapabilities(
            dynamic_registration=True
        ),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(
            dynamic_registration=True, relative_pattern_support=True
        ),
        diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True,
            resource_operations=list(types.ResourceOperationKind),
            failure_handling=types.FailureHandlingKind.TextOnlyTransactional,
            change_annotation_support=types.ChangeAnnotationsSupportOptions(groups_on_label=True),
        ),
    ),
)

PROFILES = {
    "vscode": Profile(_VSCODE),
    "vscode-1.65": Profile(client_capabilities("visual_studio_code@v1.65.2")),
    "neovim-0.11": Profile(client_capabilities("neovim@v0.11.0")),
    "neovim-0.7": Profile(client_capabilities("neovim@v0.7.0")),
    "emacs": Profile(client_capabilities("emacs@v29.1")),
    "kate": Profile(_KATE, asks_for_all=True),
    "minimal": Profile(types.ClientCapabilities()),
}
