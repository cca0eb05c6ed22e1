"""Random tokens put into random files of a tree, the same ones in every run."""

from __future__ import annotations

import os
import random
import shutil
from typing import TYPE_CHECKING

import token_factory as make

if TYPE_CHECKING:
    from pathlib import Path

TOKENS = 120
SEED = 20_241_124

_SUFFIXES = {".c", ".h", ".S", ".py", ".sh", ".pl", ".rst", ".txt", ".dts", ".yaml", ".json"}
_FORMS = (
    *[make.access_token] * 5,
    make.letter_headed_access_token,
    make.refresh_token,
    make.integration_token,
    make.session_cookie,
    make.new_session_cookie,
    make.file_cookie,
)

Place = tuple[str, int]


def planted_copy(tree: Path, copy: Path) -> dict[Place, str]:
    """Plant in a copy made of hard links; return the file and line of each token, and its form."""
    if copy.exists():
        shutil.rmtree(copy)
    shutil.copytree(tree, copy, symlinks=True, copy_function=os.link)
    random_ = random.Random(SEED)
    files = sorted(path for path in copy.rglob("*") if path.suffix in _SUFFIXES and _is_plain(path))
    chosen = random_.sample(files, TOKENS)
    return dict(_plant(copy, path, number, random_) for number, path in enumerate(chosen))


def _plant(copy: Path, path: Path, number: int, random_: random.Random) -> tuple[Place, str]:
    form = _FORMS[number % len(_FORMS)]
    lines = path.read_bytes().split(b"\n")
    at = random_.randrange(len(lines))
    lines.insert(at, f'KEY = "{form(number)}"'.encode())
    # A new file: the old one is that of the tree it was linked from.
    path.unlink()
    path.write_bytes(b"\n".join(lines))
    return (path.relative_to(copy).as_posix(), at + 1), form.__name__


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
