"""C, 99 and later, and what C++ shares with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Placement, ProjectFacts, Recognition, Writing
from notion_lsp.languages._c_constants import ARRAYS, as_variable, needed_by_a_use
from notion_lsp.languages._c_fields import as_field
from notion_lsp.languages._c_macros import (
    MACROS,
    USES,
    as_call,
    given_to_macro,
    is_macro,
    read_twice,
)
from notion_lsp.languages._c_statics import CONTEXT as STATICS
from notion_lsp.languages._c_statics import STATIC, as_no_static, lasts, stays_static
from notion_lsp.languages._compiled_runtimes import C_RUNTIMES
from notion_lsp.languages._earlier_typed import C as EARLIER
from notion_lsp.languages._formats_native import C
from notion_lsp.languages._reasons import SETS_ENVIRONMENT, UNTERMINATED
from notion_lsp.lookup import Definition, Lookup, Requirement
from notion_lsp.refused import Refused
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import escaped, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.literal import Literal
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_ADJACENT = "Strings side by side are joined when the code is compiled: write them as one first."
_ARRAY = "An array begins with a literal only: make it a pointer."
_PART = "C joins no strings when the program runs: put this one together with snprintf."
_FORMAT = "Which values the format takes is not seen here: pass the token as one of them."
_READ = """
(call_expression
  function: (_) @_getenv
  arguments: (argument_list . (string_literal (string_content) @name) .))
"""
_IS_READ = '(#match? @_getenv "^(std::|::)?(secure_)?getenv$")'

CONTEXT = rf"""
{EARLIER.tried}
(string_literal) @literal
(comment) @comment

