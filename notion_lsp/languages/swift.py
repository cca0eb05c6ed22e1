"""Swift, 5 and later, where it does not ship to a device: servers, commands and scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._earlier_mobile import SWIFT as EARLIER
from notion_lsp.languages._mobile_runtimes import SWIFT_RUNTIMES
from notion_lsp.languages._reasons import SETS_ENVIRONMENT, UNTERMINATED
from notion_lsp.lookup import Lookup, Requirement, built_in
from notion_lsp.refused import Refused
from notion_lsp.syntax.literal_edits import closed, escaped, interpolate, replace_by_compound
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_TYPE = "A literal makes a value of this type, and a lookup a String: make it a String first."
_STATIC = "What this call takes must be a literal."
_ATTRIBUTE = "An attribute is read when the code is compiled."

_STRING = "[(line_string_literal) (multi_line_string_literal) (raw_string_literal)]"
_TEXT = "(line_string_literal . (line_str_text) @name .)"
# What a lookup gives can be used where one of these is wanted.
_TAKES_STRING = r"^(Swift[.])?(String|Any(Hashable)?|Optional<String>|(any|some) \\w+)[?!]?$"
_READ = f"""
[(call_expression
   (navigation_expression
     target: (navigation_expression
       target: (_) @_process suffix: (navigation_suffix suffix: (simple_identifier) @_info))
     suffix: (navigation_suffix suffix: (simple_identifier) @_environment))
   (call_suffix (value_arguments "[" . (value_argument value: {_TEXT}) .)))
 (call_expression
   (navigation_expression
     target: (simple_identifier) @_process
     suffix: (navigation_suffix suffix: (simple_identifier) @_get))
   (call_suffix (value_arguments "(" . (value_argument value: {_TEXT}) .)))]
