"""Code actions: what can be done about a token, in the words of a lightbulb.

They are made from a snapshot of the document, in a thread: git and the disk may be slow, and the
next key must not wait for them. An action carries its edit, or leaves it out where the client said
that it will ask; then `data` says which assist it is and where, never what was there.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from notion_lsp.assists import (
    ASK_NOTION,
    EVERYWHERE,
    KEEP,
    LEAKED,
    WHOLE_FILE,
    Assist,
    Change,
    Explanation,
    assist,
    assists,
    whole_file,
)
from notion_lsp.explain.shown import plain
from notion_lsp.lsp import convert, diagnostics, ids
from notion_lsp.lsp.everywhere import counted
from notion_lsp.lsp.ids import FIX_ALL, WHY_NO_REWRITE
from notion_lsp.lsp.snapshot import changed, document_at, require_current, snapshot_of
from notion_lsp.refused import Refused
from notion_lsp.respond.named import Named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.lsp.documents import Document
    from notion_lsp.lsp.session import NotionServer
    from notion_lsp.lsp.snapshot import Snapshot

    Shown = Mapping[tuple[int, int], types.Diagnostic]

# The commands that do later what is no edit.
_COMMANDS = {
    EVERYWHERE: ids.FIX_WORKSPACE,
    ASK_NOTION: ids.ASK_NOTION,
    KEEP: ids.KEEP,
    LEAKED: ids.LEAKED,
}

QUICK_FIX = types.CodeActionKind.QuickFix.value
_CANNOT_CREATE = Refused("This editor cannot create the file it needs: create it empty first.")


async def offered(
    server: NotionServer, document: Document, params: types.CodeActionParams
) -> list[types.CodeAction]:
    """Return the actions for the diagnostics the client names, else for the range it names.

    Raises the protocol's `ContentModified` where the text is another one before they are made.
    """
    if server.open_file(document).left_out:
        return []
    snapshot = snapshot_of(server, document)
    asked = _asked(snapshot, params)
    # Editors ask wherever the cursor goes: most places have nothing to read or to wait for.
    if not asked and not (snapshot.ranges and params.context.only):
        return []
    if server.capabilities.apply_edit and _wants(params.context.only, QUICK_FIX):
        snapshot = await counted(server, snapshot, asked)
    # Only the loop may look at open documents; the thread has the snapshot.
    starts = {_key(snapshot.ranges[finding].start) for finding in asked}
    shown = diagnostics.at_starts(server, document, starts)
    actions = await asyncio.to_thread(_actions, snapshot, asked, params, shown)
    require_current(server, snapshot)
    return actions


async def resolved(server: NotionServer, action: types.CodeAction) -> types.CodeAction:
    """Return the action with its edit, for the text as it is now.

    Raises the protocol's `ContentModified` where the text, or what stands beside it, is not what
    the action was made for.
    """
    if action.command or action.disabled:  # VS Code asks all the same
        return action
    data: Any = action.data
    snapshot = snapshot_of(server, document_at(server, data))
    action.edit = await asyncio.to_thread(_edit, snapshot, data)
    require_current(server, snapshot)
    if action.edit is None:
        raise changed()
    return action


def token_at(server: NotionServer, place: Any) -> Named:  # noqa: ANN401, what the client sends
    """Return the token at a place, as an action's `data` names it.

    Raises as `resolved` does.
    """
    snapshot = snapshot_of(server, document_at(server, place))
    finding = snapshot.finding_at(place.get("offset"))
    if finding is None:
        raise changed()
    return Named(snapshot.subject.text, finding)


def _edit(snapshot: Snapshot, data: Mapping[str, Any]) -> types.WorkspaceEdit | None:
    offset = data.get("offset")
    finding = snapshot.finding_at(offset)
    # The client sends `data` back: it may name a place where no token stands.
    if finding is None and offset is not None:
        return None
    made = assist(snapshot.subject, str(data.get("id")), finding)
    return snapshot.edit(made.change) if made and isinstance(made.change, Change) else None


def _asked(snapshot: Snapshot, params: types.CodeActionParams) -> list[Finding]:
    asked = params.range
    inside = {
        finding: place
        for finding, place in snapshot.ranges.items()
        if _key(place.start) <= _key(asked.end) and _key(asked.start) <= _key(place.end)
    }
    # ALE 3.3 names no diagnostics when the cursor is on a word: then the range decides.
    if not params.context.diagnostics:
        return list(inside)
    named = [each.range for each in params.context.diagnostics if each.source == convert.SOURCE]
    places = list(snapshot.ranges.values())
    # Out of place where the text has changed since; Neovim 0.7 counts bytes instead of units.
    lines = {place.start.line for place in named if place not in places}
    return [
        finding
        for finding, place in snapshot.ranges.items()
        if place in named or (finding in inside and place.start.line in lines)
    ]


def _actions(
    snapshot: Snapshot, asked: list[Finding], params: types.CodeActionParams, shown: Shown
) -> list[types.CodeAction]:
    actions = (_action(snapshot, each, shown) for each in _offered(snapshot, asked, params))
    return [action for action in actions if action is not None]


def _offered(
    snapshot: Snapshot, asked: list[Finding], params: types.CodeActionParams
) -> Iterator[Assist]:
    only, every = params.context.only, not _applies_all(snapshot, params)
    for each in assists(snapshot.subject, asked) if _wants(only, QUICK_FIX) else ():
        if each.preferred or every:
            yield each
    # Asked without a kind, a list of choices is shown: fix-all is one where it does more.
    does_more = 0 < len(asked) < len(snapshot.ranges) and every
    if does_more if only is None else _wants(only, FIX_ALL):
        whole = whole_file(snapshot.subject)
        yield from [whole] if whole else []


def _action(snapshot: Snapshot, made: Assist, shown: Shown) -> types.CodeAction | None:
    capabilities, change = snapshot.form.capabilities, made.change
    # The command asks the client, and one that makes no edits (ALE, JupyterLab) gives no answers.
    if isinstance(change, str) and not capabilities.apply_edit:
        return None
    if isinstance(change, Change) and not snapshot.form.fits(change):
        change = _CANNOT_CREATE
    refused = change if isinstance(change, Refused) else None
    # Without `disabledSupport` (LSP 3.16) a client would offer it as if it did something.
    if refused and not capabilities.disabled:
        return None
    place = snapshot.ranges[made.finding] if made.finding else None
    action = convert.action(
        plain(made.title),
        FIX_ALL if made.id == WHOLE_FILE else QUICK_FIX,
        shown.get(_key(place.start)) if place else None,
        refused=plain(refused.reason) if refused else None,
        preferred=made.preferred,
    )
    if isinstance(change, Change):
        _give_edit(action, snapshot, made, change)
    elif not isinstance(change, Refused):
        action.command = _command(snapshot, made, change)
    return action


def _give_edit(action: types.CodeAction, snapshot: Snapshot, made: Assist, change: Change) -> None:
    if snapshot.form.capabilities.lazy_edits:
        action.data = _data(snapshot, made)
    else:
        action.edit = snapshot.edit(change)


# ALE 3.3 runs the command of an action and drops its edit: no action has both.
def _command(snapshot: Snapshot, made: Assist, change: str | Explanation) -> types.Command:
    if isinstance(change, str):
        data = _data(snapshot, made)
        return types.Command(plain(made.title), _COMMANDS[change], arguments=[data])
    # VS Code forgets a command with arguments when it asks anew, and a menu may still be open.
    opens = snapshot.form.capabilities.show_document
    said = None if opens else [plain(change.reason)]
    return types.Command(plain(made.title), WHY_NO_REWRITE, arguments=said)


def _data(snapshot: Snapshot, made: Assist) -> dict[str, Any]:
    offset = made.finding.span.start if made.finding else None
    return {"id": made.id, "uri": snapshot.uri, "version": snapshot.version, "offset": offset}


def _applies_all(snapshot: Snapshot, params: types.CodeActionParams) -> bool:
    # Kate's quick fix names one diagnostic and the whole document, and applies all it is given.
    whole = _key(params.range.start) == (0, 0) and params.range.end.line >= snapshot.last_line
    named = [each.range for each in params.context.diagnostics]
    return whole and bool(named) and params.range not in named


def _wants(only: Sequence[types.CodeActionKind | str] | None, kind: str) -> bool:
    # LSP, CodeActionKind: dots make a hierarchy, and the empty kind stands for all.
    names = [str(getattr(each, "value", each)) for each in only or ()]
    return only is None or any(not name or f"{kind}.".startswith(f"{name}.") for name in names)


def _key(position: types.Position) -> tuple[int, int]:
    return position.line, position.character
