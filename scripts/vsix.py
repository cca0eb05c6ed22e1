"""Package the VS Code extension for this platform, with the server that it carries."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from scripts import carried

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "vscode-extension"
WORK, OUTPUT = ROOT / "build" / "server", ROOT / "dist"
PLATFORM = "process.platform + '-' + process.arch"


def main() -> None:
    """Bundle the server, unless the package is to be for every platform, and package it all."""
    server = EXTENSION / "server"
    shutil.rmtree(server, ignore_errors=True)
    if not (EXTENSION / "node_modules").exists():
        _run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    carries_server = "--universal" not in sys.argv[1:]
    carried.write(with_server=carries_server)
    if not carries_server:
        _package("universal")
        return
    pyinstaller = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    folders = ["--workpath", str(WORK), "--distpath", str(EXTENSION)]
    _run(*pyinstaller, *folders, str(EXTENSION / "bundle" / "server.spec"))
    target = subprocess.check_output([_program("node"), "-p", PLATFORM], text=True).strip()
    _package(target, "--target", target)


def _package(name: str, *options: str) -> None:
    OUTPUT.mkdir(exist_ok=True)
    package = str(OUTPUT / f"notion-lsp-{name}.vsix")
    _run("npm", "run", "--silent", "package", "--", "--out", package, *options)


def _run(*command: str) -> None:
    subprocess.run([_program(command[0]), *command[1:]], cwd=EXTENSION, check=True)


def _program(name: str) -> str:
    return shutil.which(name) or sys.exit(f"{name} is not on PATH")


if __name__ == "__main__":
    main()
