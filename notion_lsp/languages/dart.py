"""Dart, 2.12 and later, where it does not ship to a device: servers, commands and scripts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Placement, ProjectFacts, Recognition, Writing
from notion_lsp.languages._earlier_mobile import DART as EARLIER
from notion_lsp.languages._mobile_runtimes import DART_RUNTIMES
from notion_lsp.languages._reasons import UNTERMINATED
from notion_lsp.lookup import Lookup, Manifest, Requirement, built_in
from notion_lsp.refused import Refused
from notion_lsp.syntax.following import following
from notion_lsp.syntax.literal_edits import escaped, interpolate, replace_by_compound
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax

_CONST = "What is `const` holds constants only: take the `const` away first."
_FIELD = "A class with a `const` constructor has constant fields only: make this one `static`."
_DEFINED = "A value of --dart-define is in the program: read the token with Platform.environment."
_DEFAULT = "A default value must be a constant: make it null, and read the token in the function."
_ADJACENT = "Strings side by side of which one is raw: write them as one first."
_PART_OF = "A part has no imports: put the token into the library that it is a part of."

_INDEX = "(selector (unconditional_assignable_selector (index_selector (string_literal) @name)))"
_PART = "(selector (unconditional_assignable_selector (identifier) @{}))"
_ENVIRONMENT = _PART.format("_environment")
_BEGINS = f"[((identifier) @_platform) ((identifier) {_PART.format('_platform')})]"
_READ = f"(_ (identifier) @_platform . {_ENVIRONMENT} . {_INDEX} @read)"
_OF_LIBRARY = f"(_ {_PART.format('_platform')} . {_ENVIRONMENT} . {_INDEX} @read)"
_IS_READ = '(#eq? @_platform "Platform") (#eq? @_environment "environment")'
# A type is several nodes, with its arguments and what says that it may be null.
_TYPE = """
[(type_identifier) (type_arguments) (nullable_type) (record_type) (function_type)]*
"""
# The names of a constant stand in one of these, behind the word `const`.
_DECLARATION = """
(static_final_declaration_list
  (static_final_declaration . (identifier) @constant_name)) @constant
"""
_FOLLOWING = """
(static_final_declaration_list
  (static_final_declaration . (identifier) @following_name . (_) @following_value))
"""

_CONTEXT = rf"""
{EARLIER.tried}
(string_literal) @literal
[(comment) (documentation_comment)] @comment

