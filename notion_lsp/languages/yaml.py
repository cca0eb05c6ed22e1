"""YAML that no tool is known to expand, and what the tools that do have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages import Language
from notion_lsp.languages.shell import SCRIPT, read_in
from notion_lsp.refused import Refused
from notion_lsp.syntax.trees import Grammar
from notion_lsp.syntax.yaml_keys import CONTEXT, KEY_AS_NAME, OUTLINE, Pair, Tree, path_of, tree_of
from notion_lsp.syntax.yaml_scalars import Scalar, read, rewritten
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Literal, Site, Syntax

Placed = tuple[Edit, ...] | Refused
GRAMMAR = Grammar("tree_sitter_yaml", CONTEXT + KEY_AS_NAME, OUTLINE)
_INCOMPLETE = Refused("The YAML is not complete: it does not tell where the token stands.")


class Value(NamedTuple):
    """A scalar with tokens in it: the keys around it, and what each token is to become."""

    tree: Tree
    literal: Literal
    scalar: Scalar
    around: tuple[Pair, ...]
    holes: tuple[Hole, ...]

    @property
    def path(self) -> str:
        """The keys around the value, the outermost first."""
        return path_of(self.around)

    @property
    def names(self) -> tuple[str, ...]:
        """The variables that the tokens are read from."""
        return tuple(hole.variable for hole in self.holes)

    @property
    def expressions(self) -> tuple[str, ...]:
        """What the tokens become."""
        return tuple(hole.expression for hole in self.holes)

    @property
    def tokens(self) -> tuple[Span, ...]:
        """Where the tokens stand in what the scalar says."""
        return tuple(map(self.scalar.spoken, self.literal.tokens))

    def is_named(self, key: str) -> bool:
        """Whether it is one token, called as the key, or so but for another token of that name."""
        pattern = rf"{re.escape(key)}(?:_\d+)?"
        return self.literal.whole and re.fullmatch(pattern, self.names[0]) is not None

    def with_expressions(self) -> tuple[Edit, ...]:
        """Return the edits that put the expressions in the value."""
        return self.with_edits(map(Edit, self.tokens, self.expressions))

    def with_edits(self, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        """Return the edits of the file for edits of what the scalar says."""
        return rewritten(self.tree.text, self.scalar, edits)

    def with_variables(self, foreign: str = "", language: Language = SCRIPT) -> Placed:
        """Return the edits that read variables in the value, which is a script.

        What the pattern `foreign` finds is replaced before a shell sees it.
        """
        script = self.scalar.text
        if foreign:
            script = re.sub(foreign, lambda found: "x" * len(found[0]), script)
        edits = read_in(language, script, self.tokens, self.names)
        return edits if isinstance(edits, Refused) else self.with_edits(edits)


def writing(
    write: Callable[[Value], Placed],
) -> Callable[[Syntax, Site, Sequence[Hole]], Placed]:
    """Return a language's `write` from one that is told of the value."""

    def write_in(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> Placed:
        tree, span = tree_of(syntax), site.literal.span
        in_brackets = any(each.contains(span) for each in site.captures.get("brackets", ()))
        scalar = read(syntax.text, site.literal, in_brackets=in_brackets)
        around = tree.around(span)
        placed = write(Value(tree, site.literal, scalar, around, tuple(holes)))
        return _INCOMPLETE if isinstance(placed, Refused) and syntax.error_count else placed

    return write_in


LANGUAGE = Language(
    id="yaml",
    title="YAML",
    editor_ids=("yaml",),
    files=("*.yaml", "*.yml"),
    grammar=GRAMMAR,
    environment=Refused("YAML has no way to read the environment; its reader may have one."),
)
