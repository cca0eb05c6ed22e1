"""Scripts of fish, 3.4 and later.

It has no expansion that stops where a variable is not set: a line above asks for it. What reads
the script may be a shell that somebody sits at, which `exit` would end: `return` ends the script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.lookup import Definition, Lookup
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import Line, LineGrammar
from notion_lsp.syntax.literal_edits import concatenate, escaped, interpolate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_STRINGS = r"\"(?:[^\"\\]|\\[\s\S])*\"|'(?:[^'\\]|\\[\s\S])*'"
_WORD = r"(?:[^\s\"'\\;&|()<>#]|\\.)(?:[^\s\"'\\;&|()<>]|\\.)*"
# fish, "set": options stand before the name.
_SET = r"\bset(?:[ \t]+--?[a-zA-Z-]{1,20}){0,9}[ \t]+"

_CONTEXT = (
    # All of a script is taken apart by this one, so that a quote in a comment opens nothing.
    Line(rf"(?<![^\s;&|()])(?P<comment>#[^\r\n]*)|(?P<literal>{_STRINGS}|{_WORD})"),
    Line(rf"{_SET}(?P<name>\w+)[ \t]+(?P<literal>{_STRINGS}|{_WORD})(?=[ \t]*(?:[\r\n;#]|\Z))"),
    Line(
        r"\bset[ \t](?=(?:--?[a-zA-Z]{1,9}[ \t]){0,9}(?:-[a-zA-Z]{0,9}x|--export))"
        r"(?P<fixed>[^\r\n]*)",
        SETS_ENVIRONMENT,
    ),
    Line(
        r"\"[^\"\r\n]*\$\((?P<fixed>[^\r\n]*)",
        "A command stands in this text: give the token a variable of its own.",
    ),
)
_OUTLINE = (
    Line(r"\A(?P<header>#![^\r\n]*)"),
    Line(rf"{_SET}(?P<variable>\w+)[ \t]+[^\s;]"),
    Line(r"\b(?:for|read(?:[ \t]+-\S+){0,9})[ \t]+(?P<variable>\w+)"),
    Line(r"^test -n \"\$(?P<definition>\w+)\"; or begin;"),
)

_INDEX = Refused("What stands behind the token would be an index of the variable.")


def _write(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal, expressions = site.literal, [hole.expression for hole in holes]
    if refused := escaped(literal):
        return refused
    if literal.opening == '"':
        # There `$NAME[` would begin an index.
        is_index = any(part.startswith("[") for part in literal.parts[1:])
        return _INDEX if is_index else interpolate(site, expressions)
    quoted = [f'"{expression}"' for expression in expressions]
    if literal.opening == "'":
        return concatenate(site, quoted, "", alone=True)
    return interpolate(site, quoted)


LANGUAGE = Language(
    id="fish",
    title="fish",
    recognition=Recognition(files=("*.fish",), editor_ids=("fish",), interpreters=("fish",)),
    environment=Lookup(
        "${name}",
        definition=Definition(
            "{VARIABLE}",
            'test -n "${VARIABLE}"; or begin; echo "{VARIABLE} is not set" >&2; return 1; end',
            signature="{VARIABLE}",
            statement=True,
        ),
    ),
    grammar=LineGrammar(_CONTEXT, _OUTLINE, opening="(?P<quote>[\"'])"),
    writing=Writing(write=_write, comment="# {}"),
)
