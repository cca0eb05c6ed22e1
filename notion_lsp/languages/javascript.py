"""JavaScript, with JSX; what TypeScript shares with it stands here too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import (
    Language,
    Placement,
    ProjectFacts,
    Recognition,
    Writing,
)
from notion_lsp.languages._components import COMPONENTS, fit
from notion_lsp.languages._earlier_scripts import JAVASCRIPT as EARLIER
from notion_lsp.languages._earlier_scripts import JAVASCRIPT_PARAMETERS
from notion_lsp.languages._formats_scripts import JAVASCRIPT
from notion_lsp.languages._javascript_defaults import (
    DEFAULTS,
    ELSEWHERE,
    ENVIRONMENT,
    HANDED,
    IS_ENVIRONMENT,
    STRING,
)
from notion_lsp.languages._javascript_overlays import LAID, laid_fields
from notion_lsp.languages._javascript_reads import ENVIRONMENT_OF_NODE
from notion_lsp.languages._javascript_runtimes import RUNTIMES
from notion_lsp.languages._javascript_schemas import SCHEMAS
from notion_lsp.languages._node import DOTENV
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.languages._typescript_manners import MANNERS_OF_JAVASCRIPT
from notion_lsp.lookup import Manifest
from notion_lsp.refused import Refused
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.functions import in_async, innermost_function
from notion_lsp.syntax.literal_edits import escaped, interpolate, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.literal import Literal
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

CONTEXT = rf"""
{EARLIER.tried}
(string) @literal
(template_string) @literal
((pair key: (string) @literal) (#set! wrap "[%]"))  ; A computed key stands in brackets.

(comment) @comment
(expression_statement . (string) @comment .)  ; A string alone is a directive such as "use strict".

((import_statement source: (string) @fixed) (#set! reason "This is the name of a module."))
((export_statement source: (string) @fixed) (#set! reason "This is the name of a module."))
((regex) @fixed (#set! reason "The token stands in a regular expression."))
((assignment_expression
  left: {ENVIRONMENT} right: [(binary_expression operator: ["||" "??"]) {STRING}] @fixed)
  {IS_ENVIRONMENT}
  (#set! reason "{SETS_ENVIRONMENT}"))
((augmented_assignment_expression left: {ENVIRONMENT} right: {STRING} @fixed) {IS_ENVIRONMENT}
  (#set! reason "{SETS_ENVIRONMENT}"))
(binary_expression left: {STRING} @base operator: "**")  ; The base may not be an `await`.

([(function_declaration) (function_expression) (arrow_function) (method_definition)
  ; Parameters and the bodies of classes are no place for `await` either.
  (generator_function_declaration) (generator_function)
  (formal_parameters) (class_body) (class_static_block)] @function)
([(function_declaration "async") (function_expression "async") (arrow_function "async")
  (method_definition "async") (generator_function_declaration "async")
  (generator_function "async")] @async)

(variable_declarator name: (identifier) @name value: {STRING} @literal)
(assignment_expression left: (identifier) @name right: {STRING} @literal)
(assignment_expression
  left: (member_expression property: (property_identifier) @name) right: {STRING} @literal)
(pair key: (property_identifier) @name value: {STRING} @literal)
(pair key: (string (string_fragment) @name) value: {STRING} @literal)
(pair_pattern
  key: (property_identifier) @name value: (assignment_pattern right: {STRING} @literal))
(object_assignment_pattern
  left: (shorthand_property_identifier_pattern) @name right: {STRING} @literal)
{DEFAULTS}
{SCHEMAS}
{LAID}
{ELSEWHERE}
{JAVASCRIPT.query}
"""

# What TypeScript has in files of JSX only.
JSX = """
((jsx_text) @literal (#set! bare "true"))
((jsx_attribute (string) @literal) (#set! wrap "{%}"))
(html_comment) @comment
"""

OUTLINE = rf"""
({ENVIRONMENT} @read {IS_ENVIRONMENT})
{EARLIER.assigned}
{HANDED}
(program . (comment)+ @banner)
(program (hash_bang_line) @header)
(program . (hash_bang_line)? . ((comment)* . (expression_statement (string)) @header)+)
(program (import_statement . source: (string (string_fragment) @module @member)) @import)
(program (import_statement . "import" .
  (import_clause (identifier) @alias) source: (string (string_fragment) @module)) @import)
(program (import_statement . "import" .
  (import_clause (namespace_import (identifier) @alias)) @member
  source: (string (string_fragment) @module)) @import)
(program (import_statement . "import" .
  (import_clause (named_imports (import_specifier . name: (_) @member alias: (_)? @alias)))
  source: (string (string_fragment) @module)) @import)
((program
  (_ (variable_declarator
    name: (identifier) @alias
    value: (call_expression
      function: (identifier) @_require arguments: (arguments (string (string_fragment) @module)))))
  @import) (#eq? @_require "require"))
((program
  (_ (variable_declarator
    name: (object_pattern (shorthand_property_identifier_pattern) @member)
    value: (call_expression
      function: (identifier) @_require arguments: (arguments (string (string_fragment) @module)))))
  @import) (#eq? @_require "require"))
((program
  (_ (variable_declarator
    name: (object_pattern (pair_pattern key: (_) @member value: (identifier) @alias))
    value: (call_expression
      function: (identifier) @_require arguments: (arguments (string (string_fragment) @module)))))
  @import) (#eq? @_require "require"))
((program (expression_statement
  (call_expression
    function: (identifier) @_require
    arguments: (arguments (string (string_fragment) @module @member)))) @import)
  (#eq? @_require "require"))
(program [(import_statement) (export_statement)] @module_syntax)
(program (function_declaration name: (identifier) @definition))
(program (export_statement declaration: (function_declaration name: (identifier) @definition)))
(program (_ (variable_declarator
  name: (identifier) @definition value: [(arrow_function) (function_expression)])))
(program (export_statement declaration: (_ (variable_declarator
  name: (identifier) @definition value: [(arrow_function) (function_expression)]))))
"""

NAMES = """
[(identifier) (shorthand_property_identifier) (shorthand_property_identifier_pattern)] @name
(member_expression object: (identifier) @use)
(subscript_expression object: (identifier) @use)
[(call_expression function: (identifier) @use) (new_expression constructor: (identifier) @use)]
(arguments (identifier) @use)
[(unary_expression (identifier) @use) (binary_expression (identifier) @use)]
[(parenthesized_expression (identifier) @use) (sequence_expression (identifier) @use)]
[(ternary_expression (identifier) @use) (template_substitution (identifier) @use)]
[(array (identifier) @use) (spread_element (identifier) @use) (pair value: (identifier) @use)]
(object (shorthand_property_identifier) @use)
[(variable_declarator value: (identifier) @use) (assignment_expression right: (identifier) @use)]
[(return_statement (identifier) @use) (arrow_function body: (identifier) @use)]
(import_statement . "import" . (import_clause (identifier) @use))
(import_statement . "import" . (import_clause (namespace_import (identifier) @use)))
(import_statement . "import" .
  (import_clause (named_imports (import_specifier . name: (identifier) @use .))))
(import_statement . "import" .
  (import_clause (named_imports (import_specifier . name: (_) @apart alias: (_) @use))))
((program (_ (variable_declarator name: (identifier) @use value: (call_expression
  function: (identifier) @_require)))) (#eq? @_require "require"))
((program (_ (variable_declarator
  name: (object_pattern [
    (shorthand_property_identifier_pattern) @use (pair_pattern value: (identifier) @use)])
  value: (call_expression function: (identifier) @_require)))) (#eq? @_require "require"))
"""

# JavaScript alone: TypeScript's grammar has other nodes for types.
_CLASSES = "(class_heritage (identifier) @use)"

# A template has no octal escapes (ECMAScript, "Template Literal Lexical Components").
_OCTAL = re.compile(r"(?<!\\)(?:\\\\)*\\(?:[1-9]|0[0-9])")


_QUOTED = "The tag of this template takes a value, which needs no quotes: take them away first."

# What would take a part of the promise where `await` is to give its value first, or the keyword.
_BINDS_TIGHTER = frozenset(
    {"call_expression", "class_heritage", "extends_clause", "member_expression", "new_expression"}
    | {"non_null_expression", "subscript_expression"}
)


def write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    """Return the edits that make it an expression, a template, or JSX with braces."""
    literal = site.literal
    if literal.type == "jsx_text":
        return interpolate(site, [f"{{{hole.expression}}}" for hole in holes])
    passed = pass_values(syntax.text, site, JAVASCRIPT.styles, holes)
    if passed is not None:
        return passed
    # The tag is called with the template, so the template has to stay.
    tagged = literal.type == "template_string" and literal.parent == "call_expression"
    if literal.whole and not tagged:
        return replace_literal(site, _operand(site, holes[0]))
    if refused := _refusal(syntax.text, literal, tagged=tagged):
        return refused
    expressions = [f"${{{hole.expression}}}" for hole in holes]
    if literal.type == "template_string":
        return interpolate(site, expressions)
    return _template(site, expressions)


def _refusal(text: str, literal: Literal, *, tagged: bool) -> Refused | None:
    # A tag such as `sql` makes a parameter of the value, which is none in quotes.
    quoted = "".join(literal.parts[:-1]).count("'") % 2 == 1
    if tagged and quoted and not text.endswith("String.raw", 0, literal.span.start):
        return Refused(_QUOTED)
    return None if literal.parent == "jsx_attribute" else escaped(literal)


def _operand(site: Site, hole: Hole) -> str:
    literal = site.literal
    tight = literal.parent in _BINDS_TIGHTER or literal.span in site.captures.get("base", ())
    return f"({hole.expression})" if hole.lookup.awaits and tight else hole.expression


def is_module(syntax: Syntax, told: bool) -> bool:  # noqa: FBT001, as every language is asked
    """Whether the file is an ES module: by its own imports, else by what it is told."""
    return told or "module_syntax" in syntax.outline.captures


def may_await(syntax: Syntax, site: Site, told: bool) -> bool:  # noqa: FBT001, likewise
    """Whether `await` is legal: in an async function, or outside of any in a module."""
    return in_async(site) or (innermost_function(site) is None and is_module(syntax, told))


def _template(site: Site, expressions: Sequence[str]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    source = "".join(literal.parts)
    if _OCTAL.search(source):
        return Refused("The string has an octal escape, which a template may not have.")
    parts = list(literal.parts)
    # A backslash in an attribute is itself; a template would read it as an escape.
    if literal.parent == "jsx_attribute":
        if "&" in source:
            return Refused("The attribute has a character reference, which a template cannot have.")
        parts = [part.replace("\\", "\\\\") for part in parts]
    parts = [re.sub(r"`|\$\{", r"\\\g<0>", part) for part in parts]
    return interpolate(site, expressions, opening="`", parts=parts, closing="`")


# The lock file tells which tool a project uses.
MANIFESTS = (
    Manifest("package.json", "pnpm add {}", beside="pnpm-lock.yaml"),
    Manifest("package.json", "yarn add {}", beside="yarn.lock"),
    Manifest("package.json", "bun add {}", beside="bun.lock"),
    Manifest("package.json", "npm install {}"),
)

LANGUAGE = Language(
    id="javascript",
    title="JavaScript",
    recognition=Recognition(
        files=("*.js", "*.jsx", "*.mjs", "*.cjs"),
        editor_ids=("javascript", "javascriptreact"),
        interpreters=("node", "nodejs"),
    ),
    environment=ENVIRONMENT_OF_NODE,
    grammar=Grammar(
        "tree_sitter_javascript",
        CONTEXT
        + JSX
        + COMPONENTS
        + laid_fields("field_definition property")
        + rf"(field_definition property: (property_identifier) @name value: {STRING} @literal)",
        OUTLINE + JAVASCRIPT_PARAMETERS,
        NAMES + _CLASSES,
    ),
    writing=Writing(
        write=write, comment="// {}", may_await=may_await, is_module=is_module, fit=fit
    ),
    placement=Placement(is_standard=lambda module: module.startswith("node:"), binds_once=True),
    project=ProjectFacts(
        manifests=MANIFESTS,
        takes_dotenv=True,
        dotenv=DOTENV,
        runtimes=RUNTIMES,
        manners=MANNERS_OF_JAVASCRIPT,
    ),
)
