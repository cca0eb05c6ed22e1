"""Jupyter notebooks: JSON that holds cells, and in some of them code."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Part, Recognition, Writing, language_of
from notion_lsp.languages._python_runtimes import RUNTIMES
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.refused import Refused
from notion_lsp.syntax.embedded import read
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.runtime import Runtime
    from notion_lsp.syntax.site import Syntax

_CELL = """
(document (object (pair
  key: (string (string_content) @_cells) value: (array (object %s)))) (#eq? @_cells "cells"))
"""
_TYPE = """
(pair
  key: (string (string_content) @_type) value: (string (string_content) @_what)
  (#eq? @_type "cell_type") (#any-of? @_what %s))
"""
_VALUE = """
(pair key: (string (string_content) @_key) value: [(string) (array)] @%s (#eq? @_key "%s"))
"""
_METADATA = """
(document (object (pair key: (string (string_content) @_metadata) value: (object (pair
  key: (string (string_content) @_of) value: (object (pair
    key: (string (string_content) @_name) value: (string (string_content) @%s))))))
  (#eq? @_metadata "metadata") (#eq? @_of "%s") (#eq? @_name "%s")))
"""


def _source(types: str, capture: str) -> str:
    # A cell's members have no order.
    members = (_TYPE % types, _VALUE % (capture, "source"))
    return _CELL % "".join(members) + _CELL % "".join(reversed(members))


_CONTEXT = f"""
(string) @literal
{_source('"markdown" "raw"', "comment")}
{_CELL % _VALUE % ("comment", "outputs")}
"""
_OUTLINE = (
    _source('"code"', "source")
    + _METADATA % ("kernel", "language_info", "name")
    + _METADATA % ("specified", "kernelspec", "language")
)

# The editors' ids of languages in which a cell is read as a file is.
_KERNELS = frozenset({"bash", "javascript", "python", "ruby", "typescript"})
# What a cell is written in below its magic; a shell there is a process of its own.
_MAGICS = {"bash": "bash", "sh": "bash", "capture": "python", "time": "python"}
_MAGIC = re.compile(r"\s*%%(\S*)[^\n]*(?:\n|\Z)")
_SETS = re.compile(r"%(?:set_)?env\b|!\s*(?:export|set)\b")
_COMMAND = re.compile(r"^[ \t]*(?:[\w.,][\w., ]*=[ \t]*)?((?:%[A-Za-z]|!)[^\n]*)", re.MULTILINE)
_NO_KERNEL = Refused(
    "How this kernel's language reads a variable is not known: take the token out."
)
_NOT_PYTHON = "A command of IPython is not Python: put the token into a variable above it."

_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
# A character beyond U+FFFF is two escapes, a surrogate pair (RFC 8259, section 7).
_CHARACTERS = re.compile(
    r"[^\\]+|\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.",
    re.DOTALL,
)
# A surrogate alone cannot be encoded in UTF-8, so it stays an escape.
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def _parts(syntax: Syntax) -> tuple[Part, ...]:
    kernel = _kernel(syntax)
    sources = syntax.outline.captures.get("source", ())
    parts = tuple(_part(syntax.text, source, kernel) for source in sources)
    place = _place(syntax.text, parts) if kernel == "python" else None
    return tuple(_moved(part, place) for part in parts) if place else parts


def _place(text: str, parts: Sequence[Part]) -> Runtime | None:
    # What the notebook says of itself, or any of its cells.
    said = "\n".join((text, *(part.text for part in parts)))
    rows = (row for row in RUNTIMES if not row.beside)
    return next((row for row in rows if row.may_run(said, "/")), None)


def _moved(part: Part, place: Runtime) -> Part:
    if isinstance(part.language, Refused) or part.language.id != "python":
        return part
    return replace(part, language=part.language.at(place))


def _kernel(syntax: Syntax) -> str:
    captures = syntax.outline.captures
    named = [*captures.get("kernel", ()), *captures.get("specified", ())]
    return named[0].of(syntax.text).lower() if named else "python"


def _part(text: str, source: Span, kernel: str) -> Part:
    strings = list(_STRING.finditer(text, source.start, source.end))
    cell = read(_stretches(strings))
    between = _between(text, source, strings) if text.startswith("[", source.start) else ""
    language = language_of(None, kernel) if kernel in _KERNELS else None
    part = Part(cell, cell.text, language or _NO_KERNEL, partial(_encoded, between))
    return read_by_ipython(part) if kernel == "python" else part


def _stretches(strings: Sequence[re.Match[str]]) -> Iterator[tuple[str, Span]]:
    for string in strings:
        for found in _CHARACTERS.finditer(string.string, *string.span(1)):
            character = found[0] if found[0][0] != "\\" else _unescaped(found[0])
            yield character, Span(*found.span())


def _unescaped(escape: str) -> str:
    if escape[1] != "u":
        return _ESCAPES.get(escape[1], escape[1])
    units = [int(escape[start : start + 4], 16) for start in range(2, len(escape), 6)]
    return b"".join(unit.to_bytes(2, "big") for unit in units).decode("utf-16-be", "surrogatepass")


def _between(text: str, source: Span, strings: Sequence[re.Match[str]]) -> str:
    # What ends an element of the list and begins the next one.
    if len(strings) > 1:
        gap = text[strings[0].end() : strings[1].start()].partition(",")[2]
    else:
        gap = text[source.start + 1 : strings[0].start()] if strings else ""
    return f'",{gap}"'.replace("\r\n", "\n").replace("\r", "\n")


def _encoded(between: str, new_text: str, ends: bool) -> str:  # noqa: FBT001, the part's own call
    lines = new_text.split("\n")
    written = [_escaped(f"{line}\n") for line in lines[:-1]] + [_escaped(lines[-1])]
    # nbformat keeps a break at the end of its line: nothing stands behind the last one.
    if ends and not written[-1]:
        written.pop()
    return between.join(written)


def _escaped(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)[1:-1]
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def has_magic(part: Part) -> bool:
    """Whether the first line of a cell says what reads the others."""
    return _MAGIC.match(part.text) is not None


def read_by_ipython(part: Part) -> Part:
    """Return a cell of Python without what IPython takes for itself: magic and commands."""
    magic = _MAGIC.match(part.text)
    if magic is None:
        return _without_commands(part)
    language = language_of(None, _MAGICS.get(magic[1]))
    if language is None:
        return replace(part, language=Refused("The cell's magic says what reads it: not Python."))
    is_python = language.id == "python"
    below = replace(_below(part, magic.end()), language=language, alone=not is_python)
    return _without_commands(below) if is_python else below


def _below(part: Part, start: int) -> Part:
    return replace(part, embedded=part.embedded.below(start), text=part.text[start:])


def _without_commands(part: Part) -> Part:
    # A parser of Python reads a command as a number with a comment, which are as long.
    commands = [Span(*found.span(1)) for found in _COMMAND.finditer(part.text)]
    text = _COMMAND.sub(_masked, part.text)
    fixed = tuple((span, _reason(part.text, span)) for span in commands)
    return replace(part, text=text, fixed=fixed)


def _masked(found: re.Match[str]) -> str:
    before = found[0].removesuffix(found[1])
    return f"{before}0#{found[1][2:]}"[: len(found[0])]


def _reason(text: str, command: Span) -> str:
    return SETS_ENVIRONMENT if _SETS.match(text, command.start) else _NOT_PYTHON


LANGUAGE = Language(
    id="notebook",
    title="a Jupyter notebook",
    recognition=Recognition(files=("*.ipynb",), content=r"\A\s*[{]"),
    environment=Refused("Only the code of a cell can read a variable."),
    grammar=Grammar("tree_sitter_json", _CONTEXT, _OUTLINE),
    writing=Writing(comment=""),
    parts=_parts,
)
