"""TypeScript without JSX: what it adds to JavaScript."""

from notion_lsp.languages import Definition, Language, Lookup
from notion_lsp.languages.javascript import CONTEXT as JAVASCRIPT
from notion_lsp.languages.javascript import OUTLINE, join
from notion_lsp.syntax import Grammar

CONTEXT = r"""
((literal_type) @fixed (#set! reason "The token is part of a type."))
((template_literal_type) @fixed (#set! reason "The token is part of a type."))
((enum_declaration) @fixed (#set! reason "A member of an enum with strings must be a constant."))
((ambient_declaration) @fixed (#set! reason "A declaration may not hold an expression."))
((as_expression [(string) (template_string)] @fixed "const")
  (#set! reason "`as const` takes a literal only."))
(public_field_definition
  name: (property_identifier) @name value: [(string) (template_string)] @literal)
"""

ENVIRONMENT = Lookup(
    '{requireEnv}("{name}")',
    definition=Definition(
        "requireEnv",
        """\
function {requireEnv}(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}""",
        signature=r"function requireEnv\(\w+: string\): string \{",
    ),
)

_JSX = ("jsx_", "html_comment")

LANGUAGE = Language(
    id="typescript",
    title="TypeScript",
    editor_ids=("typescript",),
    files=("*.ts", "*.mts", "*.cts"),
    grammar=Grammar(
        "tree_sitter_typescript",
        "\n".join(line for line in JAVASCRIPT.splitlines() if not any(x in line for x in _JSX))
        + CONTEXT,
        OUTLINE,
        function="language_typescript",
    ),
    environment=ENVIRONMENT,
    join=join,
    comment="// {}",
    is_standard=lambda module: module.startswith("node:"),
)
