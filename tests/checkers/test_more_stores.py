"""The stores whose servers do not run here: rewritten programs against the real kits.

Their types are checked, and they run until they ask for what the environment does not have.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import kits
import pytest
from from_stores import result, source
from toolchains import required

if TYPE_CHECKING:
    from pathlib import Path

# The variable that each helper asks for first.
VARIABLES = {
    "1password": "OP_SERVICE_ACCOUNT_TOKEN",
    "azure-key-vault": "AZURE_KEYVAULT_URL",
    "doppler": "DOPPLER_TOKEN",
    "google-secret-manager": "GOOGLE_CLOUD_PROJECT",
}
PYTHON = (
    *("azure-identity", "azure-keyvault-secrets", "doppler-sdk", "google-cloud-secret-manager"),
    *("mypy", "onepassword-sdk"),
)
NODE = (
    *("@1password/sdk", "@azure/identity", "@azure/keyvault-secrets", "@dopplerhq/node-sdk"),
    *("@google-cloud/secret-manager", "@types/node", "typescript"),
)
# 1Password's kit has types but does not say so; Doppler's say other than what it answers.
MYPY = """
[mypy]
strict = True
[mypy-onepassword.*]
follow_untyped_imports = True
[mypy-dopplersdk.*]
ignore_missing_imports = True
"""
PLAIN = 'token = "T!"\nprint(len(token))\n'
ASYNC = """\
import asyncio


async def main() -> None:
    print(len("Bearer T!"))


asyncio.run(main())
"""
SCRIPTS = {
    "a.mjs": ("javascript", 'const token = "T!";\nconsole.log(token.length);\nexport {};\n'),
    "b.cjs": (
        "javascript",
        'async function main() {\n  console.log(`Bearer ${"T!"}`.length);\n}\n\nmain();\n',
    ),
    "c.mts": (
        "typescript",
        'const token: string = "T!";\nconsole.log(token.length);\nexport {};\n',
    ),
    "d.tsx": ("tsx", 'export const token: string = "T!";\n'),
}


@pytest.fixture(scope="module")
def python() -> Path:
    return kits.kit("more-stores-python", PYTHON, lambda folder: kits.make_python(folder, PYTHON))


@pytest.fixture(scope="module")
def node() -> Path:
    required("npm")
    return kits.kit("more-stores-node", NODE, lambda folder: kits.make_node(folder, NODE))


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"]}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("text", [PLAIN, ASYNC], ids=["plain", "async"])
@pytest.mark.parametrize("store", VARIABLES)
def test_python_fits_the_kit_and_names_the_variable_that_is_missing(
    python: Path, tmp_path: Path, store: str, text: str
) -> None:
    program = tmp_path / "program.py"
    program.write_text(result(source(text, "python"), store))
    (tmp_path / "mypy.ini").write_text(MYPY)
    checked = run(tmp_path, python / "bin" / "mypy", program)
    assert checked.returncode == 0, checked.stdout
    done = run(tmp_path, python / "bin" / "python", program)
    assert done.returncode != 0
    assert f"KeyError: '{VARIABLES[store]}'" in done.stderr


@pytest.mark.parametrize("store", VARIABLES)
def test_javascript_and_typescript_fit_the_kit(node: Path, tmp_path: Path, store: str) -> None:
    (tmp_path / "node_modules").symlink_to(node / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for name, (language, text) in SCRIPTS.items():
        made = source(text, language, module=not name.endswith(".cjs"))
        (tmp_path / name).write_text(result(made, store))
    strict = ["--strict", "--noUncheckedIndexedAccess", "--noPropertyAccessFromIndexSignature"]
    target = ["--module", "nodenext", "--target", "es2022", "--jsx", "react", "--skipLibCheck"]
    options = [*strict, *target, "--noEmit", "--types", "node"]
    tsc = node / "node_modules" / ".bin" / "tsc"
    typed = run(tmp_path, tsc, *options, "c.mts", "d.tsx")
    assert typed.returncode == 0, typed.stdout
    plain = run(tmp_path, tsc, *options, "--checkJs", "--noImplicitAny", "false", "a.mjs", "b.cjs")
    assert plain.returncode == 0, plain.stdout


@pytest.mark.parametrize("name", ["a.mjs", "b.cjs"])
@pytest.mark.parametrize("store", VARIABLES)
def test_javascript_names_the_variable_that_is_missing(
    node: Path, tmp_path: Path, store: str, name: str
) -> None:
    (tmp_path / "node_modules").symlink_to(node / "node_modules")
    language, text = SCRIPTS[name]
    made = source(text, language, module=name.endswith(".mjs"))
    (tmp_path / name).write_text(result(made, store))
    done = run(tmp_path, "node", tmp_path / name)
    assert done.returncode != 0
    assert VARIABLES[store] in done.stderr
    assert "is not set" in done.stderr
