"""R, 4.0 and later. No grammar of it is published for Python: patterns find its strings."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.loader import Loader
from notion_lsp.lookup import Lookup, built_in
from notion_lsp.syntax.line_patterns import Line, LineGrammar
from notion_lsp.syntax.literal_edits import concatenate, escaped, replace_literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.refused import Refused
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_STRING = r"(?:\"(?:[^\"\\]|\\[\s\S])*\"|'(?:[^'\\]|\\[\s\S])*')"
# Brackets in brackets; where there are more, the rest of the line is taken.
_NESTED = r"\((?:[^()]|\([^()]*\))*\)"
_RAW = "A raw string has no holes: write it without the r and the brackets first."

_CONTEXT = (
    # One pattern for all that can hold the signs of the others, so that none begins within another.
    Line(
        r"(?P<comment>#[^\r\n]*)"
        r"|(?P<fixed>(?<![\w.])[rR][\"']-*[(\[{][^\"']*[\"'])"
        r"|(?:(?<![\w.])[\"'`]?(?!unset\b)(?P<name>[A-Za-z.][\w.]*)[\"'`]?\s*(?:<<?-|=)\s*)?"
        rf"(?P<literal>{_STRING})",
        _RAW,
    ),
    Line(
        r"(?P<replace>Sys\.getenv\(\s*[\"'](?P<name>\w+)[\"']\s*,\s*(?:unset\s*=\s*)?"
        rf"(?P<literal>{_STRING})\s*\))"
    ),
    # withr sets variables too, for a while.
    Line(
        r"(?P<fixed>(?:\bSys\.setenv\(|\bdo\.call\(\s*[\"']?Sys\.setenv[\"']?\s*,\s*(?:c|list)\("
        r"|\b(?:with|local)_envvar\((?:\s*(?:\.?new\s*=\s*)?(?:c|list)\()?)[^()]*\))",
        SETS_ENVIRONMENT,
    ),
    Line(
        r"(?P<fixed>(?<![\w.])(?:bquote|expression|quote|substitute)\("
        rf"(?:(?:[^()]|{_NESTED})*\)|[^\r\n]*))",
        "This code is quoted: a lookup would become a part of it, and not be run.",
    ),
    # What another list is laid over is evaluated, also where that has the value.
    Line(
        rf"(?<![\w.])modifyList\(\s*(?:x\s*=\s*)?(?P<defaults>(?:c|list)\((?:[^()]|{_NESTED})*\))"
    ),
    Line(rf"(?P<fixed>{_STRING})\s*=(?!=)", "The token is the name of a value here."),
)

_CALLED = ("Sys.getenv", "nzchar", "stop")
_NAME = rf"(?<![\w.:])(?:{'|'.join(map(re.escape, _CALLED))})(?![\w.])"
_NAMES = (
    # A word in a comment or a string is none.
    Line(rf"#[^\r\n]*|{_STRING}|(?P<name>{_NAME})"),
    Line(rf"(?P<use>{_NAME})\("),
)


def _fit(_syntax: Syntax, site: Site, _mentioning: Mentioning) -> Site:
    literal = site.literal.span
    if not any(span.contains(literal) for span in site.captures.get("defaults", ())):
        return site
    return replace(site, captures={**site.captures, "default": (literal,)})


def _write(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    expressions = [hole.expression for hole in holes]
    if site.literal.whole:
        return replace_literal(site, expressions[0])
    joined = replace(site, wrap="paste0(%)")
    return escaped(site.literal) or concatenate(joined, expressions, ", ", alone=True)


LANGUAGE = Language(
    id="r",
    title="R",
    recognition=Recognition(
        files=("*.R", "*.r", ".Rprofile"), editor_ids=("r",), interpreters=("Rscript",)
    ),
    # Without a variable, `Sys.getenv` gives an empty text, and it evaluates its default at once.
    environment=Lookup(
        '(function(x) if ({nzchar}(x)) x else {stop}("{name} is not set"))({Sys.getenv}("{name}"))',
        tuple(built_in(name, f"base::{name}") for name in _CALLED),
        lenient='{Sys.getenv}("{name}")',
    ),
    grammar=LineGrammar(_CONTEXT, names=_NAMES, opening="[\"']"),
    writing=Writing(write=_write, variable=lambda name: name.replace(".", "_"), fit=_fit),
    project=ProjectFacts(
        takes_dotenv=True,
        dotenv=Loader(
            r"\breadRenviron\(|\bload_dot_env\(|\blibrary\(dotenv\)", 'readRenviron(".env")'
        ),
    ),
)
