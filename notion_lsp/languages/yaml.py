"""YAML that no tool is known to expand, and what the tools that do have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Part, ProjectFacts, Recognition, Writing
from notion_lsp.languages._data_expressions import edit_in, kept
from notion_lsp.languages._hosted import on_one_line
from notion_lsp.languages._yaml_readers import YAML_READERS
from notion_lsp.refused import Refused
from notion_lsp.syntax.embedded import masked
from notion_lsp.syntax.trees import Grammar
from notion_lsp.syntax.yaml_keys import CONTEXT, KEY_AS_NAME, OUTLINE, Pair, Tree, path_of, tree_of
from notion_lsp.syntax.yaml_scalars import Scalar, escaped, requoted, rewritten
from notion_lsp.text import Edit, Span, line_ending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.literal import Literal
    from notion_lsp.syntax.site import Site, Syntax

Written = tuple[Edit, ...] | Refused
GRAMMAR = Grammar("tree_sitter_yaml", CONTEXT + KEY_AS_NAME, OUTLINE)
IN_EXPRESSION = "The token stands in an expression."
_INCOMPLETE = Refused("The YAML is not complete: it does not tell where the token stands.")


@dataclass(frozen=True, slots=True)
class Value:
    """A scalar, and the keys around it, the outermost first."""

    tree: Tree
    scalar: Scalar
    around: tuple[Pair, ...]

    @property
    def path(self) -> str:
        """The keys around the value, with slashes between them."""
        return path_of(self.around)

    def part(self, language: Language | Refused, foreign: str = "") -> Part:
        """Return the value as a script in a language of its own.

        What the pattern `foreign` finds is replaced before a shell sees it, and holds no lookup.
        """
        foreigners = re.finditer(foreign, self.scalar.text) if foreign else ()
        return Part(
            self.scalar.embedded,
            masked(self.scalar.text, foreign),
            language,
            encode=self._encoded,
            # New text may need quotes that the old one did without (YAML 1.2.2, 7.3.3).
            settle=partial(requoted, self.tree.text, self.scalar),
            fixed=tuple((Span(*found.span()), IN_EXPRESSION) for found in foreigners),
            alone=True,
        )

    def _encoded(self, script: str, _ends: bool) -> str:  # noqa: FBT001, the part's own call
        if self.scalar.style != "|":
            return escaped(on_one_line(script), self.scalar.style)
        # What goes on one line there has no break.
        first = self.scalar.embedded.outer(Span(0, 0)).start
        ending, indent = line_ending(self.tree.text), " " * self.tree.column(first)
        # An empty line has no blanks.
        return re.sub("\n+", lambda found: ending * len(found[0]) + indent, script)


@dataclass(frozen=True, slots=True)
class Place(Value):
    """A value with tokens in it, and what takes their places."""

    literal: Literal
    holes: tuple[Hole, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The variables that the tokens are read from."""
        return tuple(hole.variable for hole in self.holes)

    @property
    def tokens(self) -> tuple[Span, ...]:
        """Where the tokens stand in what the scalar says."""
        return tuple(filter(None, map(self.scalar.embedded.inner, self.literal.tokens)))

    def is_named(self, key: str) -> bool:
        """Whether it is one token, called as the key, or so but for another token of that name."""
        # A second token of a name has a number behind it.
        pattern = rf"{re.escape(key)}(?:_\d+)?"
        return self.literal.whole and re.fullmatch(pattern, self.names[0]) is not None

    def as_read(self) -> Written:
        """Return the edits that put the expressions of the file's reader in the value."""
        if refused := kept(self.tree.text, self.literal.span):
            return refused
        key = self.around[-1].key if self.around else ""
        edits = []
        for token, hole in zip(self.tokens, self.holes, strict=True):
            edit = edit_in(self.scalar.text, token, hole, key)
            if isinstance(edit, Refused):
                return edit
            edits.append(edit)
        return self.with_edits(edits)

    def with_expressions(self) -> tuple[Edit, ...]:
        """Return the edits that put the expressions in the value."""
        return self.with_edits(
            Edit(token, hole.expression)
            for token, hole in zip(self.tokens, self.holes, strict=True)
        )

    def with_edits(self, edits: Iterable[Edit]) -> tuple[Edit, ...]:
        """Return the edits of the file for edits of what the scalar says."""
        return rewritten(self.tree.text, self.scalar, edits)


def writing(
    write: Callable[[Place], Written],
) -> Callable[[Syntax, Site, Sequence[Hole]], Written]:
    """Return a language's `write` from one that is told of the value."""

    def write_in(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> Written:
        value = _value(tree_of(syntax), site.literal.span)
        place = Place(value.tree, value.scalar, value.around, site.literal, tuple(holes))
        written = write(place)
        # In a broken document the keys around the token may be wrong, and the reason with them.
        return _INCOMPLETE if isinstance(written, Refused) and syntax.error_count else written

    return write_in


def scripts(
    pattern: re.Pattern[str], part: Callable[[Value], Part]
) -> Callable[[Syntax], tuple[Part, ...]]:
    """Return a language's `parts`: the values whose path the whole pattern matches."""

    def parts(syntax: Syntax) -> tuple[Part, ...]:
        tree = tree_of(syntax)
        return tuple(part(_value(tree, span)) for span in _values(tree, pattern))

    return parts


def _values(tree: Tree, pattern: re.Pattern[str]) -> Iterator[Span]:
    for span in sorted(set(tree.scalars)):
        around = tree.around(span)
        # A key is a scalar, too, and no script.
        is_value = around and not around[-1].key_span.contains(span)
        if is_value and pattern.fullmatch(path_of(around)):
            yield span


def _value(tree: Tree, span: Span) -> Value:
    return Value(tree, tree.scalar(span), tree.around(span))


def below(top: str, key: str) -> str:
    """Return a pattern of a line below a line of the outermost level, with only lines between them.

    The key stands as deep as the first line below, or deeper if its own pattern begins with spaces.
    """
    empty = r"(?:[ \t]*(?:#.*)?\r?\n)*"
    first = rf"^{top}[ \t]*(?:[#&].*)?\r?\n{empty}(?P<indent>[ ]+)(?=[\w.\"'])"
    return rf"{first}(?:.*\n(?:(?:[ \t#].*)?\r?\n)*?(?P=indent))?{key}"


LANGUAGE = Language(
    id="yaml",
    title="YAML",
    recognition=Recognition(files=("*.yaml", "*.yml"), editor_ids=("yaml",)),
    environment=Refused(
        "YAML cannot read the environment: have the program that loads this file do it."
    ),
    grammar=GRAMMAR,
    writing=Writing(write=writing(Place.as_read)),
    project=ProjectFacts(runtimes=YAML_READERS),
)
