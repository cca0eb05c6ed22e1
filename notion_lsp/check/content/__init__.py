"""What a check looks at, wherever it is from: a module for each place that contents come from.

Reports, ignore rules and baselines do not know the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from notion_lsp.files.git_history import Commit
    from notion_lsp.files.read_write import Unreadable
    from notion_lsp.project.project import Project

ProjectOf = Callable[[Path], "Project"]
Opener = Callable[[], "BinaryIO | Unreadable"]


class Version(NamedTuple):
    """A content of a history: the id of its object, its path, and the commit that brought it.

    With `named`, it is the path that counts.
    """

    object_id: str
    path: Path
    commit: Commit | None
    named: bool = False


class Content(NamedTuple):
    """What is searched: the path whose rules count for it, and its bytes.

    What is too large for the memory is opened instead, with a function. `named` is what a person
    or a commit asks for: if it cannot be read, the check fails. What is `sifted` may hold a token,
    as a search has found; the rest is still to be told from it. What is not `in_folder` has left
    it, such as a commit or an image: there a token belongs in no file. `before` reads what stood in
    its place, whose tokens are not new.
    """

    path: Path
    data: bytes | Opener | Unreadable
    named: bool = False
    sifted: bool = True
    in_folder: bool = True
    version: Version | None = None
    before: Callable[[], Iterable[bytes]] | None = None


class Source(NamedTuple):
    """Where contents come from, the paths whose names are searched too, and archives among them.

    Those of `again` are looked into once more for the tokens that were found: they are all that
    `contents` has if it is `None`. `versions` are those of the paths, and the `earlier` ones of
    these were there before.
    """

    contents: Callable[[], Iterable[Content]]
    names: Iterable[Path] = ()
    archives: AbstractSet[Path] = frozenset()
    again: Callable[[], Iterable[Content]] | None = None
    versions: Mapping[Path, Sequence[Version]] = {}
    earlier: AbstractSet[Path] = frozenset()
