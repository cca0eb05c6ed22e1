"""Tokens that a shell script falls back to where nothing else is given."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from dataclasses import replace
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from notion_lsp.syntax.site import Site, Syntax

_ASSIGNMENTS = """
(variable_assignment name: (variable_name) @name value: (_) @value) @assignment
((command name: (command_name) @_read argument: (word) @name) @value @assignment
  (#eq? @_read "read"))
"""
_CONDITIONAL = """
[(case_statement) (c_style_for_statement) (for_statement) (if_statement) (list) (while_statement)]
@conditional
"""
_USES = """
[(simple_expansion (variable_name) @name) (expansion . (variable_name) @name)] @use
"""
_FUNCTIONS = "(function_definition name: (word) @name) @function"
_CALLS = "(command name: (command_name) @called)"
# What a script may not run, or runs in a shell of its own, which alone would stop.
_APART = """
[(command_substitution) (compound_statement) (function_definition) (pipeline) (process_substitution)
 (subshell)]
@apart
"""
_FALLS_BACK = """
((expansion (_) (_)) @expansion (#match? @expansion "^ *[$][{][^}:]*:?-"))
"""
# Of one name that is given many values, those further below are other commands' options.
_MOST_BELOW = 20
# What hands variables on, or uses them by their names alone: `trap '… $NAME'`, `declare -p NAME`,
# `[ -v NAME ]`, `other=NAME`.
_HANDS_ON = re.compile(
    r"\b(?:export|printenv|trap|(?:declare|local|typeset)[ \t]+-\w*[npx])\b([^\r\n;]*)"
    r"|(?<=[ \t])-v[ \t]+(\w+)|=[\"']?([A-Za-z_]\w*)(?=[\"']?(?:[ \t\r\n;)]|\Z))"
)
# What may use any variable: code from elsewhere, or a variable whose name another one holds.
_USES_ANY = re.compile(
    r"\$\{!|\beval\b|\bset[ \t]+-(?:\w*a\b|o[ \t]+allexport\b)"
    r"|(?:^|[;&|({]|\b(?:do|else|then)\b)[ \t]*(?:[.]|source)[ \t]",
    re.MULTILINE,
)
_LONGEST = 80  # characters of a name
_NAME = re.compile(rf"(\w{{1,{_LONGEST}}})=\Z")
ENDS_ITS_LINE = re.compile(r"[ \t]*(?:<(?!<)[^\r\n|&;#]*)?(?:;[ \t]*)?(?:#[^\r\n]*)?(?=\r?\n|\Z)")


class _Assigned(NamedTuple):
    """A variable's value, and the statements around it that may not come to it."""

    value: Span
    conditionals: tuple[Span, ...]  # The outermost comes first.


def defaulting(syntax: Syntax, site: Site) -> Site:
    """Return the site, as that of a default where the script may not need the token."""
    if not site.literal.whole or not checks(syntax, site, ""):
        return site
    return replace(site, captures={**site.captures, "default": (site.literal.span,)})


def checks(syntax: Syntax, site: Site, variable: str) -> tuple[Edit, ...]:
    """Return the edits that stop the script where nothing has given the site's name a value."""
    name = _name(syntax, site)
    if name is None:
        return ()
    stop = f"${{{name}:?{variable} is not set}}"
    if behind := _behind_the_last(syntax, site, name):
        return (Edit(Span(behind, behind), below(syntax.text, behind, f': "{stop}"')),)
    return tuple(Edit(use, stop) for use in _fallbacks(syntax, site, name))


def below(text: str, offset: int, statement: str) -> str:
    """Return a line to be inserted at an offset, indented as the one that ends there."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    indent = line[: len(line) - len(line.lstrip())]
    return f"\n{indent}{statement}"


def _name(syntax: Syntax, site: Site) -> str | None:
    start = site.literal.span.start
    # Of `NAME=value` all that stands before the value.
    before = _NAME.search(syntax.text, max(start - _LONGEST, 0), start)
    return before[1] if before else None


def _behind_the_last(syntax: Syntax, site: Site, name: str) -> int | None:
    # Behind the last statement in which the script may give the name another value.
    literal, ends = site.literal.span, []
    for each in islice(_later(syntax.once(_assigned, name), literal), _MOST_BELOW):
        around = [span for span in each.conditionals if not span.contains(literal)]
        if not around:
            break
        ends.append(around[0].end)
    rest = ENDS_ITS_LINE.match(syntax.text, max(ends)) if ends else None
    return rest.end() if rest and _is_asked_first(syntax, literal, rest.end(), name) else None


def _is_asked_first(syntax: Syntax, literal: Span, behind: int, name: str) -> bool:
    # Nothing uses the value until then, nor what comes after code that may not have asked.
    used = [use.start for use, _ in syntax.once(_uses, None).get(name, ())]
    first = bisect_left(used, literal.start)
    is_used = first < bisect_left(used, behind)
    if is_used or _first_seen(syntax, name) < behind or _is_called(syntax, literal, behind, name):
        return False
    within = [each.end for each in _apart(syntax, Span(behind, behind), literal)]
    return all(used[-1:] <= [end] for end in within) and not _is_beside(syntax, literal, behind)


def _apart(syntax: Syntax, place: Span, literal: Span) -> Iterator[Span]:
    # What is around a place, and apart from the literal.
    around = (each["apart"] for each in syntax.found(_APART, place))
    return (each for each in around if each.end > place.start and not each.contains(literal))


def _is_beside(syntax: Syntax, literal: Span, behind: int) -> bool:
    # Whether the script may come there without the literal, and without any value.
    rows = [*syntax.found(_CONDITIONAL, literal), *syntax.found(_APART, literal)]
    return any(each.end <= behind for row in rows for each in row.values())


def _is_called(syntax: Syntax, literal: Span, behind: int, name: str) -> bool:
    # Where a function above uses the name, any one of the script may call it.
    if syntax.once(_used_in_functions, None).get(name, behind) > literal.start:
        return False
    called = syntax.once(_calls, None)
    return bisect_left(called, literal.start) < bisect_left(called, behind)


def _used_in_functions(syntax: Syntax, _about: None) -> Mapping[str, int]:
    # The end of the first function that uses a variable.
    first: dict[str, int] = {}
    uses = syntax.once(_uses, None).items()
    placed = sorted((use.start, name) for name, used in uses for use, _ in used)
    for function in (each["function"] for each in syntax.found(_FUNCTIONS)):
        inside = (bisect_left(placed, (at, "")) for at in (function.start, function.end))
        for _, name in placed[slice(*inside)]:
            first[name] = min(function.end, first.get(name, function.end))
    return first


def _calls(syntax: Syntax, _about: None) -> tuple[int, ...]:
    # Where the script calls functions of its own.
    own = {each["name"].of(syntax.text) for each in syntax.found(_FUNCTIONS)}
    called = (each["called"] for each in syntax.found(_CALLS))
    return tuple(sorted(each.start for each in called if each.of(syntax.text) in own))


def _first_seen(syntax: Syntax, name: str) -> float:
    # Where a variable is first used by other means than an expansion of its name.
    seen = syntax.once(_seen, None)
    return min(seen.get(name, math.inf), seen.get("", math.inf))


def _seen(syntax: Syntax, _about: None) -> Mapping[str, int]:
    first: dict[str, int] = {}
    for found in _HANDS_ON.finditer(syntax.text):
        for name in re.findall(r"\w+", found[found.lastindex or 0]):
            first.setdefault(name, found.start())
    if uses_any := _USES_ANY.search(syntax.text):
        first[""] = uses_any.start()
    return first


def _later(assigned: Sequence[_Assigned], literal: Span) -> Iterator[_Assigned]:
    first = bisect_left(assigned, literal.end, key=lambda each: each.value.start)
    return islice(assigned, first, None)


def _assigned(syntax: Syntax, name: str) -> tuple[_Assigned, ...]:
    mentions = re.compile(rf"\$\{{?{name}\b")
    return tuple(
        _Assigned(value, tuple(around))
        for assigned, value, around in syntax.once(_enclosed, None)
        if assigned == name and not mentions.search(value.of(syntax.text))
    )


def _enclosed(syntax: Syntax, _about: None) -> tuple[tuple[str, Span, tuple[Span, ...]], ...]:
    # Both in the order of the text: what has ended is no longer around.
    conditionals = sorted(
        (each["conditional"] for each in syntax.found(_CONDITIONAL)),
        key=lambda span: (span.start, -span.end),
    )
    open_ones: list[Span] = []
    found, following = [], iter([*conditionals, None])
    upcoming = next(following)
    for each in sorted(syntax.found(_ASSIGNMENTS), key=lambda each: each["assignment"]):
        at = each["assignment"]
        while upcoming and upcoming.start <= at.start:
            open_ones.append(upcoming)
            upcoming = next(following)
        open_ones = [span for span in open_ones if span.end >= at.end]
        found.append((each["name"].of(syntax.text), each["value"], tuple(open_ones)))
    return tuple(found)


def _fallbacks(syntax: Syntax, site: Site, name: str) -> tuple[Span, ...]:
    # All that the script does with the name is to fall back to it, as in `${1:-$NAME}`.
    used = syntax.once(_uses, None).get(name, ())
    if _first_seen(syntax, name) < math.inf or not _is_only(syntax, site, name):
        return ()
    literal = site.literal.span
    behind = all(falls_back and _stops(syntax, use, literal) for use, falls_back in used)
    return tuple(use for use, _ in used) if behind else ()


def _stops(syntax: Syntax, use: Span, literal: Span) -> bool:
    # A function is mostly called by the script's own shell.
    apart = _apart(syntax, use, literal)
    is_own = all(each.of(syntax.text).endswith("}") for each in apart)
    return is_own and not _is_beside(syntax, literal, use.end)


def _is_only(syntax: Syntax, site: Site, name: str) -> bool:
    values = [each.value for each in syntax.once(_assigned, name)]
    return values == [site.literal.span]


def _uses(syntax: Syntax, _about: None) -> Mapping[str, Sequence[tuple[Span, bool]]]:
    found: dict[str, list[tuple[Span, bool]]] = {}
    end = 0  # of the expansions that begin above
    expansions = [(each["expansion"], None) for each in syntax.found(_FALLS_BACK)]
    uses = [(_trimmed(each["use"], syntax.text), each["name"]) for each in syntax.found(_USES)]
    for span, name in sorted([*expansions, *uses], key=itemgetter(0)):
        if name:
            found.setdefault(name.of(syntax.text), []).append((span, span.end < end))
        else:
            end = max(end, span.end)
    return found


def _trimmed(span: Span, text: str) -> Span:
    # The grammar takes the blanks before one in a string for a part of it.
    return Span(span.end - len(span.of(text).lstrip()), span.end)
