"""Where in an image a file stands, and the sentences that say so."""

from __future__ import annotations

from typing import NamedTuple

from notion_lsp.explain.masking import mask_text

_COMMAND = 80  # characters of a command in a sentence


class Layer(NamedTuple):
    """The layer of a file: its digests, the command that made it, and what took the file away.

    `digest` is that of the packed layer as the archive has it, `unpacked` that of its content, and
    `deleted_in` the digest of the layer that deletes the file. Each is empty where the image does
    not say it.
    """

    digest: str
    unpacked: str = ""
    command: str = ""
    deleted_in: str = ""

    def facts(self) -> dict[str, str | None]:
        """Return it as data, with tokens masked; what the image does not say is `None`."""
        found = (self.digest, self.unpacked, mask_text(self.command), self.deleted_in)
        names = ("digest", "diff_id", "command", "deleted_in")
        return {name: value or None for name, value in zip(names, found, strict=True)}


def sentence(layer: Layer | None) -> str:
    """Return what it means, after a space, for `Shown`; empty without a layer."""
    if layer is None:
        return ""
    command = mask_text(layer.command)
    short = command if len(command) <= _COMMAND else f"{command[:_COMMAND]}…"
    made = f" The layer was made by `{short.replace('`', chr(39))}`." if short else ""
    gone = (
        " A later layer deletes the file, and the image still has it." if layer.deleted_in else ""
    )
    return f"{made}{gone} Build the image without it: `RUN --mount=type=secret` takes a secret."
