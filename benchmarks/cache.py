"""The folder for what is downloaded and unpacked, outside the repository, and who fills it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "notion-lsp-bench"

_LINUX = "linux-source-6.1"

_PACKAGES = (
    *("webpack", "webpack-cli", "next", "react", "react-dom", "typescript", "eslint", "prettier"),
    *("jest", "@babel/core", "@babel/preset-env", "@angular/core", "@angular/cli", "vue", "nuxt"),
    *("svelte", "vite", "aws-sdk", "@aws-sdk/client-s3", "googleapis", "@notionhq/client"),
    *("@notionhq/notion-mcp-server", "notion-client", "react-notion-x", "notion-to-md", "express"),
    *("fastify", "lodash", "moment", "date-fns", "three", "@mui/material", "@mui/icons-material"),
    *("antd", "stripe", "@azure/identity", "openai", "langchain", "puppeteer-core", "storybook"),
    *("graphql", "rxjs", "d3", "mongodb", "pg", "redis", "socket.io", "axios"),
)


def linux_tree() -> Path | None:
    """Return the folder of Debian's kernel source, fetched if need be; none without apt."""
    tree = CACHE / "linux"
    if tree.exists():
        return tree
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        print("the kernel tree: skipped, apt-get is not here", file=sys.stderr)
        return None
    work = CACHE / "linux-package"
    work.mkdir(parents=True, exist_ok=True)
    run("apt-get", "download", _LINUX, cwd=work)
    run("dpkg-deb", "-x", str(next(work.glob("*.deb"))), "unpacked", cwd=work)
    archive = work / "unpacked" / "usr" / "src" / f"{_LINUX}.tar.xz"
    run("tar", "-xf", str(archive), cwd=work)
    (work / _LINUX).rename(tree)
    shutil.rmtree(work)
    _unignore(tree)
    return tree


def node_tree() -> Path | None:
    """Return a folder with the packages of a large `node_modules`; none without npm."""
    tree = CACHE / "node"
    if (tree / "node_modules").exists():
        return tree
    if not shutil.which("npm"):
        print("node_modules: skipped, npm is not here", file=sys.stderr)
        return None
    tree.mkdir(parents=True, exist_ok=True)
    (tree / "package.json").write_text("{}\n")
    options = ("--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund")
    run("npm", "install", *options, *_PACKAGES, cwd=tree)
    return tree


def kingfisher() -> str | None:
    """Return the path of kingfisher, installed into an environment of its own if need be."""
    tools = CACHE / "tools"
    program = shutil.which("kingfisher", path=tools / "bin")
    if program is None:
        run(sys.executable, "-m", "venv", str(tools))
        run(str(tools / "bin" / "pip"), "install", "--quiet", "kingfisher-bin")
        program = shutil.which("kingfisher", path=tools / "bin")
    return program


def run(*command: str, cwd: Path | None = None) -> str:
    """Run a command to its end and return what it printed; it fails the benchmark if it fails."""
    done = subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True)
    return done.stdout


def _unignore(tree: Path) -> None:
    # Debian's packaging ends the file with `/*`: with it, git has nothing to search in the tree.
    ignore = tree / ".gitignore"
    lines = ignore.read_text("utf-8").splitlines(keepends=True)
    ignore.write_text("".join(line for line in lines if line not in {"/*\n", "!/debian/\n"}))
