"""What a lookup brings into a file: its imports, and its helper where the language wants it."""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from notion_lsp.lookup import fill
from notion_lsp.rewrite.imports import Block, Line, insert_block, insert_imports, insert_statement
from notion_lsp.rewrite.requirements import imported
from notion_lsp.syntax.neighbour import word
from notion_lsp.syntax.outline import Home
from notion_lsp.text import Edit, Span, free_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.languages import Language
    from notion_lsp.lookup import Definition, Lookup
    from notion_lsp.rewrite.requirements import File
    from notion_lsp.syntax.outline import Import
    from notion_lsp.syntax.site import Site, Syntax

_STEP = "    "
# Helpers are written in steps of four spaces, and get the step of the type they stand in.
_STEPS = re.compile(rf"(?m)^(?:{_STEP})*(?=\S)")
_UPWARD = re.compile(r"^(?:[.]{1,2}/)+")
_MEMBER = re.compile(r"[\r\n]([ \t]+)(?=[^\s}])")


def bring(file: File, lookup: Lookup, at: int) -> tuple[dict[str, str], tuple[Edit, ...]]:
    """Return what the lookup's imports and its helper are called, and the edits that bring them.

    They will stand above the offset `at`, where they are used, unless the language lets a helper
    stand at the end. What the file has already is not brought again.
    """
    definition = lookup.definition
    found = _defined(file, definition, at) if definition else None
    called, missing = _imported(file, lookup, at, has_helper=found is not None)
    below: list[str] = [fill(lookup.first, called)] if lookup.first else []
    if definition and found:
        called[definition.name] = found
    elif definition:
        called[definition.name] = _free(file, definition.name)
        below.append(fill(file.placement.helper(definition.text), called))
    imports = insert_imports(file, missing, at, alone=not below)
    if not below:
        return called, imports
    lines = file.placement.lines_between if len(below) > bool(lookup.first) else 1
    block = Block("\n\n".join(below), lines, lines)
    return called, (*imports, _insert_definition(file, block, at, below=imports))


def _imported(
    file: File, lookup: Lookup, at: int, *, has_helper: bool
) -> tuple[dict[str, str], list[Line]]:
    called: dict[str, str] = {}
    missing: list[Line] = []
    for requirement in lookup.requirements:
        # A helper that is there has its own imports.
        is_used = requirement.always or f"{{{requirement.name}}}" in lookup.expression
        if not has_helper or is_used:
            called[requirement.name], statement = imported(file, requirement, at)
            # One statement may import several names.
            new = statement and statement not in (line.statement for line in missing)
            missing += [Line(requirement, statement)] if new else []
    return called, missing


def has_place(syntax: Syntax, language: Language, site: Site) -> bool:
    """Whether a helper that is called there has a place in the file."""
    outline = syntax.outline
    at_home = outline.home(site.literal.span.start) is not None
    is_free = not language.placement.definitions_at_home
    return "homeless" not in outline.captures and (at_home or is_free)


def definition_in(syntax: Syntax, definition: Definition, home: Home | None = None) -> str | None:
    """Return what a text calls the helper, if it defines it; under a number where that was taken.

    A formatter may have set it in another way.
    """
    for name, span in syntax.outline.definitions:
        rest = name.removeprefix(definition.name) if name.startswith(definition.name) else None
        is_ours = rest == "" or (rest and rest.isdecimal())
        is_near = home is None or home.span.contains(span)
        if is_ours and is_near and _signature(definition, name).search(span.of(syntax.text)):
            return name
    return None


def _signature(definition: Definition, name: str) -> re.Pattern[str]:
    pattern = definition.signature.replace(definition.name, name)
    # Where a formatter puts spaces, line breaks and commas.
    for written, loose in ((" ", r"\s*"), (r"\(", r"\s*\(\s*"), (r"\)", r",?\s*\)")):
        pattern = pattern.replace(written, loose)
    return re.compile(pattern)


def _defined(file: File, definition: Definition, at: int) -> str | None:
    if definition.statement:
        return definition_in(file.syntax, definition, Home(Span(0, at), ""))
    package = file.having(definition.name, file.package.seen)
    elsewhere = (definition_in(syntax, definition) for syntax in package)
    own = definition_in(file.syntax, definition, file.home)
    seen = own or next(filter(None, elsewhere), None) or _imported_helper(file, definition)
    return seen or _exported_helper(file, definition)


