"""The editors, by what they announce: `tests/clients/`, an old one, and one that says nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass

from clients import CLIENTS
from lsprotocol import converters, types
from pygls.capabilities import get_capability
from pytest_lsp import client_capabilities

_STRUCTURE = converters.get_converter().structure


@dataclass(frozen=True)
class Profile:
    """An editor: what it announces; what it does with a quick fix."""

    capabilities: types.ClientCapabilities
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


def _recorded(name: str) -> Profile:
    capabilities = json.loads((CLIENTS / f"{name}.json").read_text())["capabilities"]
    # Kate asks for the whole document and applies every action that it is given.
    return Profile(_STRUCTURE(capabilities, types.ClientCapabilities), asks_for_all=name == "kate")


PROFILES = {
    **{path.stem: _recorded(path.stem) for path in sorted(CLIENTS.glob("*.json"))},
    "vscode-1.65": Profile(client_capabilities("visual_studio_code@v1.65.2")),
    "minimal": Profile(types.ClientCapabilities()),
}
