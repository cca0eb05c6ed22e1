"""Rewritten fixtures, run: they print what they printed, and name the variable that is missing."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

import pytest
from test_fixtures import FIXTURES, program, result_file, sources
from toolchains import required

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Toolchain(NamedTuple):
    """What builds a file, if anything does, and what runs it: both see it as `{}`."""

    run: Sequence[str]
    build: Sequence[str] = ()
    # What names a missing variable; what needs more than the language comes with.
    missing: str = "whole_string"
    others: frozenset[str] = frozenset()


# Unused parameters and variables are the fixtures' own.
_WARNINGS = ("-Wall", "-Werror", "-Wno-unused-variable", "-o", "program", "{}")
_HEADERS = frozenset(path.stem for path in sources() if path.suffix in {".h", ".hpp"})
_OF_NEOVIM = frozenset({"default_taken_place_of_later", "no_default_of_another"})
TOOLCHAINS = {
    "c": Toolchain(["./program"], ["gcc", "-std=c11", *_WARNINGS], others=_HEADERS),
    "cpp": Toolchain(
        ["./program"], ["g++", "-std=c++17", *_WARNINGS], others=_HEADERS | {"module_unit"}
    ),
    "lua": Toolchain(["lua5.4", "{}"], others=_OF_NEOVIM),
    "perl": Toolchain(["perl", "{}"]),
}
# What builds or runs the fixture of formats of a language whose other fixtures do not run.
FORMATS = {
    "csharp": Toolchain(["mono", "program"], ["mcs", "-out:program", "{}"]),
    "elixir": Toolchain(["elixir", "{}"]),
    "java": Toolchain(["java", "{}"]),
    "javascript": Toolchain(["node", "{}"]),
    "php": Toolchain(["php", "-n", "{}"]),
    "python": Toolchain(["python3", "{}"]),
    "ruby": Toolchain(["ruby", "{}"]),
    "shell": Toolchain(["bash", "{}"]),
}
CASES = [
    path
    for path in sources()
    if (toolchain := TOOLCHAINS.get(path.parent.name))
    and not path.stem.startswith("split_")
    and path.stem not in toolchain.others
    and result_file(path).exists()
] + [path for path in sources() if path.stem == "formats" and path.parent.name in FORMATS]


def run(
    folder: Path, path: Path, code: str, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    toolchain = {**TOOLCHAINS, **FORMATS}[path.parent.name]
    file = folder / path.name
    file.write_bytes(code.encode())
    about = {"HOME": str(folder), "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
    done = None
    for command in filter(None, (toolchain.build, toolchain.run)):
        # What was built just now is found here.
        if command[0] != "./program":
            required(command[0])
        done = subprocess.run(
            [part.format(file.name) for part in command],
            cwd=folder,
            env={**about, **(environment if command is toolchain.run else {})},
            capture_output=True,
            encoding="utf-8",
            check=command is toolchain.build,
        )
    assert done
    return done


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_rewritten_program_prints_what_it_printed(path: Path, tmp_path: Path) -> None:
    made = program(path)
    before = run(tmp_path, path, made.source, made.environment)
    after = run(tmp_path, path, made.result, made.environment)
    assert before.returncode == 0, before.stderr
    assert (after.stdout, after.stderr) == (before.stdout, before.stderr)


@pytest.mark.parametrize("language", TOOLCHAINS)
def test_a_rewritten_program_names_the_variable_that_is_missing(
    language: str, tmp_path: Path
) -> None:
    [path] = (FIXTURES / language).glob(f"{TOOLCHAINS[language].missing}.[!e]*")
    done = run(tmp_path, path, program(path).result, {})
    assert done.returncode
    assert "NOTION_TOKEN is not set" in done.stderr
