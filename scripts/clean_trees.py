"""`python -m scripts.clean_trees [FOLDER…]`: list what is found where nobody has put a token.

Without folders it takes what this machine has and can fetch: the kernel's source, a large
`node_modules`, Python's own libraries and packages, what compilers and databases have written, and
the source of other scanners, and writes the section "Trees without a token" of BENCHMARKS.md. No
token is printed, only its masked form.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.cache import CACHE, go_module, linux_tree, node_tool, node_tree, python_tool, run
from benchmarks.report import table, write_section
from benchmarks.scanners import SECRETLINT
from benchmarks.servers import CHECK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PEERS = CACHE / "peers"
_INSTALLED = (sysconfig.get_path("stdlib"), "/usr/lib", "/usr/share", "/var/lib")
_WRITTEN = {
    *(".a", ".beam", ".class", ".db", ".dll", ".elc", ".exe", ".mo", ".node", ".o", ".pyc"),
    *(".rlib", ".rmeta", ".so", ".sqlite", ".sqlite3", ".wasm"),
}
_ABOUT = """\
What `notion-lsp check` finds where nobody has put a token. In the source of other scanners these
are the samples of their own tests, and each is listed.
"""


def main(folders: list[str]) -> int:
    """List the findings below the folders, else below those of this machine."""
    if folders:
        for folder in folders:
            rows = _findings(Path(folder))
            print(f"{folder}: {_size(Path(folder))}, {len(rows)} findings")
            for row in rows:
                print(f"  {_line(row)}")
        return 0
    trees = _trees()
    found = {name: _findings(tree) for name, tree in trees.items()}
    sizes = [[name, _size(tree), str(len(found[name]))] for name, tree in trees.items()]
    listed = [f"- {name}: {_line(row)}" for name, rows in found.items() for row in rows]
    body = [_ABOUT, table(["", "size", "findings"], sizes), "\n".join(listed)]
    write_section("Trees without a token", "\n\n".join(part.strip() for part in body))
    return 0


def _trees() -> dict[str, Path]:
    trees: Mapping[str, Path | None] = {
        "linux-source-6.1": linux_tree(),
        "node_modules": node_tree(),
        "Python's libraries": Path(sysconfig.get_path("stdlib")),
        "packages of Python": Path(sysconfig.get_path("purelib")),
        "compiled files": _compiled(),
        "detect-secrets": _source_of_pypi("detect-secrets"),
        "gitleaks": go_module("github.com/zricethezav/gitleaks/v8"),
        "secretlint": _source_of_secretlint(),
        "trufflehog": go_module("github.com/trufflesecurity/trufflehog/v3"),
    }
    for name, tree in trees.items():
        if tree is None:
            print(f"{name}: left out, it cannot be had here", file=sys.stderr)
    return {name: tree for name, tree in trees.items() if tree}


def _compiled() -> Path | None:
    """Return a folder of compiled files and databases: links to those of this machine."""
    folder = CACHE / "compiled"
    if not folder.exists():
        for number, path in enumerate(_written_by_programs(map(Path, _INSTALLED))):
            (folder / str(number // 1000)).mkdir(parents=True, exist_ok=True)
            (folder / str(number // 1000) / f"{number}-{path.name}").hardlink_to(path)
    return folder if folder.exists() else None


def _written_by_programs(folders: Iterable[Path]) -> Iterator[Path]:
    written = (path for folder in folders for path in folder.rglob("*") if _is_written(path))
    every = ((path, path.stat()) for path in written)
    # What lies on another disk cannot be linked to.
    return (path for path, there in every if there.st_dev == Path.home().stat().st_dev)


def _is_written(path: Path) -> bool:
    return path.suffix in _WRITTEN and path.is_file() and not path.is_symlink()


def _source_of_pypi(package: str) -> Path | None:
    folder = _PEERS / package
    if not folder.exists() and python_tool(package, package):
        pip = str(CACHE / "tools" / package / "bin" / "pip")
        options = ("--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(folder))
        run(pip, "download", *options, package)
        for archive in folder.glob("*.tar.gz"):
            with tarfile.open(archive) as packed:
                packed.extractall(folder, filter="data")
    return folder if folder.exists() else None


def _source_of_secretlint() -> Path | None:
    found = node_tool("secretlint", *SECRETLINT)
    return Path(found).parents[1] if found else None


def _findings(folder: Path) -> list[dict[str, Any]]:
    command = [*CHECK, "--output-format", "json", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr)
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def _line(row: Mapping[str, Any]) -> str:
    return f"`{row['path']}:{row['line']}`: {row['message']}"


def _size(tree: Path) -> str:
    files = [path for path in tree.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    return f"{len(files):,} files, {size / 1e6:,.1f} MB"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
