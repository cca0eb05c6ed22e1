"""Where an import and a helper go in a file, in the order and the groups its language keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.text import Edit, Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.languages import Definition, Language, Requirement
    from notion_lsp.syntax import Import, Outline, Syntax

_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")


def place_import(
    syntax: Syntax, language: Language, requirement: Requirement, at: int
) -> tuple[str, tuple[Edit, ...]]:
    """Return what the requirement is called in the file, and the edit that imports it, if any.

    The import will stand above the offset `at`, where it is used.
    """
    outline = syntax.outline
    for imported in outline.imports:
        same = (imported.module, imported.member) == (requirement.module, requirement.member)
        name = requirement.name if imported.name == imported.module else imported.name
        usable = name.isidentifier() and name not in outline.bindings
        if same and usable and imported.span.start < at:
            return name, ()
    name, statement = requirement.name, requirement.statement
    others = [item for item in outline.imports if item.module != requirement.module]
    if name in outline.bindings or name in {item.name for item in others}:
        name, statement = requirement.alias, requirement.aliased
    return name, (_insert_import(syntax, language, requirement, statement, at),)


def place_definition(
    syntax: Syntax,
    language: Language,
    definition: Definition,
    package: Sequence[str],
    called: Mapping[str, str],
    at: int,
) -> tuple[str, tuple[Edit, ...]]:
    """Return what the helper is called in the file, and the edit that defines it, if any.

    It will stand above the offset `at`, unless the language lets a helper stand at the end.
    """
    outline = syntax.outline
    signature = re.compile(definition.signature)
    defined = outline.definitions.get(definition.name, "")
    if signature.search(defined) or any(map(signature.search, package)):
        return definition.name, ()
    name = definition.name
    while _taken(name, outline) or name in outline.definitions:
        name += "2"
    text = definition.text
    for key, value in {definition.name: name, **called}.items():
        text = text.replace(f"{{{key}}}", value)
    if language.definitions_at_end:
        end = len(syntax.text.rstrip())
        return name, (Edit(Span(end, len(syntax.text)), f"\n\n{text}\n"),)
    ends = [imported.span.end for imported in outline.imports if imported.span.end <= at]
    return name, (_insert_block(syntax.text, max([outline.header_end, *ends]), text),)


def _taken(name: str, outline: Outline) -> bool:
    return name in outline.bindings or name in {imported.name for imported in outline.imports}


def _insert_import(
    syntax: Syntax, language: Language, requirement: Requirement, statement: str, at: int
) -> Edit:
    text = syntax.text
    blocks = _blocks(text, [item for item in syntax.outline.imports if item.span.start < at])
    if not blocks:
        return _insert_block(text, syntax.outline.header_end, statement)
    only = blocks[0][0] if len(syntax.outline.imports) == 1 else None
    if only and language.import_group and _has_keyword(text, only, statement):
        return _make_group(text, language, requirement, statement, only)
    for block in blocks:
        group = [
            item for item in block if language.is_standard(item.module) == requirement.standard
        ]
        if group:
            return _insert_sorted(text, group, requirement, statement, at)
    if requirement.standard:
        return _insert_line(text, blocks[0][0], statement, gap="\n")
    return _insert_after(text, blocks[-1][-1], statement, gap="\n")


def _make_group(
    text: str, language: Language, requirement: Requirement, statement: str, only: Import
) -> Edit:
    ours, theirs = statement.partition(" ")[2], _source(text, only).partition(" ")[2].strip()
    lines = [ours, theirs] if requirement.module < only.module else [theirs, ours]
    if language.is_standard(only.module) != requirement.standard:
        lines = [ours, "", theirs] if requirement.standard else [theirs, "", ours]
    return Edit(only.span, language.import_group.format("\n\t".join(lines).replace("\t\n", "\n")))


def _insert_sorted(
    text: str, group: Sequence[Import], requirement: Requirement, statement: str, at: int
) -> Edit:
    ours = _order(statement, requirement.module)
    later = [item for item in group if _order(_source(text, item), item.module) > ours]
    if later or line_bounds(text, group[-1].span.end).end > at:
        return _insert_line(text, (later or group)[0], statement)
    return _insert_after(text, group[-1], statement)


def _order(source: str, module: str) -> tuple[bool, str]:
    # The usual sorters of Python put `import x` before `from x import y`.
    return source.startswith("from "), module


def _blocks(text: str, imports: Sequence[Import]) -> list[list[Import]]:
    blocks: list[list[Import]] = []
    for item in sorted(imports):
        apart = not blocks or _BLANK_LINE.search(text, blocks[-1][-1].span.end, item.span.start)
        if apart:
            blocks.append([])
        blocks[-1].append(item)
    return blocks


def _insert_line(text: str, before: Import, statement: str, gap: str = "") -> Edit:
    start, at = line_bounds(text, before.span.start).start, before.span.start
    statement = _like(text, before, statement)
    if text[start:at].strip():
        return Edit(Span(at, at), f"{statement}; ")
    return Edit(Span(start, start), f"{_indent(text, before)}{statement}\n{gap}")


def _insert_after(text: str, after: Import, statement: str, gap: str = "") -> Edit:
    at, end = after.span.end, line_bounds(text, after.span.end).end
    statement = _like(text, after, statement)
    if text[at:end].lstrip().startswith(")"):
        return Edit(Span(at, at), f"; {statement}")
    return Edit(Span(end, end), f"\n{gap}{_indent(text, after)}{statement}")


def _insert_block(text: str, after: int, block: str) -> Edit:
    if after == 0:
        gap = "" if re.match(r"\s*[\r\n]|\Z", text) else "\n"
        return Edit(Span(0, 0), f"{block}\n{gap}")
    end = line_bounds(text, after).end
    follows = text[end:]
    gap = "" if not follows.strip() or _BLANK_LINE.match(follows) else "\n"
    return Edit(Span(end, end), f"\n\n{block}{gap}")


def _indent(text: str, item: Import) -> str:
    start = line_bounds(text, item.span.start).start
    before = text[start : item.span.start]
    return before if before.isspace() else ""


def _like(text: str, item: Import, statement: str) -> str:
    return statement if _has_keyword(text, item, statement) else statement.partition(" ")[2]


def _has_keyword(text: str, item: Import, statement: str) -> bool:
    # In a group such as Go's `import (…)` an item has no keyword of its own.
    return _source(text, item).startswith((statement.partition(" ")[0], "from "))


def _source(text: str, item: Import) -> str:
    return text[item.span.start : item.span.end]
