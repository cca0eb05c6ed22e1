"""Scala, 2 and 3."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._earlier_typed import SCALA as EARLIER
from notion_lsp.languages._formats_typed import SCALA
from notion_lsp.languages._identity import SCALA as GIVEN
from notion_lsp.languages._identity import SCALA_COMPARED, fit
from notion_lsp.languages._jvm_runtimes import ANDROID, SCALA_JS
from notion_lsp.languages.java import DECLARES, FAMILY
from notion_lsp.lookup import Lookup, built_in
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import concatenate, escaped, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.refused import Refused
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_LITERAL = "Its type is a literal, which no lookup has: make it `String` first."
_OF_LITERALS = "[(literal_type) (infix_type (literal_type))]"
_LATE = "Code outside of an `App` may use this before that runs: put it into another object first."
_MACRO = "What reads this text may do so when the code is compiled: write a string instead."
_GET = """
(call_expression function: (field_expression value: (_) @_env field: (identifier) @_get)
  arguments: (arguments . (string) @name .))
"""

_CONTEXT = rf"""
{EARLIER.tried}
[(string) (interpolated_string_expression)] @literal
[(comment) (block_comment)] @comment

((annotation (arguments) @fixed) (#set! reason "An annotation takes constants only."))
((case_clause pattern: (_) @fixed) (#set! reason "A pattern must be a constant."))
((literal_type) @fixed (#set! reason "{_LITERAL}"))
([(_ type: {_OF_LITERALS} value: (string) @fixed)
  (_ type: {_OF_LITERALS} default_value: (string) @fixed)
  (function_definition return_type: {_OF_LITERALS} body: (_) @fixed)]
  (#set! reason "{_LITERAL}"))
((val_definition (modifiers (inline_modifier)) value: (_) @fixed)
  (#set! reason "An `inline val` must be a constant: make it a `val`."))
((object_definition extend: (extends_clause (type_identifier) @_app)
  ; What it has is set when it runs (Scala 2, "DelayedInit"), and a constant is there before.
  body: (template_body (val_definition (modifiers) @_final value: (_) @fixed)))
  (#eq? @_app "App") (#match? @_final "final") (#set! reason "{_LATE}"))
((interpolated_string_expression interpolator: (_) @_reader) @fixed
  (#not-match? @_reader "^(s|f|raw)$") (#set! reason "{_MACRO}"))
((val_definition (modifiers) @_final pattern: (identifier) @constant_name)
  @constant @shared @of_object
  (#match? @_final "final"))

(val_definition pattern: (identifier) @name value: (string) @literal)
(var_definition pattern: (identifier) @name value: (string) @literal)
(parameter name: (identifier) @name default_value: (string) @literal)
(class_parameter name: (identifier) @name default_value: (string) @literal)
(assignment_expression
  left: [(identifier) @name (field_expression field: (identifier) @name)] right: (string) @literal)
((infix_expression left: (string) @name operator: (_) @_to right: (string) @literal)
  (#eq? @_to "->"))

((call_expression
  function: (field_expression value: (_) @_env field: (identifier) @_else)
  arguments: (arguments . (string) @name . (string) @literal .)) @replace
  (#match? @_env "^(scala[.])?sys[.]env$") (#eq? @_else "getOrElse"))
((call_expression
  function: (field_expression value: (_) @_of field: (identifier) @_else)
  arguments: (arguments . (string) @name . (string) @literal .)) @replace
  (#match? @_of "(^|[.])Properties$") (#eq? @_else "envOrElse"))
((call_expression
  function: (field_expression value: {_GET} field: (identifier) @_else)
  arguments: (arguments . (string) @literal .)) @replace
  (#match? @_env "^(scala[.])?sys[.]env$") (#eq? @_get "get") (#eq? @_else "getOrElse"))
((call_expression
  function: (field_expression
    value: (call_expression function: (identifier) @_option arguments: (arguments . {_GET} .))
    field: (identifier) @_else)
  arguments: (arguments . (string) @literal .)) @replace
  (#eq? @_option "Option") (#eq? @_env "System") (#eq? @_get "getenv") (#eq? @_else "getOrElse"))
"""

_SET = "[(val_definition value: (_)) (var_definition value: (_)) (expression)]"

_OUTLINE = rf"""
{SCALA_COMPARED}
{EARLIER.assigned}
({_GET} @read (#match? @_env "^((scala[.])?sys[.]env|System)$") (#any-of? @_get "get" "getenv"))
((call_expression function: (_) @_env arguments: (arguments . (string) @name .)) @read
  (#match? @_env "^(scala[.])?sys[.]env$"))
(compilation_unit . [(comment) (block_comment)]+ @banner)
(annotation (arguments) @constant_only)
(val_definition (modifiers (inline_modifier)) value: (_) @constant_only)
((val_definition
  (modifiers) @following_const pattern: (identifier) @following_name value: (_) @following_value)
  (#match? @following_const "final"))

; A `final val` is there before its object, unless it is read (Scala, "Constant value definition").
[(template_body) (compilation_unit)] @members
[(template_body {_SET} @set_with_object) (compilation_unit {_SET} @set_with_object)]
[(class_definition extend: (_) @superclass body: (_) @subclass_body)
 (object_definition extend: (_) @superclass body: (_) @subclass_body)
 (trait_definition extend: (_) @superclass body: (_) @subclass_body)]
(function_definition name: (identifier) @member_name body: (_) @member_code)
((val_definition
  (modifiers) @_changed pattern: (identifier) @member_name value: (_) @member_code)
  (#match? @_changed "final|lazy"))
[(class_definition name: (_) @member_name body: (template_body {_SET} @member_code))
 (object_definition name: (_) @member_name body: (template_body {_SET} @member_code))
 (trait_definition name: (_) @member_name body: (template_body {_SET} @member_code))
 (class_definition name: (_) @member_name class_parameters: (_) @member_code)
 (class_definition name: (_) @member_name extend: (_) @member_code)
 (object_definition name: (_) @member_name extend: (_) @member_code)
 (trait_definition name: (_) @member_name extend: (_) @member_code)]
"""

_NAMES = """
[(identifier) (type_identifier)] @name
(type_identifier) @apart
(field_expression value: (identifier) @use)
(field_expression field: (identifier) @apart)
(call_expression function: (identifier) @use)
(import_declaration path: (identifier) @apart)
(package_identifier (identifier) @apart)
(package_identifier (identifier) @otherwise .)
"""

# Where a sum needs no parentheses around it.
_ALONE_IN = frozenset(
    {"arguments", "assignment_expression", "block", "case_clause", "class_parameter"}
    | {"function_definition", "parameter", "parenthesized_expression", "return_expression"}
    | {"val_definition", "var_definition"}
)


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal, expressions = site.literal, [hole.expression for hole in holes]
    passed = pass_values(syntax.text, site, SCALA.styles, holes)
    if passed is not None:
        return passed
    if literal.whole:
        return replace_literal(site, expressions[0])
    # Before Scala 2.13.6 what is interpolated into one line may hold no quotes.
    alone = literal.parent in _ALONE_IN
    return escaped(literal) or concatenate(site, expressions, " + ", alone=alone)


LANGUAGE = Language(
    id="scala",
    title="Scala",
    recognition=Recognition(
        files=("*.scala", "*.sc", "*.sbt", "*.mill"),
        editor_ids=("scala",),
        interpreters=("scala", "scala-cli", "amm"),
    ),
    # The exception of a missing key has the key in it.
    environment=Lookup(
        '{sys}.env("{name}")',
        (built_in("sys", "_root_.scala.sys"),),
        lenient='{sys}.env.getOrElse("{name}", "")',
    ),
    grammar=Grammar(
        "tree_sitter_scala",
        _CONTEXT + SCALA.query,
        _OUTLINE,
        _NAMES,
        opening=r'(?:s|f|raw)?(?P<quote>"""|")',
    ),
    # A string's quotes are no nodes of their own in the grammar.
    writing=Writing(
        write=_write,
        variable=lambda name: name.strip('"'),
        comment="// {}",
        fit=partial(fit, GIVEN),
    ),
    project=ProjectFacts(
        family=FAMILY,
        # A member counts too: a class of this file may inherit it.
        declares=rf"{DECLARES}|^\s*package\s+(?:\w+[.])*{{0}}\b|\b(?:def|val|var)\s+{{0}}\b",
        takes_dotenv=True,
        runtimes=(*ANDROID, *SCALA_JS),
    ),
)
