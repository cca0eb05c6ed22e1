"""Tokens that a shell script falls back to where nothing else is given."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_ASSIGNMENTS = "(variable_assignment name: (variable_name) @name value: (_) @value) @assignment"
_CONDITIONAL = """
[(case_statement) (c_style_for_statement) (for_statement) (if_statement) (list) (while_statement)]
@conditional
"""
_USES = """
[(simple_expansion (variable_name) @name) (expansion . (variable_name) @name)] @use
"""
_FUNCTIONS = "(function_definition) @function"
_FALLS_BACK = """
((expansion (_) (_)) @expansion (#match? @expansion "^ *[$][{][^}:]*:?-"))
"""
# Of one name that is given many values, those further below are other commands' options.
_MOST_BELOW = 20
_HANDS_ON = re.compile(r"\b(?:export|(?:declare|local|typeset)[ \t]+-\w*x)\b([^\r\n;]*)")
_ENDS_ITS_LINE = re.compile(r"[ \t]*(?:<(?!<)[^\r\n|&;]*)?;?[ \t]*(?:#[^\r\n]*)?(?=\r?\n|\Z)")


class _Assigned(NamedTuple):
    """A variable's value, and the statements around it that may not come to it."""

    value: Span
    conditionals: tuple[Span, ...]  # The outermost comes first.


def fit(syntax: Syntax, site: Site, _mentioning: Mentioning) -> Site:
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
        return (Edit(Span(behind, behind), _below(syntax.text, behind, f': "{stop}"')),)
    return tuple(Edit(use, stop) for use in _fallbacks(syntax, site, name))


def _below(text: str, offset: int, statement: str) -> str:
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    indent = line[: len(line) - len(line.lstrip())]
    return f"\n{indent}{statement}"


def _name(syntax: Syntax, site: Site) -> str | None:
    # Of `NAME=value` all that stands before the value.
    before = re.search(r"(\w+)=\Z", syntax.text[: site.literal.span.start][-80:])
    return before[1] if before else None


def _behind_the_last(syntax: Syntax, site: Site, name: str) -> int | None:
    # Behind the last statement in which the script may give the name another value.
    literal, ends = site.literal.span, []
    for each in islice(_later(syntax.once(_assigned, name), literal), _MOST_BELOW):
        around = [span for span in each.conditionals if not span.contains(literal)]
        if not around:
            break
        ends.append(around[0].end)
    rest = _ENDS_ITS_LINE.match(syntax.text, max(ends)) if ends else None
    return rest.end() if rest and _is_asked_first(syntax, literal, rest.end(), name) else None


def _is_asked_first(syntax: Syntax, literal: Span, behind: int, name: str) -> bool:
    # Nothing uses the value until then, nor where the function that asks may not have been called.
    if syntax.once(_handed_on, None).get(name, behind) < behind:
        return False
    used = [use.start for use, _ in syntax.once(_uses, None).get(name, ())]
    if bisect_left(used, literal.start) < bisect_left(used, behind):
        return False
    functions = syntax.once(_functions, None)
    function = functions[: bisect_left(functions, Span(behind, behind))][-1:]
    return all(
        each.end < behind or each.contains(literal) or used[-1:] <= [each.end] for each in function
    )


def _functions(syntax: Syntax, _about: None) -> tuple[Span, ...]:
    # The outermost ones, which are apart.
    outermost: list[Span] = []
    for each in sorted(each["function"] for each in syntax.found(_FUNCTIONS)):
        if not outermost or each.start >= outermost[-1].end:
            outermost.append(each)
    return tuple(outermost)


def _handed_on(syntax: Syntax, _about: None) -> Mapping[str, int]:
    # Where the script first hands a variable on.
    first: dict[str, int] = {}
    for found in _HANDS_ON.finditer(syntax.text):
        for name in re.findall(r"\w+", found[1]):
            first.setdefault(name, found.start())
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
    behind = all(falls_back for _, falls_back in used)
    return tuple(use for use, _ in used) if behind and _is_only(syntax, site, name) else ()


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
