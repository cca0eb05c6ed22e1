"""Go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import (
    Definition,
    Language,
    Lookup,
    Refused,
    Requirement,
    concatenate,
    put,
)
from notion_lsp.syntax import Grammar
from notion_lsp.text import Edit, Span, apply_edits, line_bounds

if TYPE_CHECKING:
    from notion_lsp.syntax import Site, Syntax

_STRING = "[(interpreted_string_literal) (raw_string_literal)]"

_CONTEXT = rf"""
{_STRING} @literal
(comment) @comment

((import_spec path: (_) @fixed) (#set! reason "This is the path of a package."))
((field_declaration tag: (_) @fixed) (#set! reason "A field's tag must be a literal."))
((call_expression
  function: (selector_expression field: (field_identifier) @_setenv)
  arguments: (argument_list) @fixed)
  (#match? @_setenv "^Setenv$")
  (#set! reason "This line sets the environment itself: delete it, and set the variable outside."))

(const_declaration "const" @keyword (const_spec) @constant) @declaration
(function_declaration body: (_) @function)
(func_literal body: (_) @function)
(method_declaration body: (_) @function)

(const_spec name: (identifier) @name value: (expression_list . {_STRING} @literal .))
(var_spec name: (identifier) @name value: (expression_list . {_STRING} @literal .))
(keyed_element (literal_element (identifier) @name) (literal_element {_STRING} @literal))
((call_expression
  function: (selector_expression operand: (identifier) @_cmp field: (field_identifier) @_or)
  arguments: (argument_list
    . (call_expression
        function: (selector_expression field: (field_identifier) @_getenv)
        arguments: (argument_list (interpreted_string_literal
          (interpreted_string_literal_content) @name)))
    . {_STRING} @literal .)) @replace
  (#eq? @_cmp "cmp") (#eq? @_or "Or") (#eq? @_getenv "Getenv"))
"""

_OUTLINE = """
(source_file . (comment)+ @banner)
(package_clause) @header
(import_declaration (import_spec !name path: (_ (_) @module))) @import
(import_declaration
  (import_spec name: (package_identifier) @alias path: (_ (_) @module))) @import
(import_spec_list (import_spec !name path: (_ (_) @module)) @import)
(import_spec_list
  (import_spec name: (package_identifier) @alias path: (_ (_) @module)) @import)
(source_file (function_declaration name: (identifier) @definition))
(source_file (var_declaration (var_spec name: (identifier) @binding)))
(source_file (const_declaration (const_spec name: (identifier) @binding)))
(source_file (type_declaration (type_spec name: (type_identifier) @binding)))
(const_spec !value) @implicit
(const_spec value: (_) @constant_value)
"""

_ALONE_IN = frozenset(
    {"argument_list", "binary_expression", "expression_list", "literal_element"}
    | {"parenthesized_expression"}
)

_IMPORT_OS = Requirement("os", 'import "os"', "os", aliased='import sysos "os"', alias="sysos")

_MUST_ENV = Definition(
    "mustEnv",
    """\
func {mustEnv}(name string) string {
	value, found := {os}.LookupEnv(name)
	if !found || value == "" {
		panic("environment variable " + name + " is not set")
	}
	return value
}""",
    signature=r"func mustEnv\(\w+ string\) string \{",
)


def _place(syntax: Syntax, site: Site, new: str) -> tuple[Edit, ...] | Refused:
    # A constant cannot hold a call: it becomes a variable.
    constants = site.captures.get("constant", ())
    token = site.literal.span if site.literal else Span(0, 0)
    constant = next((span for span in constants if span.contains(token)), None)
    if constant is None:
        return put(site, new)
    names = re.split(r"[\s,=]+", syntax.text[constant.start : constant.end])[:1]
    if reason := _not_a_variable(syntax, site, names[0]):
        return Refused(reason)
    edits = put(site, new)
    declaration = site.captures["declaration"][0]
    if len(set(constants)) == 1:
        return (Edit(site.captures["keyword"][0], "var"), *edits)
    moved = apply_edits(
        syntax.text[constant.start : constant.end],
        [Edit(edit.span.shifted(-constant.start), edit.new_text) for edit in edits],
    )
    indent = re.match(r"[ \t]*", syntax.text[line_bounds(syntax.text, declaration.start).start :])
    after = Span(declaration.end, declaration.end)
    return (
        Edit(_whole_lines(syntax.text, constant), ""),
        Edit(after, f"\n\n{indent[0] if indent else ''}var {moved}"),
    )


def _not_a_variable(syntax: Syntax, site: Site, name: str) -> str | None:
    captures = syntax.outline.captures
    declaration = site.captures["declaration"][0]
    if any(declaration.contains(span) for span in captures.get("implicit", ())):
        return "A constant of the same group repeats this one: write its value out first."
    word = re.compile(rf"\b{re.escape(name)}\b")
    values = (syntax.text[span.start : span.end] for span in captures.get("constant_value", ()))
    if any(map(word.search, values)):
        return "Another constant is made from this one, and would have to become a variable too."
    if "function" in site.captures and len(word.findall(syntax.text)) == 1:
        return "The constant is not used, and Go refuses a variable that is not."
    return None


def _whole_lines(text: str, span: Span) -> Span:
    start, end = line_bounds(text, span.start).start, line_bounds(text, span.end).end
    return Span(start, min(end + 1, len(text)))


LANGUAGE = Language(
    id="go",
    title="Go",
    editor_ids=("go",),
    files=("*.go",),
    grammar=Grammar("tree_sitter_go", _CONTEXT, _OUTLINE),
    environment=Lookup('{mustEnv}("{name}")', (_IMPORT_OS,), _MUST_ENV),
    join=concatenate(" + ", _ALONE_IN),
    place=_place,
    comment="// {}",
    same_package=r"(?m)^package (\w+)",
    definitions_at_end=True,
    is_standard=lambda module: "." not in module.partition("/")[0],
)
