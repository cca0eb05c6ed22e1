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
)
from notion_lsp.languages._earlier_scripts import TYPESCRIPT_PARAMETERS
from notion_lsp.languages._javascript_overlays import laid_fields
from notion_lsp.languages._javascript_reads import TYPES_OF_HELPER, typed
from notion_lsp.languages._javascript_runtimes import RUNTIMES, TYPES_OF_READS
from notion_lsp.languages._node import DOTENV
from notion_lsp.languages._typescript_manners import ENVIRONMENT, MANNERS
from notion_lsp.languages._typescript_types import TYPES, fit
from notion_lsp.languages.javascript import CONTEXT, MANIFESTS, write
from notion_lsp.languages.javascript import NAMES as JAVASCRIPT_NAMES
from notion_lsp.languages.javascript import OUTLINE as JAVASCRIPT_OUTLINE
from notion_lsp.refused import Refused
from notion_lsp.syntax.functions import in_async, innermost_function
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from notion_lsp.runtime import Runtime
    from notion_lsp.syntax.site import Site, Syntax

OUTLINE = (
    JAVASCRIPT_OUTLINE
    + TYPESCRIPT_PARAMETERS
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


def _typed_runtime(row: Runtime) -> Runtime:
    if isinstance(row.environment, Refused):
        return row
    types = TYPES_OF_HELPER | TYPES_OF_READS.get(row.id, {})
    return replace(row, environment=typed(row.environment, types))


def may_await(_syntax: Syntax, site: Site, told: bool) -> bool:  # noqa: FBT001, see JavaScript
    """Whether `await` is legal; a file's imports do not tell what it is compiled to."""
    return in_async(site) or (innermost_function(site) is None and told)


FIELDS = laid_fields("public_field_definition name")
# In TSX `<const>` is a tag, so only TypeScript without JSX has this row.
_ASSERTION = r"""
((type_assertion (type_arguments) @_const [(string) (template_string)] @literal) @replace
  (#eq? @_const "<const>"))
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
        CONTEXT + FIELDS + TYPES + _ASSERTION,
        OUTLINE,
        NAMES,
        # There is a grammar of its own for JSX, as `<T>x` means another thing there.
        function="language_typescript",
    ),
    writing=Writing(write=write, comment="// {}", may_await=may_await, fit=fit),
    placement=Placement(is_standard=lambda module: module.startswith("node:"), binds_once=True),
    project=ProjectFacts(
        manifests=MANIFESTS,
        # What neither imports nor exports is a script, and all scripts have one scope to the
        # compiler (TypeScript handbook, "Modules"); which of them run together is not known. To
        # Deno each file is a module.
        same_package=r"(?ms)\A(?!.*(?:^[ \t]*(?:import\b[ \t]*[\w{*\"']|export\b)|\bDeno\.))()",
        conditions=lambda name, _text: frozenset({name}),
        takes_dotenv=True,
        dotenv=DOTENV,
        runtimes=tuple(map(_typed_runtime, RUNTIMES)),
        manners=MANNERS,
    ),
)
