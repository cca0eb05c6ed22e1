"""Variables of Go that a short declaration of several names only assigns to.

`x, y := "a", 1` declares what these statements have not declared before, and leaves the others
their type (Go specification, "Short variable declarations").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notion_lsp.languages._go_values import Scope
    from notion_lsp.text import Span

_DECLARED = """
(statement_list (short_var_declaration left: (expression_list (identifier) @name))) @list
(statement_list (var_declaration (var_spec name: (identifier) @name))) @list
(statement_list (var_declaration (var_spec_list (var_spec name: (identifier) @name)))) @list
(_ parameters: (parameter_list (parameter_declaration name: (identifier) @name))
  body: (block (statement_list) @list))
(_ result: (parameter_list (parameter_declaration name: (identifier) @name))
  body: (block (statement_list) @list))
"""


def declared_before(scope: Scope, statements: Span, name: str, at: int) -> list[str | None]:
    """Return the type of what the statements declare under a name before an offset, if they do."""
    names = {
        row["name"].of(scope.syntax.text)
        for row in scope.syntax.found(_DECLARED)
        if row["list"] == statements and row["name"].end <= at
    }
    return [scope._replace(at=at).type_of(name)] if name in names else []
