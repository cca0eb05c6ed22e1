"""`python -m scripts.look FILE:LINE`: what the rewrite sees of the tokens on a line, and why.

For each token: what becomes of it, the rows of the language's query that match there with their
captures, the tree around it, and the site that is made of these. A token in a text inside the file
(a notebook's cell, a script in YAML) is shown in that text, with lines and columns of its own. All
positions are lines and columns from 1, in code points; every token is masked.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any

from notion_lsp.check.scan import Scan, absolute
from notion_lsp.detect.find import find_tokens
from notion_lsp.explain.masking import masked, masks
from notion_lsp.files import read_write
from notion_lsp.positions import ByteIndex, LineIndex
from notion_lsp.project.sources import Around, source_of
from notion_lsp.project.texts import AS_SAVED
from notion_lsp.refused import Refused
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.parts import part_of
from notion_lsp.rewrite.split_tokens import collapse
from notion_lsp.stores import stores
from notion_lsp.syntax.captures import counts
from notion_lsp.syntax.line_patterns import read
from notion_lsp.syntax.trees import Parsed
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node as TreeNode

    from notion_lsp.detect.finding import Finding
    from notion_lsp.project.project import Project
    from notion_lsp.rewrite.source import Source
    from notion_lsp.syntax.trees import Match, Node

_WIDTH = 48  # code points of a node's source that are shown
_SHORT = 160  # bytes up to which a node is shown with all that it holds
_NEAR = 2  # how many of a node's siblings are shown on each side
_KEEPING_OUT = ("fixed", "comment")


class View:
    """A text to be shown: its tokens masked, its places as lines and columns."""

    def __init__(self, source: Source, project: Project) -> None:
        self.source = source
        self.text = source.text
        self.index = LineIndex(self.text)
        self.bytes = ByteIndex(self.text)
        self.hidden = masks(self.text, find_tokens(self.text, project.patterns))

    def place(self, span: Span) -> str:
        """Return where a span begins and ends."""
        ends = (self.index.position(offset, "utf-32") for offset in (span.start, span.end))
        return "-".join(f"{line + 1}:{column + 1}" for line, column in ends)

    def excerpt(self, span: Span) -> str:
        """Return the beginning of a span's text, on one line."""
        written, _ = masked(self.text, self.hidden, span, Span(0, 0))
        line = " ".join(written.split())
        return line if len(line) <= _WIDTH else f"{line[:_WIDTH]}…"

    def scrubbed(self, text: str) -> str:
        """Return a piece of the text, wherever it was taken from, without its tokens."""
        for each in sorted(self.hidden, key=lambda each: each.span.start - each.span.end):
            text = text.replace(each.span.of(self.text), each.shown)
        return text

    def span(self, node: Node) -> Span:
        """Return the span of a node in code points."""
        return Span(self.bytes.offset(node.start_byte), self.bytes.offset(node.end_byte))

    def byte_span(self, span: Span) -> Span:
        """Return a span of code points in bytes."""
        return Span(self.bytes.byte(span.start), self.bytes.byte(span.end))


def look(path: Path, line: int) -> str:
    """Return what is to be seen of the tokens on a line of a file, from 1."""
    read = read_write.read(path)
    if isinstance(read, read_write.Unreadable):
        return f"{path} could not be read: {read.reason}.\n"
    project = Scan(datetime.now().astimezone().date()).project(absolute(str(path)))
    found = find_tokens(read.text, project.patterns)
    view = View(source_of(read.text, path, Around(project.folder, AS_SAVED)), project)
    lines = {
        finding: {view.index.position(span.start, "utf-32")[0] + 1 for span in finding.spans}
        for finding in found
    }
    here = [finding for finding in found if line in lines[finding]]
    if not here:
        known = ", ".join(map(str, sorted(set().union(*lines.values())))) or "none"
        return f"There is no token on line {line} of {path}. Lines with tokens: {known}.\n"
    return "\n".join(_report(view, finding, found, project) for finding in here)


def _report(view: View, finding: Finding, found: Sequence[Finding], project: Project) -> str:
    places = ", ".join(f"{view.place(span)} {view.excerpt(span)}" for span in finding.spans)
    sections = [
        f"{finding.kind.id} {finding.encoding} at {places}".replace("  ", " "),
        f"language: {_called(view.source)}",
        f"verdict: {view.scrubbed(_verdict(view.source, finding, found, project))}",
    ]
    collapsed = collapse(view.source, (finding,))
    if finding in collapsed.findings:
        if collapsed.edits:
            sections.append("written out in one piece, as it is rewritten:")
            view = View(collapsed.source, project)
        for place in collapsed.findings[finding]:
            sections += _seen(view, place, project)
    return "\n".join(sections) + "\n"


def _called(source: Source) -> str:
    return source.language.title if source.language else "unknown, so nothing is rewritten"