((preproc_include) @fixed (#set! reason "This is the name of a header."))
{MACROS}
; Wide and Unicode strings have other types of characters than what `getenv` gives.
((string_literal) @fixed (#match? @fixed "^(u8|[uUL])")
  (#set! reason "The environment has no strings of this type."))
; A literal is an array: of a pointer, `sizeof` gives another number.
((sizeof_expression) @fixed (#set! reason "Its size is that of the literal."))
{ARRAYS}
((init_declarator
  declarator: (array_declarator declarator: (array_declarator)) value: (initializer_list) @fixed)
  (#set! reason "{_ARRAY}"))
([(attribute_specifier) (attribute_declaration) (gnu_asm_expression)] @fixed
  (#set! reason "This text is read when the code is compiled."))
((call_expression function: (_) @_sets arguments: (argument_list) @fixed)
  (#match? @_sets "^(std::|::)?_?(setenv|putenv|putenv_s)$") (#set! reason "{SETS_ENVIRONMENT}"))

(init_declarator
  declarator: [(identifier) @name (_ declarator: (identifier) @name)]
  value: (string_literal) @literal)
(assignment_expression
  left: [(identifier) @name (field_expression field: (_) @name)] right: (string_literal) @literal)
(initializer_pair (field_designator (_) @name) value: (string_literal) @literal)

((conditional_expression
  condition: [{_READ} (binary_expression left: {_READ})] @replace
  alternative: (string_literal) @literal) {_IS_READ})
"""

_CONTEXT = rf"""
{CONTEXT}
{STATICS}
"""

OUTLINE = rf"""
({_READ} @read {_IS_READ})
{EARLIER.assigned}
{USES}
(translation_unit . (comment)+ @banner)
; Includes go below the guard against a second one, and below what precompiles headers.
((preproc_call directive: (_) @_pragma argument: (_) @_once) @header @guard
  (#eq? @_pragma "#pragma") (#match? @_once "^\\s*once"))
(translation_unit (preproc_include path: (_) @module) @import
  (#not-match? @module "(stdafx|pch)[.]h"))
((preproc_include path: (_) @_precompiled) @header (#match? @_precompiled "(stdafx|pch)[.]h"))
((translation_unit . [(comment) (preproc_call)]* .
  [(preproc_ifdef
     ; The parser needs to be told that a value may follow, in a pattern that goes on below it.
     name: (identifier) @_guard . (preproc_def name: (_) @_defined value: (_)?) @header @guard)
   (preproc_if condition: (_ (preproc_defined (identifier) @_guard))
     . (preproc_def name: (_) @_defined value: (_)?) @header @guard)]
  . (comment)* .)
  (#eq? @_guard @_defined))
; What asks a header for more, such as _GNU_SOURCE, stands above it (feature_test_macros(7)).
(translation_unit . [(comment) (preproc_call) (preproc_def) (preproc_ifdef)]* .
  [(preproc_def) (preproc_ifdef . name: (identifier) . (preproc_def) .)] @header)
([(preproc_ifdef
    name: (identifier) @_guard . (preproc_def name: (identifier) @_defined)
    (preproc_include path: (_) @module) @import)
  (preproc_if condition: (_ (preproc_defined (identifier) @_guard))
    . (preproc_def name: (identifier) @_defined)
    (preproc_include path: (_) @module) @import)] (#eq? @_guard @_defined))

; A declaration alone counts: the definition may stand in another file.
(_ (function_definition declarator: (function_declarator declarator: (identifier) @definition)))
(_ (function_definition declarator: (pointer_declarator
  declarator: (function_declarator declarator: (identifier) @definition))))
(_ (declaration declarator: (function_declarator declarator: (identifier) @definition)))
(_ (declaration declarator: (pointer_declarator
  declarator: (function_declarator declarator: (identifier) @definition))))
; What the helper calls must be the library's own.
([(function_declarator declarator: (identifier) @_name)
  (preproc_def name: (identifier) @_name)
  (preproc_function_def name: (identifier) @_name)] @homeless
  (#any-of? @_name "getenv" "exit" "fprintf" "stderr"))
"""

_OUTLINE = f"""
{OUTLINE}
(declaration
  (storage_class_specifier) declarator: (init_declarator value: (_) @constant_only))
[(translation_unit (declaration) @constant_only)
 (preproc_ifdef (declaration) @constant_only) (preproc_if (declaration) @constant_only)
 (preproc_else (declaration) @constant_only) (declaration_list (declaration) @constant_only)]
"""

NAMES = """
(identifier) @name
; Where a constant may be used as well.
[(type_identifier) (field_identifier) (preproc_arg)] @name @apart
(call_expression function: (identifier) @use)
"""


def incomplete(literal: Literal) -> str | None:
    """Return why nothing can be put into the literal, if that is so."""
    if not literal.closing:
        return UNTERMINATED
    if literal.type != "raw_string_literal" and (refused := escaped(literal)):
        return refused.reason
    return _ADJACENT if literal.parent == "concatenated_string" else None


def _fit(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    place, is_field = site.literal.span, site.literal.parent.startswith("initializer_")
    return (
        (as_field(syntax, place, mentioning) if is_field else None)
        or given_to_macro(syntax, place, mentioning)
        or (read_twice(syntax) if is_macro(site) else None)
        or needed_by_a_use(syntax, site, mentioning, (given_to_macro, as_field))
        or stays_static(syntax, site, mentioning)
        or site
    )


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    if is_macro(site):
        return as_call(syntax.text, site, holes)
    # First, whether it is a format: then a part of a string may be a value of it.
    passed = pass_values(syntax.text, site, C.styles, holes)
    if passed is not None:
        return passed
    if reason := STATIC if lasts(syntax, site) else incomplete(literal):
        return Refused(reason)
    # The helper gives a pointer, as a literal does where it is no array.
    if literal.whole:
        written = as_no_static(syntax, site, replace_literal(site, holes[0].expression))
        return as_variable(syntax.text, site, written) if "function" in site.captures else written
    return Refused(_FORMAT if "format" in site.captures else _PART)


def included(header: str) -> Requirement:
    """Return the requirement of a header of the standard library."""
    # No code names a header: the name is that of the requirement alone.
    name = re.sub(r"\W", "_", header)
    return Requirement(f"<{header}>", f"#include <{header}>", f"header_{name}")


# C and C++ are built together: a file of either may include a header of the other.
HEADERS = ("*.h", "*.hpp", "*.hh", "*.hxx", "*.h++", "*.inl", "*.ipp", "*.tpp", "*.txx")
FILES = (*HEADERS, "*.c", "*.cpp", "*.cc", "*.cxx", "*.c++", "*.cppm", "*.ixx")
# Objective-C and CUDA include the same headers, and cannot be looked through.
FAMILY = (*FILES, "*.m", "*.mm", "*.cu")
INCLUDES = r"#[ \t]*include[ \t]*[<\"](?:[^<>\"]*[/\\])?{}[>\"]"

PLACEMENT = Placement(is_standard=lambda module: module.startswith("<"), import_gap="")

LANGUAGE = Language(
    id="c",
    title="C",
    recognition=Recognition(files=("*.c", "*.h"), editor_ids=("c",)),
    # `getenv` gives a null pointer where nothing is set.
    environment=Lookup(
        '{require_env}("{name}")',
        (included("stdio.h"), included("stdlib.h")),
        Definition(
            "require_env",
            """\
static char *{require_env}(const char *name) {
    char *value = getenv(name);
    if (value == NULL || *value == '\\0') {
        fprintf(stderr, "%s is not set\\n", name);
        exit(EXIT_FAILURE);
    }
    return value;
}""",
            signature=r"require_env\(const char\s*\*\s*\w+\)",
        ),
    ),
    grammar=Grammar(
        "tree_sitter_c", _CONTEXT + C.query, _OUTLINE, NAMES, opening=r"(?:u8|[uUL])?(?P<quote>\")"
    ),
    writing=Writing(write=_write, comment="// {}", fit=_fit),
    placement=PLACEMENT,
    project=ProjectFacts(
        family=FAMILY,
        included=("*.h",),
        headers=HEADERS,
        includes=INCLUDES,
        takes_dotenv=True,
        runtimes=C_RUNTIMES,
    ),
)
