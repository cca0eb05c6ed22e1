"""Published packages that use Notion: how to get each, and how to tell that its code is sound."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.cache import CACHE, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PACKAGES = CACHE / "packages"
_TYPESCRIPT = "typescript@5.9"


@dataclass(frozen=True)
class Project:
    """A package by name and registry; `checks` is what its code has to stand, before and after."""

    name: str
    fetch: Callable[[str, Path], None]
    checks: tuple[Callable[[Path], str], ...]


def fetched(project: Project) -> Path:
    """Return the folder of the package as it was published, downloaded if need be."""
    folder = PACKAGES / re.sub(r"\W+", "-", project.name).strip("-")
    if not folder.exists():
        part = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        project.fetch(project.name, part)
        part.rename(folder)
    return folder


def _from_pypi(name: str, folder: Path) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    run(*pip, "--no-binary", name, "--dest", str(folder), name)
    _unpack(folder)


def _from_npm(name: str, folder: Path) -> None:
    run("npm", "pack", "--silent", name, cwd=folder)
    _unpack(folder)


def _from_npm_with_types(name: str, folder: Path) -> None:
    _from_npm(name, folder)
    options = ("--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund")
    run("npm", "install", *options, "--no-save", cwd=folder)
    run("npm", "install", *options, "--no-save", _TYPESCRIPT, cwd=folder)


def _from_go(name: str, folder: Path) -> None:
    module = json.loads(run("go", "mod", "download", "-json", name))
    shutil.copytree(module["Dir"], folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)


def _unpack(folder: Path) -> None:
    archive = next(path for path in folder.iterdir() if path.suffix in {".gz", ".tgz"})
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    archive.unlink()
    inner = next(folder.iterdir())
    for path in list(inner.iterdir()):
        path.rename(folder / path.name)
    inner.rmdir()


def python_compiles(folder: Path) -> str:
    """Return what `compileall` says."""
    return _said(folder, sys.executable, "-m", "compileall", "-q", "-f", ".")


def python_names(folder: Path) -> str:
    """Return the names that are read but not there, and the syntax errors, that ruff finds."""
    options = ("--quiet", "--isolated", "--no-cache", "--output-format", "concise")
    said = _said(folder, sys.executable, "-m", "ruff", "check", *options, "--select=F82", ".")
    return re.sub(r":\d+:\d+:", ":", said)


def javascript_parses(folder: Path) -> str:
    """Return what `node --check` says of each JavaScript file."""
    files = [path for path in _sources(folder) if path.suffix in {".js", ".mjs"}]
    return "".join(
        _said(folder, "node", "--check", str(path)) for path in files if path.name != "merge.js"
    )


def typescript_checks(folder: Path) -> str:
    """Return the compiler's errors, without their places."""
    compiler = folder / "node_modules" / ".bin" / "tsc"
    said = _said(folder, str(compiler), "--noEmit", "--pretty", "false", "-p", ".")
    return re.sub(r"\(\d+,\d+\)", "", said)


def go_builds(folder: Path) -> str:
    """Return what the compiler and `go vet`, which looks at the tests too, say."""
    said = _said(folder, "go", "build", "./...") or _said(folder, "go", "vet", "./...")
    return re.sub(r":\d+:\d+:", ":", said)


def config_parses(folder: Path) -> str:
    """Return what is wrong with the planted shell script and JSON files."""
    said = _said(folder, "sh", "-n", "deploy.sh")
    for name in ("notion.json", ".mcp.json"):
        said += _said(folder, sys.executable, "-m", "json.tool", name, os.devnull)
    return said


def _sources(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in found if "node_modules" not in path.parts]


def _said(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    return said if done.returncode else ""


_PYTHON = (python_compiles, python_names, config_parses)
PROJECTS = (
    *(
        Project(name, _from_pypi, _PYTHON)
        for name in ("notion-client", "notion2md", "notional", "md2notionpage")
    ),
    Project("@notionhq/client", _from_npm, (javascript_parses, config_parses)),
    Project(
        "@notionhq/notion-mcp-server",
        _from_npm_with_types,
        (javascript_parses, typescript_checks, config_parses),
    ),
    *(
        Project(name, _from_go, (go_builds, config_parses))
        for name in ("github.com/jomei/notionapi@v1.13.3", "github.com/dstotijn/go-notion@v0.11.0")
    ),
)
