"""The names of `.env` files, known without loading the languages: each finding asks for them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePath

# R reads `.Renviron` before all else, in the folder where it starts (R, "Startup").
NAMES = (".env", ".env.*", "*.env", ".Renviron")


def is_named_so(path: PurePath) -> bool:
    """Whether the path has such a name."""
    return any(fnmatchcase(path.name, name) for name in NAMES)
