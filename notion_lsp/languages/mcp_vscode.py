"""The MCP servers of VS Code and Visual Studio, which ask a person for what is secret."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages import Recognition, Telltale
from notion_lsp.languages.json import EXPANDING, expanding
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.lookup import Lookup, dashed
from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.syntax.site import Syntax

_OUTLINE = """
(document (object (pair) @member))
(document (object (pair key: (string (string_content) @_inputs) value: (_) @inputs)
  (#eq? @_inputs "inputs")))
(document (object (pair key: (string (string_content) @_inputs) value: (array (object) @input))
  (#eq? @_inputs "inputs")))
(document (object (pair
  key: (string (string_content) @_inputs)
  value: (array (object (pair
    key: (string (string_content) @_id) value: (string (string_content) @known)))))
  (#eq? @_inputs "inputs") (#eq? @_id "id")))
"""

_INDENTATION = re.compile(r"[ \t]*")
_BREAK = re.compile(r"[\r\n]")


class _Style(NamedTuple):
    # The indentation of a level, `None` where all is on one line, and what follows a colon.

    indent: str | None
    space: str

    def written(self, value: object, before: str, *, lines: bool) -> str:
        if lines:
            return json.dumps(value, indent=self.indent).replace("\n", f"\n{before}")
        return json.dumps(value, separators=(f",{self.space}", f":{self.space}"))


def _declare(syntax: Syntax, names: Sequence[str]) -> tuple[Edit, ...] | Refused:
    captures, text = syntax.outline.captures, syntax.text
    known = {span.of(text) for span in captures.get("known", ())}
    # VS Code asks for an input once, whatever the number of servers that name it.
    missing = [_input(name) for name in dict.fromkeys(names) if dashed(name) not in known]
    if not missing:
        return ()
    if not captures.get("member"):
        return Refused("The file is not complete: an input has no place in it yet.")
    inputs = next(iter(captures.get("inputs", ())), None)
    if inputs and not text.startswith("[", inputs.start):
        return Refused("The inputs of this file are not a list.")
    first = min(captures["member"])
    style = _style(text, first)
    if captures.get("input"):
        return (_append(text, max(captures["input"]), missing, style),)
    new = style.written(missing, style.indent or "", lines=style.indent is not None)
    if inputs:
        return (_fill(text, inputs, new),)
    gap = style.space if style.indent is None else f"\n{style.indent}"
    return (Edit(Span(first.start, first.start), f'"inputs":{style.space}{new},{gap}'),)


def _input(name: str) -> dict[str, str | bool]:
    words = name.removeprefix("NOTION_").lower().replace("_", " ")
    about = re.sub(r"^(?:api )?(?=token|key)", "API ", words)
    kind = {"type": "promptString", "id": dashed(name), "description": f"Notion {about}"}
    # VS Code hides what is typed for a password, and stores it securely.
    return {**kind, "password": True}


def _style(text: str, member: Span) -> _Style:
    above = text[: member.start]
    gap = above[len(above.rstrip()) :]
    space = " " if re.match(r'"[^"]*"\s*:\s', member.of(text)) else ""
    return _Style(_BREAK.split(gap)[-1] if _BREAK.search(gap) else None, space)


def _fill(text: str, array: Span, new: str) -> Edit:
    if not text[array.start + 1 : array.end - 1].strip():
        return Edit(array, new)
    # Comments in an empty list stay, below what is new.
    return Edit(Span(array.start + 1, array.start + 1), new[1:-1].rstrip())


def _append(text: str, last: Span, missing: Sequence[dict[str, str | bool]], style: _Style) -> Edit:
    start = line_bounds(text, last.start).start
    indentation = _INDENTATION.match(text, start)
    before = indentation[0] if indentation else ""
    source = last.of(text)
    gap = f"\n{before}" if start + len(before) == last.start else style.space
    lines = _BREAK.search(source) is not None
    written = [style.written(each, before, lines=lines) for each in missing]
    if source.startswith("{ "):
        written = [f"{{ {each[1:-1]} }}" for each in written]
    return Edit(Span(last.end, last.end), "".join(f",{gap}{each}" for each in written))


LANGUAGE = replace(
    JSON,
    id="mcp-vscode",
    title="an MCP configuration of VS Code",
    recognition=Recognition(
        files=("mcp.json", ".mcp.json", ".vscode/mcp.json"),
        content=r'"servers"\s*:',
        # Others call them `mcpServers`.
        telltale=Telltale("json", (r'"servers"\s*:\s*\{', r'"type"\s*:\s*"(?:http|sse|stdio)"')),
    ),
    environment=Lookup(
        "${input:{dashed}}",
        action="Ask for it when the server starts: input {dashed}",
        remains=(),
    ),
    grammar=expanding("command|args|env|url|headers", _OUTLINE),
    writing=replace(EXPANDING, declare=_declare),
)
