"""Where an import goes in a file, in the order and the groups its language keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.text import Edit, Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.lookup import Requirement
    from notion_lsp.rewrite.requirements import File
    from notion_lsp.syntax.outline import Import

_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)")
_BREAK = re.compile(r"\r\n|\n|\r")
_BREAKS = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*")
# What Python sets apart from the code above it.
_DEFINITION = re.compile(r"\s*(?:@|(?:async )?def |class )")
_SEMICOLON = re.compile(r"[ \t]*;?[ \t]*")
# What may follow a statement on its line without being another one.
_CODE = re.compile(r"(?![ \t;]*(?:$|#|//|/[*]|--))", re.MULTILINE)


class Line(NamedTuple):
    """A statement to insert, for a requirement."""

    requirement: Requirement
    statement: str

    @property
    def order(self) -> tuple[bool, bool, str]:
        """What the statement is sorted by."""
        return _order(self.statement, self.requirement.module)


def insert_imports(
    file: File, missing: Sequence[Line], at: int, *, alone: bool
) -> tuple[Edit, ...]:
    """Return the edits that import what is missing, above the offset."""
    syntax, group = file.syntax, file.placement.import_group
    blocks = _blocks(syntax.text, [item for item in syntax.outline.imports if item.span.start < at])
    missing = sorted(missing, key=lambda line: (not line.requirement.standard, line.order))
    if not missing:
        return ()
    if not blocks:
        return (_insert_first(file, missing, at, alone=alone),)
    only = blocks[0][0] if len(syntax.outline.imports) == 1 else None
    if only and group and _has_keyword(syntax.text, only):
        theirs = _without_keyword(_source(syntax.text, only))
        lines_ = [(not file.placement.is_standard(only.module), only.module, theirs)]
        return (Edit(only.span, group.format(_grouped([*lines_, *map(_item, missing)]))),)
    return tuple(
        edit
        for standard in (True, False)
        if (section := [line for line in missing if line.requirement.standard == standard])
        for edit in _insert_section(file, blocks, section, at)
    )


def _insert_first(file: File, missing: Sequence[Line], at: int, *, alone: bool) -> Edit:
    text, header = file.syntax.text, file.syntax.outline.header_end
    lines = int(alone or file.placement.definitions_at_end or file.home is not None)
    below = file.placement.lines_between if _DEFINITION.match(text, header) else lines
    block = Block(_block(file, missing), lines, below if alone else lines)
    return insert_block(text, header, block, at)


def _block(file: File, missing: Sequence[Line]) -> str:
    if file.placement.import_group and len(missing) > 1:
        return file.placement.import_group.format(_grouped(map(_item, missing)))
    texts = [
        "\n".join(line.statement for line in missing if line.requirement.standard == standard)
        for standard in (True, False)
    ]
    return f"\n{file.placement.import_gap}".join(filter(None, texts))


def _item(line: Line) -> tuple[bool, str, str]:
    return (
        not line.requirement.standard,
        line.requirement.module,
        _without_keyword(line.statement),
    )


def _grouped(items: Iterable[tuple[bool, str, str]]) -> str:
    # The items of a group: those of the standard library, an empty line, the others.
    ordered = sorted(items)
    texts = [
        "\n\t".join(text for other, _, text in ordered if other == third) for third in (False, True)
    ]
    return "\n\n\t".join(filter(None, texts))


def _insert_section(
    file: File, blocks: Sequence[Sequence[Import]], section: Sequence[Line], at: int
) -> list[Edit]:
    text, standard = file.syntax.text, section[0].requirement.standard
    for block in blocks:
        group = [item for item in block if file.placement.is_standard(item.module) == standard]
        if group:
            return [_insert_sorted(file, group, line, at) for line in section]
    statements = [line.statement for line in section]
    if standard:
        return [_insert_line(file, blocks[0][0], statements, gap=file.placement.import_gap)]
    last = blocks[-1][-1]
    if line_bounds(text, last.span.end).end > at:
        return [_insert_line(file, blocks[0][0], statements)]
    return [_insert_after(file, last, statements, gap=file.placement.import_gap)]


def _insert_sorted(file: File, group: Sequence[Import], line: Line, at: int) -> Edit:
    text = file.syntax.text
    later = [item for item in group if _order(_source(text, item), item.module) > line.order]
    if later or line_bounds(text, group[-1].span.end).end > at:
        return _insert_line(file, (later or group)[0], [line.statement])
    return _insert_after(file, group[-1], [line.statement])


def _order(source: str, module: str) -> tuple[bool, bool, str]:
    # The usual sorters of Python put `import x` before `from x import y`, and all sorters what is
    # the project's own last.
    return module.startswith("."), source.startswith("from "), module


def _blocks(text: str, imports: Sequence[Import]) -> list[list[Import]]:
    blocks: list[list[Import]] = []
    for item in sorted(imports):
        apart = not blocks or _BLANK_LINE.search(text, blocks[-1][-1].span.end, item.span.start)
        if apart:
            blocks.append([])
        blocks[-1].append(item)
    return blocks


def _insert_line(file: File, before: Import, statements: Sequence[str], gap: str = "") -> Edit:
    text = file.syntax.text
    start, at = line_bounds(text, before.span.start).start, before.span.start
    lines = _like(file, before, statements)
    # Other code begins the line: a semicolon keeps the two statements apart.
    if text[start:at].strip():
        return Edit(Span(at, at), "".join(f"{line.rstrip(';')}; " for line in lines))
    indent = _indent(text, before)
    return Edit(Span(start, start), "".join(f"{indent}{line}\n" for line in lines) + gap)


def _insert_after(file: File, after: Import, statements: Sequence[str], gap: str = "") -> Edit:
    text = file.syntax.text
    at, end = after.span.end, line_bounds(text, after.span.end).end
    lines = _like(file, after, statements)
    # Go takes a group of imports on one line, with semicolons between them.
    if text[at:end].lstrip().startswith(")"):
        return Edit(Span(at, at), "".join(f"; {line}" for line in lines))
    indent = _indent(text, after)
    return Edit(Span(end, end), f"\n{gap}" + "\n".join(f"{indent}{line}" for line in lines))


class Block(NamedTuple):
    """Lines to insert, and how many empty ones stand above and below them, at least."""

    text: str
    above: int
    below: int


def insert_statement(text: str, after: int, statement: str, at: int) -> Edit:
    """Return the edit that inserts a line right above what follows an offset, indented as that."""
    _, end = _rest_of_line(text, after, at) if after else (0, 0)
    begin = end + len(text[end:]) - len(text[end:].lstrip())
    before = text[line_bounds(text, begin).start : begin]
    below = "\n" + ("" if before.strip() else before)
    return Edit(Span(begin, begin), statement.replace("\n", below) + below)


def insert_block(text: str, after: int, block: Block, at: int) -> Edit:
    """Return the edit that inserts lines behind an offset, and above another one."""
    if after == 0:
        gap = "\n" * max(0, block.below - _breaks_at(text, 0))
        return Edit(Span(0, 0), f"{block.text}\n{gap}")
    start, end = _rest_of_line(text, after, at)
    is_apart = block.below and text[end:].strip()
    gap = "\n" * max(0, block.below + 1 - _breaks_at(text, end)) if is_apart else ""
    return Edit(Span(start, end), "\n" * (max(block.above, 1) + 1) + block.text + gap)


def _rest_of_line(text: str, after: int, at: int) -> tuple[int, int]:
    end = line_bounds(text, after).end
    if end <= at and not _CODE.match(text, after, end):
        return end, end
    # The line goes on, as all of a minified file does; a line break ends the statement as well.
    apart = _SEMICOLON.match(text, after)
    return after, apart.end() if apart else after


def _breaks_at(text: str, offset: int) -> int:
    found = _BREAKS.match(text, offset)
    return len(_BREAK.findall(found[0])) if found else 0


def _indent(text: str, item: Import) -> str:
    start = line_bounds(text, item.span.start).start
    before = text[start : item.span.start]
    return before if before.isspace() else ""


def _like(file: File, item: Import, statements: Sequence[str]) -> list[str]:
    # In a group such as Go's `import (…)` an item has no keyword of its own.
    if not file.placement.import_group or _has_keyword(file.syntax.text, item):
        return list(statements)
    return [_without_keyword(statement) for statement in statements]


def _has_keyword(text: str, item: Import) -> bool:
    return _source(text, item).startswith("import")


def _without_keyword(statement: str) -> str:
    return statement.partition(" ")[2].strip()


def _source(text: str, item: Import) -> str:
    return item.span.of(text)
