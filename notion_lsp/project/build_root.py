"""Where the build around a file begins: how far what uses its constants may lie."""

from __future__ import annotations

import os
import re
import tempfile
from fnmatch import translate
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from notion_lsp.files import read_write
from notion_lsp.languages import languages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Beside the manifests of the languages: what names the parts of a build, or describes it alone.
_BUILDS = (
    *("settings.gradle", "settings.gradle.kts", "build.sbt", "build.sc", "build.xml"),
    *("*.sln", "*.slnx", "go.work", "Package.swift", "tsconfig.json"),
    *("CMakeLists.txt", "GNUmakefile", "Makefile", "makefile", "meson.build"),
)
_PACKAGE = re.compile(r"^[ \t]*package[ \t]+([\w.]+)", re.MULTILINE)


def build_root(path: Path, text: str, searched: Sequence[Path]) -> Path:
    """Return the outermost folder that is built with a file, as far as its surroundings tell.

    What lies in one of the folders that were `searched` is taken for one build. Nothing above a
    repository counts, nor what stands in a person's home or among temporary files.
    """
    named = (each for each in searched if each in path.parents)
    roots = (path.parent, *_above_package(path, text), *named, *_builds(path))
    return min(roots, key=lambda each: len(each.parts))


def _above_package(path: Path, text: str) -> Iterator[Path]:
    # Java's folders are named as the packages are (JLS 7.2.1), and Go's packages have one word.
    found = _PACKAGE.search(text)
    names = tuple(found[1].split(".")) if found else ()
    if names and path.parent.parts[-len(names) :] == names:
        yield path.parents[len(names)]


def _builds(path: Path) -> Iterator[Path]:
    home = Path.home()
    nobodys = {home, *home.parents, Path(tempfile.gettempdir())}
    for folder in takewhile(lambda each: each not in nobodys, path.parents):
        if _begins_build(folder):
            yield folder
        if read_write.exists(folder / ".git"):
            return


def _begins_build(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(_signs().match(each.name) for each in entries)
    except OSError:
        return False


@cache
def _signs() -> re.Pattern[str]:
    manifests = (each.file for language in languages() for each in language.project.manifests)
    return re.compile("|".join(map(translate, {*_BUILDS, *manifests})))
