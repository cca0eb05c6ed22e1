"""Elixir, as a script, and compiled before it runs: then without the variable."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from programs import Program

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = """\
{:ok, _} = Application.ensure_all_started(:inets)

headers = [{'authorization', 'Bearer TOKEN'}]
url = String.to_charlist(System.fetch_env!("RECEIVER"))
{:ok, _} = :httpc.request(:get, {url, headers}, [], [])
"""
_MODULE = """\
defmodule MyApp.System do
  def url, do: Elixir.System.fetch_env!("RECEIVER")
end

defmodule MyApp.Client do
  alias MyApp.System

  def run(token \\\\ "TOKEN") do
    {:ok, _} = Application.ensure_all_started(:inets)
    headers = [{'authorization', String.to_charlist("Bearer " <> token)}]
    {:ok, _} = :httpc.request(:get, {String.to_charlist(System.url()), headers}, [], [])
  end
end
"""


def _compile(folder: Path) -> None:
    subprocess.run(["elixirc", "program.ex"], cwd=folder, check=True)


PROGRAMS = [
    Program(
        "elixir",
        "elixir",
        "program.exs",
        _TEXT,
        run=lambda folder: ["elixir", folder / "program.exs"],
        needs=("elixir",),
    ),
    Program(
        "elixir-compiled",
        "elixir",
        "program.ex",
        _MODULE,
        run=lambda _folder: ["elixir", "-e", "MyApp.Client.run()"],
        prepare=_compile,
        needs=("elixir", "elixirc"),
    ),
]