((program (part_of_directive)) @fixed (#set! reason "{_PART_OF}"))
((annotation) @fixed (#set! reason "An annotation takes constants only."))
((configurable_uri) @fixed (#set! reason "This is the name of a library."))
((template_substitution (identifier_dollar_escaped)) @fixed
  (#set! reason "The `$` before the token makes it the name of a variable."))
([(constant_pattern) (map_pattern)] @fixed (#set! reason "A pattern must be a constant."))
([(const_object_expression) (constant_constructor_signature)] @fixed (#set! reason "{_CONST}"))
([(list_literal (const_builtin)) (set_or_map_literal (const_builtin))] @fixed
  (#set! reason "{_CONST}"))
((enum_constant (argument_part) @fixed) (#set! reason "{_CONST}"))
((declaration (constant_constructor_signature) (initializers) @fixed) (#set! reason "{_CONST}"))
((optional_formal_parameters (string_literal) @fixed) (#set! reason "{_DEFAULT}"))
((class_body
  (declaration (final_builtin) (initialized_identifier_list) @fixed)
  (declaration (constant_constructor_signature))) (#set! reason "{_FIELD}"))
((class_body
  (declaration (constant_constructor_signature))
  (declaration (final_builtin) (initialized_identifier_list) @fixed)) (#set! reason "{_FIELD}"))
((_ (identifier) @_type . {_PART.format("_from")} . (selector (argument_part) @fixed))
  (#any-of? @_type "String" "bool") (#any-of? @_from "fromEnvironment" "hasEnvironment")
  (#set! reason "{_DEFINED}"))
((_ (identifier) @_regexp . (selector (argument_part) @fixed)) (#eq? @_regexp "RegExp")
  (#set! reason "The token stands in a regular expression."))

((const_builtin) @const . {_TYPE} . {_DECLARATION} @shared)
(initialized_variable_definition
  (const_builtin) @const name: (identifier) @constant_name) @constant

(static_final_declaration . (identifier) @name . (string_literal) @literal .)
(initialized_identifier . (identifier) @name . (string_literal) @literal .)
(initialized_variable_definition
  name: (identifier) @name . value: (string_literal) @literal .)
(assignment_expression
  left: (assignable_expression
    [(identifier) @name
     (unconditional_assignable_selector [(identifier) @name
       (index_selector (string_literal) @name)])] .)
  right: (string_literal) @literal)
(named_argument (label (identifier) @name) . (string_literal) @literal .)
(pair key: (string_literal) @name value: (string_literal) @literal)

((if_null_expression
  (identifier) @replace @_platform . {_ENVIRONMENT} . {_INDEX} . second: (string_literal) @literal)
  {_IS_READ})
((if_null_expression
  (identifier) @replace . {_PART.format("_platform")} . {_ENVIRONMENT} . {_INDEX}
  . second: (string_literal) @literal) {_IS_READ})

((string_literal) @literal . [(selector) (cascade_section)] (#set! wrap "(%)"))
"""

_OUTLINE = rf"""
{EARLIER.assigned}
({_READ} {_IS_READ})
({_OF_LIBRARY} {_IS_READ})
(program . [(comment) (documentation_comment)]+ @banner)
[(script_tag) (library_name)] @header
(import_or_export (library_import
  (import_specification . (configurable_uri (uri) @module) .))) @import
((import_or_export (library_import (import_specification
  (configurable_uri (uri) @module) (combinator "show" (identifier) @_shown)))) @import
  (#eq? @_shown "Platform"))
(import_or_export (library_import
  (import_specification (configurable_uri (uri) @module) . (identifier) @member))) @import
((import_or_export (library_import (import_specification
  (configurable_uri (uri) @module) (combinator (identifier) @member)))) @import
  (#not-eq? @member "Platform"))

(annotation) @constant_only
[(constant_pattern) (const_object_expression)] @constant_only
[(list_literal (const_builtin)) (set_or_map_literal (const_builtin))] @constant_only
(enum_constant (argument_part) @constant_only)
(optional_formal_parameters "=" . (_) @constant_only)
(declaration (constant_constructor_signature) (initializers) @constant_only)
((const_builtin) @following_const . {_TYPE} . {_FOLLOWING})
(initialized_variable_definition
  (const_builtin) @following_const name: (_) @following_name value: (_) @following_value)
"""

_NAMES = """
[(identifier) (identifier_dollar_escaped) (type_identifier)] @name
((identifier) @use . (selector))
(throw_expression (identifier) @use)
[(unconditional_assignable_selector (identifier) @apart)
  (conditional_assignable_selector (identifier) @apart)
  (label (identifier) @apart)
  (combinator (identifier) @apart)]
"""

# Where `a ?? b` needs no parentheses around it.
_ALONE_IN = frozenset(
    {"argument", "assignment_expression", "conditional_expression", "function_body"}
    | {"if_element", "if_null_expression"}
    | {"initialized_identifier", "initialized_variable_definition", "list_literal"}
    | {"named_argument", "pair", "parenthesized_expression", "record_field", "return_statement"}
    | {"set_or_map_literal", "static_final_declaration", "switch_expression_case"}
    | {"template_substitution", "yield_statement"}
)
_QUOTES = re.compile(r"^r?[\"']+|[\"']+$")
_EITHER = ("'", '"')
_RAW_BESIDE = re.compile(r"[\"']\s*r[\"']")


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    edits, place = _expression(site, holes), site.literal.span
    constants = [each for each in site.captures.get("constant", ()) if each.contains(place)]
    if isinstance(edits, Refused) or not constants:
        return edits
    # The word stands before the constant or at its beginning.
    constant = max(constants)
    own = max(each for each in site.captures["const"] if each.start <= constant.start)
    names = (each for each in site.captures["constant_name"] if constant.contains(each))
    made = following(syntax, [each.of(syntax.text) for each in names])
    words = sorted({own, *(each.const for each in made)})
    return (*(Edit(word, "final") for word in words), *edits)


def _expression(site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    # Of strings side by side, the last one may end with another quote than the first.
    if not literal.closing and not literal.parts[-1].endswith(_EITHER):
        return Refused(UNTERMINATED)
    if literal.whole:
        return replace_by_compound(site, holes[0].expression, _ALONE_IN)
    site = replace(site, wrap="%")
    interpolations = [f"${{{hole.expression}}}" for hole in holes]
    if any(map(_RAW_BESIDE.search, literal.parts)):
        return Refused(_ADJACENT)
    if not literal.opening.startswith("r"):
        return escaped(literal) or interpolate(site, interpolations)
    # Nothing escapes a quote in a raw string: what has one goes on behind it.
    if any(literal.closing in part for part in literal.parts):
        return Refused(_ADJACENT)
    # Without the `r`, a backslash and a dollar have a meaning.
    parts = [re.sub(r"[\\$]", r"\\\g<0>", part) for part in literal.parts]
    return interpolate(site, interpolations, opening=literal.opening[1:], parts=parts)


LANGUAGE = Language(
    id="dart",
    title="Dart",
    recognition=Recognition(files=("*.dart",), editor_ids=("dart",), interpreters=("dart",)),
    environment=Lookup(
        "{Platform}.environment['{name}'] ?? (throw {StateError}('{name} is not set'))",
        (
            Requirement(
                "'dart:io'",
                "import 'dart:io';",
                "Platform",
                aliased="import 'dart:io' as io;",
                alias="io.Platform",
            ),
            built_in("StateError", ""),
        ),
        compound=True,
        lenient="{Platform}.environment['{name}'] ?? ''",
    ),
    grammar=Grammar(
        "tree_sitter_dart",
        _CONTEXT,
        _OUTLINE,
        _NAMES,
        opening=r"r?(?P<quote>\"\"\"|'''|[\"'])",
    ),
    writing=Writing(write=_write, variable=lambda name: _QUOTES.sub("", name), comment="// {}"),
    placement=Placement(is_standard=lambda module: module.strip("\"'").startswith("dart:")),
    project=ProjectFacts(
        manifests=(Manifest("pubspec.yaml", "dart pub add {}"),),
        declares=r"\b(?:class|const|enum|extension\s+type|final|mixin|typedef|var)\s+{0}\b",
        takes_dotenv=True,
        runtimes=DART_RUNTIMES,
    ),
)
