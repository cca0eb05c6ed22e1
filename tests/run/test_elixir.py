"""Rewritten scripts of Elixir, run: they print what they printed, and name a missing variable."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from test_fixtures import FIXTURES, program
from toolchains import required

if TYPE_CHECKING:
    from pathlib import Path

# The fixtures that need nothing but the standard library.
SCRIPTS = (
    *("binaries", "charlists", "code_of_functions", "concatenation", "default_is_a_header"),
    *(
        "default_of_case",
        "default_of_get_env",
        "given_names",
        "heredoc",
        "part_of_a_string",
        "raw_sigils",
    ),
    *("system_is_mine", "two_in_one_literal", "whole_string"),
)


def run(folder: Path, code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    required("elixir")
    file = folder / "script.exs"
    file.write_text(code, "utf-8")
    about = {"HOME": str(folder), "LC_ALL": "C.UTF-8", "PATH": os.environ["PATH"]}
    return subprocess.run(
        ["elixir", file],
        env={**about, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_rewritten_script_prints_what_it_printed(name: str, tmp_path: Path) -> None:
    made = program(FIXTURES / "elixir" / f"{name}.exs")
    before = run(tmp_path, made.source, made.environment)
    after = run(tmp_path, made.result, made.environment)
    assert (after.stdout, after.stderr) == (before.stdout, "")


def test_a_rewritten_script_names_the_variable_that_is_missing(tmp_path: Path) -> None:
    made = program(FIXTURES / "elixir" / "whole_string.exs")
    done = run(tmp_path, made.result, {})
    assert done.returncode
    assert '"NOTION_TOKEN" because it is not set' in done.stderr
