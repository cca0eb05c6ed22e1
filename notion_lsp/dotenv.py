"""The names of `.env` files, known without loading the languages: each finding asks for them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath

NAMES = (".env", ".env.*", "*.env")


def is_named_so(path: PurePath) -> bool:
    """Whether the path has such a name."""
    return any(fnmatchcase(path.name, name) for name in NAMES)
