"""The first line of a script, which names the program that runs it."""

from __future__ import annotations

import re
import string

_LINE = re.compile(r"\ufeff?#![ \t]*([^\r\n]*)")
_VERSION = string.digits + "."


def programs(text: str) -> tuple[str, ...]:
    """Return the words of a script's first line as names of programs.

    They stand without folder and version: `env`, `-S`, `uv`, `run` and `--script`, say.
    """
    line = _LINE.match(text)
    words = line[1].split() if line else ()
    names = (word.rpartition("/")[2].removesuffix(".exe") for word in words)
    return tuple(name.rstrip(_VERSION) for name in names)
