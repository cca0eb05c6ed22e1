"""What this client can take, asked of its `initialize` once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.capabilities import get_capability

if TYPE_CHECKING:
    from collections.abc import Callable

_ACTION = "text_document.code_action"
_EDIT = "workspace.workspace_edit"
_RELATED = tuple(
    f"text_document.{each}.related_information" for each in ("publish_diagnostics", "diagnostic")
)
# What a client switches on by one member.
_SWITCHES = {
    "refresh": "workspace.diagnostics.refresh_support",
    "configuration": "workspace.configuration",
    "watched_files": "workspace.did_change_watched_files.dynamic_registration",
    "progress": "window.work_done_progress",
    "disabled": f"{_ACTION}.disabled_support",
    "apply_edit": "workspace.apply_edit",
    "show_document": "window.show_document.support",
}


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
        declared: Callable[[str], Any] = partial(get_capability, client)
        operations = declared(f"{_EDIT}.resource_operations") or ()
        return cls(
            # A client that pulls gets no pushes: Neovim 0.11 and VS Code keep what both bring.
            pull=declared("text_document.diagnostic") is not None,
            related=any(map(declared, _RELATED)),
            # LSP 3.16: to keep `data` and to resolve an edit later are two capabilities.
            lazy_edits=bool(declared(f"{_ACTION}.data_support"))
            and "edit" in (declared(f"{_ACTION}.resolve_support.properties") or ()),
            # Operations on files go with document changes: Neovim declares only the former.
            document_changes=bool(declared(f"{_EDIT}.document_changes") or operations),
            create_files=types.ResourceOperationKind.Create in operations,
            # A client may know annotations, and not honour those in the edit of a code action.
            annotations=declared(f"{_EDIT}.change_annotation_support") is not None
            and bool(declared(f"{_ACTION}.honors_change_annotations")),
            **{name: bool(declared(path)) for name, path in _SWITCHES.items()},
        )
