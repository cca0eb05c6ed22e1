"""What stands beside a file: the texts of its package, its manifest, and whether it is a module."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from notion_lsp.files import read_write
from notion_lsp.project.texts import AS_SAVED, text_of
from notion_lsp.rewrite.source import ALONE, Package

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.languages import Language
    from notion_lsp.lookup import Manifest
    from notion_lsp.project.texts import Newer

_TYPE_MODULE = re.compile(r'"type"\s*:\s*"module"')


def package_of(
    path: Path, language: Language | None, text: str, newer: Newer = AS_SAVED
) -> Package:
    """Return the texts of a folder's other files that share top-level names with a file."""
    clause = _package(language, text)
    if language is None or clause is None:
        return ALONE
    here = language.project.conditions(path.name, text)
    siblings = [
        (sibling.name, text_of(sibling, newer) or "")
        for sibling in _siblings(path, newer)
        if any(fnmatchcase(sibling.name, pattern) for pattern in language.recognition.files)
    ]
    known = [
        (other, language.project.conditions(name, other))
        for name, other in siblings
        if _package(language, other) == clause
    ]
    possible = [(other, there) for other, there in known if not _excludes(here, there)]
    seen = tuple(other for other, there in possible if _implies(here, there))
    return Package(seen, tuple(other for other, there in possible if not _implies(here, there)))


def _implies(here: frozenset[str], there: frozenset[str]) -> bool:
    # Whether a file is built wherever this one is. A program's `main` keeps nobody from the rest of
    # its file.
    return all(each in here for each in there if not each.startswith("main="))


def _excludes(here: frozenset[str], there: frozenset[str]) -> bool:
    keys = {each.partition("=")[0]: each for each in here if "=" in each}
    return any(
        each not in here and (_opposite(each) in here or keys.get(each.partition("=")[0]))
        for each in there
    )


def _opposite(condition: str) -> str:
    return condition.removeprefix("!") if condition.startswith("!") else f"!{condition}"


def is_module(path: Path, newer: Newer = AS_SAVED) -> bool:
    """Whether a file of JavaScript is an ES module by its name, else by its `package.json`.

    TypeScript without a `package.json` is taken for one.
    """
    # Node.js, "Determining module system": the ending of the name decides, and else the `type` of
    # the nearest `package.json`.
    if path.suffix in {".mjs", ".mts", ".cjs", ".cts"}:
        return path.suffix.startswith(".m")
    if path.suffix not in {".js", ".jsx", ".ts", ".tsx"}:
        return False
    for folder in path.parents:
        if text := text_of(folder / "package.json", newer):
            return bool(_TYPE_MODULE.search(text))
    return path.suffix in {".ts", ".tsx"}


def manifest(
    path: Path, language: Language | None, top: Path | None, newer: Newer = AS_SAVED
) -> tuple[Manifest, str] | None:
    """Return the manifest of a language that stands nearest above a file, with its text.

    Nothing above the folder `top` is looked at.
    """
    for folder in path.parents if language and language.project.manifests else ():
        for row in language.project.manifests if language else ():
            found = sorted(folder.glob(row.file)) if read_write.exists(folder / row.beside) else []
            if found and (text := text_of(found[0], newer)) is not None:
                return row, text
        if folder == top:
            break
    return None


def _package(language: Language | None, text: str) -> str | None:
    if language is None or not language.project.same_package:
        return None
    found = re.search(language.project.same_package, text)
    return found[1] if found else None


def _siblings(path: Path, newer: Newer) -> list[Path]:
    open_ = {each for each in newer if each.parent == path.parent}
    try:
        return sorted({*path.parent.iterdir(), *open_} - {path})
    except OSError:
        return sorted(open_ - {path})
