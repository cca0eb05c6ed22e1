"""PHP's class constants, static properties and static variables: their values must be constants.

A class constant becomes a static method that is called where the constant was used, and so does a
static property that nothing is assigned to, or a private one that no constructor can assign. A
static variable is `null` at first, and gets its value behind its declaration.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.languages._php_parameters import has_subclass
from notion_lsp.languages._php_properties import NO_PLACE, indented, is_given, may_be_method
from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span, apply_edits, line_bounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_CONSTANT = """
(const_declaration (const_element . (name) @name (_) @value .) .) @declaration
(property_declaration
  (property_element name: (variable_name) @name default_value: (_) @value) .) @declaration
"""
_OF_CLASS = """
(declaration_list (const_declaration) @constant)
(enum_declaration_list (const_declaration) @constant)
(declaration_list (property_declaration (static_modifier)) @static)
"""
_CLASS = """
[(class_declaration name: (name) @class body: (_) @body)
 (enum_declaration name: (name) @class body: (_) @body)]
"""
_STATIC = """
(function_static_declaration
  (static_variable_declaration name: (variable_name) @name value: (_) @value)) @declaration
"""
_IN_BLOCK = """
[(compound_statement (function_static_declaration) @in)
 (program (function_static_declaration) @in)]
"""
_MEMBERS = "[(declaration_list) (enum_declaration_list)] @members"
_USES = """
(class_constant_access_expression . (_) @scope (name) @used .)
(scoped_property_access_expression scope: (_) @scope name: (variable_name) @used)
(member_access_expression object: (_) @scope name: (name) @used) @member
"""
# In a string the braces tell that what follows is more than a variable.
_EMBEDDED = """
[(encapsed_string (member_access_expression) @embedded)
 (heredoc_body (member_access_expression) @embedded)]
"""
_METHODS = "(method_declaration name: (name) @method)"
_HEIRS = """
(class_declaration (base_clause) body: (_) @body)
(class_declaration body: (declaration_list (use_declaration)) @body)
"""
_TRAITS = "(class_declaration body: (declaration_list (use_declaration)) @body)"
# What is evaluated when the code is compiled, or takes no value that a call returns.
_COMPILED = """
[(assignment_expression left: (_) @compiled) (augmented_assignment_expression left: (_) @compiled)]
[(reference_assignment_expression) (unset_statement) (update_expression) (list_literal)] @compiled
(foreach_statement
  . (_) [(scoped_property_access_expression) (member_access_expression)] @compiled)
(foreach_statement . (_) @compiled (by_ref))
((function_call_expression function: (_) @_changes) @compiled
  (#match? @_changes
    "(^|[^a-z_])(isset|array_(multisort|pop|push|shift|splice|unshift|walk.*)|[aku]*r?sort|end|reset)$"))
[(attribute) (const_declaration) (enum_case) (static_variable_declaration)
 (property_element default_value: (_)) (simple_parameter default_value: (_))
 (property_promotion_parameter default_value: (_))] @compiled
