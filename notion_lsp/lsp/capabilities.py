"""What this client can take, asked of its `initialize` once."""

from __future__ import annotations

from dataclasses import dataclass

from lsprotocol import types
from pygls.capabilities import get_capability


@dataclass(frozen=True)
class Capabilities:
    """The client's answers to the questions this server has, `False` for what it left out."""

    pull: bool = False
    refresh: bool = False
    related: bool = False
    configuration: bool = False
    watched_files: bool = False
    progress: bool = False
    disabled: bool = False
    lazy_edits: bool = False
    document_changes: bool = False
    create_files: bool = False
    annotations: bool = False
    apply_edit: bool = False
    show_document: bool = False

    @classmethod
    def of(cls, client: types.ClientCapabilities) -> Capabilities:
        """Return what the client declared."""

        def has(path: str) -> bool:
            return bool(get_capability(client, path, False))  # noqa: FBT003, pygls' signature

        action = "text_document.code_action"
        edit = "workspace.workspace_edit"
        resolvable = get_capability(client, f"{action}.resolve_support.properties", ())
        operations = get_capability(client, f"{edit}.resource_operations", ())
        return cls(
            # A client that pulls gets no pushes: Neovim 0.11 and VS Code keep what both bring.
            pull=get_capability(client, "text_document.diagnostic") is not None,
            refresh=has("workspace.diagnostics.refresh_support"),
            related=has("text_document.publish_diagnostics.related_information")
            or has("text_document.diagnostic.related_information"),
            configuration=has("workspace.configuration"),
            watched_files=has("workspace.did_change_watched_files.dynamic_registration"),
            progress=has("window.work_done_progress"),
            disabled=has(f"{action}.disabled_support"),
            # LSP 3.16: to keep `data` and to resolve an edit later are two capabilities.
            lazy_edits=has(f"{action}.data_support") and "edit" in (resolvable or ()),
            # Operations on files go with document changes: Neovim declares only the former.
            document_changes=has(f"{edit}.document_changes") or bool(operations),
            create_files=types.ResourceOperationKind.Create in (operations or ()),
            # A client may know annotations, and not honour those in the edit of a code action.
            annotations=get_capability(client, f"{edit}.change_annotation_support") is not None
            and has(f"{action}.honors_change_annotations"),
            apply_edit=has("workspace.apply_edit"),
            show_document=has("window.show_document.support"),
        )
