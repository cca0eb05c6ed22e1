"""JavaScript: a module, and a file that is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import kits

from programs import Program

if TYPE_CHECKING:
    from pathlib import Path

_MODULE = """
const headers = { Authorization: "Bearer TOKEN" };
await fetch(process.env.RECEIVER, { headers });
"""
_COMMONJS = """
async function main() {
  await fetch(process.env.RECEIVER, { headers: { Authorization: `Bearer ${"TOKEN".trim()}` } });
}

main();
"""


def link_packages(folder: Path) -> None:
    """Give the folder the packages that were fetched once."""
    (folder / "node_modules").symlink_to(kits.node())


PROGRAMS = [
    Program(
        "javascript",
        "javascript",
        "program.mjs",
        _MODULE,
        run=lambda folder: ["node", folder / "program.mjs"],
        prepare=link_packages,
        needs=("node",),
    ),
    Program(
        "commonjs",
        "javascript",
        "program.cjs",
        _COMMONJS,
        run=lambda folder: ["node", folder / "program.cjs"],
        prepare=link_packages,
        needs=("node",),
    ),
]