def _verdict(source: Source, finding: Finding, found: Sequence[Finding], project: Project) -> str:
    settings = project.settings
    store = stores().get(settings.store)
    if store is None:
        return f"refused, as there is no store {settings.store}"
    names = variable_names(source, found, {}, None, settings)
    made = rewrite(source, (finding,), store, names, settings)
    return f"refused: {made.reason}" if isinstance(made, Refused) else f"rewritten: {made.title}"


def _seen(view: View, finding: Finding, project: Project) -> Iterator[str]:
    if inside := part_of(view.source, (finding,)):
        (inner,) = inside.findings
        yield f"in a text inside the file, {_called(inside.source)}:"
        yield from _seen(View(inside.source, project), inner, project)
        return
    token = view.byte_span(finding.span)
    matches = [match for match in _matches(view, finding) if _captures(match, token)]
    syntax = view.source.syntax
    handed = syntax.outline.handed if syntax else frozenset[str]()
    said = [match for match in matches if counts(match, handed)]
    kept_out = [match for match in said if _captures(match, token, _KEEPING_OUT)]
    yield from _section("rows that keep a lookup out", (match.row for match in kept_out))
    yield from _section("rows that match here", (_row(view, match) for match in matches))
    yield from _section("tree around it", _tree(view, finding))
    yield from _section("site", _value(view, view.source.site((finding,))))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    yield f"\n{title}:" if found else f"\n{title}: none"
    yield from (indent(line, "  ") for line in found)


def _matches(view: View, finding: Finding) -> Iterator[Match]:
    grammar = view.source.language.grammar if view.source.language else None
    token = view.byte_span(finding.span)
    if grammar:
        # A reader takes the queries of its own grammar, which the types cannot tell apart.
        context: Any = grammar.context
        yield from read(view.text, grammar).matches(context, token)


def _captures(match: Match, token: Span, names: Iterable[str] | None = None) -> bool:
    captured = match.nodes.keys() if names is None else names
    return any(_holds(node, token) for name in captured for node in match.nodes.get(name, ()))


def _row(view: View, match: Match) -> str:
    captures = [
        f"  @{name}: {node.type} {view.place(view.span(node))}  {view.excerpt(view.span(node))}"
        for name, nodes in match.nodes.items()
        for node in nodes
    ]
    return "\n".join([match.row, *captures])


def _tree(view: View, finding: Finding) -> Iterator[str]:
    grammar = view.source.language.grammar if view.source.language else None
    parsed = read(view.text, grammar) if grammar else None
    if isinstance(parsed, Parsed):
        yield from _node(view, parsed.root, "", view.byte_span(finding.span))


def _node(
    view: View, node: TreeNode, field: str, token: Span, *, whole: bool = False
) -> Iterator[str]:
    span = view.span(node)
    missing = " MISSING" if node.is_missing else ""
    yield f"{field}{node.type}{missing} {view.place(span)}  {view.excerpt(span)}"
    children = [
        (child, f"{name}: " if name else "")
        for number, child in enumerate(node.children)
        if (name := node.field_name_for_child(number)) or child.is_named
    ]
    around = [number for number, (child, _) in enumerate(children) if _holds(child, token)]
    whole = whole or (_holds(node, token) and node.end_byte - node.start_byte <= _SHORT)
    for number, (child, name) in enumerate(children):
        if whole or any(abs(number - each) <= _NEAR for each in around):
            for line in _node(view, child, name, token, whole=whole):
                yield indent(line, "  ")


def _holds(node: Node, token: Span) -> bool:
    return node.start_byte <= token.start and token.end <= node.end_byte


def _value(view: View, value: object) -> Iterator[str]:
    for name, each in _fields(value).items():
        if not each and each != "":
            continue
        if _fields(each):
            yield f"{name}:"
            yield from (indent(line, "  ") for line in _value(view, each))
        else:
            several = each if isinstance(each, tuple) else (each,)
            yield f"{name}: {', '.join(_one(view, one) for one in several)}"


def _fields(value: object) -> Mapping[str, object]:
    if isinstance(value, Span | str):
        return {}
    if is_dataclass(value):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, Mapping):
        return value
    as_mapping = getattr(value, "_asdict", dict)
    return as_mapping()


def _one(view: View, value: object) -> str:
    if isinstance(value, Span):
        return f"{view.place(value)} {view.excerpt(value)}"
    return view.scrubbed(repr(value))


def main(arguments: Sequence[str]) -> int:
    """Print what is to be seen; 2 when the argument names no line of a file."""
    name, _, line = arguments[0].rpartition(":") if len(arguments) == 1 else ("", "", "")
    if not (name and line.isdecimal()):
        print("usage: python -m scripts.look FILE:LINE", file=sys.stderr)
        return 2
    print(look(Path(name), int(line)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
