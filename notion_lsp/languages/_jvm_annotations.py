"""Tokens in annotations whose library reads the variable itself: Spring, MicroProfile, picocli."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.syntax.literal_edits import interpolate, replace_literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site
    from notion_lsp.text import Edit

_REASON = '(#set! reason "An annotation takes constants only.")'
_FILLED = "(^|[.])Value$"  # Spring and Micronaut fill in `${name}`, and stop where it has no value.
_PICOCLI = "(^|[.])(Option|Parameters)$"
_CONFIG = "(^|[.])ConfigProperty$"
_READ = f"{_FILLED}|{_PICOCLI}|{_CONFIG}"

JAVA = rf"""
; @Named("TOKEN"), and @Value(other = "TOKEN")
((annotation name: (_) @_annotation arguments: (_) @fixed)
  (#not-match? @_annotation "{_READ}") {_REASON})
((annotation name: (_) @_annotation arguments: (annotation_argument_list
  (element_value_pair key: (_) @_key value: (_) @fixed)))
  (#match? @_annotation "{_READ}") (#not-match? @_key "^(value|defaultValue)$") {_REASON})
; @Value("a" + "TOKEN")
((annotation arguments: (annotation_argument_list
  [(binary_expression) (element_value_pair value: (binary_expression))] @fixed)) {_REASON})
; @Value("${{a:TOKEN}}")
((annotation name: (_) @_annotation arguments: (annotation_argument_list
  [(string_literal) @literal
    (element_value_pair key: (_) @_key value: (string_literal) @literal)]))
  (#match? @_annotation "{_FILLED}") (#set! instead "${{{{name}}}}"))
; @Option(names = "-a", defaultValue = "TOKEN")
((annotation name: (_) @_annotation arguments: (annotation_argument_list
  (element_value_pair key: (_) @_key value: (string_literal) @literal)))
  (#match? @_annotation "{_PICOCLI}") (#eq? @_key "defaultValue")
  (#set! instead "${{env:{{name}}}}"))
; @ConfigProperty(name = "A", defaultValue = "TOKEN")
((annotation name: (_) @_annotation arguments: (annotation_argument_list
  . (element_value_pair key: (_) @_named value: (string_literal (string_fragment) @name))
  . "," @replace
  . (element_value_pair key: (_) @_key value: (string_literal) @literal)))
  (#match? @_annotation "{_CONFIG}") (#eq? @_named "name") (#eq? @_key "defaultValue")
  (#set! instead ""))
"""
KOTLIN = rf"""
; Of a function, the grammar takes it for an expression, with `fun f` on its line for an infix call.
([(annotated_expression (annotation (user_type) .) . (parenthesized_expression) @fixed)
  (annotated_expression
    (annotation (user_type) .) . (infix_expression . (parenthesized_expression) @fixed))]
  {_REASON})
((class_declaration (modifiers (class_modifier) @_modifier) (primary_constructor) @fixed)
  (#eq? @_modifier "annotation") {_REASON})
; The same in Kotlin.
([(annotation (constructor_invocation . (user_type) @_annotation)) (file_annotation)] @fixed
  (#not-match? @_annotation "{_READ}") {_REASON})
((annotation (constructor_invocation . (user_type) @_annotation
  (value_arguments (value_argument . (identifier) @_key . (_) @fixed))))
  (#match? @_annotation "{_READ}") (#not-match? @_key "^(value|defaultValue)$") {_REASON})
((annotation (constructor_invocation (value_arguments (value_argument
  (binary_expression) @fixed)))) {_REASON})
((annotation (constructor_invocation . (user_type) @_annotation
  (value_arguments (value_argument (string_literal) @literal))))
  (#match? @_annotation "{_FILLED}") (#set! instead "\\${{{{name}}}}"))
((annotation (constructor_invocation . (user_type) @_annotation
  (value_arguments (value_argument . (identifier) @_key . (string_literal) @literal))))
  (#match? @_annotation "{_PICOCLI}") (#eq? @_key "defaultValue")
  (#set! instead "\\${{env:{{name}}}}"))
((annotation (constructor_invocation . (user_type) @_annotation
  (value_arguments
    . (value_argument . (identifier) @_named . (string_literal . (string_content) @name .))
    . "," @replace
    . (value_argument . (identifier) @_key . (string_literal) @literal))))
  (#match? @_annotation "{_CONFIG}") (#eq? @_named "name") (#eq? @_key "defaultValue")
  (#set! instead ""))
"""

_DEFAULT = re.compile(r"(?<=[\w.-]):-?\Z")


def placeholders(site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...]:
    """Return the edits that take defaults out of placeholders, and put some for other tokens."""
    if site.replaced:
        return replace_literal(site, holes[0].expression)
    before, *others = site.literal.parts
    inside = _DEFAULT.search(before) is not None and others[0].startswith("}")
    return interpolate(
        site,
        ["" if inside else holes[0].expression, *(hole.expression for hole in holes[1:])],
        parts=(_DEFAULT.sub("", before) if inside else before, *others),
    )


def variable(name: str) -> str:
    """Return the variable that a property is read from (Spring Boot, "Relaxed Binding")."""
    return re.sub(r"[.-]", "_", name).upper() if re.search(r"[.-]", name) else name
