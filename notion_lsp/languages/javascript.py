"""JavaScript, with JSX; what TypeScript shares with it stands here too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Definition, Language, Lookup, Refused, escaped, interleave
from notion_lsp.syntax import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.syntax import Literal, Site

_ENVIRONMENT = """
  [(member_expression
    object: (member_expression
      object: (identifier) @_process property: (property_identifier) @_env)
    property: (property_identifier) @name)
   (subscript_expression
    object: (member_expression
      object: (identifier) @_process property: (property_identifier) @_env)
    index: (string (string_fragment) @name))]
"""
_IS_ENVIRONMENT = '(#eq? @_process "process") (#eq? @_env "env")'
_STRING = "[(string) (template_string)]"

CONTEXT = rf"""
(string) @literal
(template_string) @literal
((jsx_text) @literal (#set! bare "true"))
((jsx_attribute (string) @literal) (#set! wrap "{{%}}"))
((pair key: (string) @literal) (#set! wrap "[%]"))

(comment) @comment
(html_comment) @comment
(expression_statement . (string) @comment .)

((import_statement source: (string) @fixed) (#set! reason "This is the name of a module."))
((export_statement source: (string) @fixed) (#set! reason "This is the name of a module."))
((regex) @fixed (#set! reason "The token stands in a regular expression."))
((assignment_expression left: {_ENVIRONMENT} right: {_STRING} @fixed) {_IS_ENVIRONMENT}
  (#set! reason "This line sets the environment itself: delete it, and set the variable outside."))
((augmented_assignment_expression left: {_ENVIRONMENT} right: {_STRING} @fixed) {_IS_ENVIRONMENT}
  (#set! reason "This line sets the environment itself: delete it, and set the variable outside."))
((binary_expression
  left: (member_expression object: (member_expression object: (meta_property)))
  right: {_STRING} @fixed)
  (#set! reason "What stands in `import.meta.env` is shipped to the browser: use it on a server."))

(variable_declarator name: (identifier) @name value: {_STRING} @literal)
(assignment_expression left: (identifier) @name right: {_STRING} @literal)
(assignment_expression
  left: (member_expression property: (property_identifier) @name) right: {_STRING} @literal)
(pair key: (property_identifier) @name value: {_STRING} @literal)
(pair key: (string (string_fragment) @name) value: {_STRING} @literal)
(pair_pattern
  key: (property_identifier) @name value: (assignment_pattern right: {_STRING} @literal))
(object_assignment_pattern
  left: (shorthand_property_identifier_pattern) @name right: {_STRING} @literal)

((binary_expression left: {_ENVIRONMENT} @replace operator: ["||" "??"] right: {_STRING} @literal)
  {_IS_ENVIRONMENT})
((binary_expression
  left: (binary_expression right: {_ENVIRONMENT} @replace)
  operator: ["||" "??"] right: {_STRING} @literal)
  {_IS_ENVIRONMENT})
"""

OUTLINE = """
(program . (comment)+ @banner)
(program (hash_bang_line) @header)
(program . (comment)* . (comment) @header
  (#match? @header "^(///[ ]*<|//[ ]*@ts-|/[*]+[ *]*(eslint|@jsx|@flow|@jest-))"))
(program . (comment)* . (expression_statement (string)) @header)
(program (import_statement source: (string (string_fragment) @module)) @import)
(program
  (_ (variable_declarator
    value: (call_expression
      function: (identifier) @_require arguments: (arguments (string (string_fragment) @module)))))
  @import (#eq? @_require "require"))
(program (function_declaration name: (identifier) @definition))
(program (export_statement declaration: (function_declaration name: (identifier) @definition)))
(variable_declarator name: (identifier) @binding)
(class_declaration name: (_) @binding)
(import_specifier name: (identifier) @binding !alias)
(import_specifier alias: (identifier) @binding)
(import_clause (identifier) @binding)
"""

_OCTAL = re.compile(r"(?<!\\)(?:\\\\)*\\(?:[1-9]|0[0-9])")


def join(site: Site, expressions: Sequence[str]) -> str | Refused:
    """Return an expression, a template, or JSX with the expressions in braces."""
    literal = site.literal
    if literal is None:
        return Refused("There is no string here.")
    if literal.type == "jsx_text":
        return interleave(literal.parts, [f"{{{expression}}}" for expression in expressions])
    tagged = literal.type == "template_string" and literal.parent == "call_expression"
    if literal.whole and not tagged:
        return expressions[0]
    if literal.parent != "jsx_attribute" and (refused := escaped(literal)):
        return refused
    holes = [f"${{{expression}}}" for expression in expressions]
    if literal.type == "template_string":
        return f"`{interleave(literal.parts, holes)}`"
    return _template(literal, holes)


def _template(literal: Literal, holes: Sequence[str]) -> str | Refused:
    source = "".join(literal.parts)
    if _OCTAL.search(source):
        return Refused("The string has an octal escape, which a template may not have.")
    if literal.parent == "jsx_attribute":
        if "&" in source:
            return Refused("The attribute has a character reference, which a template cannot have.")
        parts = [part.replace("\\", "\\\\") for part in literal.parts]
    else:
        parts = list(literal.parts)
    parts = [re.sub(r"`|\$\{", r"\\\g<0>", part) for part in parts]
    return f"`{interleave(parts, holes)}`"


LANGUAGE = Language(
    id="javascript",
    title="JavaScript",
    editor_ids=("javascript", "javascriptreact"),
    files=("*.js", "*.jsx", "*.mjs", "*.cjs"),
    grammar=Grammar(
        "tree_sitter_javascript",
        CONTEXT
        + rf"(field_definition property: (property_identifier) @name value: {_STRING} @literal)",
        OUTLINE,
    ),
    environment=Lookup(
        '{requireEnv}("{name}")',
        definition=Definition(
            "requireEnv",
            """\
function {requireEnv}(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}""",
            signature=r"function requireEnv\(\w+\) \{",
        ),
    ),
    join=join,
    comment="// {}",
    is_standard=lambda module: module.startswith("node:"),
)
