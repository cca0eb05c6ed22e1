"""The constants of C#: which fields and local variables are one, and what needs one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.syntax.following import following
from notion_lsp.syntax.literal_edits import without_word
from notion_lsp.text import Edit

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from notion_lsp.syntax.site import Site, Syntax

CONTEXT = """
((field_declaration
  ; A constant may not hold a call (C# reference, `const`): the rewrite makes a variable of it.
  (modifier) @const
  (variable_declaration (variable_declarator name: (identifier) @constant_name))) @constant
  (#eq? @const "const"))
((field_declaration (modifier) @_access) @shared
  (#any-of? @_access "public" "internal" "protected"))
; The other part of a class may stand in another file.
((class_declaration (modifier) @_partial body: (declaration_list (field_declaration) @shared))
  (#eq? @_partial "partial"))
((local_declaration_statement
  (modifier) @const
  (variable_declaration (variable_declarator name: (identifier) @constant_name))) @constant
  (#eq? @const "const"))
"""

OUTLINE = """
(ERROR) @unreadable
(attribute_argument !name (_) @constant_only)  ; A constant that stands here must stay one.
(attribute_argument name: (_) . (_) @constant_only)
; void F(string a = A), case A:, goto case A;
(parameter name: (_) . (_) @constant_only)
(constant_pattern) @constant_only
(goto_statement) @constant_only
([(field_declaration
    (modifier) @following_const
    (variable_declaration (variable_declarator name: (_) @following_name . (_) @following_value)))
  (local_declaration_statement
    (modifier) @following_const @local_const
    (variable_declaration (variable_declarator name: (_) @following_name . (_) @following_value)))]
  (#eq? @following_const "const"))

; What runs before a static field of a class is set.
(declaration_list) @members
(declaration_list (field_declaration (variable_declaration
  (variable_declarator name: (identifier) @scoped_name)))) @scoped_in
((_ (modifier) @_partial name: (identifier) @part_name body: (declaration_list) @part_body)
  (#eq? @_partial "partial"))
(typeof_expression) @unused
((field_declaration
  (modifier) @_static
  (variable_declaration (variable_declarator name: (_) . (_) @set_at_once)))
  (#eq? @_static "static"))
((property_declaration (modifier) @_static value: (_) @set_at_once) (#eq? @_static "static"))
(method_declaration name: (identifier) @member_name body: (_) @member_code)
(constructor_declaration name: (identifier) @member_name body: (_) @member_code)
(constructor_declaration name: (identifier) @member_name (constructor_initializer) @member_code)
(property_declaration name: (identifier) @member_name accessors: (_) @member_code)
(property_declaration
  name: (identifier) @member_name value: (arrow_expression_clause) @member_code)
(_ name: (identifier) @member_name (base_list) @member_code)
(_ name: (identifier) @member_name body: (declaration_list
  (field_declaration (variable_declaration (variable_declarator name: (_) . (_) @member_code)))))
(_ name: (identifier) @member_name body: (declaration_list
  (property_declaration value: (_) @member_code)))
([(local_function_statement (modifier) @_static) (lambda_expression (modifier) @_static)]
  ; A static local function or lambda sees no local variable, but does see a constant.
  @static_code (#eq? @_static "static"))
"""


def as_variables(syntax: Syntax, site: Site) -> tuple[Edit, ...] | Refused:
    """Return the edits that make variables of a constant and what follows it, or why none may be.

    A constant field is static by itself, and a variable has to say so.
    """
    text, own = syntax.text, site.captures["const"][0]
    names = {span.of(text) for span in site.captures["constant_name"]}
    followers = following(syntax, names)
    local = {*syntax.outline.captures.get("local_const", ())}
    consts = sorted({own, *(each.const for each in followers)})
    of_local = {each.name.of(text) for each in followers if each.const in local}
    if _is_used_in_static_code(syntax, of_local | (names if own in local else set())):
        return Refused("A static function uses this constant, and cannot use a variable.")
    return tuple(
        without_word(text, each) if each in local else Edit(each, "static readonly")
        for each in consts
    )


def _is_used_in_static_code(syntax: Syntax, names: AbstractSet[str]) -> bool:
    places = [place for name in names for place in syntax.places(name)]
    static = syntax.outline.captures.get("static_code", ())
    return any(code.contains(place) for code in static for place in places)
