"""What lasts as long as a program in C, and begins with a constant there.

A pointer that nothing changes is as well a macro that stands for the call, or in a function, where
it is set each time that this runs, a variable of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.refused import Refused
from notion_lsp.syntax.neighbour import word
from notion_lsp.text import Edit, Span, line_bounds, overlapping

if TYPE_CHECKING:
    from collections.abc import Callable

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

STATIC = "In C, what lasts as long as the program begins with a constant: set it in a function."

CONTEXT = rf"""
((declaration
  (storage_class_specifier) @_static declarator: (init_declarator value: (_) @fixed))
  (#eq? @_static "static") (#not-match? @fixed "^\"") (#set! reason "{STATIC}"))
((declaration
  (storage_class_specifier) @_static declarator: (init_declarator value: (_) @fixed))
  (#any-of? @_static "_Thread_local" "thread_local" "__thread") (#set! reason "{STATIC}"))
(function_definition body: (_) @function)
"""
_WHOLE = """
(declaration declarator: (init_declarator value: (string_literal) @value)) @whole
"""
_BEFORE = re.compile(
    r"(?P<words>(?:(?:static|const|char)\b\s{0,9}){1,4})"
    r"(?:\*\s{0,9}(?:const\s{1,9})?(?P<pointer>\w+)|(?P<array>\w+)\s{0,9}\[\s{0,9}\w*\s{0,9}\])"
    r"\s{0,99}=\s{0,99}"
)
_KEYWORD = re.compile(r"static\s+")
_BEHIND = re.compile(r"[ \t]*(?://.*|/\*[^*]*\*/[ \t]*)?")
# Where the name is another's, or what has it is asked for; where that is changed.
_OTHERWISE = """
[(field_identifier) (type_identifier) (statement_identifier)] @otherwise
(_ declarator: (identifier) @otherwise)
(_ name: (identifier) @otherwise)
(preproc_defined (identifier) @otherwise)
"""
_CHANGED = """
(assignment_expression left: (identifier) @otherwise)
(update_expression argument: (identifier) @otherwise)
(pointer_expression operator: "&" argument: (identifier) @otherwise)
"""


class _Static(NamedTuple):
    """A declaration of a text, and its name."""

    whole: Span
    name: str
    is_static: bool
    is_array: bool


def stays_static(syntax: Syntax, site: Site, mentioning: Mentioning) -> Refused | None:
    """Refuse where what a literal is the value of is needed as the variable that it is."""
    found = _static(syntax, site)
    if found is None:
        return None
    if "function" in site.captures:
        is_changed = _is_needed(syntax, syntax, found, _CHANGED)
        return Refused(STATIC) if is_changed else None
    captures, imports = syntax.outline.captures, syntax.outline.imports
    # A macro is one in all that is included below it, and below the header that it stands in.
    is_header = "guard" in captures or "defined_once" not in captures
    is_read_below = any(each.span.start > found.whole.start for each in imports)
    if is_read_below or (is_header and not found.name.isupper()):
        return Refused(STATIC)
    is_own = found.is_static and not is_header
    others = () if is_own else (each.syntax for each in mentioning(word(found.name)))
    texts = (syntax, *filter(None, others))
    query = _CHANGED + _OTHERWISE
    is_needed = any(_is_needed(text, syntax, found, query) for text in texts)
    return Refused(STATIC) if is_needed else None


def as_no_static(syntax: Syntax, site: Site, written: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return the edits of a literal with those that make what it is the value of no static."""
    found = _static(syntax, site)
    if found is None:
        return written
    start, end = found.whole
    if "function" in site.captures:
        keyword = _KEYWORD.search(syntax.text, start)
        return (*written, Edit(Span(*keyword.span()), "")) if keyword else written
    beginning = Edit(Span(start, site.literal.span.start), f"#define {found.name} ")
    return (beginning, *written, Edit(Span(end - 1, end), ""))


def lasts(syntax: Syntax, site: Site) -> bool:
    """Whether a literal stands outside of all functions, and is no value that may be a macro."""
    return "function" not in site.captures and _static(syntax, site) is None


def _static(syntax: Syntax, site: Site) -> _Static | None:
    text, literal = syntax.text, site.literal.span
    rows = (row["whole"] for row in syntax.found(_WHOLE, literal) if row["value"] == literal)
    whole = next(rows, None)
    before = _BEFORE.fullmatch(text, whole.start, literal.start) if whole else None
    if whole is None or before is None or text[literal.end : whole.end].strip() != ";":
        return None
    is_static, line = "static" in before["words"], line_bounds(text, whole.end)
    if "function" in site.captures and not is_static:
        return None
    starts = not text[line_bounds(text, whole.start).start : whole.start].strip()
    alone = starts and _BEHIND.fullmatch(text, whole.end, line.end)
    if "function" not in site.captures and not alone:
        return None
    name = before["pointer"] or before["array"]
    return _Static(whole, name, is_static, bool(before["array"]))


def _is_needed(text: Syntax, own: Syntax, found: _Static, query: str) -> bool:
    is_needed = text.once(_needed, (query, found.is_array))
    places = (
        each for each in text.places(found.name) if not (text is own and found.whole.contains(each))
    )
    return any(map(is_needed, places))


def _needed(syntax: Syntax, about: tuple[str, bool]) -> Callable[[Span], bool]:
    query, is_array = about
    captures = syntax.outline.captures
    kinds = ("unreadable", "constant_only", *(["array_only"] if is_array else []))
    spans = [row["otherwise"] for row in syntax.found(query)]
    return overlapping([*spans, *(each for kind in kinds for each in captures.get(kind, ()))])
