"""Go, formatted as gofmt does."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from kits import kit

from programs import Program

if TYPE_CHECKING:
    from pathlib import Path

_MODULES = (
    "github.com/aws/aws-sdk-go-v2/config",
    "github.com/aws/aws-sdk-go-v2/service/secretsmanager",
    "github.com/cyberark/conjur-api-go/conjurapi",
    "github.com/hashicorp/vault/api",
)
_TEXT = """package main

import (
\t"net/http"
\t"os"
)

const token = "TOKEN"

func main() {
\trequest, err := http.NewRequest("GET", os.Getenv("RECEIVER"), nil)
\tif err != nil {
\t\tpanic(err)
\t}
\trequest.Header.Set("Authorization", "Bearer "+token)
\tif _, err := http.DefaultClient.Do(request); err != nil {
\t\tpanic(err)
\t}
}
"""


def _fetch(folder: Path) -> None:
    subprocess.run(["go", "mod", "init", "example.org/program"], cwd=folder, check=True)
    subprocess.run(["go", "get", *_MODULES], cwd=folder, check=True)


def _build(folder: Path) -> None:
    modules = kit("go", _MODULES, _fetch)
    for name in ("go.mod", "go.sum"):
        (folder / name).write_bytes((modules / name).read_bytes())
    program = folder / "program.go"
    formatted = subprocess.run(["gofmt", "-l", program], capture_output=True, check=True)
    assert formatted.stdout == b""
    subprocess.run(["go", "build", "-mod=mod", "-o", "program", program], cwd=folder, check=True)


PROGRAMS = [
    Program(
        "go",
        "go",
        "program.go",
        _TEXT,
        run=lambda folder: [folder / "program"],
        prepare=_build,
        needs=("go", "gofmt"),
    )
]
