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

    from notion_lsp.syntax.site import Literal, Site, Syntax

Placed = tuple[Edit, ...] | Refused
GRAMMAR = Grammar("tree_sitter_yaml", CONTEXT + KEY_AS_NAME, OUTLINE)
_NOWHERE = Refused("The token is not in a value.")
_INCOMPLETE = Refused("The YAML is not complete: it does not tell where the token stands.")


class Value(NamedTuple):
    """A scalar with tokens in it: the keys around it, and what each token is to become."""

    tree: Tree
    literal: Literal
    scalar: Scalar
    around: tuple[Pair, ...]
    expressions: tuple[str, ...]

    @property
    def path(self) -> str:
        """The keys around the value, the outermost first."""
        return path_of(self.around)

    @property
    def names(self) -> tuple[str, ...]:
        """The variables of the expressions, which end with their names."""
        return tuple(re.findall(r"\w+", expression)[-1] for expression in self.expressions)

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


def placing(
    place: Callable[[Value], Placed],
) -> Callable[[Syntax, Site, str], Placed]:
    """Return a language's `place` from one that is told of the value; it goes with `hand_on`."""

    def put(syntax: Syntax, site: Site, new: str) -> Placed:
        if site.literal is None:
            return _NOWHERE
        tree, span = tree_of(syntax), site.literal.span
        in_brackets = any(each.contains(span) for each in site.captures.get("brackets", ()))
        scalar = read(syntax.text, site.literal, in_brackets=in_brackets)
        around = tree.around(span)
        placed = place(Value(tree, site.literal, scalar, around, tuple(new.splitlines())))
        return _INCOMPLETE if isinstance(placed, Refused) and syntax.error_count else placed

    return put


def hand_on(_site: Site, expressions: Sequence[str]) -> str:
    """Return the expressions, one a line, for `place` to put where they fit."""
    return "\n".join(expressions)


LANGUAGE = Language(
    id="yaml",
    title="YAML",
    editor_ids=("yaml",),
    files=("*.yaml", "*.yml"),
    grammar=GRAMMAR,
    environment=Refused("YAML has no way to read the environment; its reader may have one."),
)
