"""TypeScript without JSX: what it adds to JavaScript."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import (
    Language,
    Placement,
    ProjectFacts,
    Recognition,
    Writing,
    in_async,
    innermost_function,
)
from notion_lsp.languages._javascript_reads import ENVIRONMENT_OF_NODE, TYPES_OF_HELPER
from notion_lsp.languages._javascript_runtimes import RUNTIMES, TYPES_OF_READS
from notion_lsp.languages._node import DOTENV
from notion_lsp.languages.javascript import CONTEXT, MANIFESTS, write
from notion_lsp.languages.javascript import NAMES as JAVASCRIPT_NAMES
from notion_lsp.languages.javascript import OUTLINE as JAVASCRIPT_OUTLINE
from notion_lsp.refused import Refused
from notion_lsp.syntax.neighbour import word
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from notion_lsp.lookup import Lookup
    from notion_lsp.runtime import Runtime
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_LITERAL = "Its type is a literal, which no lookup has: make it `string` first."
_STRING = "[(string) (template_string)]"
_NARROW = "[(literal_type) (template_literal_type) (union_type (literal_type (string)))]"
# A name for a type of literals, and a function that has a parameter of one.
_NARROW_NAMES = """
(type_alias_declaration name: (type_identifier) @alias value: (_) @value)
(function_declaration name: (identifier) @function parameters: (_) @parameters)
(variable_declarator name: (identifier) @function
  value: (arrow_function parameters: (_) @parameters))
"""
# A type that some text fits, and what may declare one in another file.
_PATTERNS = "[(template_literal_type) (literal_type (string))] @type"
_DECLARES_PATTERN = r"\btype\s+\w+[^=\n]*=[^;\n]*`|[\w)?]\s*:\s*`[^`\n]*\$\{"
# A union with one of these takes any text.
_OPEN = "(union_type [(predefined_type) (template_literal_type)] @type) @whole"
_ANY_TEXT = re.compile(r"string|any|unknown|`\$\{\s*string\s*\}`")
_HOLE = re.compile(r"\$\{[^}]*\}")
_OF_LITERALS = re.compile(r"""["'`]""")

TYPES = rf"""
([(literal_type) (template_literal_type) (type_annotation)] @fixed
  (#set! reason "The token is part of a type."))
([(type_alias_declaration) (interface_declaration)] @fixed
  (#set! reason "The token is part of a type."))
((import_require_clause source: (string) @fixed) (#set! reason "This is the name of a module."))
((enum_declaration) @fixed (#set! reason "A member of an enum with strings must be a constant."))
((ambient_declaration) @fixed (#set! reason "A declaration may not hold an expression."))
((as_expression [(string) (template_string)] @fixed "const")
  (#set! reason "`as const` takes a literal only."))
([(variable_declarator type: (type_annotation {_NARROW}) value: (_) @fixed)
  (public_field_definition type: (type_annotation {_NARROW}) value: (_) @fixed)
  (required_parameter type: (type_annotation {_NARROW}) value: (_) @fixed)]
  (#set! reason "{_LITERAL}"))
(variable_declarator type: (type_annotation (predefined_type)) value: {_STRING} @plain)
(public_field_definition type: (type_annotation (predefined_type)) value: {_STRING} @plain)
(required_parameter type: (type_annotation (predefined_type)) value: {_STRING} @plain)
(variable_declarator type: (type_annotation (type_identifier) @type) value: {_STRING} @literal)
(public_field_definition type: (type_annotation (type_identifier) @type) value: {_STRING} @literal)
(required_parameter type: (type_annotation (type_identifier) @type) value: {_STRING} @literal)
(as_expression {_STRING} @literal (type_identifier) @type)
(satisfies_expression {_STRING} @literal (type_identifier) @type)
(call_expression function: (identifier) @called arguments: (arguments {_STRING} @literal))
(public_field_definition
  name: (property_identifier) @name value: [(string) (template_string)] @literal)
"""

OUTLINE = (
    JAVASCRIPT_OUTLINE
    + """
(program (import_statement
  (import_require_clause (identifier) @alias source: (string (string_fragment) @module))) @import)
"""
)

NAMES = (
    JAVASCRIPT_NAMES
    + """
; What is imported as a type is no value: a lookup needs an import of its own name.
(import_statement "type" (import_clause (identifier) @otherwise))
(import_statement "type"
  (import_clause (named_imports (import_specifier (identifier) @otherwise .))))
(import_specifier "type" (identifier) @otherwise .)
; The name of a class is that of a value, too.
(class_declaration name: (type_identifier) @name)
(abstract_class_declaration name: (type_identifier) @name)
(extends_clause value: (identifier) @use)
"""
)

# `new Map()` alone is a `Map<any, any>`.
CACHE = {"new {Map}()": "new {Map}<string, string>()"}


def typed(javascript: Lookup, types: Mapping[str, str]) -> Lookup:
    """Return JavaScript's lookup with TypeScript's types, by what they take the place of."""
    helper = javascript.definition
    text = helper.text if helper else ""
    for plain, with_types in types.items():
        text = text.replace(plain, with_types)
    return replace(javascript, definition=helper and replace(helper, text=text))


