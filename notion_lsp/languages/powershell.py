"""PowerShell, 5.1 and later.

A variable of the environment that is not set reads as nothing, and no error is raised: the lookup
throws one. It is an expression of its own because a function could not be called from the defaults
of a script's parameters, above which nothing may stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, ProjectFacts, Recognition, Writing
from notion_lsp.languages._reasons import SETS_ENVIRONMENT
from notion_lsp.lookup import Lookup
from notion_lsp.refused import Refused
from notion_lsp.syntax.literal_edits import interpolate, replace_literal
from notion_lsp.syntax.trees import Grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.literal import Literal
    from notion_lsp.syntax.site import Site, Syntax
    from notion_lsp.text import Edit


# What an expression of one operand is wrapped in, from the inside.
_LEVELS = (
    *("unary", "array_literal", "range", "format", "multiplicative", "additive", "comparison"),
    *("bitwise", "logical"),
)


def _alone(inner: str, below: int = 0) -> str:
    for level in _LEVELS[below:]:
        inner = f"({level}_expression . {inner} .)"
    return inner


_STRING_LITERAL = (
    "(string_literal [(verbatim_string_characters) (expandable_string_literal)] @literal)"
)
_STRING = _alone(_STRING_LITERAL)

# What `??` is to the grammar: see `_mended`.
_GIVEN = "(range_expression (array_literal_expression (unary_expression . (variable) @name .)))"
_ELSE = f"(array_literal_expression (unary_expression {_STRING_LITERAL}))"

_CONTEXT = rf"""
[(verbatim_string_characters) (verbatim_here_string_characters)] @literal
[(expandable_string_literal) (expandable_here_string_literal)] @literal
((generic_token) @literal (#set! bare "true"))
(comment) @comment

((attribute) @fixed (#set! reason "The argument of an attribute must be a constant."))
((data_statement) @fixed (#set! reason "A data section holds constants only."))
((stop_parsing) @fixed (#set! reason "After --% a line is taken as it stands."))
((assignment_expression (left_assignment_expression) @_left value: (_) @fixed)
  (#match? @_left "(?i)^[$][{{]?env:") (#set! reason "{SETS_ENVIRONMENT}"))
((invokation_expression (member_name) @_set (argument_list) @fixed)
  (#match? @_set "(?i)^SetEnvironmentVariable$") (#set! reason "{SETS_ENVIRONMENT}"))
((command (command_name) @_set (command_elements) @fixed)  ; Set-Item Env:A "TOKEN"
  (#match? @_set "(?i)^(Set|New)-(Item|Content)$") (#match? @fixed "(?i)^[^;|]*\\bEnv:")
  (#set! reason "{SETS_ENVIRONMENT}"))

(assignment_expression
  (left_assignment_expression {_alone("(variable) @name")})
  value: (pipeline (pipeline_chain . {_STRING} .)))
(hash_entry
  (key_expression . (simple_name) @name .) (pipeline (pipeline_chain . {_STRING} .)))
((if_statement
  condition: (pipeline (pipeline_chain . {_alone("(variable) @name")} .))
  (statement_block
    (statement_list . (pipeline (pipeline_chain . {_alone("(variable) @_read")} .)) .))
  else_clause: (else_clause
    (statement_block (statement_list . (pipeline (pipeline_chain . {_STRING} .)) .)))) @replace
  (#match? @name "(?i)^[$]env:") (#eq? @name @_read))
((pipeline_chain . {_alone(f"(range_expression . {_GIVEN} . {_ELSE} .) @replace", below=3)} .)
  (#match? @name "(?i)^[$]env:"))
"""

# PowerShell 7 (about_Operators): `a ?? b` and `a ? b : c`, for a grammar of version 5. The first
# becomes a range, which no text is a part of, and the second a list.
_COALESCED = re.compile(r"\?\?(?P<sets>=?)")
_PARENTHESES = r"\((?:[^()\r\n]|\([^()\r\n]*\))*\)"
_CHOICE = re.compile(
    rf"(?<=[\w)\]}}\"'] )\?(?P<first> (?:[^?:|{{}}()\r\n]|{_PARENTHESES}){{1,300}} ):(?= )"
)
_PATH = re.compile(r"(?m)(?:^[ \t]*|[;|&({][ \t]*)\.{1,2}/[\w./-]+")
# PowerShell takes curly quotes for straight ones (PowerShell language specification, 2.3.5.2).
_DOUBLED = re.compile("(['\u2018-\u201b]){2}")
# A backtick escapes what follows it, another backtick included (about_Special_Characters).
_OPEN_ESCAPE = re.compile(r"(?<!`)(?:``)*`\Z")
_OPEN_VARIABLE = re.compile(r"\$(?:[\w:]*|\{[^}]*)\Z")
# Names are the same in capitals and in small letters.
_ENVIRONMENT = re.compile("(?i)^env:")
_QUOTE = re.compile("[\"'`“”„]")
# What means something in double quotes, and in a here-string of them.
_SPECIAL = re.compile('[`$"“”„]')
_SPECIAL_HERE = re.compile("[`$]")
# A here-string ends where a line begins with its quote (about_Quoting_Rules).
_END_HERE = re.compile(r'[\r\n]"@')


def _mended(text: str) -> str:
    # The grammar reads the path of a command with backslashes only.
    text = _PATH.sub(lambda found: found[0].replace("/", "\\"), text)
    text = _COALESCED.sub(lambda found: "  =" if found["sets"] else "..", text)
    return _CHOICE.sub(lambda found: f",{found['first']},", text)


def _write(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal, expressions = site.literal, [hole.expression for hole in holes]
    if literal.whole:
        return replace_literal(site, expressions[0])
    if literal.type == "verbatim_here_string_characters":
        return _here_string(site, expressions)
    if literal.type == "verbatim_string_characters":
        parts = [_SPECIAL.sub(r"`\g<0>", _DOUBLED.sub(r"\1", part)) for part in literal.parts]
        return interpolate(site, expressions, opening='"', parts=parts, closing='"')
    if refused := _refused(literal):
        return refused
    quote = '"' if literal.type == "generic_token" else None
    return interpolate(site, expressions, opening=quote, closing=quote)


def _refused(literal: Literal) -> Refused | None:
    if any(_OPEN_ESCAPE.search(part) or _OPEN_VARIABLE.search(part) for part in literal.parts[:-1]):
        return Refused("What stands before the token changes what the string means.")
    if literal.type == "generic_token" and any(map(_QUOTE.search, literal.parts)):
        return Refused("The word is quoted in parts.")
    return None


def _here_string(site: Site, expressions: Sequence[str]) -> tuple[Edit, ...] | Refused:
    *parts, last = site.literal.parts
    parts = [*parts, last.removesuffix("'@")]
    if any(map(_END_HERE.search, parts)):
        return Refused("The text has a line that would end the here-string.")
    *parts, last = [_SPECIAL_HERE.sub(r"`\g<0>", part) for part in parts]
    return interpolate(site, expressions, opening='@"', parts=[*parts, f'{last}"@'])


LANGUAGE = Language(
    id="powershell",
    title="PowerShell",
    recognition=Recognition(
        files=("*.ps1", "*.psm1"), editor_ids=("powershell",), interpreters=("pwsh", "powershell")
    ),
    environment=Lookup(
        "$(if ($env:{name}) { $env:{name} } else { throw '{name} is not set' })",
    ),
    grammar=Grammar(
        "tree_sitter_powershell",
        _CONTEXT,
        opening="@?[\"']",
        mended=_mended,
    ),
    writing=Writing(write=_write, variable=lambda name: _ENVIRONMENT.sub("", name)),
    project=ProjectFacts(takes_dotenv=True),
)
