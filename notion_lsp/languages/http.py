"""Requests in files, as the REST Client of VS Code and Visual Studio read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.lookup import Lookup, Remains
from notion_lsp.syntax.line_patterns import Line, LineGrammar
from notion_lsp.syntax.literal_edits import interpolate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_CONTEXT = (
    Line(r"^[ \t]*(?P<comment>(?:#|//)[^\r\n]*)"),
    # `@name = value` is a variable of the file (REST Client, "File variables").
    Line(r"^[ \t]*@(?P<name>[^\s=]+)[ \t]*=[ \t]*(?P<literal>\S(?:[^\r\n]*\S)?)"),
    Line(r"(?P<literal>[^\r\n]+)"),
    Line(r"\{\{(?P<fixed>[^{}\r\n]*)", "The token stands where the name of a variable belongs."),
    # Only the clients of other editors run scripts.
    Line(
        r"(?s)\A(?P<fixed>(?:.*\n)?[<>][ \t]*\{%.*)",
        "This file is for IntelliJ or httpYac: put the token into http-client.private.env.json.",
    ),
)


def _write(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...]:
    return interpolate(site, [hole.expression for hole in holes])


LANGUAGE = Language(
    id="http",
    title="HTTP requests",
    recognition=Recognition(files=("*.http", "*.rest"), editor_ids=("http", "rest")),
    environment=Lookup(
        "{{$processEnv {name}}}",
        action="Read it from the environment variable {name}, as REST Client and Visual Studio do",
        remains=(Remains("Set {} where the editor runs.", "{name}"),),
    ),
    grammar=LineGrammar(_CONTEXT),
    writing=Writing(write=_write, comment=""),
)
