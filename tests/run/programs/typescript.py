"""TypeScript, compiled with all checks on, with and without JSX."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import kits

from programs import Program
from programs.javascript import link_packages

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = """
const token: string = "TOKEN";
await fetch(process.env["RECEIVER"] as string, { headers: { Authorization: `Bearer ${token}` } });
export {};
"""


def _compile(folder: Path) -> None:
    link_packages(folder)
    (folder / "package.json").write_text('{"type": "module"}')
    file = next(folder.glob("program.*"))
    strict = ["--strict", "--noUncheckedIndexedAccess", "--noUnusedLocals", "--types", "node"]
    target = ["--module", "nodenext", "--target", "es2022", "--jsx", "react", "--skipLibCheck"]
    compiler = kits.node() / ".bin" / "tsc"
    done = subprocess.run(
        [compiler, *strict, *target, file], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


PROGRAMS = [
    Program(
        "typescript",
        "typescript",
        "program.mts",
        _TEXT,
        run=lambda folder: ["node", folder / "program.mjs"],
        prepare=_compile,
        needs=("node",),
    ),
    Program(
        "tsx",
        "typescriptreact",
        "program.tsx",
        _TEXT,
        run=lambda folder: ["node", folder / "program.js"],
        prepare=_compile,
        needs=("node",),
    ),
]
