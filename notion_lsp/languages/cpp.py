"""C++, 11 and later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Telltale, Writing
from notion_lsp.languages._c_constants import COMPILED, as_variable, needed_by_a_use
from notion_lsp.languages._c_macros import as_call, given_to_macro, is_macro, read_twice
from notion_lsp.languages._compiled_runtimes import C_RUNTIMES
from notion_lsp.languages._cpp_arguments import designated, must_be_literal
from notion_lsp.languages._formats_native import CPP
from notion_lsp.languages.c import (
    CONTEXT,
    FAMILY,
    FILES,
    HEADERS,
    INCLUDES,
    NAMES,
    OUTLINE,
    PLACEMENT,
    included,
    incomplete,
)
from notion_lsp.lookup import Definition, Lookup
from notion_lsp.refused import Refused
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import closed, concatenate, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_SUFFIX = "The suffix belongs to a literal: write its type around the string first."
_TAKES_ARRAY = "This takes an array, which is what a literal is: put a std::string above it."
_TYPE = "What the string becomes here is not seen: put it into a std::string first."

_FORMAT = "The format is read when the code is compiled: pass the token as one of its values."

_ARRAY_FUNCTIONS = (
    "^((::)?std::((ranges::)?(c?r?(begin|end)|s?size|data|empty)|to_array|span(<.*>)?)|noexcept)$"
)
_STRING = "[(string_literal) (raw_string_literal)]"
_IS_STRING = '(#match? @_type "(^|::)string$")'

_CONTEXT = rf"""
{CONTEXT}
(raw_string_literal) @literal