"""
# What has all properties of an object, or may be called where one has no value.
_OF_OBJECT = re.compile(
    r"\b(?:get_object_vars|property_exists|__get|__serialize|__sleep|serialize)\b"
    r"|\(array\)\s*\$this\b|\(\s*\$this\s+as\b|\?->|\bnew\s+class\b"
)
# What uses a constant by its name alone.
_BY_NAME = re.compile(r"\bReflection|\b(?:constant|defined)\s*\(")
_WORD = re.compile(r"[A-Z]{1,99}(?=[A-Z][a-z]|_|\Z)|[A-Za-z][a-z]*|\d+")
_GIVEN = re.compile(r"([$]\w+)\s*=(?![=>])")
_KEYWORDS = re.compile(r"(?:(?:\w+\s+)*(?:const|static)\s+(?:\w+\s+)?|private\s+)(?:[\w?|\\]+\s+)?")
_KEPT = re.compile(r"\b(?:final|private|protected|public)\s+")
_GOES_ON = re.compile(r"[ \t]*\r?\n[ \t]*[^\s}]")
_REASONS = {
    "constant": Refused("A class constant cannot hold a call: make it a static method."),
    "static": Refused("A static property's default must be a constant: assign it below the class."),
    "private": NO_PLACE,
}
_STATIC_REASON = Refused("Before PHP 8.3 the first value of a static variable must be a constant.")


class _Constant(NamedTuple):
    owner: str
    name: str
    value: Span
    declaration: Span
    body: Span

    @property
    def is_of_object(self) -> bool:
        """Whether it is a property of each object."""
        return self.name.startswith("->")

    def modifiers(self, text: str) -> str:
        """Return what stands before the keyword."""
        return "".join(_KEPT.findall(text, self.declaration.start, self.value.start))


def fit_static(syntax: Syntax, site: Site, mentioning: Mentioning) -> Site | Refused:
    """Return the site, or why nothing can be read where it is such a first value."""
    literal = site.literal.span
    if variable := _around(syntax, _STATIC, "value", literal):
        return site if _has_place(syntax, variable) else _STATIC_REASON
    member = _member(syntax, literal)
    found = _constant(syntax, literal) if member else None
    if not member or (found and _is_ready(syntax, found, mentioning)):
        return site
    return _REASONS[member]


def _member(syntax: Syntax, literal: Span) -> str:
    """Return which member of a class a literal is the value of, as its reason is called."""
    around = [kind for each in syntax.found(_OF_CLASS, literal) for kind in each]
    return next(iter(around), "private" if may_be_method(syntax, literal) else "")


def _is_ready(syntax: Syntax, found: _Constant, mentioning: Mentioning) -> bool:
    return not _is_seen(syntax, found, mentioning) and _uses(syntax, found) is not None


def when_needed(syntax: Syntax, site: Site, edits: Sequence[Edit]) -> tuple[Edit, ...] | None:
    """Return the edits that give such a first value later; `None` where the site is none."""
    literal = site.literal.span
    if variable := _around(syntax, _STATIC, "value", literal):
        return _behind(syntax, variable, edits)
    found = _constant(syntax, literal) if _member(syntax, literal) else None
    return _as_method(syntax, found, edits) if found else None


def _behind(syntax: Syntax, found: Mapping[str, Span], edits: Sequence[Edit]) -> tuple[Edit, ...]:
    text, declaration = syntax.text, found["declaration"]
    line = line_bounds(text, declaration.start)
    before = text[line.start : declaration.start]
    gap = f"\n{before}" if not before.strip() else " "
    name = found["name"].of(text)
    given = f"{gap}{name} ??= {_value(text, found['value'], edits)};"
    end = Span(declaration.end, declaration.end)
    return Edit(found["value"], "null"), Edit(end, given)


def _as_method(syntax: Syntax, found: _Constant, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    text, name = syntax.text, _method(syntax, found)
    line = line_bounds(text, found.declaration.start)
    indent = text[line.start : found.declaration.start]
    kind = "array" if found.value.of(text).startswith(("[", "array")) else "string"
    static = "" if found.is_of_object else "static "
    head = f"{found.modifiers(text)}{static}function {name}(): {kind}"
    is_line, step = not indent.strip(), indent or "    "
    value = _value(text, found.value, edits)
    body = f"return {indented(syntax, found.value, value, step) if is_line else value};"
    lines = ("{", f"{step}{body}", "}")
    method = f"\n{indent}".join((head, *lines)) if is_line else f"{head} {{ {body} }}"
    gap = "\n" if is_line and _GOES_ON.match(text, found.declaration.end) else ""
    uses = (_called(syntax, each, name) for each in _uses(syntax, found) or ())
    return Edit(found.declaration, method + gap), *uses


def _called(syntax: Syntax, use: Span, name: str) -> Edit:
    embedded = _around(syntax, _EMBEDDED, "embedded", use)
    if embedded is None or syntax.text[embedded["embedded"].start - 1] == "{":
        return Edit(use, f"{name}()")
    whole = embedded["embedded"]
    return Edit(whole, f"{{{syntax.text[whole.start : use.start]}{name}()}}")


def _value(text: str, value: Span, edits: Sequence[Edit]) -> str:
    inside = [Edit(each.span.shifted(-value.start), each.new_text) for each in edits]
    return apply_edits(value.of(text), inside)


def _method(syntax: Syntax, found: _Constant) -> str:
    """Return the name of the method; an empty one where none is free."""
    first, *rest = (word.lower() for word in _WORD.findall(found.name))
    name = f"{first}{''.join(map(str.capitalize, rest))}"
    # What a class inherits may have a method of a constant's name.
    names = (*([] if found.body in syntax.once(_heirs, None) else [name]), f"{name}Value")
    taken = syntax.once(_taken, None)
    return next((each for each in names if each.lower() not in taken), "")


def _around(syntax: Syntax, query: str, capture: str, place: Span) -> Mapping[str, Span] | None:
    found = (each for each in syntax.found(query, place) if each[capture].contains(place))
    return next(found, None)


def _constant(syntax: Syntax, literal: Span) -> _Constant | None:
    found, text = _around(syntax, _CONSTANT, "value", literal), syntax.text
    members = [each["members"] for each in syntax.found(_MEMBERS, literal)]
    body = min(members, key=lambda each: each.size, default=None)
    owners = (each for each in syntax.found(_CLASS, literal) if each["body"] == body)
    owner = next(owners, None)
    if found is None or body is None or owner is None:
        return None
    # Of several constants in one statement, none can leave it.
    if not _KEYWORDS.fullmatch(text, found["declaration"].start, found["name"].start):
        return None
    declared = text[found["declaration"].start : found["value"].start]
    is_of_object = "const" not in declared.split() and "static" not in declared.split()
    name = found["name"].of(text)
    names = owner["class"].of(text), f"->{name[1:]}" if is_of_object else name
    return _Constant(*names, found["value"], found["declaration"], body)


def _has_place(syntax: Syntax, found: Mapping[str, Span]) -> bool:
    # A statement stands behind it, and what is `null` once more is not read anew.
    is_given = syntax.once(_given, None)[found["name"].of(syntax.text)] > 1
    return bool(_around(syntax, _IN_BLOCK, "in", found["declaration"])) and not is_given


def _given(syntax: Syntax, _about: None) -> Counter[str]:
    return Counter(_GIVEN.findall(syntax.text))


def _is_seen(syntax: Syntax, found: _Constant, mentioning: Mentioning) -> bool:
    # Whether something may use the constant that is not seen here, or the method has no name.
    if not _method(syntax, found) or syntax.once(_by_name, None):
        return True
    if found.is_of_object and (
        is_given(syntax, found.name[2:]) or syntax.once(_whole_objects, None)
    ):
        return True
    if "private" in found.modifiers(syntax.text):
        return found.is_of_object and found.body in syntax.once(_mixing, None)
    # What a class inherits may read it by `static`.
    if found.body in syntax.once(_heirs, None):
        return True
    # By whatever name a file imports the class, but not `self` and `static` of another one.
    others = rf"(?:[^cf]|[^i]c|[^l]f|\b{found.owner})\s*::\s*{re.escape(found.name)}\b"
    return any(mentioning(others)) or has_subclass(syntax, found.owner, mentioning)


def _taken(syntax: Syntax, _about: None) -> frozenset[str]:
    return frozenset(each["method"].of(syntax.text).lower() for each in syntax.found(_METHODS))


def _whole_objects(syntax: Syntax, _about: None) -> bool:
    return _OF_OBJECT.search(syntax.text) is not None


def _mixing(syntax: Syntax, _about: None) -> frozenset[Span]:
    # What a class takes from elsewhere sees its private properties.
    return frozenset(each["body"] for each in syntax.found(_TRAITS))


def _by_name(syntax: Syntax, _about: None) -> bool:
    return _BY_NAME.search(syntax.text) is not None


def _uses(syntax: Syntax, found: _Constant) -> tuple[Span, ...] | None:
    # Where the constant is used, if a call may stand in all of these places.
    uses = []
    for scope, used in syntax.once(_used, None).get(found.name, ()):
        is_ours = _is_ours(syntax.text, found, scope)
        if is_ours is None or (is_ours and _around(syntax, _COMPILED, "compiled", used)):
            return None
        uses += [used] if is_ours else []
    return tuple(uses)


def _is_ours(text: str, found: _Constant, scope: Span) -> bool | None:
    # Whether a scope is the constant's class; `None` where the text does not tell.
    name = scope.of(text).lower()
    if found.is_of_object:
        return (name == "$this" or None) if found.body.contains(scope) else False
    if name in {"self", "static"}:
        return found.body.contains(scope)
    if name == "parent" or not re.fullmatch(r"[\w\\]+", name):
        return None
    return name.rpartition("\\")[2] == found.owner.lower()


def _used(syntax: Syntax, _about: None) -> Mapping[str, Sequence[tuple[Span, Span]]]:
    used: dict[str, list[tuple[Span, Span]]] = {}
    for each in syntax.found(_USES):
        name = f"{'->' if 'member' in each else ''}{each['used'].of(syntax.text)}"
        used.setdefault(name, []).append((each["scope"], each["used"]))
    return used


def _heirs(syntax: Syntax, _about: None) -> frozenset[Span]:
    return frozenset(each["body"] for each in syntax.found(_HEIRS))
