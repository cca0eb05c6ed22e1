"""Makefiles of GNU make, 3.81 and later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.lookup import Lookup, fill
from notion_lsp.refused import Refused
from notion_lsp.syntax.literal_edits import interpolate
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax

_ITSELF = "This line sets the variable itself: delete it, and set the variable outside."

_CONTEXT = """
; Text has no quotes: make puts the values of variables in before a shell sees it.
([(text) (raw_text) (shell_text) (shell_command)] @literal (#set! bare "yes"))
([(ifeq_directive [(string) (word)] @literal) (ifneq_directive [(string) (word)] @literal)]
  (#set! bare "yes"))
(comment) @comment
; `$(or $(NAME),TOKEN)`: to the grammar all but the first comma is text.
((function_call ["or" "if"] (arguments (text (variable_reference) @tried .) @literal))
  (#match? @literal "[)}],[ \t]*[^,$(){} \t]+$"))
(variable_assignment name: (word) @name value: (text) @literal)
((variable_assignment
  name: (word) @own ["=" "?=" "+=" "!="] @operator value: (text) @literal) @assignment)
"""

# But for `?=`, a makefile's value stands before that of the environment.
_OUTLINE = """
(variable_assignment name: (word) @variable ["=" ":=" "::=" "+="])
(shell_assignment name: (word) @variable)
(define_directive name: (word) @variable)
"""

# The grammar does not know `all: export NAME = value` (GNU make manual, "Target-specific").
_UNREAD = re.compile(
    r"^(?P<target>[^\s:=#][^:=#\r\n]*:[ \t]*)"
    r"(?P<modifiers>(?:(?:export|override)[ \t]+)+)(?=\w+[ \t]*[:+?!]*=)",
    re.MULTILINE,
)


def _mended(text: str) -> str:
    return _UNREAD.sub(lambda found: found["target"] + " " * len(found["modifiers"]), text)


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    stops = [fill(hole.lookup.stops, {"name": hole.variable}) for hole in holes]
    if "tried" in site.captures and _has_read(site.literal.parts[0], holes[0].variable):
        return interpolate(site, stops)
    own = {span.of(syntax.text) for span in site.captures.get("own", ())}
    if all(hole.variable not in own for hole in holes):
        return interpolate(site, [hole.expression for hole in holes])
    # A variable that is expanded when it is used cannot be made from itself (GNU make manual,
    # "The Two Flavors of Variables").
    operator = site.captures["operator"][0]
    if not site.literal.whole or operator.of(syntax.text) not in {"=", "?="}:
        return Refused(_ITSELF)
    return (Edit(operator, "?="), *interpolate(site, stops))


def _has_read(before: str, name: str) -> bool:
    return re.search(rf"\$[({{]{re.escape(name)}[)}}],[ \t]*\Z", before) is not None


LANGUAGE = Language(
    id="makefile",
    title="Makefile",
    recognition=Recognition(
        files=("Makefile", "makefile", "GNUmakefile", "*.mk", "*.mak"),
        editor_ids=("makefile", "make"),
        interpreters=("make",),
    ),
    # The environment's variables are those of make (GNU make manual, "Variables from the
    # Environment"); one that is not set is an empty text.
    environment=Lookup(
        "$(or $({name}),$(error {name} is not set))", stops="$(error {name} is not set)"
    ),
    grammar=Grammar("tree_sitter_make", _CONTEXT, _OUTLINE, mended=_mended),
    writing=Writing(write=_write),
)
