"""Perl, 5.10 and later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._earlier_scripts import PERL as EARLIER
from notion_lsp.languages._formats_scripts import PERL
from notion_lsp.languages._overlaid import fit_overlaid
from notion_lsp.languages._overlays_scripts import PERL as OVERLAYS
from notion_lsp.languages._overlays_scripts import PERL_LAID
from notion_lsp.languages._perl_words import list_of_words
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.loader import Loader
from notion_lsp.lookup import Lookup, built_in
from notion_lsp.refused import Refused
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.heredocs import unquoted
from notion_lsp.syntax.literal_edits import (
    closed,
    concatenate,
    escaped,
    interpolate,
    replace_literal,
)
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.literal import Literal
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_CODE = "The token is part of an expression in the string."
_CASE = "The string changes the case or the quoting of what stands in it."

_STRING = "[(string_literal) (interpolated_string_literal)]"
_KEY = "[(autoquoted_bareword) @name (_ (string_content) @name)]"
_VARIABLE = """
[(scalar (varname) @name)
 (variable_declaration variable: (scalar (varname) @name))
 (hash_element_expression key: [(autoquoted_bareword) @name (_ (string_content) @name)])]
"""
_READ = f"(hash_element_expression hash: (_ (varname) @_env) key: {_KEY})"
_IS_READ = '(#match? @_env "^(main::|::)?ENV$")'
_SET = "(hash_element_expression hash: (_ (varname) @_env))"

_CONTEXT = rf"""
{EARLIER.tried}
[(string_literal) (interpolated_string_literal) (command_string) (quoted_word_list)] @literal
((heredoc_content (heredoc_end) @heredoc_end) @literal (#set! bare "true"))
([(regexp_content) (replacement)] @literal (#set! bare "true"))
[(comment) (pod)] @comment

((interpolated_string_literal (string_content (_) @fixed)) (#set! reason "{_CODE}"))
((command_string (string_content (_) @fixed)) (#set! reason "{_CODE}"))
((heredoc_content (_) @fixed) (#set! reason "{_CODE}"))
(([(regexp_content (_) @fixed) (replacement (_) @fixed)]) (#set! reason "{_CODE}"))
((substitution_regexp (replacement) @fixed (substitution_regexp_modifiers) @_evaluated)
  (#match? @_evaluated "e") (#set! reason "The token stands in code that a substitution runs."))
((transliteration_expression) @fixed
  (#set! reason "Nothing is put into what `tr` and `y` translate."))
((data_section) @fixed (#set! reason "What stands after `__END__` is text: nothing is evaluated."))
((assignment_expression
  left: [{_SET} (localization_expression {_SET}) (slice_expression hash: (_ (varname) @_env))
    (hash (varname) @_env) (localization_expression (hash (varname) @_env))]
  right: (_) @fixed) {_IS_READ} (#set! reason "{SETS_ENVIRONMENT}"))

; What stands in parentheses before an `x` is a list of its own (perlop, "Multiplicative
; Operators").
((binary_expression left: {_STRING} @literal operator: "x") (#set! wrap "scalar(%)"))

(assignment_expression left: {_VARIABLE} right: {_STRING} @literal)
(list_expression {_KEY} . "=>" . {_STRING} @literal)
(optional_parameter (scalar (varname) @name) default: {_STRING} @literal)

((binary_expression left: {_READ} @replace operator: ["||" "//"] right: {_STRING} @literal)
  {_IS_READ})
((binary_expression
  left: (binary_expression right: {_READ} @replace)
  operator: ["||" "//"] right: {_STRING} @literal) {_IS_READ})
((conditional_expression
  condition: [{_READ} (func1op_call_expression {_READ})] @replace
  alternative: {_STRING} @literal) {_IS_READ})

[(assignment_expression right: (_) @alone)
 (list_expression (_) @alone)
 (parenthesized_expression (_) @alone)
 (expression_statement (_) @alone)
 (function_call_expression arguments: (_) @alone)
 (method_call_expression arguments: (_) @alone)
 (ambiguous_function_call_expression arguments: (_) @alone)
 (func1op_call_expression "(" (_) @alone)
 (hash_element_expression key: (_) @alone)
 (return_expression (_) @alone)
 (anonymous_array_expression (_) @alone)
 (optional_parameter default: (_) @alone)]
(ambiguous_function_call_expression function: (_) @function) @call
(sort_expression "sort" @function) @call
"""

_OUTLINE = rf"""
{EARLIER.assigned}
({_READ} @read {_IS_READ})
(heredoc_token) @heredoc
"""

_NAMES = """
(varname) @name
[(container_variable (varname) @use) (hash (varname) @use)]
[(scalar (varname) @apart) (array (varname) @apart)]  ; Each sigil has names of its own.
((variable_declaration (hash (varname) @otherwise)) @_declared
  (#match? @_declared "^(my|state|our|local)"))
"""

# Where a blank follows, the grammar begins it there.
_HEREDOC = re.compile(r"(?:<<~?)?\s{0,40}(?P<quote>[\"']?)(?P<word>.+)(?P=quote)")
_EXPANDED = re.compile(r"[\\$@]")
_OPENING = r"(?P<quote>[\"'`])|q[qwx]?\s*[^\w\s]"
_PAIRS = str.maketrans("([{<", ")]}>")
# What lasts beyond the piece of the string in which it begins (perlop, "Quote and Quote-like").
_CASES = re.compile(r"(?<!\\)(?:\\\\)*\\[ULQFulE]")
_CASES_OF_TEXT = re.compile(r"(?<!\\)(?:\\\\)*\\[ULFul]")
_QUOTED = re.compile(r"(?<!\\)(?:\\\\)*\\Q(?:(?!\\E)[\s\S])*\Z")


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    # A bracket is closed by another sign than the one that opens it.
    site = closed(site, site.literal.opening[-1:].translate(_PAIRS))
    passed = pass_values(syntax.text, site, PERL.styles, holes)
    if passed is not None:
        return passed
    if site.literal.type == "quoted_word_list":
        return list_of_words(site, holes, f"{_plus(syntax, site)}(")
    if site.literal.type in {"regexp_content", "replacement"}:
        return _in_pattern(syntax, site, holes)
    if site.literal.type == "string_literal":
        return _expression(syntax, site, holes)
    return _in_text(syntax, site, holes)


def _in_text(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    # An array of one element is all that holds an expression in a text.
    arrays = [f"@{{[ {hole.expression} ]}}" for hole in holes]
    if literal.type == "heredoc_content" and (opens := unquoted(syntax, site, _HEREDOC)):
        parts = [_EXPANDED.sub(r"\\\g<0>", part) for part in literal.parts]
        return opens, *interpolate(site, arrays, parts=parts)
    if refused := _unlike(literal):
        return refused
    if literal.type == "interpolated_string_literal" and not _is_torn(literal):
        return _expression(syntax, site, holes)
    return interpolate(site, arrays)


def _unlike(literal: Literal) -> Refused | None:
    if literal.type == "command_string" and literal.closing == "'":
        return Refused("Nothing is put into `qx'…'`: write it with another delimiter first.")
    if any(map(_CASES.search, literal.parts)):
        return Refused(_CASE)
    return escaped(literal)


def _in_pattern(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    if any(map(_CASES_OF_TEXT.search, literal.parts)):
        return Refused(_CASE)
    delimiter = syntax.text[literal.span.start - 1]
    # Perl looks for the end of a pattern before it reads what stands in it.
    ends = any(delimiter in each.expression for each in holes)
    if delimiter == "'" or (ends and delimiter not in "([{<"):
        return Refused(f"A lookup would end this pattern, which `{delimiter}` delimits.")
    quoted = "{}" if literal.type == "replacement" else "quotemeta({})"
    arrays = [
        f"@{{[ {('{}' if _QUOTED.search(part) else quoted).format(hole.expression)} ]}}"
        for part, hole in zip(literal.parts, holes, strict=False)
    ]
    return escaped(literal) or interpolate(site, arrays)


def _is_torn(literal: Literal) -> bool:
    # Brackets that delimit a string may stand in it in pairs, which may have the token between.
    opening = literal.opening[-1:]
    closing = opening.translate(_PAIRS)
    return opening != closing and any(
        each.count(opening) != each.count(closing) for each in literal.parts
    )


def _expression(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    alone = (site.replaced or literal.span) in site.captures.get("alone", ())
    operands = [f"({hole.expression})" for hole in holes]
    if not literal.parts[0] and not (literal.whole and alone):
        # After a function's name a parenthesis would hold all of its arguments.
        operands[0] = f"{_plus(syntax, site)}{operands[0]}"
    if literal.whole:
        return replace_literal(site, holes[0].expression if alone else operands[0])
    parts = literal.parts
    if _is_torn(literal):
        brackets = re.compile(rf"\\.|[\{literal.opening[-1]}\{literal.closing}]", re.DOTALL)
        parts = tuple(brackets.sub(_kept, each) for each in parts)
    return escaped(literal) or concatenate(site, operands, " . ", alone=alone, parts=parts)


def _kept(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("\\") else f"\\{found[0]}"


def _plus(syntax: Syntax, site: Site) -> str:
    before = syntax.text[: (site.replaced or site.literal.span).start].rstrip()
    ends = {span.end for span in site.captures.get("function", ())}
    return "+" if len(before) in ends else ""


def _fit(syntax: Syntax, site: Site, _mentioning: Mentioning) -> Site:
    return fit_overlaid(syntax, site, OVERLAYS)


LANGUAGE = Language(
    id="perl",
    title="Perl",
    recognition=Recognition(
        files=("*.pl", "*.pm", "*.t", "*.psgi", "cpanfile"),
        editor_ids=("perl",),
        interpreters=("perl",),
    ),
    # A missing element is `undef`, which joins as an empty text.
    environment=Lookup(
        "${ENV}{{name}} || die('{name} is not set')",
        (built_in("ENV", "main::ENV"),),
        compound=True,
        lenient="${ENV}{{name}} // ''",
    ),
    grammar=Grammar(
        "tree_sitter_perl",
        _CONTEXT + PERL_LAID + PERL.query,
        _OUTLINE,
        _NAMES,
        opening=_OPENING,
    ),
    writing=Writing(write=_write, fit=_fit),
    project=ProjectFacts(
        takes_dotenv=True, dotenv=Loader(r"\bDotenv *->? *load\b", "the module Dotenv")
    ),
)
