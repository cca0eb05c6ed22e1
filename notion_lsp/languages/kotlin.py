"""Kotlin, on the JVM."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._earlier_typed import KOTLIN as EARLIER
from notion_lsp.languages._formats_typed import KOTLIN
from notion_lsp.languages._identity import KOTLIN as GIVEN
from notion_lsp.languages._identity import KOTLIN_COMPARED, compared
from notion_lsp.languages._jvm_annotations import KOTLIN as ANNOTATIONS
from notion_lsp.languages._jvm_annotations import placeholders, variable
from notion_lsp.languages._jvm_runtimes import ANDROID, MULTIPLATFORM
from notion_lsp.languages._kotlin_constants import as_properties, used_as_field
from notion_lsp.languages._kotlin_defaults import PROVIDERS
from notion_lsp.languages._kotlin_mended import mended
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.languages.java import DECLARES, FAMILY, MANIFESTS, SYSTEM
from notion_lsp.lookup import Lookup, Requirement, built_in
from notion_lsp.refused import Refused
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import interpolate, replace_literal
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_STRING = "[(string_literal) (multiline_string_literal)]"
_NAME = "(value_argument . (string_literal . (string_content) @name .) .)"
_GETENV = f"""
[(call_expression
   (navigation_expression . (identifier) @_system . (identifier) @_getenv .)
   (value_arguments . {_NAME} .))
 (index_expression
   (call_expression
     (navigation_expression . (identifier) @_system . (identifier) @_getenv .)
     (value_arguments . ")"))
   (string_literal . (string_content) @name .))]
"""
_OR_DEFAULT = f"""
(call_expression
  (navigation_expression
    (call_expression
      (navigation_expression . (identifier) @_system . (identifier) @_getenv .)
      (value_arguments . ")"))
    (identifier) @_default)
  (value_arguments . {_NAME} . (value_argument . {_STRING} @literal .) .))
"""
_IS_GETENV = '(#eq? @_system "System") (#eq? @_getenv "getenv")'
_IS_OR_DEFAULT = f'{_IS_GETENV} (#eq? @_default "getOrDefault")'

_CONTEXT = rf"""
{EARLIER.tried}
{_STRING} @literal
[(line_comment) (block_comment)] @comment

