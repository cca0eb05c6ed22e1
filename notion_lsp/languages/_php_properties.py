"""The defaults of PHP's properties, which must be constants.

The constructor assigns the value instead, first of all: a class of which nobody inherits has its
own, or gets one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages._php_parameters import first_line, has_subclass
from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span, apply_edits, line_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_DEFAULT = "(property_element name: (_) @name default_value: (_) @default)"
_OF_CLASS = """
  body: (declaration_list (property_declaration . [(visibility_modifier) (var_modifier)] .
    type: (_)? . (property_element name: (_) @name default_value: (_) @default) .)) @body
"""
_PROPERTY = f"""
(class_declaration !attributes name: (name) @class {_OF_CLASS})
(anonymous_class {_OF_CLASS})
"""
_CONSTRUCTOR = """
(_ body: (declaration_list
  (method_declaration name: (name) @_name body: (compound_statement) @statements)) @body
  (#match? @_name "(?i)^__construct$"))
"""
_PRIVATE = """
((property_declaration . (visibility_modifier) @_private) @private (#eq? @_private "private"))
"""
_STATIC = "(property_declaration (static_modifier)) @static"
_FIELDS = "(_ body: (declaration_list (property_declaration) @field) @body)"
# Of these the constructor may be another one, or not be called.
_OTHERS = """
(_ (base_clause) @other body: (_) @body)
(_ body: (declaration_list (use_declaration) @other) @body)
(_ body: (declaration_list (method_declaration name: (name) @other)) @body
  (#match? @other "(?i)^__construct$"))
"""
_STRINGS = "[(string) (encapsed_string) (heredoc) (nowdoc)] @string"
_GIVEN = re.compile(r"->\s*(\w+)\s*(?:\[[^]\n]{0,200}\]\s*)?(?:[.+*/-]|\?\?)?=(?![=>])")
_ANYTHING = re.compile(r"\b(?:Reflection\w*|unserialize)\b|->\s*[${]")
_GAP = re.compile(r"[ \t]*(?:\r?\n[ \t]*(?:\r?\n|\})|\})")
NO_PLACE = Refused("A property's default must be a constant: assign it in the constructor.")


class _Property(NamedTuple):
    name: str
    default: Span
    owner: str
    body: Span


def fit_property(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    """Return the site, or why nothing can be read where it is a property's default."""
    literal = site.literal.span
    if not _is_default(syntax, literal):
        return site
    if may_be_method(syntax, literal):
        return site
    found = _property(syntax, literal)
    if found is None or not _has_constructor(syntax, found):
        return NO_PLACE
    given = syntax.once(_given, None)
    places = given.get(found.name, ())
    # By the name alone, what stands outside of the class may be another one's property.
    if None in given or not all(found.body.start <= each < found.body.end for each in places):
        return NO_PLACE
    if found.owner and has_subclass(syntax, found.owner, mentioning):
        return NO_PLACE
    # What is given later may be all that is needed.
    return replace(site, captures={**site.captures, "default": (literal,)}) if places else site


def may_be_method(syntax: Syntax, literal: Span) -> bool:
    """Whether a literal stands in a private property that no constructor can assign."""
    found = _property(syntax, literal)
    is_private = any(each["private"].contains(literal) for each in syntax.found(_PRIVATE, literal))
    return is_private and not (found and _has_constructor(syntax, found))


def _is_default(syntax: Syntax, literal: Span) -> bool:
    of_static = syntax.found(_STATIC, literal)
    defaults = () if of_static else syntax.found(_DEFAULT, literal)
    return any(each["default"].contains(literal) for each in defaults)


def when_built(syntax: Syntax, site: Site, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return the edits, and those of a property's default as what the constructor assigns."""
    found = _property(syntax, site.literal.span)
    if found is None or not _has_constructor(syntax, found):
        return tuple(edits)
    text, default = syntax.text, found.default
    value = apply_edits(
        default.of(text), [Edit(each.span.shifted(-default.start), each.new_text) for each in edits]
    )
    behind = text.rindex(found.name, 0, default.start) + len(found.name)
    without = Edit(Span(behind, default.end), "")
    step = _step(text, default)
    line = f"$this->{found.name} = {indented(syntax, default, value, step)};"
    constructors = _in_class(syntax, _CONSTRUCTOR, found)
    if constructors:
        return without, first_line(text, constructors[0]["statements"], line)
    return without, _constructor(syntax, found, step, line)


def _step(text: str, default: Span) -> str:
    # A class that stands at the margin has its members one step deep.
    indent = re.compile(r"[ \t]+").match(text, line_bounds(text, default.start).start)
    return indent[0] if indent else "    "


def _constructor(syntax: Syntax, found: _Property, step: str, line: str) -> Edit:
    last = max(each["field"].end for each in _in_class(syntax, _FIELDS, found))
    lines = ("", "public function __construct()", "{", f"{step}{line}", "}")
    new = "".join(f"\n{step if each else ''}{each}" for each in lines)
    gap = "" if _GAP.match(syntax.text, last) else "\n"
    return Edit(Span(last, last), f"{new}{gap}")


def indented(syntax: Syntax, default: Span, value: str, step: str) -> str:
    """Return a value a step deeper than it stood, but for what stands in a string."""
    strings = (each["string"] for each in syntax.found(_STRINGS))
    spread = any("\n" in each.of(syntax.text) for each in strings if default.contains(each))
    return value if spread else value.replace("\n", f"\n{step}")


def _property(syntax: Syntax, literal: Span) -> _Property | None:
    text = syntax.text
    for each in syntax.found(_PROPERTY, literal):
        if each["default"].contains(literal):
            owner = each["class"].of(text) if "class" in each else ""  # nobody can name it
            return _Property(each["name"].of(text)[1:], each["default"], owner, each["body"])
    return None


def _in_class(syntax: Syntax, query: str, found: _Property) -> Sequence[Mapping[str, Span]]:
    return syntax.once(_by_class, query).get(found.body, ())


def _by_class(syntax: Syntax, query: str) -> Mapping[Span, Sequence[Mapping[str, Span]]]:
    by_class: dict[Span, list[Mapping[str, Span]]] = {}
    for each in syntax.found(query):
        by_class.setdefault(each["body"], []).append(each)
    return by_class


def is_given(syntax: Syntax, name: str) -> bool:
    """Whether a property is given another value later, or its object is built in another way."""
    given = syntax.once(_given, None)
    return name in given or None in given


def _given(syntax: Syntax, _about: None) -> Mapping[str | None, Sequence[int]]:
    given: dict[str | None, list[int]] = {None: []} if _ANYTHING.search(syntax.text) else {}
    for each in _GIVEN.finditer(syntax.text):
        given.setdefault(each[1], []).append(each.start())
    return given


def _has_constructor(syntax: Syntax, found: _Property) -> bool:
    # Each token would give the class a constructor.
    has_none = not _in_class(syntax, _OTHERS, found) and not _has_more(syntax, found)
    return has_none or bool(_in_class(syntax, _CONSTRUCTOR, found))


def _has_more(syntax: Syntax, found: _Property) -> bool:
    return sum(found.body.contains(each) for each in syntax.once(_holding, None)) > 1


def _holding(syntax: Syntax, _about: None) -> tuple[Span, ...]:
    tokens = [each.span.start for each in find_plain(syntax.text)]
    defaults = (each["default"] for each in syntax.found(_DEFAULT))
    return tuple(
        each for each in defaults if bisect_left(tokens, each.start) < bisect_left(tokens, each.end)
    )
