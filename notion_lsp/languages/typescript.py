"""TypeScript without JSX: what it adds to JavaScript."""

from __future__ import annotations

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
from notion_lsp.languages._node import DOTENV
from notion_lsp.languages.javascript import CONTEXT, ERROR, PROCESS, write
from notion_lsp.languages.javascript import NAMES as JAVASCRIPT_NAMES
from notion_lsp.languages.javascript import OUTLINE as JAVASCRIPT_OUTLINE
from notion_lsp.lookup import Definition, Lookup
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.syntax.site import Site, Syntax

TYPES = r"""
([(literal_type) (template_literal_type) (type_annotation)] @fixed
  (#set! reason "The token is part of a type."))
([(type_alias_declaration) (interface_declaration)] @fixed
  (#set! reason "The token is part of a type."))
((import_require_clause source: (string) @fixed) (#set! reason "This is the name of a module."))
((enum_declaration) @fixed (#set! reason "A member of an enum with strings must be a constant."))
((ambient_declaration) @fixed (#set! reason "A declaration may not hold an expression."))
((as_expression [(string) (template_string)] @fixed "const")
  (#set! reason "`as const` takes a literal only."))
([(variable_declarator type: (type_annotation (literal_type)) value: (string) @fixed)
  (public_field_definition type: (type_annotation (literal_type)) value: (string) @fixed)]
  (#set! reason "Its type is a literal, which no lookup has: make it `string` first."))
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


def may_await(_syntax: Syntax, site: Site, told: bool) -> bool:  # noqa: FBT001, see JavaScript
    """Whether `await` is legal; a file's imports do not tell what it is compiled to."""
    return in_async(site) or (innermost_function(site) is None and told)


ENVIRONMENT = Lookup(
    '{requireEnv}("{name}")',
    (PROCESS, ERROR),
    definition=Definition(
        "requireEnv",
        """\
function {requireEnv}(name: string): string {
  const value = {process}.env[name];
  if (!value) throw new {Error}(`${name} is not set`);
  return value;
}""",
        signature=(
            r"(?s)requireEnv(?: =)? \(\w+: string\)(?:: string)?(?: =>)? .*\.env\b.*\bthrow\b"
        ),
    ),
)

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
    environment=ENVIRONMENT,
    grammar=Grammar(
        "tree_sitter_typescript",
        CONTEXT + TYPES + _ASSERTION,
        OUTLINE,
        NAMES,
        # There is a grammar of its own for JSX, as `<T>x` means another thing there.
        function="language_typescript",
    ),
    writing=Writing(write=write, comment="// {}", may_await=may_await),
    placement=Placement(is_standard=lambda module: module.startswith("node:")),
    project=ProjectFacts(
        takes_dotenv=True,
        dotenv=DOTENV,
    ),
)
