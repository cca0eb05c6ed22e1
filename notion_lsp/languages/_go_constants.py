"""Constants of Go that become variables, as a constant cannot hold a call."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages._go_groups import Leaving, taken_out
from notion_lsp.languages._go_order import comes_unseen
from notion_lsp.languages._go_types import wanted
from notion_lsp.refused import Refused
from notion_lsp.syntax.following import following
from notion_lsp.syntax.neighbour import word
from notion_lsp.text import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.syntax.following import Follower
    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_IOTA = re.compile(r"\biota\b")
_REPEATED = "A constant of the same group repeats this one: write its value out first."
_COUNTED = "The group counts with iota: the others would change if this one were taken out."
_BUILT_UPON = "Another constant is made from this one, and would have to be a variable too."
_UNUSED = "The constant is not used, and Go refuses a variable that is not."
_JUMPED = "A `goto` above may jump over this constant, and over no variable."
_UNFINISHED = "The declaration of this constant has no end."
_UNSEEN = "A variable that is set before this one may use it by way of an interface: move this up."
_FORMAT = "{}`go vet` wants a format without values to be a constant: pass this one as a value."


def stays_constant(syntax: Syntax, site: Site, mentioning: Mentioning) -> Refused | None:
    """Refuse where a constant is needed as a format, or before a variable would be set."""
    for constant in _around(site):
        names = _names(syntax, site, constant)
        if refused := _checked_as_format(syntax, constant, names, mentioning):
            return refused
        last = max([constant, *(each.name for each in following(syntax, names))])
        of_package = constant in site.captures.get("shared_beside", ())
        if of_package and comes_unseen(syntax, last, names, mentioning):
            return Refused(_UNSEEN)
    return None


def _checked_as_format(
    syntax: Syntax, constant: Span, names: Sequence[str], mentioning: Mentioning
) -> Refused | None:
    # `go vet`, and `go test` by it, rejects a format that is no constant (since Go 1.24).
    for name in names:
        for each in mentioning(word(name)):
            if each.syntax and (_alone(each.syntax, name) or _in_format(each.syntax, name)):
                return Refused(_FORMAT.format(f"{each.name}: "))
        has_value = "%" in constant.of(syntax.text) and _alone(syntax, name)
        if has_value or _in_format(syntax, name):
            return Refused(_FORMAT.format(""))
    return None


def _around(site: Site) -> list[Span]:
    spans = set(site.captures.get("constant", ()))
    return [each for each in spans if each.contains(site.literal.span)]


def _names(syntax: Syntax, site: Site, constant: Span) -> list[str]:
    spans = filter(constant.contains, site.captures.get("constant_name", ()))
    names = {each.of(syntax.text) for each in spans}
    return sorted(names | {each.name.of(syntax.text) for each in following(syntax, names)})


def _alone(syntax: Syntax, name: str) -> list[Span]:
    formats = syntax.outline.captures.get("format_alone", ())
    return [place for place in syntax.places(name) if place in formats]


def _in_format(syntax: Syntax, name: str) -> bool:
    formats = syntax.outline.captures.get("format_made", ())
    return any(each.contains(place) for place in syntax.places(name) for each in formats)


def kept(syntax: Syntax, mentioning: Mentioning) -> tuple[Span, ...]:
    """Return the constants with a token that code needs as they are, by their uses in any file.

    A group is made one of variables as a whole, and these would become some with the others.
    """
    groups = (each for each in syntax.once(_groups, None).values() if len(each) > 1)
    constants = [pair for group in groups for pair in group.items()]
    return tuple(
        constant
        for constant, names in constants
        if find_plain(constant.of(syntax.text))
        if any(_is_needed(syntax, name, mentioning) for name in names)
    )


def _is_needed(syntax: Syntax, declared: Span, mentioning: Mentioning) -> bool:
    own = declared.of(syntax.text)
    spans = [declared, *(each.name for each in following(syntax, [own]))]
    for name in {each.of(syntax.text) for each in spans}:
        texts = [syntax, *(each.syntax for each in mentioning(word(name)) if each.syntax)]
        uses = [(text, place) for text in texts for place in text.places(name)]
        others = [each for each in uses if each[0] is not syntax or each[1] not in spans]
        # What follows it in its own file becomes a variable with it.
        if any(_evaluated(text, place, elsewhere=text is not syntax) for text, place in others):
            return True
        if any(wanted(text, place, mentioning) != "%" for text, place in others):
            return True
    return False


def _evaluated(syntax: Syntax, place: Span, *, elsewhere: bool) -> bool:
    captures = syntax.outline.captures
    follows = captures.get("following_value", ()) if elsewhere else ()
    return any(span.contains(place) for span in (*captures.get("constant_only", ()), *follows))


_CONSTANTS = """
(const_declaration (const_spec (identifier) @name) @constant) @declaration
"""
_LOCAL = "(statement_list (const_declaration (const_spec (identifier) @name))) @scope"
# They have names of their own, which use no constant of a function.
_OTHERS = """
[(field_identifier) (label_name)] @other
(short_var_declaration left: (expression_list (identifier) @other))
(parameter_declaration name: (identifier) @other)
"""


def as_variable(
    syntax: Syntax, site: Site, constant: Span, edits: tuple[Edit, ...]
) -> tuple[Edit, ...] | Refused:
    """Return the edits that make a variable of a constant, or why it has to stay one."""
    span = _declared_in(syntax, site, constant)
    values = site.captures.get("constant_value", ())
    value = next(filter(constant.contains, values), None)
    if span is None or value is None:
        return Refused(_UNFINISHED)
    reasons = syntax.once(_reasons, span)
    if constant in reasons:
        return Refused(reasons[constant])
    kept = frozenset(site.captures["kept"]) - {constant}
    leaving = Leaving(span, constant, value, syntax.once(_leaving, (span, kept)))
    own = _left(syntax, leaving, edits)
    return own if isinstance(own, Refused) else _with_followers(syntax, leaving, kept, own)


def _with_followers(
    syntax: Syntax, leaving: Leaving, kept: frozenset[Span], edits: tuple[Edit, ...]
) -> tuple[Edit, ...] | Refused:
    constants = syntax.once(_groups, None)[leaving.group]
    becoming = constants if _in_whole(syntax, leaving) else {leaving.constant}
    names = {name.of(syntax.text) for each in becoming for name in constants[each]}
    followers = following(syntax, names)
    if reason := _local_reason(syntax, [each.name for each in followers]):
        return Refused(reason)
    used = names | {each.name.of(syntax.text) for each in followers}
    formats = sorted({place for name in used for place in _alone(syntax, name)})
    edits = (*edits, *(Edit(Span(each.start, each.start), '"%s", ') for each in formats))
    for follower in followers:
        made = _follower(syntax, follower, kept)
        if isinstance(made, Refused):
            return made
        edits = (*edits, *made)
    # What leaves a group together asks for one keyword, and for the same blanks.
    return tuple(dict.fromkeys(edits))


def _follower(
    syntax: Syntax, follower: Follower, kept: frozenset[Span]
) -> tuple[Edit, ...] | Refused:
    name, groups = follower.name, syntax.once(_groups, None)
    group = next(each for each, own in groups.items() if any(name in of for of in own.values()))
    constant = next(each for each, names in groups[group].items() if name in names)
    if reason := syntax.once(_reasons, group).get(constant):
        return Refused(reason)
    leaving = Leaving(
        group, constant, follower.value, syntax.once(_leaving, (group, kept)) | {constant}
    )
    # What leaves a group stands below it, where no function sees it.
    is_apart = name in syntax.once(_scopes, None) or find_plain(constant.of(syntax.text))
    if is_apart and not _in_whole(syntax, leaving):
        return Refused(_BUILT_UPON)
    return _left(syntax, leaving, ())


def _in_whole(syntax: Syntax, leaving: Leaving) -> bool:
    return leaving.others == syntax.once(_groups, None)[leaving.group].keys()


def _left(syntax: Syntax, leaving: Leaving, edits: tuple[Edit, ...]) -> tuple[Edit, ...] | Refused:
    if not _in_whole(syntax, leaving):
        return taken_out(syntax, leaving, edits)
    start = leaving.group.start
    return (Edit(Span(start, start + len("const")), "var"), *edits)


def _leaving(syntax: Syntax, about: tuple[Span, frozenset[Span]]) -> frozenset[Span]:
    # The constants with tokens, and those that are made from them.
    group, kept = about
    constants = syntax.once(_groups, None)[group]
    leaving = frozenset(constants) - kept - syntax.once(_staying, group)
    names = {name.of(syntax.text) for each in leaving for name in constants[each]}
    made = {each.name for each in following(syntax, names)}
    return leaving | {each for each, own in constants.items() if made & {*own}}


def _local_reason(syntax: Syntax, names: Sequence[Span]) -> str | None:
    scopes = syntax.once(_scopes, None)
    local = [(each, scopes[each]) for each in names if each in scopes]
    if any(_is_unused(syntax, name, scope) for name, scope in local):
        return _UNUSED
    jumps = [row["goto"] for row in syntax.found("(goto_statement) @goto")] if local else []
    if any(scope.contains(jump) and jump < name for name, scope in local for jump in jumps):
        return _JUMPED
    return None


def _is_unused(syntax: Syntax, name: Span, scope: Span) -> bool:
    others = syntax.once(_others, None)
    below = (place for place in syntax.places(name.of(syntax.text)) if place > name)
    return not any(scope.contains(place) and place not in others for place in below)


def _scopes(syntax: Syntax, _: None) -> dict[Span, Span]:
    return {row["name"]: row["scope"] for row in syntax.found(_LOCAL)}


def _others(syntax: Syntax, _: None) -> frozenset[Span]:
    return frozenset(row["other"] for row in syntax.found(_OTHERS))


def _declared_in(syntax: Syntax, site: Site, constant: Span) -> Span | None:
    # What somebody is still typing may have a constant that no declaration is around.
    groups = syntax.once(_groups, None)
    around = site.captures.get("declaration", ())
    return next((each for each in around if constant in groups.get(each, ())), None)


def _groups(syntax: Syntax, _: None) -> dict[Span, dict[Span, list[Span]]]:
    # The constants of each declaration, in order, with their names.
    groups: dict[Span, dict[Span, list[Span]]] = {}
    for row in syntax.found(_CONSTANTS):
        group = groups.setdefault(row["declaration"], {})
        group.setdefault(row["constant"], []).append(row["name"])
    return groups


def _staying(syntax: Syntax, declaration: Span) -> frozenset[Span]:
    # Those that cannot become variables, or need not.
    reasons = syntax.once(_reasons, declaration)
    return frozenset(
        each
        for each in syntax.once(_groups, None)[declaration]
        if each in reasons or not find_plain(each.of(syntax.text))
    )


def _reasons(syntax: Syntax, declaration: Span) -> dict[Span, str]:
    # Why those stay constants that cannot be variables.
    group = syntax.once(_groups, None)[declaration]
    implicit = set(syntax.outline.captures.get("implicit", ()))
    repeated = {above for above, below in pairwise(group) if below in implicit}
    counting = [each for each in group if _IOTA.search(syntax.text, each.start, each.end)]
    reasons = {}
    for constant, names in group.items():
        if constant in repeated:
            reasons[constant] = _REPEATED
        elif counting and constant <= counting[-1]:
            reasons[constant] = _COUNTED
        elif reason := _local_reason(syntax, names):
            reasons[constant] = reason
    return reasons