{COMPILED}
((init_declarator declarator: (array_declarator) value: (raw_string_literal) @fixed)
  (#set! reason "An array begins with a literal only: make it a std::string."))
((field_declaration declarator: (array_declarator) default_value: (_) @fixed) @_declared
  (#not-match? @_declared "\\bconstexpr\\b")
  (#set! reason "An array begins with a literal only: make it a std::string."))
((raw_string_literal) @fixed (#match? @fixed "^(u8|[uUL])")
  (#set! reason "The environment has no strings of this type."))
((user_defined_literal (_) (literal_suffix) @_suffix) @fixed
  (#not-match? @_suffix "^sv?$") (#set! reason "{_SUFFIX}"))
((user_defined_literal) @fixed (#not-match? @fixed "^\"\\w+\"s") (#set! reason "{_SUFFIX}"))
; Without `_`, a suffix is the library's own (C++20, [usrlit.suffix]).
((user_defined_literal (string_literal) @literal (literal_suffix) @_suffix) @replace
  (#eq? @_suffix "s") (#set! wrap "std::string(%)"))
((user_defined_literal (string_literal) @literal (literal_suffix) @_suffix) @replace
  (#eq? @_suffix "sv") (#set! wrap "std::string_view(%)"))
((call_expression function: (_) @_array arguments: (argument_list) @fixed)
  (#match? @_array "{_ARRAY_FUNCTIONS}")
  (#set! reason "{_TAKES_ARRAY}"))
([(for_range_loop right: (string_literal) @fixed)
  (declaration type: (placeholder_type_specifier) declarator: (init_declarator
    declarator: (reference_declarator) value: (string_literal) @fixed))
  (declaration type: (placeholder_type_specifier (decltype)) declarator: (init_declarator
    value: (_) @fixed))]
  (#set! reason "{_TAKES_ARRAY}"))
((declaration type: (_) @_span declarator: (init_declarator value: (string_literal) @fixed))
  (#match? @_span "(^|::)span(<.*>)?$")
  (#set! reason "{_TAKES_ARRAY}"))
((declaration type: (_) @_span declarator: (init_declarator value: (_ . (string_literal) @fixed .)))
  (#match? @_span "(^|::)span(<.*>)?$")
  (#set! reason "{_TAKES_ARRAY}"))
((case_statement value: (_) @fixed) (#set! reason "A `case` label must be a constant."))
((template_argument_list) @fixed (#set! reason "The argument of a template must be a constant."))
([(static_assert_declaration) (linkage_specification value: (_))] @fixed
  (#set! reason "This text is read when the code is compiled."))
(field_declaration declarator: (_) @name default_value: {_STRING} @literal)
(field_declaration
  declarator: (_ declarator: (field_identifier) @name) default_value: {_STRING} @literal)
(optional_parameter_declaration declarator: (identifier) @name default_value: {_STRING} @literal)
(init_declarator declarator: (identifier) @name value: (_ . {_STRING} @literal .))

((declaration type: (_) @_type declarator: (init_declarator value: (_) @joined)) {_IS_STRING})
((declaration type: (_) @_type declarator: (init_declarator value: (_ . (_) @joined .)))
  {_IS_STRING})
((field_declaration type: (_) @_type default_value: (_) @joined) {_IS_STRING})
((optional_parameter_declaration type: (_) @_type default_value: (_) @joined) {_IS_STRING})
((function_definition type: (_) @_type body: (compound_statement (return_statement (_) @joined)))
  {_IS_STRING})
(assignment_expression left: (subscript_expression) right: (_) @joined)
(binary_expression left: (_) @joined operator: "+")
(binary_expression operator: "+" right: (_) @joined)
(binary_expression operator: "<<" right: (_) @streamed)
(initializer_list (initializer_list (_) @joined))
(call_expression arguments: (argument_list (_) @passed))
"""

_OUTLINE = f"""
{OUTLINE}
; Nothing but includes stands above the name of a module (C++20, [module.global.frag]).
((declaration type: (type_identifier) @_module) @header (#eq? @_module "module"))
((declaration type: (type_identifier) @_export declarator: (identifier) @_module) @header
  (#eq? @_export "export") (#eq? @_module "module"))
((field_declaration
  type: (primitive_type) @_char declarator: (array_declarator declarator: (_) @array_name)) @_field
  (#eq? @_char "char") (#not-match? @_field "static "))
([(declaration (type_qualifier) @_compiled declarator: (init_declarator value: (_) @constant_only))
  (field_declaration (type_qualifier) @_compiled default_value: (_) @constant_only)
  (function_definition (type_qualifier) @_compiled body: (_) @constant_only)
  (_ (type_qualifier) @_compiled declarator: [
    (function_declarator) (_ (function_declarator))] @constant_only ";")]
  (#any-of? @_compiled "constexpr" "constinit" "consteval"))
[(template_argument_list) (static_assert_declaration) (decltype)] @constant_only
(if_statement "constexpr" condition: (_) @constant_only)
((declaration (storage_class_specifier) @_extern) @constant_only (#eq? @_extern "extern"))
(declaration declarator: (_ (qualified_identifier) @constant_only))
(for_range_loop right: (identifier) @array_only)
((call_expression function: (_) @_array arguments: (argument_list) @array_only)
  (#match? @_array "{_ARRAY_FUNCTIONS}"))
(declaration type: (placeholder_type_specifier) declarator: (init_declarator
  declarator: (reference_declarator) value: (identifier) @array_only))
"""

_IS_CPP = (
    r"^\s*(?:class|namespace)\s+\w+[^;]*$|^\s*template\s*<|\bstd::|\bconstexpr\b"
    r"|^[ \t]*#[ \t]*include[ \t]*<\w+>"
)
# What C++ includes is C++, whatever it is called.
_INCLUDED = ("*.c", "*.h")

_ALONE_IN = frozenset(
    {"init_declarator", "field_declaration", "return_statement", "initializer_list"}
    | {"argument_list", "optional_parameter_declaration", "assignment_expression"}
)

_OPENING = r'(?:u8|[uUL])?(?:R"(?P<delimiter>[^\s()\\]*)\(|(?P<quote>"))'


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    if is_macro(site):
        return as_call(syntax.text, site, holes)
    return as_variable(syntax.text, site, _expression(syntax, site, holes))


def _expression(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    site = _raw_closed(site)
    passed = pass_values(syntax.text, site, CPP.styles, holes)
    if passed is not None:
        return passed
    if "braces" in site.captures:
        return Refused(_FORMAT)
    if reason := _hindrance(syntax, site):
        return Refused(reason)
    if site.literal.whole:
        return replace_literal(site, holes[0].expression)
    return _string(site, holes)


def _fit(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    needs, place = (must_be_literal, given_to_macro), site.literal.span
    refused = (need(syntax, place, mentioning) for need in needs)
    return (
        next(filter(None, refused), None)
        or (read_twice(syntax) if is_macro(site) else None)
        or needed_by_a_use(syntax, site, mentioning, needs)
        or site
    )


def _hindrance(syntax: Syntax, site: Site) -> str | None:
    if _may_be_array(syntax, site):
        return "A field may be an array, which begins with a literal only."
    return incomplete(site.literal)


def _may_be_array(syntax: Syntax, site: Site) -> bool:
    arrays = {each.of(syntax.text) for each in syntax.outline.captures.get("array_name", ())}
    if site.literal.parent == "initializer_pair":
        return designated(syntax.text, site.literal.span) in arrays
    # The type may be of this file: which field the value is for is not asked.
    return site.literal.parent == "initializer_list" and bool(arrays)


def _raw_closed(site: Site) -> Site:
    opening = site.literal.opening
    if not opening.endswith("("):
        return site
    # `R"delimiter(…)delimiter"`: the grammar leaves the end to the string.
    delimiter = opening.partition('"')[2][:-1]
    return closed(site, f'){delimiter}"')


def _string(site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal, captures = site.literal, site.captures
    # A stream takes one after the other, and needs no string of both.
    if literal.span in captures.get("streamed", ()):
        return concatenate(site, [hole.expression for hole in holes], " << ", alone=True)
    joined = literal.span in captures.get("joined", ())
    if not joined and literal.span not in captures.get("passed", ()):
        return Refused(_TYPE)
    # One of the first two operands has to be a string, and not a pointer to one.
    first, *others = [hole.expression for hole in holes]
    operands = [f"std::string({first})", *others]
    if joined:
        return concatenate(site, operands, " + ", alone=literal.parent in _ALONE_IN)
    # What is called may take a pointer, which lives as long as the call does.
    site = replace(site, wrap=f"{site.wrap}.c_str()")
    return concatenate(site, operands, " + ", alone=False)


LANGUAGE = Language(
    id="cpp",
    title="C++",
    recognition=Recognition(
        files=tuple(each for each in FILES if each not in _INCLUDED),
        editor_ids=("cpp",),
        telltale=Telltale("c", (_IS_CPP,)),
    ),
    environment=Lookup(
        '{require_env}("{name}")',
        (included("cstdlib"), included("stdexcept"), included("string")),
        Definition(
            "require_env",
            """\
static const char* {require_env}(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\\0') {
        throw std::runtime_error(std::string(name) + " is not set");
    }
    return value;
}""",
            signature=r"require_env\(const char\s*\*\s*\w+\)",
        ),
    ),
    grammar=Grammar("tree_sitter_cpp", _CONTEXT + CPP.query, _OUTLINE, NAMES, opening=_OPENING),
    writing=Writing(write=_write, comment="// {}", fit=_fit),
    placement=PLACEMENT,
    project=ProjectFacts(
        family=FAMILY,
        included=_INCLUDED,
        headers=HEADERS,
        includes=INCLUDES,
        takes_dotenv=True,
        runtimes=C_RUNTIMES,
    ),
)
