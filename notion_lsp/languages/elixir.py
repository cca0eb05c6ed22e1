"""Elixir, 1.9 and later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._earlier_scripts import ELIXIR as EARLIER
from notion_lsp.languages._elixir_attributes import fit_attribute, when_called
from notion_lsp.languages._elixir_compiled import CONSTANT
from notion_lsp.languages._formats_scripts import ELIXIR
from notion_lsp.languages._overlaid import fit_overlaid
from notion_lsp.languages._overlays_scripts import ELIXIR as OVERLAYS
from notion_lsp.languages._overlays_scripts import ELIXIR_LAID
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.lookup import Lookup, built_in
from notion_lsp.refused import Refused
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import escaped, interpolate, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit

_SIGIL = "This sigil may read its text when the code is compiled: write a string instead."
_ATOM = "An atom is a name in the program: it cannot be read when the program runs."

_STRING = "[(string) (charlist) (sigil)]"
_NAME = "(string . (quoted_content) @name .)"
# The attributes that hold documentation are as comments are.
_DOCUMENTATION = "^(module|type|short)?doc$|^deprecated$"
_READ = f"""
(call target: (dot left: (alias) @_system right: (identifier) @_get) (arguments . {_NAME} .))
"""
_IS_SYSTEM = '(#any-of? @_system "System" "Elixir.System")'
_IS_READ = f'{_IS_SYSTEM} (#eq? @_get "get_env")'

_CONTEXT = rf"""
{EARLIER.tried}
{_STRING} @literal
(comment) @comment
((unary_operator operator: "@" operand: (call target: (identifier) @_name)) @comment
  (#match? @_name "{_DOCUMENTATION}"))
{CONSTANT}
([(atom) (quoted_atom) (keyword) (quoted_keyword)] @fixed (#set! reason "{_ATOM}"))
((sigil (sigil_name) @_sigil) @fixed
  (#eq? @_sigil "R") (#set! reason "Nothing is put into `~R`: write `~r` first."))
((sigil (sigil_name) @_sigil) @fixed
  (#not-match? @_sigil "^[cCrRsSwW]$") (#set! reason "{_SIGIL}"))
((bitstring (binary_operator left: (_) @fixed operator: "::" right: (_) @_type))
  (#match? @_type "utf(16|32)")
  (#set! reason "A string of UTF-16 or UTF-32 in a binary must be a literal."))
((call target: (dot left: (alias) @_system right: (identifier) @_put) (arguments) @fixed)
  {_IS_SYSTEM} (#eq? @_put "put_env") (#set! reason "{SETS_ENVIRONMENT}"))

(binary_operator left: {_NAME} operator: "=>" right: {_STRING} @literal)
(tuple . {_NAME} . {_STRING} @literal .)
(unary_operator
  operator: "@" operand: (call target: (identifier) @name (arguments . {_STRING} @literal .)))

((binary_operator left: {_READ} @replace operator: "||" right: (string) @literal) {_IS_READ})
((binary_operator
  left: (binary_operator operator: "||" right: {_READ} @replace)
  operator: "||" right: (string) @literal) {_IS_READ})
((call
  target: (dot left: (alias) @_system right: (identifier) @_get)
  (arguments . {_NAME} . (string) @literal .)) @replace {_IS_READ})
((call
  target: (dot right: (identifier) @_get) (arguments (_) (_) . (string) @literal @default .))
  (#any-of? @_get "get" "get_env" "pop"))
((call
  target: (identifier) @_case
  (arguments . {_READ} .)
  (do_block (stab_clause
    left: (arguments . [(nil) (atom)] .) right: (body . (string) @literal .))))
  (#eq? @_case "case") {_IS_SYSTEM} (#any-of? @_get "get_env" "fetch_env"))
"""

_OUTLINE = f"""
({_READ} @read {_IS_SYSTEM} (#any-of? @_get "get_env" "fetch_env"))
{EARLIER.assigned}
"""

_NAMES = """
(alias) @name  ; In `alias MyApp.System` it is the last of several names.
(dot left: (alias) @use)
"""

# A sigil in capitals has no escapes and no interpolation (Elixir, "Sigils").
_RAW_SIGIL = re.compile(r"~[CSW]")
_CLOSING = str.maketrans("([{<", ")]}>")


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    edits = _expression(syntax, site, holes)
    return edits if isinstance(edits, Refused) else when_called(syntax, site, edits)


def _expression(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal, expressions = site.literal, [hole.expression for hole in holes]
    passed = pass_values(syntax.text, site, ELIXIR.styles, holes)
    if passed is not None:
        return passed
    if literal.type == "string" and literal.whole:
        # In a binary, what is no literal is taken for a number.
        type_ = "::binary" if literal.parent == "bitstring" else ""
        return replace_literal(site, f"{expressions[0]}{type_}")
    if literal.opening.startswith("~r"):
        expressions = [f"Regex.escape({expression})" for expression in expressions]
    interpolations = [f"#{{{expression}}}" for expression in expressions]
    if _RAW_SIGIL.match(literal.opening):
        return _interpolating(site, interpolations)
    return escaped(literal) or interpolate(site, interpolations)


def _interpolating(site: Site, interpolations: Sequence[str]) -> tuple[Edit, ...]:
    # `~S(…)` becomes `~s(…)`, where a backslash and `#{` have a meaning.
    opening = site.literal.opening
    closing = re.escape("\\" + opening[2:].translate(_CLOSING))
    special = re.compile(rf"\\\\|(?P<kept>{closing})|\\|#(?={{)")

    def escape(found: re.Match[str]) -> str:
        return found["kept"] or re.sub(r"[\\#]", r"\\\g<0>", found[0])

    parts = [special.sub(escape, part) for part in site.literal.parts]
    return interpolate(site, interpolations, opening=opening.lower(), parts=parts)


def _fit(syntax: Syntax, site: Site, _mentioning: Mentioning) -> Site | Refused:
    return fit_attribute(syntax, fit_overlaid(syntax, site, OVERLAYS))


LANGUAGE = Language(
    id="elixir",
    title="Elixir",
    recognition=Recognition(
        files=("*.ex", "*.exs", "config/runtime.exs", "config/releases.exs"),
        editor_ids=("elixir",),
        interpreters=("elixir",),
    ),
    environment=Lookup(
        '{System}.fetch_env!("{name}")',
        # The full name, which an alias does not change.
        (built_in("System", "Elixir.System"),),
        lenient='{System}.get_env("{name}", "")',
    ),
    grammar=Grammar(
        "tree_sitter_elixir",
        _CONTEXT + ELIXIR_LAID + ELIXIR.query,
        _OUTLINE,
        names=_NAMES,
        opening=r"(?:~[a-zA-Z])?(?P<quote>\"\"\"|'''|[^\w\s])",
    ),
    writing=Writing(write=_write, fit=_fit),
    project=ProjectFacts(takes_dotenv=True),
)
