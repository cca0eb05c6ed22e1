"""What a shell runs in a shell of its own: an expansion that fails there ends that one alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.syntax.site import Site, Syntax

# POSIX, 2.12, "Shell Execution Environment". What is redirected to a program is expanded by the
# process that becomes it.
_APART = """
[(command_substitution) (pipeline) (process_substitution) (subshell)
 (file_redirect) (heredoc_redirect) (herestring_redirect)] @apart
((_) @apart . "&")
"""
# A value of a default is needed only where nothing else is given, and may not be asked for ahead.
_DEFAULT = "(expansion) @default"
# What may give variables a value, such as `. ./.env`.
_LOADS = """
((command name: (command_name) @_loads) @loads (#any-of? @_loads "." "eval" "source"))
(declaration_command (command_substitution)) @loads
"""
_FUNCTIONS = "(function_definition name: (word) @name) @function"
_CALLS = "(command name: (command_name) @called)"


def marked(syntax: Syntax, site: Site) -> Site:
    """Return the site, as one of a part that ends alone if it stands in such."""
    literal = site.literal.span
    is_default = literal in site.captures.get("default", ())
    is_kept = not site.replaced and bool(syntax.found(_DEFAULT, literal))
    if is_default or is_kept or not _is_apart(syntax, literal) or _is_loaded(syntax, literal):
        return site
    return replace(site, captures={**site.captures, "apart": (literal,)})


def _is_apart(syntax: Syntax, place: Span) -> bool:
    if syntax.found(_APART, place):
        return True
    around = (each["name"].of(syntax.text) for each in syntax.found(_FUNCTIONS, place))
    called = syntax.once(_called_apart, None)
    return any(name in called for name in around)


def _is_loaded(syntax: Syntax, place: Span) -> bool:
    # Whether the variables may be there only where a check ahead has run already.
    anywhere, in_functions = syntax.once(_loads, None)
    first = bisect_left(anywhere, syntax.outline.earlier(place.start))
    is_beside = first < bisect_left(anywhere, place.start)
    return is_beside or (in_functions and bool(syntax.found(_FUNCTIONS, place)))


def _loads(syntax: Syntax, _about: None) -> tuple[list[int], bool]:
    loads = sorted(each["loads"].start for each in syntax.found(_LOADS))
    functions = _joined(each["function"] for each in syntax.found(_FUNCTIONS))
    return loads, bool([*_within([(at, "") for at in loads], functions)])


def _called_apart(syntax: Syntax, _about: None) -> frozenset[str]:
    # The functions that are called in such a part, also by way of another function.
    functions: dict[str, list[Span]] = {}
    for each in syntax.found(_FUNCTIONS):
        functions.setdefault(each["name"].of(syntax.text), []).append(each["function"])
    calls = sorted(
        (each["called"].start, name)
        for each in syntax.found(_CALLS)
        if (name := each["called"].of(syntax.text)) in functions
    )
    found: set[str] = set()
    waiting = _joined(each["apart"] for each in syntax.found(_APART))
    while waiting:
        new = set(_within(calls, waiting)) - found
        found |= new
        waiting = _joined(span for name in new for span in functions[name])
    return frozenset(found)


def _within(calls: Sequence[tuple[int, str]], spans: Sequence[Span]) -> Iterable[str]:
    starts = [span.start for span in spans]
    for at, name in calls:
        last = bisect_right(starts, at) - 1
        if last >= 0 and at < spans[last].end:
            yield name


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if not joined or span.start >= joined[-1].end:
            joined.append(span)
        elif span.end > joined[-1].end:
            joined[-1] = Span(joined[-1].start, span.end)
    return joined
