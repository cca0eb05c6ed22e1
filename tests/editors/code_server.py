"""VS Code as it runs in a browser, and a browser: fetched once, and kept between runs.

code-server is VS Code with its own extension host, so what is seen here is what the desktop shows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, NamedTuple

import pytest
from kits import kit
from toolchains import required

if TYPE_CHECKING:
    from pathlib import Path

PLAYWRIGHT = "playwright-core@1.65.1"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--no-audit", "--no-fund", "--silent", "--ignore-scripts")


class Release(NamedTuple):
    """A version of code-server, the Node it asks for, and the modules that are compiled for it."""

    vscode: str
    package: str
    node: str
    rebuilt: tuple[str, ...]
    rebuilt_inside: tuple[str, ...]


CURRENT = Release(
    "1.139",
    "code-server@4.139.1",
    "node@24",
    (),
    ("@vscode/spdlog", "@vscode/native-watchdog"),
)
# The oldest one that a registry has: the extension asks for 1.91.
OLDEST = Release(
    "1.93",
    "code-server@4.93.1",
    "node@20",
    ("argon2",),
    ("@vscode/spdlog", "native-watchdog", "node-pty", "@parcel/watcher"),
)


class Installed(NamedTuple):
    """The programs of an installed code-server: its Node, and its folder."""

    node: Path
    folder: Path


def code_server(release: Release) -> Installed:
    """Return an installed code-server."""
    for program in ("npm", "make", "g++", "python3"):
        required(program)
    content = [str(part) for part in release]
    folder = kit("code-server", content, lambda folder: _make_code_server(folder, release))
    return Installed(_node(folder), folder / "node_modules" / "code-server")


def playwright() -> Path:
    """Return the folder of the package that drives a browser."""
    required("npm")
    folder = kit("playwright", [PLAYWRIGHT], lambda folder: _npm(folder, "install", PLAYWRIGHT))
    return folder / "node_modules" / "playwright-core"


def browser() -> str:
    """Return the path of a browser that Playwright can drive."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        required(BROWSERS[0])
        pytest.fail("no browser")
    return found


def _make_code_server(folder: Path, release: Release) -> None:
    # In a folder of its own: npm tidies away what the package has put below itself.
    (folder / "node").mkdir()
    _npm(folder / "node", "install", release.node, scripts=True)
    node = _node(folder)
    # The package of Node brings its headers too: nothing is fetched to compile a module.
    environment = {
        "PATH": f"{node.parent}{os.pathsep}{os.environ['PATH']}",
        "npm_config_nodedir": str(node.parents[1]),
    }
    _npm(folder, "install", release.package, environment=environment)
    if release.rebuilt:
        _npm(folder, "rebuild", *release.rebuilt, environment=environment, scripts=True)
    inside = folder / "node_modules" / "code-server" / "lib" / "vscode"
    options = ("--omit=dev", "--legacy-peer-deps")
    _npm(inside, "install", *options, environment=environment)
    _npm(inside, "rebuild", *release.rebuilt_inside, environment=environment, scripts=True)
    _npm(inside / "extensions", "install", *options, environment=environment)


def _node(folder: Path) -> Path:
    return next(folder.glob("node/**/node-*/bin/node"))


def _npm(
    folder: Path,
    *arguments: str,
    environment: dict[str, str] | None = None,
    scripts: bool = False,
) -> None:
    manifest = folder / "package.json"
    if not manifest.exists():
        manifest.write_text('{"private": true}\n')
    quiet = QUIET[:-1] if scripts else QUIET
    subprocess.run(
        ["npm", *arguments, *quiet],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        check=True,
        stdout=subprocess.DEVNULL,
    )