def _imported_helper(file: File, definition: Definition) -> str | None:
    # Somebody has moved it to a module of the project, or to a file that is included as a whole.
    imports = _imports_of(file.syntax, definition.name)
    if not imports:
        return _included_helper(file, definition)
    others = [each.syntax for each in file.mentioning(word(definition.name)) if each.syntax]
    if any(definition_in(each, definition) for each in others):
        return imports[0].name
    # Those that import it as well do not tell what it is: its module is not to be seen.
    known = [each for each in others if not _imports_of(each, definition.name)]
    return imports[0].name if imports[0].module.startswith(".") and not known else None


def _exported_helper(file: File, definition: Definition) -> str | None:
    # Somebody has moved it to another package, which shows other names than its own.
    name = file.placement.exported(definition.name)
    if name == definition.name:
        return None
    moved = replace(
        definition, name=name, signature=definition.signature.replace(definition.name, name)
    )
    folders = {
        each.name.rpartition("/")[0].rpartition("/")[2]
        for each in file.mentioning(word(name))
        if each.syntax and definition_in(each.syntax, moved)
    }
    for each in file.syntax.outline.imports:
        called, last = each.name.rpartition("/")[2], each.module.rpartition("/")[2]
        if last in folders and not file.syntax.meaning(called).otherwise:
            return f"{called}.{name}"
    return None


def _included_helper(file: File, definition: Definition) -> str | None:
    # An include has all that the file has, where a module shows what is taken from it alone.
    if not file.language.project.includes:
        return None
    named = {each.module.strip('"') for each in file.syntax.outline.imports}
    ends = tuple(f"/{_UPWARD.sub('', each)}" for each in named if "." in each)
    found = file.mentioning(rf"\b{definition.name}\d*\b") if ends else ()
    included = (each.syntax for each in found if f"/{each.name}".endswith(ends))
    helpers = (definition_in(each, definition) for each in included if each)
    return next(filter(None, helpers), None)


def _imports_of(syntax: Syntax, name: str) -> list[Import]:
    # What a module exports by default is called as its importer wants.
    imports = syntax.outline.imports
    return [
        each for each in imports if each.member == name or (each.member, each.name) == ("", name)
    ]


def _free(file: File, name: str) -> str:
    def is_taken(free: str) -> bool:
        own = not file.syntax.meaning(free).is_free or file.shares(free)
        return own or _is_included_with_another(file, free)

    return free_name(name, "", is_taken)


def _is_included_with_another(file: File, name: str) -> bool:
    # A text that includes both has the name twice, be it by way of a third.
    found = file.mentioning(word(name)) if file.language.project.includes else ()
    defining = [each.name for each in found if each.syntax and _defines(each.syntax, name)]
    return bool(defining) and any(_is_included(file, each) for each in (file.name, *defining))


def _defines(syntax: Syntax, name: str) -> bool:
    return name in {each.name for each in syntax.outline.definitions}


def _is_included(file: File, path: str) -> bool:
    # What includes a header may be of another project.
    facts, name = file.language.project, path.rpartition("/")[2]
    if any(fnmatchcase(name, each) for each in facts.headers):
        return True
    including = facts.includes.format(re.escape(name))
    return bool(re.search(including, file.syntax.text) or file.mentioning(including))


def _insert_definition(file: File, block: Block, at: int, below: Sequence[Edit]) -> Edit:
    source, after = file.syntax.text, _above(file, at)
    if file.home:
        return _insert_member(source, file.home, block.text)
    if file.placement.definitions_at_end:
        end = len(source.rstrip())
        return Edit(Span(end, len(source)), f"\n\n{block.text}\n")
    if not block.above:
        return insert_statement(source, after, block.text, at)
    if after == 0 and below:
        block = block._replace(text="\n" * block.above + block.text)
    return insert_block(source, after, block, at)


def _above(file: File, at: int) -> int:
    outline = file.syntax.outline
    ends = [item.span.end for item in outline.imports if item.span.end <= at]
    return max([outline.header_end, outline.earlier(at), *ends])


def _insert_member(source: str, home: Home, text: str) -> Edit:
    # Last in the type, indented as its first member is.
    first = _MEMBER.search(source, home.span.start, home.span.end)
    step = first[1] if first else _STEP
    lines = _STEPS.sub(
        lambda found: step * (len(found[0]) // len(_STEP) + 1), text.removeprefix(home.without)
    )
    brace = home.span.end - 1
    return Edit(Span(len(source[:brace].rstrip()), brace), f"\n\n{lines}\n")
