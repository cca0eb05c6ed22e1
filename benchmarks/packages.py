"""Public programs that use Notion: how to get each, and what tells that it is sound."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks import sound
from benchmarks.cache import CACHE, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Fetch = Callable[[Path], None]

PACKAGES = CACHE / "packages"
_TYPESCRIPT = "typescript@5.9"
_NO_CODE = tuple(f":(exclude,icase)*.{end}" for end in ("gif", "jpg", "mov", "mp4", "pdf", "png"))


@dataclass(frozen=True)
class Project:
    """A program by name and version; `checks` is what its code has to stand, before and after."""

    name: str
    fetch: Fetch
    checks: tuple[Callable[[Path], str], ...]


def fetched(project: Project) -> Path:
    """Return the folder of the project as it was published, downloaded if need be."""
    folder = PACKAGES / folder_name(project.name)
    if not folder.exists():
        part = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        project.fetch(part)
        part.rename(folder)
    return folder


def folder_name(name: str) -> str:
    """Return a project's name as that of a folder."""
    return re.sub(r"\W+", "-", name).strip("-")


def from_pypi(requirement: str) -> Fetch:
    """Return what downloads a source distribution."""

    def fetch(folder: Path) -> None:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        name = requirement.partition("==")[0]
        run(*pip, "--no-binary", name, "--dest", str(folder), requirement)
        _unpack(folder)

    return fetch


def from_npm(package: str, *, types: bool = False) -> Fetch:
    """Return what downloads a package, with what its compiler needs if its types are checked."""

    def fetch(folder: Path) -> None:
        run("npm", "pack", "--silent", package, cwd=folder)
        _unpack(folder)
        if types:
            options = ("--ignore-scripts", "--legacy-peer-deps", "--no-audit", "--no-fund")
            run("npm", "install", *options, "--no-save", cwd=folder)
            run("npm", "install", *options, "--no-save", _TYPESCRIPT, cwd=folder)

    return fetch


def from_go(module: str) -> Fetch:
    """Return what downloads a module."""

    def fetch(folder: Path) -> None:
        found = json.loads(run("go", "mod", "download", "-json", module))
        shutil.copytree(found["Dir"], folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)

    return fetch


def from_crates(crate: str, version: str) -> Fetch:
    """Return what downloads a crate: cargo unpacks it into its registry."""

    def fetch(folder: Path) -> None:
        probe = folder / "probe"
        (probe / "src").mkdir(parents=True)
        (probe / "src" / "lib.rs").touch()
        manifest = f'[package]\nname = "probe"\n\n[dependencies]\n{crate} = "={version}"\n'
        (probe / "Cargo.toml").write_text(manifest)
        about = json.loads(run("cargo", "metadata", "--format-version", "1", cwd=probe))
        shutil.rmtree(probe)
        (found,) = (each for each in about["packages"] if each["name"] == crate)
        source = found["manifest_path"].removesuffix("Cargo.toml")
        shutil.copytree(source, folder, dirs_exist_ok=True)

    return fetch


def from_git(name: str, commit: str) -> Fetch:
    """Return what clones a public repository."""

    def fetch(folder: Path) -> None:
        url = f"https://github.com/{name}"
        run("git", "clone", "--quiet", "--no-checkout", url, ".", cwd=folder)
        run("git", "checkout", "--quiet", commit, "--", ".", *_NO_CODE, cwd=folder)
        shutil.rmtree(folder / ".git")

    return fetch


def _unpack(folder: Path) -> None:
    archive = next(path for path in folder.iterdir() if path.suffix in {".gz", ".tgz"})
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    archive.unlink()
    inner = next(folder.iterdir())
    for path in list(inner.iterdir()):
        path.rename(folder / path.name)
    inner.rmdir()


_PYTHON = (sound.python_compiles, sound.python_names, sound.config_parses)
_JAVASCRIPT = (sound.javascript_parses, sound.config_parses)
_GO = (sound.go_builds, sound.go_tests, sound.config_parses)
_RUST = (sound.rust_checks, sound.config_parses)
_JAVA = (sound.java_compiles, sound.config_parses)
_KOTLIN = (sound.kotlin_compiles, sound.config_parses)
_RUBY = (sound.ruby_parses, sound.config_parses)
_PHP = (sound.php_parses, sound.config_parses)
_CSHARP = (sound.csharp_parses, sound.config_parses)

