"""C#, as Mono compiles it, which knows neither the kits of the stores nor what the helpers need."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from programs import Program

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = """\
using System;
using System.Net;

public static class Program
{
    private const string Header = "Bearer TOKEN";

    public static void Main()
    {
        var request = WebRequest.Create(Environment.GetEnvironmentVariable("RECEIVER"));
        request.Headers["Authorization"] = Header;
        request.GetResponse().Close();
    }
}
"""


def _compile(folder: Path) -> None:
    command = ["mcs", "-warnaserror", "-out:program.exe", "Program.cs"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


PROGRAMS = [
    Program(
        "csharp",
        "csharp",
        "Program.cs",
        _TEXT,
        run=lambda folder: ["mono", folder / "program.exe"],
        prepare=_compile,
        needs=("mcs", "mono"),
        lacking=("aws-secrets-manager", "conjur", "vault"),
    )
]
