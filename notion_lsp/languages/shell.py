"""POSIX shells and bash."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import Language
from notion_lsp.lookup import Hole, Lookup
from notion_lsp.refused import Refused
from notion_lsp.syntax.literal_edits import concatenate, escaped, interpolate, replace_literal
from notion_lsp.syntax.site import NoSite, Syntax
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from notion_lsp.syntax.site import Site

_CONTEXT = r"""
(string) @literal
(raw_string) @literal
(ansi_c_string) @literal
((word) @literal (#set! bare "true"))
((heredoc_body) @literal (#set! bare "true"))

(comment) @comment

((heredoc_redirect (heredoc_start) @_start (heredoc_body) @fixed)
  (#match? @_start "['\"\\\\]")
  (#set! reason "A here-document whose delimiter is quoted expands nothing."))
([(regex) (extglob_pattern)] @fixed (#set! reason "The token stands in a pattern."))

(variable_assignment name: (variable_name) @name value: (_) @literal)
(variable_assignment name: (variable_name) @name
  value: (string . (expansion . (variable_name) . (word) @literal)))

((expansion . (variable_name) @name . [(word) (string) (raw_string)] @literal .) @replace
  (#match? @replace "^[$][{][A-Za-z0-9_]+:?[-=]"))
"""

# A shell's variables are the environment's: one that the script sets cannot be read from there.
_OUTLINE = """
(program . (comment)+ @banner)
(program (variable_assignment name: (variable_name) @definition value: (command_substitution)))
(variable_assignment name: (variable_name) @variable)
(for_statement variable: (variable_name) @variable)
"""

_GRAMMAR = Grammar("tree_sitter_bash", _CONTEXT, _OUTLINE, opening=r"""(?:\$?(?P<quote>["']))""")
_INCOMPLETE = Refused("The script around the token is not complete.")


def _write(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal, expressions = site.literal, [hole.expression for hole in holes]
    if site.replaced:
        return replace_literal(site, expressions[0])
    if literal.type != "raw_string" and (refused := escaped(literal)):
        return refused
    if literal.type in {"string", "heredoc_body"}:
        return interpolate(site, expressions)
    quoted = [f'"{expression}"' for expression in expressions]
    if literal.type not in {"raw_string", "ansi_c_string"}:
        return interpolate(site, quoted)
    # Nothing expands in single quotes: they are closed before the variable and opened after it.
    return concatenate(site, quoted, "", alone=True)


def read_in(
    language: Language, script: str, tokens: Sequence[Span], names: Sequence[str]
) -> tuple[Edit, ...] | Refused:
    """Return the edits of a script that stands in another file, to read its tokens by these names.

    In a comment of the script they are redacted.
    """
    lookup = language.environment
    if language.grammar is None or isinstance(lookup, Refused):
        return _INCOMPLETE
    syntax = Syntax(script, language.grammar)
    if name := next((name for name in names if _is_set(syntax, name, tokens)), None):
        return Refused(f"The script itself gives {name} a value.")
    places: dict[Span, dict[Span, Hole]] = {}
    for token, name in zip(tokens, names, strict=True):
        span = syntax.literal_span(token) or token
        hole = Hole(name, lookup.written({"name": name}))
        places.setdefault(span, {})[token] = hole
    edits: list[Edit] = []
    for place in places.values():
        made = _read(syntax, place, language)
        if isinstance(made, Refused):
            return made
        edits += made
    after = Syntax(apply_edits(script, edits), language.grammar)
    broken = after.error_count > syntax.error_count
    return _INCOMPLETE if broken else tuple(edits)


def reads(name: str, edits: Iterable[Edit]) -> bool:
    """Whether edits of a script read a variable: in a comment the token is redacted instead."""
    return any(re.search(rf"(?:\{{|env:){name}\b", edit.new_text) for edit in edits)


def _read(
    syntax: Syntax, place: Mapping[Span, Hole], language: Language
) -> tuple[Edit, ...] | Refused:
    site = syntax.site(sorted(place), language.opening)
    if isinstance(site, NoSite):
        if not site.comment:
            return Refused(site.reason) if site.reason else _INCOMPLETE
        found = find_plain(syntax.text)
        return tuple(Edit(each.span, each.kind.placeholder) for each in found if each.span in place)
    if language.write is None:
        return _INCOMPLETE
    return language.write(syntax, site, [place[token] for token in sorted(place)])


def _is_set(syntax: Syntax, name: str, tokens: Sequence[Span]) -> bool:
    # To anything but the token, which stands behind the equals sign and maybe a quote.
    return any(
        span.of(syntax.text) == name
        and not any(1 <= token.start - span.end <= len("='") for token in tokens)
        for span in syntax.outline.captures.get("variable", ())
    )


LANGUAGE = Language(
    id="shell",
    title="Shell",
    editor_ids=("shellscript", "sh", "bash", "zsh"),
    files=("*.sh", "*.bash", "*.zsh", "*.ksh"),
    grammar=_GRAMMAR,
    takes_dotenv=True,
    environment=Lookup("${{name}:?{name} is not set}"),
    write=_write,
)

# What stands in another file says less: there it is read where the variable is set.
SCRIPT = replace(LANGUAGE, environment=Lookup("${{name}:?}"))
