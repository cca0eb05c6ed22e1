"""An inventory as it is read: each use with its place in the file, and how far it has got."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.detect.finding import fingerprint, mask, public_fingerprint
from notion_lsp.explain.uses import Inventory, Listed, UsedToken, ordered
from notion_lsp.files.uris import relative_name
from notion_lsp.respond.exposures import Leak, exposures, traced
from notion_lsp.respond.inventory import ignored_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from notion_lsp.explain.exposure import Exposure
    from notion_lsp.explain.uses import Use
    from notion_lsp.respond.inventory import Files, Looked, Wanted


def inventory(files: Files, wanted: Wanted, here: Path) -> Inventory:
    """Return the uses of what is wanted in files; paths are those from the folder `here`."""
    looked, unread = files.look(wanted)
    return Inventory(
        tuple(_tokens(files, wanted)),
        tuple(sorted(wanted.names)),
        ordered(_listed(looked, here)),
        tuple((relative_name(each.path, here), each.reason) for each in unread),
    )


def _listed(looked: Sequence[Looked], here: Path) -> Iterator[Listed]:
    uses = [(file, use) for file in looked for use in file.uses]
    told = _told(uses)
    ignored = ignored_of(file.path for file in looked)
    for file, use in uses:
        yield Listed(
            use,
            relative_name(file.path, here),
            file.language.title if file.language else "text",
            _place(file, use),
            told.get(_written(file, use)),
            ignored=file.path in ignored,
        )


def _told(uses: Sequence[tuple[Looked, Use]]) -> dict[Leak, Exposure]:
    told = exposures([_written(*each) for each in uses])
    # Of a variable's name, nobody asks who brought it.
    held = {_written(file, use) for file, use in uses if use.fingerprint}
    return told | traced({place: each for place, each in told.items() if place in held})


def _written(file: Looked, use: Use) -> Leak:
    return Leak(file.path, file.written(use))


def _tokens(files: Files, wanted: Wanted) -> Iterator[UsedToken]:
    for token, finding in wanted.tokens.findings.items():
        names = {each.variable for each in files.given if each.token == token and each.variable}
        yield UsedToken(
            finding.kind.title,
            mask(token, finding.kind),
            fingerprint(token),
            public_fingerprint(token),
            tuple(sorted(names)),
        )


def _place(file: Looked, use: Use) -> tuple[int, int, int, int]:
    ends = (
        file.index.position(offset, "utf-32") for offset in (use.spans[0].start, use.spans[0].end)
    )
    (line, column), (end_line, end_column) = ends
    return line + 1, column + 1, end_line + 1, end_column + 1
