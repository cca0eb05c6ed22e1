"""Jenkins pipelines, declarative and scripted."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import Language, Part, Recognition, Writing
from notion_lsp.languages._hosted import hosted, on_one_line
from notion_lsp.languages.powershell import LANGUAGE as POWERSHELL
from notion_lsp.languages.shell import SCRIPT
from notion_lsp.lookup import Lookup, Remains, dashed
from notion_lsp.refused import Refused
from notion_lsp.syntax.embedded import masked, read
from notion_lsp.syntax.literal_edits import replace_literal
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit, Span, line_bounds, split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site, Syntax

_STRING = "[(character_literal) (string_literal)]"
_ASSIGNS = "(assignment_expression . (identifier) {} {} @{})"
_ENTRY = _ASSIGNS.format("@name", _STRING, "entry")
_GIVEN = _ASSIGNS.format("@given", "(_)", "assigned")
_CONTEXT = f"""
{_STRING} @literal
[(line_comment) (block_comment)] @comment
(assignment_expression . (identifier) @name {_STRING} @literal)
((method_invocation . (identifier) @_block
  (closure [{_ENTRY} (expression_statement {_ENTRY})]))
  (#eq? @_block "environment"))
"""
_OUTLINE = f"""
((juxt_function_call . (identifier) @step (argument_list {_STRING} @direct)) @call)
((juxt_function_call . (identifier) @step
  (argument_list (map_item . (identifier) @_key {_STRING} @direct))) @call
  (#eq? @_key "script"))
((method_invocation . (identifier) @step (argument_list {_STRING} @direct)) @call)
((method_invocation . (identifier) @step
  (argument_list (map_item . (identifier) @_key {_STRING} @direct))) @call
  (#eq? @_key "script"))
((closure [(method_invocation . (identifier) @_block
    (closure [{_GIVEN} (expression_statement {_GIVEN})]))
  (expression_statement (method_invocation . (identifier) @_block
    (closure [{_GIVEN} (expression_statement {_GIVEN})])))]) @scope
  (#eq? @_block "environment"))
"""

# Strings and comments stay; what else is found has a form that the grammar reads.
_UNREAD = re.compile(
    r"""(?sx)
    ("{3}|'{3}) (?:\\.|[^\\])*? (?:\1|\Z) | "(?:\\.|[^"\\\n])*(?:"|$) | '(?:\\.|[^'\\\n])+'
    | //[^\n]* | /\*.*?(?:\*/|\Z)
    | (?P<text>'') | (?P<map>\[:\]) | (?P<or>\?:) | \b(?P<try>try)(?=\s*\{)
    | (?P<catch>\}[ \t]*(?:catch[ \t]*\([^()\n]*\)|finally)[ \t]*)(?=\{)
    | (?<=\{)(?P<parameters>[ \t]*\w+(?:[ \t]*,[ \t]*\w+)*[ \t]*->)
    """
)
_READ = {"text": '""', "map": "[ ]", "or": "||", "try": "run", "catch": "};run", "parameters": ""}

_STRETCH = re.compile(r"\\u+(?P<code>[\da-fA-F]{4})|\\(?P<escaped>.)|(?P<plain>.)", re.DOTALL)
# The escapes of Groovy's strings; a line break behind a backslash is left out.
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""}
_OPENING = re.compile(r"(?P<quote>'''|\"\"\"|'|\")")
# What Groovy fills in before the shell sees the text.
_FILLED = r"(?<!\\)(?:\\\\)*\$(?:\{[^{}]*\}|[A-Za-z_]\w*)"
_SUM = re.compile(r"[ \t]*\+")
_STATEMENT = re.compile(r"[ \t]*(?:;|//[^\n]*|\}[^\n]*)?\r?(?:\n|\Z)")

_NO_SECRET = Refused("A value of Groovy is no place for a secret: bind it by `withCredentials`.")
_WHOLE = Refused("`credentials` stands alone: the token is only a part of this value.")
_PART = Refused("The step is part of an expression: put it in `withCredentials`.")


def _mended(text: str) -> str:
    return _UNREAD.sub(
        lambda found: _READ.get(found.lastgroup or "", found[0]).ljust(len(found[0])), text
    )


def _write(_syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    if not any(span.contains(literal.span) for span in site.captures.get("entry", ())):
        return _NO_SECRET
    new = f"credentials('{dashed(holes[0].variable)}')"
    return replace_literal(site, new) if literal.whole else _WHOLE


def _parts(syntax: Syntax) -> tuple[Part, ...]:
    captures, text = syntax.outline.captures, syntax.text
    steps = zip(*(captures.get(name, ()) for name in ("step", "direct", "call")), strict=True)
    return tuple(
        _part(syntax, direct, call, _LANGUAGES[name])
        for step, direct, call in steps
        if (name := step.of(text)) in _LANGUAGES
    )


def _part(syntax: Syntax, script: Span, call: Span, language: Language | Refused) -> Part:
    text = syntax.text
    opening = _OPENING.match(text, script.start)
    quote = opening[0] if opening else ""
    closing = len(quote) if text.endswith(quote, script.start + len(quote), script.end) else 0
    inside = Span(script.start + len(quote), script.end - closing)
    # Groovy fills in variables in double quotes only.
    source = masked(inside.of(text), _FILLED if quote.startswith('"') else "")
    embedded = read(
        (_said(found), Span(*found.span()).shifted(inside.start))
        for found in _STRETCH.finditer(source)
    )
    return Part(
        embedded,
        embedded.text,
        _PART if _SUM.match(text, call.end) else language,
        encode=lambda new, _ends: _escape(new, quote),
        bind=partial(_bind, syntax, script, call),
        alone=True,
    )


def _said(found: re.Match[str]) -> str:
    if found["code"]:
        return chr(int(found["code"], 16))
    return _CONTROL.get(found["escaped"], found["escaped"]) if found["escaped"] else found[0]


def _escape(text: str, quote: str) -> str:
    text = text.replace("\\", "\\\\")
    if quote[:1] == '"':
        # What Groovy fills in stands in the command, for everyone to see; what the shell reads not.
        text = text.replace("$", "\\$")
    return on_one_line(text).replace(quote, f"\\{quote}") if len(quote) == 1 else text


def _is_given(syntax: Syntax, script: Span, name: str) -> bool:
    captures, text = syntax.outline.captures, syntax.text
    rows = zip(*(captures.get(each, ()) for each in ("scope", "given", "assigned")), strict=True)
    values = [
        assigned.of(text)
        for scope, given, assigned in rows
        if scope.contains(script) and given.of(text) == name
    ]
    # A token that is given there becomes a credential, too.
    return any("credentials(" in value or find_plain(value) for value in values)


def _bind(
    syntax: Syntax, script: Span, call: Span, holes: Sequence[Hole]
) -> tuple[Edit, ...] | Refused:
    names = dict.fromkeys(hole.variable for hole in holes)
    missing = [name for name in names if not _is_given(syntax, script, name)]
    return _with_credentials(syntax.text, call, missing) if missing else ()


def _with_credentials(text: str, call: Span, names: Sequence[str]) -> tuple[Edit, ...] | Refused:
    line = line_bounds(text, call.start)
    before = text[line.start : call.start]
    if (before.strip() and before.rstrip()[-1] not in "{;") or not _STATEMENT.match(text, call.end):
        return _PART
    bindings = ", ".join(
        f"string(credentialsId: '{dashed(name)}', variable: '{name}')" for name in names
    )
    opened = f"withCredentials([{bindings}]) {{"
    at, end = Span(call.start, call.start), Span(call.end, call.end)
    if before.strip():
        return Edit(at, f"{opened} "), Edit(end, " }")
    deeper = before + _unit(text[: line.start], before)
    return Edit(at, f"{opened}\n{deeper}"), Edit(end, f"\n{before}}}")


def _unit(above: str, indent: str) -> str:
    # By how much the line is deeper than what it stands in.
    for line in reversed(split_lines(above)):
        outer = line[: len(line) - len(line.lstrip())]
        if line.strip() and len(outer) < len(indent) and indent.startswith(outer):
            return indent[len(outer) :]
    return "    "


LANGUAGE = Language(
    id="jenkinsfile",
    title="Jenkinsfile",
    recognition=Recognition(
        files=("Jenkinsfile", "Jenkinsfile.*", "Jenkinsfile-*", "*.Jenkinsfile", "*.jenkinsfile"),
        editor_ids=("jenkinsfile",),
    ),
    environment=Lookup(
        "${{name}:?}",
        action="Read it from the credential {dashed} of Jenkins, as {name}",
        # Jenkins binds the credential to the variable: no person has to set it.
        remains=(Remains("Add {} to the credentials of Jenkins, as a secret text.", "{dashed}"),),
    ),
    grammar=Grammar(
        "tree_sitter_groovy",
        _CONTEXT,
        _OUTLINE,
        opening=_OPENING.pattern,
        mended=_mended,
    ),
    writing=Writing(write=_write, comment="// {}"),
    parts=_parts,
)

_IN_POWERSHELL = hosted(POWERSHELL, LANGUAGE)
_LANGUAGES: dict[str, Language | Refused] = {
    "sh": hosted(SCRIPT, LANGUAGE),
    "powershell": _IN_POWERSHELL,
    "pwsh": _IN_POWERSHELL,
    "bat": Refused("`bat` runs neither a POSIX shell nor PowerShell."),
}
