"""Whether a token has been rotated, by what Notion has answered about the old and the new one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from notion_lsp.explain.liveness import Dead, Live, Restricted, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.explain.liveness import Liveness

_COMPLETE = "Rotated: the old token is dead, the new one is live, and both are of one workspace."


@dataclass(frozen=True, slots=True)
class Rotation:
    """What is not so of a rotation, and what is to be known of it; sentences, for `Shown`."""

    not_so: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether all is so."""
        return not self.not_so

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that is to be said."""
        return ((_COMPLETE,) if self.complete else self.not_so) + self.remarks


def rotation(old: Liveness, new: Liveness, workspace_id: str | None = None) -> Rotation:
    """Return what is missing: the old one dead, the new one live, and both of one workspace.

    `workspace_id` is that of the old one, where somebody knows it: Notion says nothing of a dead
    token. What cannot be told is not so.
    """
    if isinstance(old, Live):
        workspace_id = old.workspace_id
    not_so = (*_of_old(old), *_of_new(new), *_of_workspace(new, workspace_id))
    return Rotation(not_so, tuple(_remarks(old, new)))


def _of_old(old: Liveness) -> Iterator[str]:
    match old:
        case Live():
            yield "The old token is still live: revoke it."
        case Restricted():
            yield "The old token is restricted, but not dead: revoke it."
        case Unknown(reason, _):
            yield f"Whether the old token is dead cannot be told. {reason.value}"


def _of_new(new: Liveness) -> Iterator[str]:
    match new:
        case Dead():
            yield "The new token is dead."
        case Restricted():
            yield "The new token is restricted: Notion knows it and refuses the request."
        case Unknown(reason, _):
            yield f"Whether the new token is live cannot be told. {reason.value}"


def _of_workspace(new: Liveness, workspace_id: str | None) -> Iterator[str]:
    if not isinstance(new, Live):
        return
    if new.workspace_id is None:
        yield "Notion does not say which workspace the new token opens."
    elif workspace_id is None:
        name = f"`{new.workspace}`" if new.workspace else "a workspace"
        yield (
            "Which workspace the old token opened cannot be told any more. The new one opens "
            f"{name}: if it is the same, add `--workspace {new.workspace_id}`."
        )
    elif new.workspace_id != workspace_id:
        yield "The new token opens another workspace than the old one."


def _remarks(old: Liveness, new: Liveness) -> Iterator[str]:
    if isinstance(old, Live) and isinstance(new, Live) and old.bot != new.bot:
        yield (
            "The new token belongs to another connection: it opens the pages that are shared with "
            "that one."
        )
