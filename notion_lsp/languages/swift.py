"""Swift, 5 and later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Placement, ProjectFacts, Recognition, Writing
from notion_lsp.lookup import Definition, Lookup, Requirement, built_in
from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime, in_any
from notion_lsp.syntax.literal_edits import closed, escaped, interpolate, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_DEVICE = Refused(
    "An app ships to a device, and who has it can read the token: read it on a server."
)
_PUBLIC = "The default of a public function may use nothing private: read the token in its body."
_STRING = "[(line_string_literal) (multi_line_string_literal) (raw_string_literal)]"

_CONTEXT = rf"""
{_STRING} @literal
[(comment) (multiline_comment)] @comment

((attribute) @fixed (#set! reason "An attribute takes literals only."))
((enum_entry raw_value: (_) @fixed)
  (#set! reason "The raw value of a case must be a literal: make it a property."))
((function_declaration (modifiers (visibility_modifier) @_public) default_value: (_) @fixed)
  (#any-of? @_public "public" "open")
  (#set! reason "{_PUBLIC}"))
((macro_invocation) @fixed
  (#set! reason "A macro reads its text when the code is compiled: write a string outside of it."))
((property_declaration (type_annotation) @_type value: {_STRING} @fixed)
  (#not-match? @_type "^:\\s*(Swift[.])?(String[?!]?|Any|AnyObject)$")
  (#set! reason "The type that this place takes cannot be seen: convert the token to it first."))
((call_expression (simple_identifier) @_set (call_suffix) @fixed)
  (#eq? @_set "setenv")
  (#set! reason "This line sets the environment itself: delete it, and set the variable outside."))

(property_declaration
  name: (pattern bound_identifier: (simple_identifier) @name) value: {_STRING} @literal)
(function_declaration
  (parameter name: (simple_identifier) @name) . default_value: {_STRING} @literal)
(value_argument name: (value_argument_label (simple_identifier) @name) value: {_STRING} @literal)
(dictionary_literal
  key: (line_string_literal text: (line_str_text) @name) . value: {_STRING} @literal)
(assignment
  target: (directly_assignable_expression [
    (simple_identifier) @name
    (navigation_expression suffix: (navigation_suffix (simple_identifier) @name))])
  result: {_STRING} @literal)

((nil_coalescing_expression
  value: (call_expression
    (navigation_expression) @_environment
    (call_suffix (value_arguments . (value_argument
      value: (line_string_literal . text: (line_str_text) @name .)) .)))
  if_nil: {_STRING} @literal) @replace
  (#match? @_environment "ProcessInfo[.]processInfo[.]environment$"))
"""

_OUTLINE = """
(source_file . [(comment) (multiline_comment)]+ @banner)
(shebang_line) @header
(import_declaration (identifier) @module) @import
(source_file (function_declaration name: (simple_identifier) @definition))
(source_file (class_declaration name: (type_identifier) @declared))
"""

_NAMES = """
[(simple_identifier) (type_identifier)] @name
(navigation_expression target: (simple_identifier) @use)
(call_expression (simple_identifier) @use)
(user_type (type_identifier) @use)
(navigation_suffix suffix: (simple_identifier) @apart)
(value_argument_label (simple_identifier) @apart)
(import_declaration (identifier (simple_identifier) @apart))
"""


def _write(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    hashes = "#" * literal.opening.count("#")
    if hashes:
        site = closed(site, f"{literal.opening.lstrip('#')}{hashes}")
    if site.literal.whole:
        return replace_literal(site, holes[0].expression)
    # With signs around the string, what is interpolated has as many (Swift, SE-0200).
    holes_ = [f"\\{hashes}({hole.expression})" for hole in holes]
    return (None if hashes else escaped(literal)) or interpolate(site, holes_)


LANGUAGE = Language(
    id="swift",
    title="Swift",
    recognition=Recognition(files=("*.swift",), editor_ids=("swift",), interpreters=("swift",)),
    environment=Lookup(
        '{requireEnv}("{name}")',
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
        Definition(
            "requireEnv",
            """\
private func {requireEnv}(_ name: String) -> String {
    guard let value = {ProcessInfo}.processInfo.environment[name], !value.isEmpty else {
        {fatalError}("\\(name) is not set")
    }
    return value
}""",
            signature=r"func requireEnv\(_ name: String\) -> String",
        ),
    ),
    grammar=Grammar("tree_sitter_swift", _CONTEXT, _OUTLINE, _NAMES, opening=r'#*(?P<quote>"""|")'),
    writing=Writing(write=_write, comment="// {}"),
    placement=Placement(definitions_at_end=True),
    project=ProjectFacts(
        declares=r"\b(?:class|struct|enum|actor|protocol|typealias)\s+{0}\b|^func\s+{0}\b",
        takes_dotenv=True,
        runtimes=(
            Runtime(
                "apple",
                _DEVICE,
                text=r"^(?:@\w+ )?import (?:UIKit|SwiftUI|AppKit|Cocoa|WatchKit|WidgetKit)\b",
            ),
            Runtime(
                "apple",
                _DEVICE,
                beside=in_any("Info.plist Podfile"),
                instead=in_any("Package.swift"),
            ),
        ),
    ),
)
