"""The folder for what is downloaded and unpacked, outside the repository, and who fills it."""

from __future__ import annotations

import json
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
    """Return the path of kingfisher, installed if need be."""
    return python_tool("kingfisher-bin", "kingfisher")


def python_tool(package: str, program: str) -> str | None:
    """Return a program's path, its package installed into an environment of its own if need be."""
    tools = CACHE / "tools" / package
    found = shutil.which(program, path=tools / "bin")
    if found is None:
        run(sys.executable, "-m", "venv", str(tools))
        run(str(tools / "bin" / "pip"), "install", "--quiet", package)
        found = shutil.which(program, path=tools / "bin")
    return found


def node_tool(program: str, *packages: str) -> str | None:
    """Return the path of a program of npm packages, installed if need be; none without npm."""
    tools = CACHE / "tools" / program
    if not (tools / "node_modules").exists():
        if not shutil.which("npm"):
            return None
        tools.mkdir(parents=True, exist_ok=True)
        (tools / "package.json").write_text("{}\n")
        options = ("--ignore-scripts", "--no-audit", "--no-fund")
        run("npm", "install", *options, *packages, cwd=tools)
    return shutil.which(program, path=tools / "node_modules" / ".bin")


def go_tool(module: str, program: str) -> str | None:
    """Return the path of a Go program, built if need be; none without Go or if it will not be."""
    tools = CACHE / "tools" / "go"
    found = shutil.which(program, path=tools)
    if found or not shutil.which("go"):
        return found
    tools.mkdir(parents=True, exist_ok=True)
    command = ("go", "install", f"{module}@latest")
    environment = {**os.environ, "GOBIN": str(tools)}
    subprocess.run(command, env=environment, check=False, capture_output=True)
    return shutil.which(program, path=tools)


def go_module(module: str) -> Path | None:
    """Return the folder of a Go module's source; none without Go or if it will not be fetched."""
    if not shutil.which("go"):
        return None
    CACHE.mkdir(parents=True, exist_ok=True)
    command = ("go", "mod", "download", "-json", f"{module}@latest")
    done = subprocess.run(command, cwd=CACHE, check=False, capture_output=True, text=True)
    folder = json.loads(done.stdout or "{}").get("Dir")
    return Path(folder) if folder else None


def run(*command: str, cwd: Path | None = None) -> str:
    """Run a command to its end and return what it printed; it fails the benchmark if it fails."""
    done = subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True)
    return done.stdout


def _unignore(tree: Path) -> None:
    # Debian's packaging ends the file with `/*`: with it, git has nothing to search in the tree.
    ignore = tree / ".gitignore"
    lines = ignore.read_text("utf-8").splitlines(keepends=True)
    ignore.write_text("".join(line for line in lines if line not in {"/*\n", "!/debian/\n"}))
