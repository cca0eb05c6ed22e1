"""The page on what to do after a leak, about the token that a person means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.detect.repeated import Known
from notion_lsp.explain.exposure import STAGES
from notion_lsp.explain.guide import Leaked
from notion_lsp.files.uris import relative_name
from notion_lsp.respond.exposures import Leak, exposures, traced
from notion_lsp.respond.listing import inventory

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.respond.inventory import Files
    from notion_lsp.respond.named import Named


def leaked(named: Named, path: Path, line: int, files: Files, here: Path) -> Leaked:
    """Return what there is to say of a token in a file; paths are those from the folder `here`.

    The line counts from 1.
    """
    finding = named.finding
    place = Leak(path, tuple(span.of(named.text) for span in finding.spans))
    uses = inventory(files, files.of_tokens(Known({named.token: finding})), here)
    # The same token may have left in another file, as the one that this was copied from.
    held = (each.exposure for each in uses.uses if each.stops)
    reached = filter(None, (traced(exposures([place])).get(place), *held))
    return Leaked(
        finding.kind,
        named.mask,
        f"{relative_name(path, here)}:{line}",
        max(reached, key=lambda each: STAGES.index(each.stage), default=None),
        uses,
    )
