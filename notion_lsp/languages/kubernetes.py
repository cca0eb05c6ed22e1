"""Manifests of Kubernetes, which refer to its Secrets."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import Language, Recognition, Telltale, Writing
from notion_lsp.languages._yaml_readers import KUSTOMIZE
from notion_lsp.languages.yaml import GRAMMAR, Place, Written, writing
from notion_lsp.lookup import Lookup, Remains, key_of
from notion_lsp.refused import Refused
from notion_lsp.syntax.yaml_keys import CONTEXT, ENTRIES, ENTRY_AS_NAME, OUTLINE, Pair, Tree
from notion_lsp.text import Edit, Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

# Argo's templates and Tekton's steps are containers too.
_CONTAINER = (
    r"(?:.*/)?(?:initContainers|containers|ephemeralContainers|sidecars|container|script"
    r"|steps|stepTemplate)/"
)
# Only these expand `$(NAME)`, for variables of their own container (Kubernetes API, Container).
_VALUE = re.compile(_CONTAINER + "env/value")
_COMMAND = re.compile(_CONTAINER + "(?:command|args)")
# An `env` that is a list of lines.
_FIRST = re.compile(r":[ \t]*(?:#[^\r\n]*)?\r?\n(?P<indent>[ \t]*)- ")
_LONGEST_COMMAND = 4000  # code points
_HELD = {
    "Secret": (
        "A Secret in a file is no secret: make it with `kubectl create secret generic`, "
        "and give it the value on standard input."
    ),
    "Kustomization": KUSTOMIZE.reason,
    "ConfigMap": "A ConfigMap is not for secrets: move this key to a Secret.",
}
# Helm fills in its templates before Kubernetes reads them. To the grammar a line of them is empty,
# and what stands within a line is a word.
_TEMPLATE = r"\{\{(?:[^{}\r\n]|\{[^{}\r\n]*\})*\}\}"
_TEMPLATES = re.compile(rf"^[ \t]*(?P<line>{_TEMPLATE})[ \t]*\r?$|{_TEMPLATE}", re.MULTILINE)
_FILLED_IN = Refused("A template fills this in: have it name a Secret that is there.")
_NOT_EXPANDED = Refused("Kubernetes reads a Secret in a container's `env`, not here.")


def _mended(text: str) -> str:
    return _TEMPLATES.sub(_as_read, text)


def _as_read(found: re.Match[str]) -> str:
    said = found["line"] or found[0]
    read = (" " if found["line"] else "x") * len(said.encode("utf-8", "surrogatepass"))
    return found[0].replace(said, read)


def _is_filled_in(value: Place) -> bool:
    filled = [Span(*found.span()) for found in re.finditer(_TEMPLATE, value.scalar.text)]
    return any(span.contains(token) for span in filled for token in value.tokens)


def _write(value: Place) -> Written:
    if _is_filled_in(value):
        return _FILLED_IN
    if held := _HELD.get(_kind(value)):
        return Refused(held)
    if _VALUE.fullmatch(value.path) and value.literal.whole:
        return _from_secret(value)
    if not (_VALUE.fullmatch(value.path) or _COMMAND.fullmatch(value.path)):
        return _NOT_EXPANDED
    return _expanded(value)


def _expanded(value: Place) -> Written:
    if any(value.scalar.text[: token.start].endswith("$") for token in value.tokens):
        return Refused("A `$` before the token would make `$(…)` mean its own text.")
    known = _variables(value)
    missing = [name for name in dict.fromkeys(value.names) if name not in known]
    if not missing:
        return value.with_expressions()
    given = _given(value, missing) if _COMMAND.fullmatch(value.path) else ()
    if not given:
        return Refused(f"Only a variable may stand here: give the container's `env` {missing[0]}.")
    return (*given, *value.with_expressions())


def _kind(value: Place) -> str:
    # A `List` has whole objects in it, and the innermost is meant.
    levels = map(value.tree.beside, reversed(value.around))
    kinds = (each["kind"] for each in levels if {"apiVersion", "kind"} <= each.keys())
    found = next(kinds, None)
    return _unquoted(value.tree, found) if found else ""


def _given(value: Place, names: Sequence[str]) -> tuple[Edit, ...]:
    """Return the edits that give a container variables from the Secret, where that is sure."""
    tree, pair = value.tree, value.around[-1]
    beside = tree.beside(pair)
    # An `env` of its own would hide one that a merge key brings.
    if tree.in_brackets(pair) or "<<" in beside:
        return ()
    if env := beside.get("env"):
        first = _FIRST.match(tree.text, env.key_span.end)
        entries = env.span.of(tree.text).rstrip()
        # A template may leave the last one out.
        last = env.key_span.end if "{{" in entries else env.span.start + len(entries)
        at = line_bounds(tree.text, last).end
        return _entries(at, first["indent"], names) if first else ()
    line = line_bounds(tree.text, pair.span.start)
    indent = tree.text[line.start : pair.span.start]
    commands = [each.value(tree.text) for key, each in beside.items() if key in {"args", "command"}]
    is_short = sum(map(len, commands)) < _LONGEST_COMMAND
    is_alone = is_short and sum(map(len, map(find_plain, commands))) == len(value.tokens)
    if indent.strip() or not is_alone:
        return ()
    entries = "".join(_entry(name, f"{indent}  ") for name in names)
    return (Edit(Span(line.start, line.start), f"{indent}env:{entries}\n"),)


def _entries(at: int, indent: str, names: Sequence[str]) -> tuple[Edit, ...]:
    return tuple(Edit(Span(at, at), _entry(name, indent)) for name in names)


def _entry(name: str, indent: str) -> str:
    return (
        f"\n{indent}- name: {name}\n{indent}  valueFrom:\n{indent}    secretKeyRef:"
        f"\n{indent}      name: notion\n{indent}      key: {key_of(name)}"
    )


def _from_secret(value: Place) -> Written:
    tree, pair = value.tree, value.around[-1]
    key = key_of(value.names[0])
    if "&" in tree.text[pair.key_span.end : value.literal.span.start]:
        return Refused("The value has an anchor: another place may use it.")
    # `value` and `valueFrom` exclude each other (Kubernetes API, EnvVar).
    span = Span(pair.span.start, value.literal.span.end)
    if tree.in_brackets(pair):
        return (Edit(span, f"valueFrom: {{secretKeyRef: {{name: notion, key: {key}}}}}"),)
    indent = " " * tree.column(span.start)
    lines = ("valueFrom:", "  secretKeyRef:", "    name: notion", f"    key: {key}")
    return (Edit(span, f"\n{indent}".join(lines)),)


def _variables(value: Place) -> set[str]:
    # Those of the container: for one of them, those above it.
    tree, around = value.tree, value.around
    is_own = around[-1].key == "value"
    env = around[-2] if is_own else tree.beside(around[-1]).get("env")
    names = [each for each in tree.pairs if each.key == "name"]
    return {
        _unquoted(tree, each)
        for each in names
        if tree.around(each.span)[-2:-1] == (env,)
        if not is_own or each.span.start < around[-1].mapping.start
    }


def _unquoted(tree: Tree, pair: Pair) -> str:
    return pair.value(tree.text).strip("\"'")


LANGUAGE = Language(
    id="kubernetes",
    title="Kubernetes",
    recognition=Recognition(telltale=Telltale("yaml", (r"^apiVersion:", r"^kind:"))),
    environment=Lookup(
        "$({name})",
        action="Read {name} from the Secret `notion`",
        remains=(Remains("Add {} to the Secret `notion`.", "{key}"),),
    ),
    grammar=replace(
        GRAMMAR, context=CONTEXT + ENTRY_AS_NAME, outline=OUTLINE + ENTRIES, mended=_mended
    ),
    writing=Writing(write=writing(_write)),
)
