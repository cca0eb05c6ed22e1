"""POSIX shells and bash."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import Language, Placement, ProjectFacts, Recognition, Writing
from notion_lsp.languages._earlier_scripts import SHELL as EARLIER
from notion_lsp.languages._formats_scripts import SHELL
from notion_lsp.languages._shell_apart import asked as asked_ahead
from notion_lsp.languages._shell_apart import checked, marked
from notion_lsp.languages._shell_defaults import checks, defaulting
from notion_lsp.languages._shell_heredocs import readable
from notion_lsp.loader import Loader
from notion_lsp.lookup import Definition, Lookup
from notion_lsp.refused import Refused
from notion_lsp.syntax.embedded import may_be_masked
from notion_lsp.syntax.formats import pass_values
from notion_lsp.syntax.literal_edits import concatenate, escaped, interpolate, replace_literal
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.literal import Literal
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_CONTEXT = r"""
(string) @literal
(raw_string) @literal
(ansi_c_string) @literal
((word) @literal (#set! bare "true"))
((heredoc_body) @literal (#set! bare "true"))

(comment) @comment

((heredoc_redirect (heredoc_start) @delimiter (heredoc_body) @literal)
  (#match? @delimiter "['\"\\\\]") (#set! bare "true"))
([(extglob_pattern) (regex)] @literal (#set! bare "true"))
(binary_expression (regex) @apart)  ; The grammar takes no message with blanks for a part of it.

((expansion . (variable_name) @name . [(word) (string) (raw_string)] @literal .) @replace
  ; The token is a default, as in `${NAME:-…}` (POSIX, 2.6.2, "Parameter Expansion"). A parameter
  ; with a number is an argument: that stays.
  (#match? @replace "^[$][{][A-Za-z_][A-Za-z0-9_]*:?[-=]"))
[(string (expansion (word) @quoted)) (heredoc_body (expansion (word) @quoted))]
; There a single quote is a character like any other, but in patterns (POSIX, 2.6.2).
[(string (expansion [":-" "-" ":=" "=" ":+" "+" ":?" "?"]
   [(raw_string) @quoted (concatenation (raw_string) @quoted)]))
 (heredoc_body (expansion [":-" "-" ":=" "=" ":+" "+" ":?" "?"]
   [(raw_string) @quoted (concatenation (raw_string) @quoted)]))]

((redirected_statement
  body: (command . name: (command_name) @_nothing .)
  redirect: (heredoc_redirect (heredoc_body) @comment)) (#eq? @_nothing ":"))
((command . name: (command_name) @_nothing . argument: (raw_string) @comment .)
  (#eq? @_nothing ":"))
"""

# What the code calls a value.
_NAMES = """
(variable_assignment name: (variable_name) @name value: (_) @literal)
(variable_assignment name: (variable_name) @name
  value: (string . (expansion . (variable_name) . (word) @literal)))
"""

# A shell's variables are the environment's: one that the script sets cannot be read from there.
_OUTLINE = r"""
((program [(_) "&"] @earlier) (#not-match? @earlier "^#"))
; A check such as `: "${NAME:?…}"` stops the script for all that comes below.
(program (command . name: (command_name) @_nothing
  . argument: [(expansion . (variable_name) @definition)
               (string . (expansion . (variable_name) @definition))]) (#eq? @_nothing ":"))
[(simple_expansion (variable_name) @name) (expansion . (variable_name) @name)] @read
(program . (comment)+ @banner)
; Such an assignment is the helper of a store: it is found again, and not written twice.
(program (variable_assignment name: (variable_name) @definition value: (command_substitution)))
((variable_assignment name: (variable_name) @variable) @_assignment
  ; What keeps the value that a variable has, as `NAME=${NAME:-…}` does, is no other source of it.
  (#not-match? @_assignment "(?s)^(\\w+)=.*[$][{]\\1\\b"))
(for_statement variable: (variable_name) @variable)
(declaration_command ["declare" "local" "typeset"] (variable_name) @variable)
(unset_command [(variable_name) (word)] @variable)
((command name: (command_name) @_sets argument: (word) @variable)
  (#any-of? @_sets "getopts" "mapfile" "printf" "read" "readarray"))
"""

# In these an expansion is not split into words.
_QUOTED = frozenset({"string", "heredoc_body"})

_EXPANDS_NOTHING = "A here-document whose delimiter is quoted expands nothing."

# What a here-document would expand (POSIX, 2.7.4).
_EXPANDED = re.compile(r"[$`]|\\(?=[$`\\\r\n]|\Z)")

_GRAMMAR = Grammar(
    "tree_sitter_bash",
    _CONTEXT + _NAMES + SHELL.query + EARLIER.tried,
    _OUTLINE + EARLIER.assigned,
    opening=r"""(?:\$?(?P<quote>["']))""",
    mended=readable,
)


def _fit(syntax: Syntax, site: Site, _mentioning: Mentioning) -> Site | Refused:
    return marked(syntax, defaulting(syntax, site))


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal, expressions = site.literal, [hole.expression for hole in holes]
    if site.replaced:
        return replace_literal(site, expressions[0])
    if literal.type == "heredoc_body" and not syntax.text[literal.span.end :].strip():
        return Refused("The end of the here-document is not found: close it on a line of its own.")
    if literal.type == "heredoc_body" and "delimiter" in site.captures:
        return _expanded(syntax, site, expressions)
    passed = pass_values(syntax.text, site, SHELL.styles, holes)
    if passed is not None:
        return passed
    if literal.type != "raw_string" and (refused := escaped(literal)):
        return refused
    is_default = literal.span in site.captures.get("default", ())
    asked = checks(syntax, site, holes[0].variable) if is_default else ()
    # What asks a store needs no variable that a file may give.
    if all(hole.lookup.lenient for hole in holes):
        asked = asked or _checks(syntax, site, holes)
    return *_inserted(site, expressions), *asked


def _checks(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...]:
    if "checked" in site.captures:
        return checked(syntax, site.literal.span, [hole.variable for hole in holes])
    if defaults := site.captures.get("asked", ()):
        return asked_ahead(syntax, defaults[0], holes[0].expression)
    return ()


def _inserted(site: Site, expressions: Sequence[str]) -> tuple[Edit, ...]:
    literal = site.literal
    if literal.type in _QUOTED or literal.span in site.captures.get("quoted", ()):
        return interpolate(site, expressions)
    # Without quotes the shell would split the value into words (POSIX, 2.6.5, "Field Splitting").
    quoted = [f'"{expression}"' for expression in expressions]
    if literal.type == "regex" and literal.parts[0].count("'") % 2:
        # The grammar takes the quotes in a pattern for a part of that.
        return interpolate(site, [f"'{expression}'" for expression in quoted])
    if literal.type not in {"raw_string", "ansi_c_string"}:
        return interpolate(site, quoted)
    # Nothing expands in single quotes: they are closed before the variable and opened after it.
    return concatenate(site, quoted, "", alone=True)


def _expanded(syntax: Syntax, site: Site, expressions: Sequence[str]) -> tuple[Edit, ...] | Refused:
    # Without quotes around its delimiter, a here-document expands all that looks so.
    delimiter = site.captures["delimiter"][-1]
    begins = syntax.text.rfind("\n", 0, delimiter.start) + 1
    # Of several that begin in one line, the grammar takes one for another.
    is_one_of = "<<" in syntax.text[begins : delimiter.start].rstrip("-").removesuffix("<<")
    if is_one_of:
        return Refused(_EXPANDS_NOTHING)
    bare = re.sub(r"['\"\\]", "", delimiter.of(syntax.text))
    return Edit(delimiter, bare), *_kept(site.literal), *interpolate(site, expressions)


def _kept(literal: Literal) -> Iterator[Edit]:
    # A backslash before each character that is expanded now.
    starts = [literal.span.start, *(token.end for token in literal.tokens)]
    for start, part in zip(starts, literal.parts, strict=True):
        for found in _EXPANDED.finditer(part):
            yield Edit(Span(*[start + found.start()] * 2), "\\")


def _fit_in_script(syntax: Syntax, site: Site, _mentioning: Mentioning) -> Site | Refused:
    return marked(syntax, site)


def _write_in_script(
    syntax: Syntax, site: Site, holes: Sequence[Hole]
) -> tuple[Edit, ...] | Refused:
    # Nothing keeps the name of a variable free in a script inside another file.
    if name := next((hole.variable for hole in holes if _is_set(syntax, hole.variable)), None):
        return Refused(f"The script itself gives {name} a value.")
    # What the file puts into a quoted text is not to be expanded then.
    is_filled = "delimiter" in site.captures and any(map(may_be_masked, site.literal.parts))
    if is_filled and site.literal.type == "heredoc_body":
        return Refused(_EXPANDS_NOTHING)
    return _write(syntax, site, holes)


def _is_set(syntax: Syntax, name: str) -> bool:
    return name in syntax.once(_names_set, None)


def _names_set(syntax: Syntax, _about: None) -> frozenset[str]:
    # To anything but a token, which stands behind the equals sign and maybe a quote.
    tokens = {found.span.start for found in find_plain(syntax.text)}
    return frozenset(
        span.of(syntax.text)
        for span in syntax.outline.captures.get("variable", ())
        if tokens.isdisjoint(range(span.end + 1, span.end + 1 + len("='")))
    )


def _checked(message: str) -> Lookup:
    # A check ahead of a part that ends alone, where `:?` would not stop the script.
    check = Definition(
        "{VARIABLE}",
        f': "${{{{VARIABLE}}:?{message}}}"',
        signature=r"\$\{{VARIABLE}:\?",
        statement=True,
    )
    return Lookup("${{{VARIABLE}}}", definition=check)


LANGUAGE = Language(
    id="shell",
    title="Shell",
    recognition=Recognition(
        files=("*.sh", "*.bash", "*.zsh", "*.ksh"),
        editor_ids=("shellscript", "sh", "bash", "zsh"),
        interpreters=("sh", "bash", "dash", "ash", "zsh", "ksh", "mksh"),
    ),
    # `:?` stops the script, also where the variable is empty (POSIX, 2.6.2).
    environment=Lookup(
        "${{name}:?{name} is not set}",
        lenient="${{name}-}",
        ahead=_checked("{VARIABLE} is not set"),
    ),
    grammar=_GRAMMAR,
    writing=Writing(write=_write, fit=_fit),
    project=ProjectFacts(
        takes_dotenv=True,
        dotenv=Loader(
            r"(?:^|[;&\s])(?:(?:[.]|source)[ \t]+\S*|export[ \t]+\$\([^)\n]*[ \t/])"
            r"[.]env\b(?!\.)",
            "set -a and . ./.env",
        ),
    ),
)

# A script in another file says less where a variable is missing: that file sets it. Its own
# variables give no name to the secret, which many a script of the file may read. It gets no line of
# its own for a default: what is around it has lines of its own form.
SCRIPT = replace(
    LANGUAGE,
    environment=Lookup("${{name}:?}", ahead=_checked("")),
    grammar=replace(_GRAMMAR, context=_CONTEXT + SHELL.query),
    writing=Writing(write=_write_in_script, fit=_fit_in_script),
    placement=Placement(lines_between=0),
)