PROJECTS = (
    Project("notion-client 3.1.0", from_pypi("notion-client==3.1.0"), _PYTHON),
    Project("enex2notion 0.3.1", from_pypi("enex2notion==0.3.1"), _PYTHON),
    Project("notional 0.8.2", from_pypi("notional==0.8.2"), _PYTHON),
    Project("md2notionpage 0.1.6", from_pypi("md2notionpage==0.1.6"), _PYTHON),
    Project("csv2notion-neo 2.2.1", from_pypi("csv2notion-neo==2.2.1"), _PYTHON),
    Project("better-notion 2.8.16", from_pypi("better-notion==2.8.16"), _PYTHON),
    Project("easynotion 0.3.7", from_pypi("easynotion==0.3.7"), _PYTHON),
    Project("notion-database 2.0.0", from_pypi("notion-database==2.0.0"), _PYTHON),
    Project("python-notion-api 2.0.0", from_pypi("python-notion-api==2.0.0"), _PYTHON),
    Project("basic-notion 0.6.2", from_pypi("basic-notion==0.6.2"), _PYTHON),
    Project("@notionhq/client 5.26.0", from_npm("@notionhq/client@5.26.0"), _JAVASCRIPT),
    Project(
        "@notionhq/notion-mcp-server 2.5.2",
        from_npm("@notionhq/notion-mcp-server@2.5.2", types=True),
        (sound.javascript_parses, sound.typescript_checks, sound.config_parses),
    ),
    Project("notion-to-md 3.1.9", from_npm("notion-to-md@3.1.9"), _JAVASCRIPT),
    Project("notion-client 8.0.8", from_npm("notion-client@8.0.8"), _JAVASCRIPT),
    Project("notion-utils 8.0.8", from_npm("notion-utils@8.0.8"), _JAVASCRIPT),
    Project("@tryfabric/martian 1.2.4", from_npm("@tryfabric/martian@1.2.4"), _JAVASCRIPT),
    Project("notion-helper 1.3.33", from_npm("notion-helper@1.3.33"), _JAVASCRIPT),
    Project("notion-md-crawler 1.0.2", from_npm("notion-md-crawler@1.0.2"), _JAVASCRIPT),
    Project(
        "@notion-md-converter/core 0.6.3", from_npm("@notion-md-converter/core@0.6.3"), _JAVASCRIPT
    ),
    Project("@notionhq/workers 0.9.2", from_npm("@notionhq/workers@0.9.2"), _JAVASCRIPT),
    Project("notion-cli-agent 0.11.0", from_npm("notion-cli-agent@0.11.0"), _JAVASCRIPT),
    Project("jomei/notionapi 1.13.3", from_go("github.com/jomei/notionapi@v1.13.3"), _GO),
    Project("dstotijn/go-notion 0.11.0", from_go("github.com/dstotijn/go-notion@v0.11.0"), _GO),
    Project("lox/notion-cli", from_git("lox/notion-cli", "59d9e17"), _GO),
    Project("byvfx/go-notion-md-sync", from_git("byvfx/go-notion-md-sync", "03407fb"), _GO),
    Project("notion-client 1.1.1", from_crates("notion-client", "1.1.1"), _RUST),
    Project("rusticnotion 0.5.2", from_crates("rusticnotion", "0.5.2"), _RUST),
    Project("notionrs 0.32.0", from_crates("notionrs", "0.32.0"), _RUST),
    Project("kristaxlab/notion-sdk", from_git("kristaxlab/notion-sdk", "9700c27"), _JAVA),
    Project(
        "YukinaMochizuki/notion-sdk-java",
        from_git("YukinaMochizuki/notion-sdk-java", "0274ba7"),
        _JAVA,
    ),
    Project("seratch/notion-sdk-jvm", from_git("seratch/notion-sdk-jvm", "6d6c09d"), _KOTLIN),
    Project(
        "jsaabel/kotlin-notion-client",
        from_git("jsaabel/kotlin-notion-client", "2b605f5"),
        _KOTLIN,
    ),
    Project("motui/notion-sdk-kotlin", from_git("motui/notion-sdk-kotlin", "80b7b25"), _KOTLIN),
    Project(
        "orbit-love/notion-ruby-client", from_git("orbit-love/notion-ruby-client", "ec9400d"), _RUBY
    ),
    Project("danmurphy1217/notion-ruby", from_git("danmurphy1217/notion-ruby", "4698b79"), _RUBY),
    Project("mgmarlow/notion-sdk-ruby", from_git("mgmarlow/notion-sdk-ruby", "f937d23"), _RUBY),
    Project("decoch/notion-ruby", from_git("decoch/notion-ruby", "f96317b"), _RUBY),
    Project("mariosimao/notion-sdk-php", from_git("mariosimao/notion-sdk-php", "34a62cc"), _PHP),
    Project("brd6/notion-sdk-php", from_git("brd6/notion-sdk-php", "c8beeb7"), _PHP),
    Project(
        "5am-code/laravel-notion-api", from_git("5am-code/laravel-notion-api", "aa876c8"), _PHP
    ),
    Project(
        "codecyclernl/notion-php-sdk", from_git("codecyclernl/notion-php-sdk", "965ab2e"), _PHP
    ),
    Project(
        "notion-dotnet/notion-sdk-net", from_git("notion-dotnet/notion-sdk-net", "6e82f30"), _CSHARP
    ),
    Project("damianh/notion-sdk-dotnet", from_git("damianh/notion-sdk-dotnet", "96557dd"), _CSHARP),
    Project("rkttu/notion-client", from_git("rkttu/notion-client", "13ee06e"), _CSHARP),
)
