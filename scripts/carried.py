"""Say what the VS Code extension carries: its licences as a text, its parts as CycloneDX.

The server's libraries are read from an environment with what `locks/server.txt` names and nothing
else: the one that builds has tools too. npm reads the extension's own from its lock file.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXTENSION = ROOT / "vscode-extension"
LICENCES, BILLS = EXTENSION / "THIRD-PARTY-LICENCES.txt", EXTENSION / "sbom"
SERVER = ROOT / "build" / "carried"
RULE = "\n\n" + "=" * 80 + "\n"


def write(*, with_server: bool) -> None:
    """Write the licences, and a bill of materials for the extension and one for its server."""
    shutil.rmtree(BILLS, ignore_errors=True)
    BILLS.mkdir()
    (BILLS / "extension.cdx.json").write_text(_extension_bill(), "utf-8", newline="\n")
    texts = _extension_licences()
    if with_server:
        python = _server_environment()
        (BILLS / "server.cdx.json").write_text(_server_bill(python), "utf-8", newline="\n")
        texts += [_python_licence(), _server_licences(python)]
    LICENCES.write_text(RULE.join(texts) + "\n", "utf-8", newline="\n")


def _extension_bill() -> str:
    # npm's own `sbom` leaves out what a tool of development needs too.
    tool = ("npm", "exec", "--no", "--", "cyclonedx-npm", "--omit", "dev", "--output-reproducible")
    return _output(*tool)


def _extension_licences() -> list[str]:
    listed = _output("npm", "ls", "--omit", "dev", "--all", "--parseable")
    folders = [Path(line) for line in listed.splitlines()[1:]]
    return [
        f"{folder.relative_to(EXTENSION / 'node_modules').as_posix()}\n\n{_licence_in(folder)}"
        for folder in folders
    ]


def _licence_in(folder: Path) -> str:
    for path in sorted(folder.iterdir()):
        if path.name.lower().startswith(("license", "licence")):
            return path.read_text("utf-8").strip()
    sys.exit(f"{folder} has no licence")


def _server_environment() -> str:
    shutil.rmtree(SERVER, ignore_errors=True)
    venv.create(SERVER)
    python = str(SERVER / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    lock = str(ROOT / "locks" / "server.txt")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
    subprocess.run([*pip, "--require-hashes", "--requirement", lock], check=True)
    return python


def _server_bill(python: str) -> str:
    command = ["-m", "cyclonedx_py", "environment", "--output-reproducible"]
    manifest = ["--pyproject", str(ROOT / "pyproject.toml")]
    return _output(sys.executable, *command, *manifest, python)


def _server_licences(python: str) -> str:
    form = ["--format=plain-vertical", "--with-license-file", "--no-license-path"]
    return _output(sys.executable, "-m", "piplicenses", *form, "--python", python).strip()


def _python_licence() -> str:
    """Return the licence of Python itself, which PyInstaller puts beside the server."""
    # It stands beside the library on POSIX, and at the top of the installation on Windows.
    places = (Path(os.__file__).parent, Path(sys.base_prefix))
    found = [place / "LICENSE.txt" for place in places if (place / "LICENSE.txt").is_file()]
    text = found[0].read_text("utf-8") if found else "https://docs.python.org/3/license.html"
    return f"Python {sys.version.split()[0]}\n\n{text.strip()}"


def _output(program: str, *arguments: str) -> str:
    path = shutil.which(program) or sys.exit(f"{program} is not on PATH")
    command = [path, *arguments]
    return subprocess.check_output(command, cwd=EXTENSION, text=True, encoding="utf-8")
