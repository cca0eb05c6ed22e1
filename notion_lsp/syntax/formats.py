"""Formats: a token in one is passed as a value, so that the format stays a constant.

A query captures the format under the name of its style, each `@argument` of its call beside the
`@arguments` that hold them, as `@spread` an argument that may be any number of values, and as
`@beside` what stands among them and is none, such as a comment. Where the values are not among the
arguments of the call, as behind `%` in Python, what they stand in is captured as `@values`, and
each of them as `@value`.
"""

from __future__ import annotations

import re
from itertools import accumulate, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.syntax.literal_edits import interpolate
from notion_lsp.text import Edit, Span, free_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Site

_NAME = re.compile(r"[A-Za-z_]\w*")
_WORD, _SIGN = re.compile(r"\w+"), re.compile(r"\W")
# What a format may be besides the literal with the token: other strings, joined.
_JOINED = re.compile(
    r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\s|\\\n|\+|<>|\.{1,2}(?=\s|["']))*""",
    re.DOTALL,
)


class Named(NamedTuple):
    """How a format names its values: what stands for one, and how that is given.

    `others` is what each of the other values is like.
    """

    hole: str
    given: str
    others: str = ""


class Style(NamedTuple):
    """How a family of functions writes formats.

    `conversion` finds what stands for a value: in its group `takes` what takes the next one, each
    `*` in it another one, in `number` what says which one it takes, counted from `first`, in
    `name` what it is called, and in `other` what cannot stand beside a new value. Without these
    groups it is a sign of its own. What is put in where a format has the `unseen`, such as a
    variable, may be a conversion too.

    `hole` takes the next value as a text, `numbered` the one whose number is put into it, and
    `named` the one of a name: where there is no `hole`, any value. A text without conversions is no
    format if it is `plain`, and may then have more values. `value` is how one is passed, and
    `separator` stands between two. `many` is what a text has in it if the name `{}` may stand for
    any number of values.
    """

    conversion: re.Pattern[str]
    hole: str = "%s"
    numbered: str = ""
    named: Named | None = None
    first: int = 1
    plain: bool = False
    value: str = "{}"
    separator: str = ", "
    many: str = "(?!)"
    unseen: str = "(?!)"


class _Found(NamedTuple):
    counts: tuple[int, ...]  # how many values the format takes up to the end of each part
    highest: int  # how many it takes if it numbers them
    is_named: bool


def pass_values(
    text: str, site: Site, styles: Mapping[str, Style], holes: Sequence[Hole]
) -> tuple[Edit, ...] | None:
    """Return the edits that put holes in place of the tokens, and the values among the others.

    It is `None` where the literal is no format, or where it is not sure which values it takes.
    """
    for name, style in styles.items():
        for span in site.captures.get(name, ()):
            if span.contains(site.literal.span):
                return _passed(text, site, style, span, holes)
    return None


def named_arguments(
    text: str, arguments: Span, site: Site, holes: Sequence[Hole], style: Named
) -> tuple[Edit, ...]:
    """Return the edits that name each token in the format, and give its value behind all others.

    `arguments` is what holds those, with the signs that it begins and ends with.
    """
    around = "".join((*site.literal.parts, arguments.of(text)))
    taken = set(_WORD.findall(around)).__contains__
    names = {
        hole.variable: free_name(_SIGN.sub("_", hole.variable).lower(), "_", taken)
        for hole in holes
    }
    values = {hole.variable: hole.expression for hole in holes}
    given = ", ".join(
        style.given.format(names[variable], value) for variable, value in values.items()
    )
    end = _end_of_code(text, arguments, site.captures.get("beside", ()))
    gap = "" if end == arguments.start + 1 else ", "
    edits = interpolate(site, [style.hole.format(names[hole.variable]) for hole in holes])
    return (*edits, Edit(Span(end, end), f"{gap}{given}"))


def _passed(
    text: str, site: Site, style: Style, span: Span, holes: Sequence[Hole]
) -> tuple[Edit, ...] | None:
    given, found = _given(text, site, style, span), _read(text, site, style, span)
    if given is None or found is None:
        return None
    if style.named and (found.is_named or not style.hole):
        return _named(text, site, style.named, given, holes)
    taken, count = found.highest or found.counts[-1], len(given.values)
    if taken > count or (not style.plain and taken < count) or (style.plain and not taken):
        return None
    return _among(site, style, given, found, holes)


def _named(
    text: str, site: Site, style: Named, given: _Given, holes: Sequence[Hole]
) -> tuple[Edit, ...] | None:
    # Without brackets around the arguments, where they end is not where the next one goes.
    fits = all(re.match(style.others, value.of(text)) for value in given.values)
    is_closed = text[given.around.start] in "([{"
    return named_arguments(text, given.around, site, holes, style) if fits and is_closed else None


def _among(
    site: Site, style: Style, given: _Given, found: _Found, holes: Sequence[Hole]
) -> tuple[Edit, ...]:
    count, places = len(given.values), list(found.counts[:-1])
    signs = [style.hole] * len(holes)
    if found.highest:
        places = [count] * len(holes)
        signs = [style.numbered.format(count + style.first + each) for each in range(len(holes))]
    values = [style.value.format(hole.expression) for hole in holes]
    added = [
        given.edit(place, [values[number] for number, _ in same], style.separator)
        for place, same in groupby(enumerate(places), key=itemgetter(1))
    ]
    return (*interpolate(site, signs), *added)


class _Given(NamedTuple):
    """The values of a format: `start` is where those begin, behind what opens `around`."""

    around: Span
    start: int
    values: Sequence[Span]
    is_held: bool

    def edit(self, place: int, new: Sequence[str], separator: str) -> Edit:
        """Return the edit that makes new values those from that place on."""
        joined = separator.join(new)
        if place or not self.is_held:
            at = self.values[place - 1].end if place else self.start
            return Edit(Span(at, at), f"{separator}{joined}")
        end = separator if self.values else ""
        return Edit(Span(self.start, self.start), f"{joined}{end}")


def _given(text: str, site: Site, style: Style, span: Span) -> _Given | None:
    held = [each for each in site.captures.get("values", ()) if each.start >= span.end]
    if held:
        around, start, name = min(held), min(held).start + 1, "value"
    else:
        lists = [each for each in site.captures.get("arguments", ()) if each.contains(span)]
        if not lists:
            return None
        around, start, name = min(lists, key=lambda each: each.size), span.end, "argument"
    beside, spread = site.captures.get("beside", ()), site.captures.get("spread", ())
    inside = _direct(site.captures.get(name, ()), Span(start, around.end))
    values = [each for each in inside if each not in beside]
    if any(each in spread or _may_be_many(text, each, style) for each in values):
        return None
    return _Given(around, start, values, bool(held))


def _may_be_many(text: str, value: Span, style: Style) -> bool:
    name = value.of(text)
    return bool(_NAME.fullmatch(name) and re.search(style.many.replace("{}", name), text))


def _direct(spans: Sequence[Span], around: Span) -> list[Span]:
    # Those of a call among the arguments stand inside of one.
    inside = {each for each in spans if around.contains(each)}
    return sorted(
        each
        for each in inside
        if not any(other != each and other.contains(each) for other in inside)
    )


def _read(text: str, site: Site, style: Style, span: Span) -> _Found | None:
    literal = site.literal
    before, after = text[span.start : literal.span.start], text[literal.span.end : span.end]
    if not _JOINED.fullmatch(before) or not _JOINED.fullmatch(after):
        return None
    parts = [f"{before}{literal.parts[0]}", *literal.parts[1:]]
    parts[-1] += after
    found = [[each.groupdict() for each in style.conversion.finditer(part)] for part in parts]
    every = [each for part in found for each in part]
    numbers = [int(each["number"]) for each in every if each.get("number")]
    names = [each["name"] for each in every if each.get("name")]
    counts = tuple(accumulate(sum(map(_taken, part)) for part in found))
    ways = [bool(way) for way in (numbers, names, counts[-1])]
    unclear = any(each.get("other") for each in every) or re.search(style.unseen, "".join(parts))
    if unclear or sum(ways) > 1:
        return None
    if (numbers and not style.numbered) or (names and not style.named):
        return None
    return _Found(counts, max(numbers) - style.first + 1 if numbers else 0, bool(names))


def _taken(found: Mapping[str, str | None]) -> int:
    # A width or a precision may be a value too, as in `%.*s` and `{:>{}}`.
    takes = found.get("takes")
    return 0 if takes is None else 1 + takes.count("*") + takes.count("{}")


def _end_of_code(text: str, arguments: Span, comments: Sequence[Span]) -> int:
    # A value behind a comment would be a part of it.
    starts = {each.end: each.start for each in comments}
    end, comma = arguments.end - 1, ","
    while True:
        code = text[arguments.start : end].rstrip()
        end = arguments.start + len(code)
        if end in starts:
            end = starts[end]
        elif code.endswith(comma):
            end, comma = end - 1, "\0"
        else:
            return end
