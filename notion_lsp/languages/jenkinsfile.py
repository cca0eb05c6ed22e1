"""Jenkins pipelines, declarative and scripted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language
from notion_lsp.languages.powershell import LANGUAGE as POWERSHELL
from notion_lsp.languages.shell import SCRIPT, read_in, reads
from notion_lsp.lookup import Lookup, dashed
from notion_lsp.refused import Refused
from notion_lsp.syntax.literal_edits import replace_literal
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit, Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Literal, Site, Syntax

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
((juxt_function_call . (identifier) @step (argument_list {_STRING} @direct)) @call)
((juxt_function_call . (identifier) @step
  (argument_list (map_item . (identifier) @_key {_STRING} @direct))) @call
  (#eq? @_key "script"))
((method_invocation . (identifier) @step (argument_list {_STRING} @direct)) @call)
((method_invocation . (identifier) @step
  (argument_list (map_item . (identifier) @_key {_STRING} @direct))) @call
  (#eq? @_key "script"))
"""
_OUTLINE = f"""
((closure [(method_invocation . (identifier) @_block
    (closure [{_GIVEN} (expression_statement {_GIVEN})]))
  (expression_statement (method_invocation . (identifier) @_block
    (closure [{_GIVEN} (expression_statement {_GIVEN})])))]) @scope
  (#eq? @_block "environment"))
"""

# Strings and comments stay; what else is found has a form that the grammar reads.
_UNREAD = re.compile(
    r"""(?sx)
    ("{3}|'{3}) (?:\\.|[^\\])*? \1 | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+'
    | //[^\n]* | /\*.*?\*/
    | (?P<text>'') | (?P<map>\[:\]) | (?P<or>\?:) | \b(?P<try>try)(?=\s*\{)
    | (?P<catch>\}[ \t]*(?:catch[ \t]*\([^()\n]*\)|finally)[ \t]*)(?=\{)
    | (?<=\{)(?P<parameters>[ \t]*\w+(?:[ \t]*,[ \t]*\w+)*[ \t]*->)
    """
)
_READ = {"text": '""', "map": "[ ]", "or": "||", "try": "run", "catch": "};run", "parameters": ""}

_PIECE = re.compile(r"\\u+(?P<code>[\da-fA-F]{4})|\\(?P<escaped>.)|(?P<plain>.)", re.DOTALL)
_CONTROL = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "\n": ""}
_HOLE = re.compile(r"(?<!\\)(?:\\\\)*\$(?:\{[^{}]*\}|[A-Za-z_]\w*)")
_STATEMENT = re.compile(r"[ \t]*(?:;|//[^\n]*|\}[^\n]*)?\r?(?:\n|\Z)")

_LANGUAGES = {"sh": SCRIPT, "powershell": POWERSHELL, "pwsh": POWERSHELL}

_NO_SECRET = Refused("A value of Groovy is no place for a secret: bind it by `withCredentials`.")
_WHOLE = Refused("`credentials` stands alone: the token is only a part of this value.")
_PART = Refused("The step is part of an expression: put it in `withCredentials`.")


def _mended(text: str) -> str:
    return _UNREAD.sub(
        lambda found: _READ.get(found.lastgroup or "", found[0]).ljust(len(found[0])), text
    )


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal, names = site.literal, [hole.variable for hole in holes]
    if any(span.contains(literal.span) for span in site.captures.get("entry", ())):
        whole = replace_literal(site, f"credentials('{dashed(names[0])}')")
        return whole if literal.whole else _WHOLE
    steps = zip(*(site.captures.get(name, ()) for name in ("step", "direct", "call")), strict=True)
    for step, direct, call in steps:
        if direct == literal.span:
            return _in_step(syntax, literal, names, step.of(syntax.text), call)
    return _NO_SECRET


def _in_step(
    syntax: Syntax, literal: Literal, names: Sequence[str], step: str, call: Span
) -> tuple[Edit, ...] | Refused:
    if step == "bat":
        return Refused("`bat` runs neither a POSIX shell nor PowerShell.")
    if step not in _LANGUAGES:
        return _NO_SECRET
    edits = _script(syntax.text, literal, names, _LANGUAGES[step])
    if isinstance(edits, Refused):
        return edits
    missing = dict.fromkeys(
        name for name in names if reads(name, edits) and not _is_given(syntax, literal, name)
    )
    if re.compile(r"[ \t]*\+").match(syntax.text, call.end):
        return _PART
    around = _bind(syntax.text, call, missing) if missing else ()
    if isinstance(around, Refused):
        return around
    return (*around[:1], *edits, *around[1:])


def _script(
    text: str, literal: Literal, names: Sequence[str], language: Language
) -> tuple[Edit, ...] | Refused:
    start = literal.span.start + len(literal.opening)
    source = text[start : literal.span.end - len(literal.closing)]
    is_double = literal.opening.startswith('"')
    masked = _HOLE.sub(lambda hole: "x" * len(hole[0]), source) if is_double else source
    pieces = [(_said(found), start + found.start()) for found in _PIECE.finditer(masked)]
    pieces = [(said, at) for said, at in pieces if said]
    offsets = [*(at for _, at in pieces), start + len(source)]
    tokens = [Span(offsets.index(span.start), offsets.index(span.end)) for span in literal.tokens]
    edits = read_in(language, "".join(said for said, _ in pieces), tokens, names)
    if isinstance(edits, Refused):
        return edits
    return tuple(
        Edit(
            Span(offsets[edit.span.start], offsets[edit.span.end]),
            _escape(edit.new_text, literal.opening),
        )
        for edit in edits
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
    return text.replace(quote, f"\\{quote}") if len(quote) == 1 else text


def _is_given(syntax: Syntax, literal: Literal, name: str) -> bool:
    captures, text = syntax.outline.captures, syntax.text
    rows = zip(*(captures.get(each, ()) for each in ("scope", "given", "assigned")), strict=True)
    values = [
        assigned.of(text)
        for scope, given, assigned in rows
        if scope.contains(literal.span) and given.of(text) == name
    ]
    tokens = [span.of(text) for span in literal.tokens]
    return any("credentials(" in value or any(t in value for t in tokens) for value in values)


def _bind(text: str, call: Span, names: Iterable[str]) -> tuple[Edit, ...] | Refused:
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
    for line in reversed(above.splitlines()):
        outer = line[: len(line) - len(line.lstrip())]
        if line.strip() and len(outer) < len(indent) and indent.startswith(outer):
            return indent[len(outer) :]
    return "    "


LANGUAGE = Language(
    id="jenkinsfile",
    title="Jenkinsfile",
    editor_ids=("jenkinsfile",),
    files=("Jenkinsfile", "Jenkinsfile.*", "Jenkinsfile-*", "*.Jenkinsfile", "*.jenkinsfile"),
    grammar=Grammar(
        "tree_sitter_groovy",
        _CONTEXT,
        _OUTLINE,
        opening=r"(?P<quote>'''|\"\"\"|'|\")",
        mended=_mended,
    ),
    environment=Lookup(
        "${{name}:?}",
        action="Read it from the credential {dashed} of Jenkins, as {name}",
        variable=None,
    ),
    write=_write,
    comment="// {}",
)
