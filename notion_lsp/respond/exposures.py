"""How far tokens have got: what git has of their files, in the index, in commits, on remotes.

A version of a file has a token if it has all texts that the token is written with: what stands
there now, plain, encoded or in pieces, as it stands. So nothing is decoded again, and git is never
told what is looked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.explain.exposure import Exposure
from notion_lsp.explain.masking import mask_text
from notion_lsp.files import git_objects
from notion_lsp.files.gitignore import top_of
from notion_lsp.files.read_write import decode_any

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from notion_lsp.files.git_objects import Version

    Written = tuple[str, ...]  # the texts that a token is written with, one for each piece
    Place = tuple[Path, Written]


def exposures(places: Collection[Place]) -> dict[Place, Exposure]:
    """Return how far tokens in files have got; a file in no repository is left out."""
    tops: dict[Path, list[Place]] = {}
    for place in places:
        top = top_of(place[0].parent)
        if top:
            tops.setdefault(top, []).append(place)
    found: dict[Place, Exposure] = {}
    for top, inside in tops.items():
        found |= _in_repository(top, inside)
    return found


def _in_repository(top: Path, places: Sequence[Place]) -> dict[Place, Exposure]:
    names = {path: path.relative_to(top).as_posix() for path, _ in places}
    versions = git_objects.versions(top, sorted(set(names.values())))
    ids = {each.object_id for found in versions.values() for each in found}
    texts = {
        object_id: decode_any(data).text for object_id, data in git_objects.blobs(top, sorted(ids))
    }
    return {
        (path, written): _exposure(versions[names[path]], texts, written)
        for path, written in places
    }


def _exposure(versions: Sequence[Version], texts: Mapping[str, str], written: Written) -> Exposure:
    where = {
        version.where
        for version in versions
        if all(part in texts.get(version.object_id, "") for part in written)
    }
    remotes = tuple(sorted(where - {git_objects.INDEX, git_objects.HEAD}))
    if remotes:
        return Exposure("pushed", tuple(map(mask_text, remotes)))
    if git_objects.HEAD in where:
        return Exposure("committed")
    return Exposure("staged" if git_objects.INDEX in where else "work tree")
