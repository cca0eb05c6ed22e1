"""Rust's constants: one cannot hold a call, so it becomes a static, which its uses dereference."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.refused import Refused
from notion_lsp.syntax.neighbour import word
from notion_lsp.syntax.scopes import means_another, scopes_of_others
from notion_lsp.text import Edit, Span, apply_edits, line_bounds

if TYPE_CHECKING:
    from collections.abc import Callable

    from notion_lsp.syntax.neighbour import Mentioning
    from notion_lsp.syntax.site import Site, Syntax

_REFERENCE = re.compile(r"&\s*(?:'static\s+)?(?:str|\[u8\])")
# What is copied where it is used, as the value of a constant is.
_COPIED = re.compile(
    r"(?:&\s*(?:'static\s+)?str\b|[iu](?:8|16|32|64|128|size)\b|(?:bool|char)\b|Option<|[\[\](),;>\s]"
    r"|\b\d+\b|\b[A-Z_][A-Z_0-9]*\b)+"
)
_PATH = re.compile(r"(?:\w{1,99}::|::){0,20}\Z")
# A macro's arguments up to a place in its format, which may stand behind what it is written to.
_FORMAT = re.compile(r"[(\[{]\s*(?:[\w&.*][\w&.* ]*,\s*)?\"(?:[^\"\\]|\\.)*", re.DOTALL)
_OTHER = "A path may name another constant that has this name: make this one a function."
_NAMED = "A format has the name of this constant in it."
_LAZY, _WIDTH = "std::sync::LazyLock", 100  # What `max_width` is in rustfmt by default.


def lazy(text: str, site: Site, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return the edits that make a constant a static that is made at its first use."""
    keyword, type_, value = (site.captures[name][0] for name in ("keyword", "type", "value"))
    indent = text[line_bounds(text, keyword.start).start : keyword.start]
    shifted = [Edit(edit.span.shifted(-value.start), edit.new_text) for edit in edits]
    new = apply_edits(value.of(text), shifted)
    line = f"{indent}static{text[keyword.end : value.start]}{_LAZY}<>{_LAZY}::new(|| {new});"
    # Where rustfmt breaks the line. Of several literals in one value, all have to say the same.
    is_long = len(line) > _WIDTH and site.literal.span == value
    breaks = is_long and text[type_.end : value.start] == " = " and not indent.strip()
    new_line = f"\n{indent}    " if breaks else ""
    return (
        Edit(keyword, "static"),
        Edit(Span(type_.start, type_.start), f"{_LAZY}<"),
        Edit(Span(type_.end, type_.end), ">"),
        Edit(Span(value.start - breaks, value.start), f"{new_line}{_LAZY}::new(|| "),
        *edits,
        Edit(Span(value.end, value.end), ")"),
    )


def uses(syntax: Syntax, site: Site, constant: Span) -> tuple[Edit, ...] | Refused:
    """Return the edits that make the uses of a constant those of a static, or why it must stay."""
    text = syntax.text
    type_, name = site.captures["type"][0], site.captures["constant_name"][0]
    known = _REFERENCE if site.literal.span in site.captures["value"] else _COPIED
    if not known.fullmatch(text, type_.start, type_.end):
        return Refused("This constant must be known when it is compiled: make it a function.")
    used = syntax.outline.captures.get("use", ())
    named = (span for span in used if span.of(text) == name.of(text))
    others = scopes_of_others(syntax, constant, name.of(text))
    is_another = means_another(text, others)
    uses = [span for span in named if not constant.contains(span) if not is_another(span)]
    imports = [path for path in syntax.outline.captures.get("path", ()) if _has(path, uses)]
    is_path = others and any(_path_start(text, use) < use.start for use in uses)
    if is_path or any(_of_another_file(syntax, path) for path in imports):
        return Refused(_OTHER)
    uses = [use for use in uses if not any(path.contains(use) for path in imports)]
    given = _given(syntax, name.of(text), is_another)
    if isinstance(given, Refused):
        return given
    return (*(edit for use in uses for edit in _dereferenced(text, use)), *given)


def checked_in_others(syntax: Syntax, site: Site, mentioning: Mentioning) -> Refused | None:
    """Refuse where another file may use the constant: its uses would have to change, too."""
    names, captures = site.captures.get("constant_name", ()), syntax.outline.captures
    # The file of a module sees what stands in the scope that declares it, and further out.
    scopes, files = site.captures.get("scope", ()), captures.get("file", ())
    is_seen = any(all(scope.contains(file) for scope in scopes) for file in files)
    is_seen = is_seen or "public" in site.captures
    if not names or not is_seen or "closure" in site.captures:
        return None
    if others := mentioning(word(names[0].of(syntax.text))):
        return Refused(f"{others[0].name} may use this constant: make it a function.")
    of_crate = "main" in captures or "of_crate" in site.captures
    if "public" in site.captures and not of_crate and not _is_of_program(mentioning):
        return Refused("Other crates may use this constant: make it a function.")
    return None


def _is_of_program(mentioning: Mentioning) -> bool:
    # What is public in a library is for other crates. By Cargo's layout, one begins at `lib.rs`.
    roots = {each.name.rpartition("/")[2] for each in mentioning(r"^\s*(?:pub )?(?:fn|mod) \w")}
    return "main.rs" in roots and "lib.rs" not in roots


def _has(path: Span, uses: list[Span]) -> bool:
    return any(map(path.contains, uses))


def _of_another_file(syntax: Syntax, path: Span) -> bool:
    modules = syntax.outline.captures.get("module_name", ())
    own = {"crate", "self", "super", *(each.of(syntax.text) for each in modules)}
    return not own.issuperset(re.findall(r"\b(\w+)\s{0,9}::", path.of(syntax.text)))


def _given(
    syntax: Syntax, name: str, is_another: Callable[[Span], bool]
) -> tuple[Edit, ...] | Refused:
    # `{NAME}` in a format takes what the format is given under that name, a static's text too.
    text, formats = syntax.text, syntax.outline.captures.get("formatted", ())
    given = dict[Span, Edit]()
    if any(re.search(rf",\s*{name}\s*=(?!=)", each.of(text)) for each in formats):
        return Refused(_NAMED)
    # Two braces stand for one.
    for found in re.finditer(rf"(?<!\{{)(?:\{{\{{)*\{{{name}\s*[:}}]", text):
        if is_another(Span(*found.span())):
            continue
        around = [each for each in formats if each.start < found.start() < each.end]
        arguments = max(around, default=None)
        if arguments is None or not _FORMAT.fullmatch(text, arguments.start, found.start()):
            return Refused(_NAMED)
        rest = text[arguments.start : arguments.end - 1].rstrip()
        end = arguments.start + len(rest)
        comma = "" if rest.endswith(",") else ","
        given[arguments] = Edit(Span(end, end), f"{comma} {name} = *{name}")
    return tuple(given.values())


def _dereferenced(text: str, use: Span) -> tuple[Edit, ...]:
    start = _path_start(text, use)
    if text[use.end :].lstrip()[:1] not in {".", "[", "?"}:
        return (Edit(Span(start, start), "*"),)
    return (Edit(Span(start, start), "(*"), Edit(Span(use.end, use.end), ")"))


def _path_start(text: str, use: Span) -> int:
    path = _PATH.search(text, max(use.start - 200, 0), use.start)
    return path.start() if path else use.start
