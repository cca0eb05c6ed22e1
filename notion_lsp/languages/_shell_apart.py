"""What a shell runs in a shell of its own: an expansion that fails there ends that one alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages._shell_defaults import ENDS_ITS_LINE, below
from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from notion_lsp.syntax.site import Site, Syntax

# POSIX, 2.12, "Shell Execution Environment". What is redirected to a program is expanded by the
# process that becomes it.
_APART = """
[(command_substitution) (pipeline) (process_substitution) (subshell)
 (file_redirect) (heredoc_redirect) (herestring_redirect)] @apart
((_) @apart . "&")
((command name: (command_name) @_apart) @apart (#eq? @_apart "coproc"))
"""
# A value of a default is needed only where nothing else is given.
_DEFAULT = "(expansion) @default"
_ENDS_ALONE = Refused(
    "A default made by `$(…)` is empty where that fails: give the token a variable of its own."
)
_HEAD = re.compile(r"\$\{!?\w+(?:\[[^\]]*\])?:?[-+=]")
_ENDS_ALONE = Refused(
    "A default made by `$(…)` is empty where that fails: give the token a variable of its own."
)
# What may give variables a value, such as `. ./.env`.
_LOADS = """
((command name: (command_name) @_loads) @loads (#any-of? @_loads "." "eval" "source"))
(declaration_command (command_substitution)) @loads
"""
_BODIES = """
[(case_item (_) @statement) (compound_statement (_) @statement) (do_group (_) @statement)
 (elif_clause (_) @statement) (else_clause (_) @statement) (if_statement (_) @statement)
 (program (_) @statement) (while_statement (_) @statement)]
"""
_FUNCTION_BODIES = "(function_definition body: (compound_statement (_) @statement))"
_FUNCTIONS = "(function_definition name: (word) @name) @function"
_CALLS = "(command name: (command_name) @called)"


def marked(syntax: Syntax, site: Site) -> Site | Refused:
    """Return the site, as one of a part that ends alone if it stands in such."""
    literal = site.literal.span
    if literal in site.captures.get("default", ()) or not _is_apart(syntax, literal):
        return site
    if not site.replaced and (defaults := syntax.found(_DEFAULT, literal)):
        default = max(each["default"] for each in defaults)
        parts = [each["apart"] for each in syntax.found(_APART, literal)]
        if any(each.start > default.start for each in parts):
            return _ENDS_ALONE
        # What a function is given is not known where it is called.
        if not _is_called_apart(syntax, literal):
            return replace(site, captures={**site.captures, "asked": (default,)})
    if not (loads := _loads_ahead(syntax, literal)):
        return replace(site, captures={**site.captures, "apart": (literal,)})
    # Of several that load, one may give the variable and another one not.
    is_called = _is_called_apart(syntax, literal)
    is_sure = len(loads) == 1 if is_called else any(_statements(syntax, literal))
    return replace(site, captures={**site.captures, "checked": (literal,)}) if is_sure else site


def checked(syntax: Syntax, place: Span, variables: Iterable[str]) -> tuple[Edit, ...]:
    """Return the edits that ask for variables that a file may give, in the shell of the script."""
    checks = [f': "${{{name}:?{name} is not set}}"' for name in variables]
    if not _is_called_apart(syntax, place):
        start = min(_statements(syntax, place), key=_size).start
        return tuple(_before(syntax.text, start, check) for check in checks)
    end = _loading(syntax, _loads_ahead(syntax, place)[0]).end
    return tuple(_after(syntax.text, end, check) for check in checks)


def asked(syntax: Syntax, default: Span, expression: str) -> tuple[Edit, ...]:
    """Return the edit that asks in the shell of the script for what a default of a part needs."""
    head = _HEAD.match(syntax.text, default.start)
    start = min(_statements(syntax, default), key=_size, default=None)
    if head is None or start is None:
        return ()
    check = f': "{head[0].replace("=", "-")}{expression}}}"'
    return (_before(syntax.text, start.start, check),)


def _before(text: str, at: int, check: str) -> Edit:
    indent = text[line_bounds(text, at).start : at]
    return Edit(Span(at, at), f"{check}; " if indent.strip() else f"{check}\n{indent}")


def _after(text: str, at: int, check: str) -> Edit:
    rest = ENDS_ITS_LINE.match(text, at)
    end = rest.end() if rest else at
    return Edit(Span(end, end), below(text, end, check) if rest else f"; {check}")


def _is_apart(syntax: Syntax, place: Span) -> bool:
    return bool(syntax.found(_APART, place)) or _is_called_apart(syntax, place)


def _is_called_apart(syntax: Syntax, place: Span) -> bool:
    around = (each["name"].of(syntax.text) for each in syntax.found(_FUNCTIONS, place))
    called = syntax.once(_called_apart, None)
    return any(name in called for name in around)


def _loads_ahead(syntax: Syntax, place: Span) -> Sequence[Span]:
    # What may give variables a value after a check above the whole statement has run.
    anywhere, in_functions = syntax.once(_loads, None)
    first = bisect_left(anywhere, Span(*[syntax.outline.earlier(place.start)] * 2))
    beside = anywhere[first : bisect_left(anywhere, place)]
    return beside or (in_functions if syntax.found(_FUNCTIONS, place) else ())


def _loads(syntax: Syntax, _about: None) -> tuple[list[Span], list[Span]]:
    loads = sorted(each["loads"] for each in syntax.found(_LOADS))
    return loads, [each for each in loads if syntax.found(_FUNCTIONS, each)]


def _statements(syntax: Syntax, place: Span) -> list[Span]:
    # Those of the script's own shell that have the part; none in what does not parse.
    part = max((each["apart"] for each in syntax.found(_APART, place)), key=_size)
    statements = (each["statement"] for each in syntax.found(_BODIES, part))
    return [each for each in statements if each.contains(part)]


def _loading(syntax: Syntax, load: Span) -> Span:
    # The statement of its function that loads a file.
    statements = (each["statement"] for each in syntax.found(_FUNCTION_BODIES, load))
    return next((each for each in statements if each.contains(load)), load)


def _size(span: Span) -> int:
    return span.size


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