def _typed_runtime(row: Runtime) -> Runtime:
    if isinstance(row.environment, Refused):
        return row
    types = TYPES_OF_HELPER | TYPES_OF_READS.get(row.id, {})
    return replace(row, environment=typed(row.environment, types))


def may_await(_syntax: Syntax, site: Site, told: bool) -> bool:  # noqa: FBT001, see JavaScript
    """Whether `await` is legal; a file's imports do not tell what it is compiled to."""
    return in_async(site) or (innermost_function(site) is None and told)


def fit(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    """Return the site, unless its type may be one of literals: by its name, or as the text fits.

    What has such a type is seldom seen where the text stands: a property, a result, a parameter.
    """
    text, captures = syntax.text, site.captures
    types = {span.of(text) for span in captures.get("type", ())}
    for called in (span.of(text) for span in captures.get("called", ())):
        types |= _types_of_parameters(syntax, called, mentioning)
    is_narrow = any(_is_narrow(syntax, each, mentioning) for each in types)
    is_plain = site.literal.span in captures.get("plain", ())
    if is_narrow or (not is_plain and _fits_a_pattern(syntax, site, mentioning)):
        return Refused(_LITERAL)
    return site


def _fits_a_pattern(syntax: Syntax, site: Site, mentioning: Mentioning) -> bool:
    literal = site.literal
    written = Span(literal.span.start + len(literal.opening), literal.span.end - 1)
    others = (each.syntax for each in mentioning(_DECLARES_PATTERN) if each.syntax)
    return any(
        _fits(type_.of(where.text), written.of(syntax.text))
        for where in (syntax, *others)
        for type_ in _patterns(where)
    )


def _patterns(syntax: Syntax) -> Iterator[Span]:
    text = syntax.text
    unions = syntax.found(_OPEN)
    wide = [each["whole"] for each in unions if _ANY_TEXT.fullmatch(each["type"].of(text))]
    for row in syntax.found(_PATTERNS):
        type_ = row["type"]
        open_ = _ANY_TEXT.fullmatch(type_.of(text)) or any(each.contains(type_) for each in wide)
        if not open_:
            yield type_


def _fits(type_: str, text: str) -> bool:
    first, *others = _HOLE.split(type_[1:-1])
    if not others:
        return text == first
    at = len(first)
    # A pattern with many holes would take its time.
    for part in others[:-1]:
        at = text.find(part, at) + len(part)
        if at < len(part):
            return False
    return (
        text.startswith(first) and text.endswith(others[-1]) and at <= len(text) - len(others[-1])
    )


def _types_of_parameters(syntax: Syntax, function: str, mentioning: Mentioning) -> set[str]:
    return {
        type_
        for where in _texts(syntax, function, mentioning)
        for row in where.found(_NARROW_NAMES)
        if "function" in row and row["function"].of(where.text) == function
        for type_ in re.findall(r":\s*([^,)=]+)", row["parameters"].of(where.text))
    }


def _is_narrow(syntax: Syntax, type_: str, mentioning: Mentioning) -> bool:
    name = type_.strip()
    if _OF_LITERALS.search(name):
        return True
    return name.isidentifier() and any(
        _OF_LITERALS.search(row["value"].of(where.text))
        for where in _texts(syntax, name, mentioning)
        for row in where.found(_NARROW_NAMES)
        if "alias" in row and row["alias"].of(where.text) == name
    )


def _texts(syntax: Syntax, name: str, mentioning: Mentioning) -> list[Syntax]:
    return [syntax, *(each.syntax for each in mentioning(word(name)) if each.syntax)]


# In TSX `<const>` is a tag, so only TypeScript without JSX has this row.
_ASSERTION = r"""
((type_assertion (type_arguments) @_const [(string) (template_string)] @fixed)
  (#eq? @_const "<const>")
  (#set! reason "`as const` takes a literal only."))
"""

LANGUAGE = Language(
    id="typescript",
    title="TypeScript",
    recognition=Recognition(
        files=("*.ts", "*.mts", "*.cts"),
        editor_ids=("typescript",),
        interpreters=("deno", "bun", "tsx", "ts-node"),
    ),
    environment=typed(ENVIRONMENT_OF_NODE, TYPES_OF_HELPER),
    grammar=Grammar(
        "tree_sitter_typescript",
        CONTEXT + TYPES + _ASSERTION,
        OUTLINE,
        NAMES,
        # There is a grammar of its own for JSX, as `<T>x` means another thing there.
        function="language_typescript",
    ),
    writing=Writing(write=write, comment="// {}", may_await=may_await, fit=fit),
    placement=Placement(is_standard=lambda module: module.startswith("node:")),
    project=ProjectFacts(
        manifests=MANIFESTS,
        takes_dotenv=True,
        dotenv=DOTENV,
        runtimes=tuple(map(_typed_runtime, RUNTIMES)),
    ),
)
