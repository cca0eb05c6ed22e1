"""Programs with a token in them: a module for each language, found by being in this folder.

A module sets `PROGRAMS`. Each program sends its token to the server whose address is in `RECEIVER`.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


def nothing(_folder: Path) -> None:
    """Prepare a program that needs no preparing."""


@dataclass(frozen=True)
class Program:
    """A program, what is to be done before it runs, and what runs it.

    `language` is the editor's id; in `text` the token is `TOKEN`. `needs` are programs of the
    machine. `prepare` and `run` are told the folder that holds the file. `stubbed` are the stores
    whose kit cannot be had here, so that a stand-in of ours asks in its place; those that the
    program is `lacking` have neither. `is_kept` tells whether a token can be put where the program
    reads it.
    """

    name: str
    language: str
    file: str
    text: str
    run: Callable[[Path], Sequence[str | Path]]
    prepare: Callable[[Path], None] = nothing
    needs: tuple[str, ...] = ()
    stubbed: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    is_kept: bool = True


def programs() -> Mapping[str, Program]:
    """Return every program by its name."""
    modules = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found: list[Program] = []
    for module in modules:
        found += import_module(f"{__name__}.{module}").PROGRAMS
    return {program.name: program for program in found}