"""
# Vapor, "Environment": `get` reads a variable of the process.
_IS_READ = """
  (#match? @_process "^((Foundation[.])?ProcessInfo|(Vapor[.])?Environment)$")
  (#eq? @_info "processInfo") (#eq? @_environment "environment") (#eq? @_get "get")
"""

_CONTEXT = rf"""
{EARLIER.tried}
{_STRING} @literal
[(comment) (multiline_comment)] @comment

((regex_literal) @fixed (#set! reason "The token stands in a regular expression."))
((diagnostic) @fixed (#set! reason "{_STATIC}"))
((attribute (user_type) @_attribute) @fixed
  ; What begins with a capital may be a property wrapper, which takes any expression.
  (#match? @_attribute "^([a-z]|Suite$|Test$)") (#set! reason "{_ATTRIBUTE}"))
((macro_invocation) @fixed (#set! reason "What reads this text may do so when it is compiled."))
((enum_entry raw_value: (_) @fixed) (#set! reason "A raw value of an enum must be a literal."))
((property_declaration (type_annotation (_) @_type) value: {_STRING} @fixed)
  (#not-match? @_type "{_TAKES_STRING}") (#set! reason "{_TYPE}"))
((property_declaration
  (type_annotation (array_type (_) @_type)) value: (array_literal {_STRING} @fixed))
  (#not-match? @_type "{_TAKES_STRING}") (#set! reason "{_TYPE}"))
((_ (parameter (user_type) @_type .) . default_value: {_STRING} @fixed)
  (#not-match? @_type "{_TAKES_STRING}") (#set! reason "{_TYPE}"))
((function_declaration
  name: (user_type) @_type
  body: (function_body (statements [
    (control_transfer_statement {_STRING} @fixed) {_STRING} @fixed])))
  (#not-match? @_type "{_TAKES_STRING}") (#set! reason "{_TYPE}"))
((property_declaration
  (type_annotation (_) @_type)
  computed_value: (computed_property (statements [
    (control_transfer_statement {_STRING} @fixed) {_STRING} @fixed])))
  (#not-match? @_type "{_TAKES_STRING}") (#set! reason "{_TYPE}"))
((call_expression . (simple_identifier) @_static (call_suffix (value_arguments) @fixed))
  ; Their message is a StaticString.
  (#match? @_static "^(os_log|os_signpost|StaticString|NSLocalizedString)$")
  (#set! reason "{_STATIC}"))
((call_expression . (simple_identifier) @_setenv (call_suffix (value_arguments) @fixed))
  (#match? @_setenv "^(setenv|putenv)$") (#set! reason "{SETS_ENVIRONMENT}"))
((call_expression
  (navigation_expression suffix: (navigation_suffix suffix: (simple_identifier) @_level))
  (call_suffix (value_arguments . (value_argument !name value: {_STRING} @literal))))
  ; A message of a log is a type of its own, both in swift-log and in OSLog.
  (#match? @_level "^(trace|debug|info|notice|warning|error|critical|fault|log)$")
  (#set! wrap "\"\\(%)\""))

(property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name) value: {_STRING} @literal)
(assignment
  target: (directly_assignable_expression
    [(simple_identifier) @name
     (navigation_expression suffix: (navigation_suffix suffix: (simple_identifier) @name))
     (call_expression (call_suffix (value_arguments "[" . (value_argument value: {_TEXT}) .)))])
  result: {_STRING} @literal)
(_ (parameter name: (simple_identifier) @name) . default_value: {_STRING} @literal)
(value_argument
  name: (value_argument_label (simple_identifier) @name) value: {_STRING} @literal)
(dictionary_literal key: {_TEXT} . value: {_STRING} @literal)

((nil_coalescing_expression value: {_READ} @replace if_nil: {_STRING} @literal) {_IS_READ})
((nil_coalescing_expression
  value: (nil_coalescing_expression if_nil: {_READ} @replace) if_nil: {_STRING} @literal)
  {_IS_READ})
((call_expression . (_) @_env (call_suffix (value_arguments
  "[" . (value_argument value: {_TEXT})
  . (value_argument name: (value_argument_label) @_default value: {_STRING} @literal) .))) @replace
  (#match? @_env "^(Foundation[.])?ProcessInfo[.]processInfo[.]environment$")
  (#eq? @_default "default"))
"""

_OUTLINE = rf"""
{EARLIER.assigned}
({_READ} @read {_IS_READ})
(source_file . [(comment) (multiline_comment)]+ @banner)
(shebang_line) @header
(import_declaration (identifier) @module) @import
"""

_NAMES = """
[(simple_identifier) (type_identifier)] @name
[(navigation_expression target: (simple_identifier) @use)
  (call_expression . (simple_identifier) @use)
  (user_type (type_identifier) @use)]
[(navigation_suffix (simple_identifier) @apart)
  (value_argument_label (simple_identifier) @apart)
  (parameter external_name: (simple_identifier) @apart)
  (import_declaration (identifier (simple_identifier) @apart))]
(type_parameter (type_identifier) @otherwise)
"""

# Where `a ?? b` needs no parentheses around it.
_ALONE_IN = frozenset(
    {"array_literal", "assignment", "control_transfer_statement", "dictionary_literal"}
    | {"function_declaration", "init_declaration", "interpolated_expression"}
    | {"nil_coalescing_expression", "property_declaration", "statements", "ternary_expression"}
    | {"tuple_expression", "value_argument"}
)


def _write(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    # The signs before a raw string's quote end it, behind the one that closes it.
    site = closed(site, site.literal.opening[::-1])
    literal = site.literal
    if not literal.closing:
        return Refused(UNTERMINATED)
    if literal.whole:
        return replace_by_compound(site, holes[0].expression, _ALONE_IN)
    site = replace(site, wrap="%")
    # As many signs begin an interpolation as stand before the string's quote.
    signs = literal.opening.rstrip('"')
    interpolations = [f"\\{signs}({hole.expression})" for hole in holes]
    return (not signs and escaped(literal)) or interpolate(site, interpolations)


LANGUAGE = Language(
    id="swift",
    title="Swift",
    recognition=Recognition(files=("*.swift",), editor_ids=("swift",), interpreters=("swift",)),
    # A closure that never returns has any type that is wanted.
    environment=Lookup(
        '{ProcessInfo}.processInfo.environment["{name}"]'
        ' ?? { {fatalError}("{name} is not set") }()',
        (
            Requirement(
                "Foundation",
                "import Foundation",
                "ProcessInfo",
                aliased="import Foundation",
                alias="Foundation.ProcessInfo",
            ),
            built_in("fatalError", "Swift.fatalError"),
        ),
        compound=True,
        lenient='{ProcessInfo}.processInfo.environment["{name}"] ?? ""',
    ),
    grammar=Grammar(
        "tree_sitter_swift",
        _CONTEXT,
        _OUTLINE,
        _NAMES,
        opening=r'#*(?P<quote>"""|")',
    ),
    writing=Writing(write=_write, comment="// {}"),
    project=ProjectFacts(
        declares=r"\b(?:actor|associatedtype|class|enum|func|let|protocol|struct|typealias|var)"
        r"\s+{0}\b",
        takes_dotenv=True,
        runtimes=SWIFT_RUNTIMES,
    ),
)