{ANNOTATIONS}
((call_expression (identifier) @_with (value_arguments) @fixed)
  ; System Lambda, System Stubs, Kotest.
  (#match? @_with "^(with(System)?Environment(Variables?)?|EnvironmentVariables)$")
  (#set! reason "{SETS_ENVIRONMENT}"))
((property_declaration
  ; A `const val` takes constants only (Kotlin, "Compile-time constants"): it becomes a `val`.
  (modifiers (property_modifier) @const)
  (variable_declaration . (identifier) @constant_name)) @constant
  (#eq? @const "const"))
((property_declaration (modifiers) @_private) @shared (#not-match? @_private "private"))

(binary_expression operator: "?:" right: {_STRING} @alone)
((call_expression (_) @_ships . (value_arguments) @fixed)
  (#match? @_ships "(^|[.])(buildConfigField|resValue)$")
  (#set! reason "This line would put the token into the app: have a server of yours hold it."))

; val a = "TOKEN", a = …, this.a = …, map["a"] = …, f(a = …), class A(val a: String = …), "a" to …
(property_declaration (variable_declaration . (identifier) @name) {_STRING} @literal)
(assignment left: (identifier) @name right: {_STRING} @literal)
(assignment left: (navigation_expression (identifier) @name .) right: {_STRING} @literal)
(assignment
  left: (index_expression (string_literal . (string_content) @name .)) right: {_STRING} @literal)
(value_argument . (identifier) @name . {_STRING} @literal)
(class_parameter (identifier) @name {_STRING} @literal)
(function_value_parameters (parameter (identifier) @name) . {_STRING} @literal)
((infix_expression
  . (string_literal . (string_content) @name .) . (identifier) @_to . {_STRING} @literal)
  (#eq? @_to "to"))

; System.getenv("A") ?: "TOKEN"
((binary_expression left: {_GETENV} @replace operator: "?:" right: {_STRING} @literal)
  {_IS_GETENV})
; a ?: System.getenv("A") ?: "TOKEN"
((binary_expression
  left: (binary_expression right: {_GETENV} @replace) operator: "?:" right: {_STRING} @literal)
  {_IS_GETENV})
; System.getenv().getOrDefault("A", "TOKEN")
({_OR_DEFAULT} @replace {_IS_OR_DEFAULT})
((call_expression
  (_) @_get
  (value_arguments (value_argument) . (value_argument . {_STRING} @literal @default .) .))
  (#match? @_get
    "(^|[.])(get(OrDefault|Option(Value)?|Parameter|Property|String|Value)?|putIfAbsent)$"))
((binary_expression
  ; All of a map is evaluated, also what another one is laid over.
  left: (call_expression (identifier) @_map (value_arguments (value_argument
    (infix_expression (_) (identifier) {_STRING} @literal @default .))))
  operator: "+")
  (#any-of? @_map "mapOf" "mutableMapOf"))
((call_expression
  (_) @_default (value_arguments . (value_argument . {_STRING} @literal @default .) .))
  (#match? @_default "(^|[.])(default|getOrElse|orElse)$"))
((call_expression
  ; Clikt reads this variable first.
  (navigation_expression (call_expression (value_arguments (value_argument
    . (identifier) @_envvar . (string_literal . (string_content) @name .)))) (identifier) @_default)
  (value_arguments . (value_argument . {_STRING} @literal .) .))
  (#eq? @_envvar "envvar") (#eq? @_default "default"))
{PROVIDERS}
((call_expression
  (identifier) @source (value_arguments . {_NAME} . (value_argument . {_STRING} @literal .) .))
  (#match? @source "(?i)^(get|read)?_?env(var)?_?(or|default|string|str|else)*$"))
([(as_expression {_OR_DEFAULT}) (binary_expression {_OR_DEFAULT}) (infix_expression {_OR_DEFAULT})
  (navigation_expression {_OR_DEFAULT})] {_IS_OR_DEFAULT} (#set! wrap "(%)"))
"""

_VALUE = """
[(string_literal) (multiline_string_literal) (binary_expression) (call_expression) (as_expression)
 (navigation_expression) (infix_expression) (if_expression) (when_expression) (index_expression)
 (parenthesized_expression) (object_literal) (identifier)]
"""

_OUTLINE = f"""
{KOTLIN_COMPARED}
{EARLIER.assigned}
({_GETENV} @read {_IS_GETENV})
(source_file . [(line_comment) (block_comment)]+ @banner)
[(shebang) (file_annotation) (package_header)] @header
((import (qualified_identifier (identifier) @alias .) @module .) @import
  (#not-match? @import "[*]$"))
(import (qualified_identifier) @module . (identifier) @alias) @import
(import (qualified_identifier) @module "*" @member) @import
[(source_file (class_declaration name: (identifier) @declared))
  (source_file (object_declaration name: (identifier) @declared))
  (source_file (type_alias type: (identifier) @declared))
  (source_file (property_declaration (variable_declaration (identifier) @declared)))]
(source_file (function_declaration name: (identifier) @definition))

(ERROR) @unreadable
[(annotation) (file_annotation)] @constant_only
(annotated_expression (annotation (user_type) .) . (parenthesized_expression) @constant_only)
(annotated_expression
  (annotation (user_type) .) . (infix_expression . (parenthesized_expression) @constant_only))
((class_declaration (modifiers (class_modifier) @_modifier) (primary_constructor) @constant_only)
  (#eq? @_modifier "annotation"))
((property_declaration
  (modifiers (property_modifier) @following_const)
  (variable_declaration . (identifier) @following_name) (_) @following_value)
  (#eq? @following_const "const"))
; Its name in this file (Kotlin, "Imports").
(import (qualified_identifier (identifier) @made_from .) . (identifier) @made_name)

[(source_file) (class_body) (enum_class_body)] @members
(class_body (property_declaration (variable_declaration . (identifier) @scoped_name))) @scoped_in
(callable_reference) @unused
(navigation_expression "::") @unused
; The properties of a file and of an object are set in the order of the text.
(source_file (property_declaration {_VALUE} @set_at_once))
(object_declaration (class_body (property_declaration {_VALUE} @set_at_once)))
(object_declaration (class_body (anonymous_initializer) @set_at_once))
(companion_object (class_body (property_declaration {_VALUE} @set_at_once)))
(companion_object (class_body (anonymous_initializer) @set_at_once))
(enum_entry) @set_first  ; The entries of an enum are made before its companion.
(class_declaration (primary_constructor) @set_first (enum_class_body))
(enum_class_body [(anonymous_initializer) (secondary_constructor)] @set_first)
(enum_class_body (property_declaration {_VALUE} @set_first))
(function_declaration name: (identifier) @member_name (function_body) @member_code)
(function_declaration name: (identifier) @member_name (function_value_parameters) @member_code)
(property_declaration
  (variable_declaration . (identifier) @member_name) [(getter) (property_delegate)] @member_code)
[(class_declaration
    name: (identifier) @member_name [(primary_constructor) (delegation_specifiers)] @member_code)
  (object_declaration name: (identifier) @member_name (delegation_specifiers) @member_code)]
(_ name: (identifier) @member_name (class_body (property_declaration {_VALUE} @member_code)))
(_ name: (identifier) @member_name
  (class_body [(anonymous_initializer) (secondary_constructor)] @member_code))
(class_declaration name: (identifier) @member_name (class_body (companion_object (class_body
  [(property_declaration {_VALUE} @member_code) (anonymous_initializer) @member_code]))))
"""

_NAMES = """
(identifier) @name
((string_content) @_sign . (string_content) @name (#eq? @_sign "$"))  ; As in `"Bearer $NAME"`.
[(call_expression . (identifier) @use)
  (navigation_expression . (identifier) @use)
  (user_type . (identifier) @use)
  (import (qualified_identifier (identifier) @use .) .)
  (import (qualified_identifier) . (identifier) @use)]
[(navigation_expression (_) . (identifier) @apart)
  (user_type (identifier) . (identifier) @apart)
  (value_argument . (identifier) @apart . (_))
  (qualified_identifier (identifier) @apart . (identifier))
  (package_header (qualified_identifier (identifier) @apart))]
(type_parameter (identifier) @otherwise)
; `import java.lang.System as Sys`: the first name is none then (Kotlin, "Imports").
(import (qualified_identifier (identifier) @otherwise .) . (identifier))
"""

# Where `a ?: b` needs no parentheses around it.
_ALONE_IN = frozenset(
    {"assignment", "block", "class_parameter", "function_body", "function_value_parameters"}
    | {"if_expression", "interpolation", "lambda_literal", "parenthesized_expression"}
    | {"property_declaration", "return_expression", "value_argument", "when_entry"}
)

# A `$` before a letter begins a template.
_TEMPLATE = re.compile(r"(?<!\\)(?:\\\\)*\$$")


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    if site.instead is not None:
        return placeholders(site, holes)
    edits = _expression(syntax, site, holes)
    if isinstance(edits, Refused) or "constant" not in site.captures:
        return edits
    return (*as_properties(syntax, site), *edits)


def _fit(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    refused = compared(GIVEN, syntax, site, mentioning)
    return refused or used_as_field(syntax, site, mentioning) or site


def _expression(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    if any(map(_TEMPLATE.search, literal.parts[:-1])):
        return Refused("The `$` before the token makes it the name of a variable.")
    # In `$$"…"` a template needs two signs (Kotlin 2.2, "Multi-dollar string interpolation").
    before = syntax.text[: literal.span.start]
    dollars = before[len(before.rstrip("$")) :]
    passed = pass_values(syntax.text, site, KOTLIN.styles, holes)
    if passed is not None:
        return passed
    if not literal.whole:
        return interpolate(site, [f"{dollars or '$'}{{{hole.expression}}}" for hole in holes])
    alone = literal.parent in _ALONE_IN or literal.span in site.captures.get("alone", ())
    new = holes[0].expression
    [edit] = replace_literal(site, new if site.replaced or alone else f"({new})")
    start = min(edit.span.start, literal.span.start - len(dollars))
    return (Edit(Span(start, edit.span.end), edit.new_text),)


def kotlin_type(path: str) -> Requirement:
    """Return the import of a type, which has its full name where its own is taken."""
    return Requirement(path, f"import {path}", path.rpartition(".")[2], alias=path)


LANGUAGE = Language(
    id="kotlin",
    title="Kotlin",
    recognition=Recognition(
        files=("*.kt", "*.kts"), editor_ids=("kotlin",), interpreters=("kotlin", "kotlinc")
    ),
    # `getenv` has a platform type: without `?:` a null would pass for a `String`.
    environment=Lookup(
        '{System}.getenv("{name}") ?: {error}("{name} is not set")',
        (SYSTEM, built_in("error", "kotlin.error")),
        lenient='{System}.getenv("{name}").orEmpty()',
    ),
    grammar=Grammar(
        "tree_sitter_kotlin",
        _CONTEXT + KOTLIN.query,
        _OUTLINE,
        _NAMES,
        opening=r'"""|"',
        mended=mended,
    ),
    writing=Writing(write=_write, variable=variable, comment="// {}", fit=_fit),
    project=ProjectFacts(
        family=FAMILY,
        manifests=MANIFESTS,
        declares=DECLARES,
        takes_dotenv=True,
        runtimes=(*ANDROID, *MULTIPLATFORM),
    ),
)
