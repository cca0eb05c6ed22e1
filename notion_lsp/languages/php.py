"""PHP, 8.0 and later."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._earlier_scripts import PHP as EARLIER
from notion_lsp.languages._formats_scripts import PHP
from notion_lsp.languages._overlaid import fit_overlaid
from notion_lsp.languages._php_defaults import DEFAULTS, IS_READ, NAME, READ, STRING
from notion_lsp.languages._php_overlays import LAID, OVERLAYS
from notion_lsp.languages._php_parameters import fit_parameter, when_called
from notion_lsp.languages._php_properties import fit_property, when_built
from notion_lsp.languages._php_reads import DOTENV, ENVIRONMENT, PHP_RUNTIMES
from notion_lsp.languages._php_statics import fit_static, when_needed
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.lookup import Manifest
from notion_lsp.refused import Refused
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import (
    BACKSLASH,
    concatenate,
    ends_in_escape,
    escaped,
    interpolate,
    replace_literal,
)
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax


_CONTEXT = rf"""
{EARLIER.tried}
{STRING} @literal
(comment) @comment

((text) @fixed (#set! reason "What stands outside `<?php` is sent to the browser as it is."))
([(heredoc) (nowdoc)] @literal (#set! bare "true"))
((heredoc_body [(member_access_expression) (subscript_expression)] @fixed)
  (#set! reason "The token is part of a variable in the string."))
((shell_command_expression) @fixed
  (#set! reason "Backticks hold variables only: put the token into one first."))
((encapsed_string [(member_access_expression) (subscript_expression)] @fixed)
  (#set! reason "The token is part of a variable in the string."))
((attribute) @fixed (#set! reason "The argument of an attribute must be a constant."))
((enum_case value: (_) @fixed) (#set! reason "The value of an enum's case must be a constant."))
((function_call_expression function: (_) @_putenv arguments: (arguments) @fixed)
  (#match? @_putenv "^\\\\?(putenv|apache_setenv)$") (#set! reason "{SETS_ENVIRONMENT}"))
((foreach_statement . (_) @fixed body: (_) @_body)
  (#match? @_body "\\bputenv\\(|[$]_(ENV|SERVER)\\[[$]\\w+\\]\\s*=[^=]")
  (#set! reason "{SETS_ENVIRONMENT}"))
([(assignment_expression left: (variable_name) @_environment right: (_) @fixed)
  (augmented_assignment_expression left: (variable_name) @_environment right: (_) @fixed)]
  (#match? @_environment "^[$]_(ENV|SERVER)$") (#set! reason "{SETS_ENVIRONMENT}"))
((_ left: (subscript_expression (variable_name) @_environment) right: (_) @fixed) @_assignment
  (#match? @_environment "^[$]_(ENV|SERVER)$")
  (#match? @_assignment "^[$]_(ENV|SERVER)\\s*\\[[^]]*\\]\\s*([?][?])?=[^=]")
  (#set! reason "{SETS_ENVIRONMENT}"))

(const_declaration
  ; A `const` takes constant expressions only, where `define` takes any.
  (const_element . (name) @constant_name (_) @constant_value .)) @constant

(assignment_expression left: (variable_name (name) @name) right: {STRING} @literal)
(assignment_expression
  left: (member_access_expression name: (name) @name) right: {STRING} @literal)
(assignment_expression left: (subscript_expression (_) {NAME}) right: {STRING} @literal)
(const_element . (name) @name {STRING} @literal .)
(property_element name: (variable_name (name) @name) default_value: {STRING} @literal)
(array_element_initializer . {NAME} {STRING} @literal .)
(argument name: (name) @name {STRING} @literal)
((function_call_expression
  function: (_) @_define
  arguments: (arguments . (argument {NAME}) . (argument {STRING} @literal)))
  (#match? @_define "^\\\\?define$"))

(expression_statement (_) @alone)
(expression_statement (assignment_expression right: (_) @alone))
(expression_statement (augmented_assignment_expression right: (_) @alone))
(argument (_) @alone .)
(array_element_initializer (_) @alone .)
(const_element (_) @alone .)
(echo_statement (_) @alone)
(match_conditional_expression return_expression: (_) @alone)
(match_default_expression return_expression: (_) @alone)
(parenthesized_expression (_) @alone)
(property_element default_value: (_) @alone)
(property_promotion_parameter default_value: (_) @alone)
(return_statement (_) @alone)
(simple_parameter default_value: (_) @alone)
"""

_OUTLINE = rf"""
{EARLIER.assigned}
({READ} @read {IS_READ})
(namespace_definition) @namespace

(program . (text)? . (php_tag) @header)
(program . (text)? . (php_tag) . (comment)+ @banner)
((declare_statement) @header (#match? @header "strict_types"))  ; It must stand first in a file.
(program (namespace_definition !body) @header)
(program (namespace_use_declaration) @import)
(program (namespace_use_declaration
  (namespace_use_clause [(name) @alias (qualified_name (name) @alias)] !alias)) @import)
(program (namespace_use_declaration (namespace_use_clause alias: (name) @alias)) @import)
(program (expression_statement [(require_expression) (require_once_expression)]) @import)
(function_definition name: (name) @definition)

((program . (text)? . (php_tag) @homeless) (#not-match? @homeless "^<[?]php"))
(namespace_definition body: (_) @homeless)  ; No one place is in reach of all namespaces.
(program (namespace_definition) (namespace_definition) @homeless)
"""

_NAMES = """
(name) @name
(variable_name (name) @apart)
"""

# The dot binds tighter than what else joins strings.
_HEREDOC = re.compile(
    r"<<<[ \t]*(?P<quote>[\"']?)(?P<label>\w+)(?P=quote).*\n(?P<indent>[ \t]*)(?P=label)\Z",
    re.DOTALL,
)
# An `env` of the project's own that does not give null where it is called without a default.
_OWN_ENV = re.compile(
    r"\bfunction[ \t]{1,9}env[ \t]?\([^,()]{1,80},[^,()=]{1,80}(?:=[ \t]?(?!(?i:null)\b)[^\s]|\))"
)
_SUM_ALONE_IN = frozenset({"arrow_function", "binary_expression", "sequence_expression"})


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    edits = _expression(syntax, site, holes)
    if isinstance(edits, Refused):
        return edits
    if needed := when_needed(syntax, site, edits):
        return needed
    if "constant" not in site.captures:
        return when_built(syntax, site, when_called(syntax, site, edits))
    # A constant cannot hold a call, and one that is defined can.
    if len(site.captures["constant_value"]) > 1:
        return Refused("The constants of this statement share it: give each its own first.")
    name, value = site.captures["constant_name"][0], site.captures["constant_value"][0]
    is_apart = "namespace" in syntax.outline.captures
    defines, quote = ("\\define(", "__NAMESPACE__ . '\\") if is_apart else ("define(", "'")
    opening = f"{defines}{quote}{name.of(syntax.text)}', "
    return (
        Edit(Span(site.captures["constant"][0].start, value.start), opening),
        *edits,
        Edit(Span(value.end, value.end), ")"),
    )


def _expression(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    if site.fallback and "call" in site.captures:
        return _behind_call(site, holes[0])
    passed = pass_values(syntax.text, site, PHP.styles, holes)
    if passed is not None:
        return passed
    alone = site.fallback or literal.span in site.captures.get("alone", ())
    if literal.type in {"heredoc", "nowdoc"}:
        return _reopened(site, holes, alone=alone or literal.parent in _SUM_ALONE_IN)
    if literal.whole:
        return replace_literal(site, holes[0].expression if alone else _operand(holes[0]))
    return _sum(site, holes, alone=alone or literal.parent in _SUM_ALONE_IN)


def _sum(site: Site, holes: Sequence[Hole], *, alone: bool) -> tuple[Edit, ...] | Refused:
    # In single quotes the backslash is doubled; in double quotes it may begin any escape.
    literal = site.literal
    if '"' in literal.opening and (refused := escaped(literal)):
        return refused
    *before, last = literal.parts
    parts = [f"{part}\\" if ends_in_escape(part) else part for part in before]
    operands = [_operand(hole) for hole in holes]
    return concatenate(site, operands, " . ", alone=alone, parts=(*parts, last))


def _reopened(site: Site, holes: Sequence[Hole], *, alone: bool) -> tuple[Edit, ...] | Refused:
    # A heredoc holds variables only: it is closed before the token, and opened again behind it.
    literal = site.literal
    ends = [f"{part}\n" for part in literal.parts]
    found = _HEREDOC.match("".join(literal.parts))
    if not found or (literal.type == "heredoc" and escaped(literal)):
        return BACKSLASH
    label, quote, indent = found["label"], found["quote"], found["indent"]
    # What begins a line with the marker would end the text.
    if any(end.lstrip(" \t").startswith(label) for end in ends[1:]):
        return Refused("The text behind the token would end the heredoc.")
    closes, opens = f"\n{indent}{label}", f"<<<{quote}{label}{quote}\n{indent}"
    new = [f"{closes} . ({hole.expression}) . {opens}" for hole in holes]
    parts = list(literal.parts)
    if parts[-1].replace("\r\n", "\n") == closes:  # Nothing is behind the last token.
        new[-1], parts[-1] = new[-1].removesuffix(f" . {opens}"), ""
    return interpolate(
        site,
        new,
        parts=parts,
        opening="" if alone else "(",
        closing="" if alone else ")",
    )


def _behind_call(site: Site, hole: Hole) -> tuple[Edit, ...]:
    # `env('NAME', '…')` gives null without its default.
    call, comma = site.captures["call"][0], site.captures["comma"][0]
    start, end = ("", "") if call in site.captures.get("alone", ()) else ("(", ")")
    if not hole.lookup.stops:
        return (Edit(Span(comma.start, site.literal.span.end), ""),)
    return (
        *((Edit(Span(call.start, call.start), start),) if start else ()),
        Edit(Span(comma.start, site.literal.span.end), ""),
        Edit(Span(call.end, call.end), f" ?? {hole.expression}{end}"),
    )


def _fit(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    if "call" in site.captures and (
        _OWN_ENV.search(syntax.text) or any(mentioning(_OWN_ENV.pattern))
    ):
        captures = {name: spans for name, spans in site.captures.items() if name != "default"}
        return replace(site, fallback=False, captures=captures)
    placed = fit_parameter(syntax, fit_overlaid(syntax, site, OVERLAYS), mentioning)
    for fit in (fit_property, fit_static):
        placed = placed if isinstance(placed, Refused) else fit(syntax, placed, mentioning)
    return placed


def _operand(hole: Hole) -> str:
    return f"({hole.expression})" if hole.lookup.compound else hole.expression


LANGUAGE = Language(
    id="php",
    title="PHP",
    recognition=Recognition(files=("*.php", "*.phtml"), editor_ids=("php",), interpreters=("php",)),
    # `$_ENV` is empty where `variables_order` has no `E`, as in Debian's PHP. `throw` is an
    # expression since PHP 8.0. A namespace may have a `getenv` of its own, in any of its files.
    environment=ENVIRONMENT,
    grammar=Grammar(
        "tree_sitter_php",
        _CONTEXT + DEFAULTS + LAID + PHP.query,
        _OUTLINE,
        _NAMES,
        opening=r"[bB]?(?P<quote>[\"'])",
        function="language_php",
    ),
    writing=Writing(write=_write, comment="// {}", fit=_fit),
    project=ProjectFacts(
        manifests=(Manifest("composer.json", "composer require {}"),),
        takes_dotenv=True,
        dotenv=DOTENV,
        runtimes=PHP_RUNTIMES,
    ),
)
