"""The settings file of an agent, with our hooks in it and without; all else in it stays.

A person wrote that file, and many keep it in git: each byte of theirs stays as it is.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from notion_lsp.hooks.json_members import end_of, members
from notion_lsp.refused import Refused
from notion_lsp.text import line_bounds, line_ending

if TYPE_CHECKING:
    from notion_lsp.hooks.acts import Json, Object
    from notion_lsp.hooks.json_members import Member

_HOOKS = "hooks"
_OURS = re.compile(r"notion[-_]lsp\b(?:(?!notion[-_]lsp).)*\bagent-hook\b")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_INDENT = re.compile(r'\s*\{\s*?\n([ \t]+)"')
# What stands before a list that has a line of its own, and so its members too.
_ALONE = re.compile(r'(\s*)(?:"[^"]*":\s*)?')
_NEW = "{}\n"
_NOT_JSON = Refused("It is not JSON, so it is left as it is. Mend it first.")
_OTHER_SHAPE = Refused("It is not a file of hooks, so it is left as it is.")


def with_hooks(text: str, hooks: Object) -> str | Refused:
    """Return the text of a settings file with our hooks in it once, or why they cannot be added."""
    settings = _settings(text)
    if isinstance(settings, Refused):
        return settings
    text, ours = _without_entries(text) if text.strip() else _NEW, hooks[_HOOKS]
    for field, value in hooks.items():
        if field != _HOOKS and field not in settings:
            text = _with_member(text, _root(text), value, field)
    for event, entries in ours.items() if isinstance(ours, dict) else ():
        for entry in entries if isinstance(entries, list) else ():
            text = _with_entry(text, event, entry)
    return text


def without_hooks(text: str, hooks: Object) -> str | Refused | None:
    """Return the text of a settings file without our hooks, `None` if we have made the file."""
    settings = _settings(text)
    if isinstance(settings, Refused):
        return settings
    if not text.strip():
        return text
    left, made = _without(text), with_hooks("", hooks)
    is_made = left != text and isinstance(made, str) and left == _without(made)
    return None if is_made else left


def _settings(text: str) -> Object | Refused:
    if not text.strip():
        return {}
    try:
        found: Json = json.loads(text)
    except (ValueError, RecursionError):
        return _NOT_JSON
    if not isinstance(found, dict):
        return _OTHER_SHAPE
    events = found.get(_HOOKS, {})
    shaped = isinstance(events, dict) and all(isinstance(each, list) for each in events.values())
    return found if shaped else _OTHER_SHAPE


def _without(text: str) -> str:
    """Leave our entries out, and what holds nothing without them."""
    left, root = _without_entries(text), _root(text)
    events = _member(text, root, _HOOKS)
    if events is None:
        return text
    both = zip(members(text, events.value), members(left, events.value), strict=True)
    for before, after in reversed(list(both)):
        if members(text, before.value) and not members(left, after.value):
            left = _cut(left, events.value, after.start)
    is_emptied = members(text, events.value) and not members(left, events.value)
    return _cut(left, root, events.start) if is_emptied else left


def _without_entries(text: str) -> str:
    events = _member(text, _root(text), _HOOKS)
    left = text
    # From the end, as what is before a cut stays where it is.
    for event in reversed(members(text, events.value) if events else ()):
        for entry in reversed(members(text, event.value)):
            if _is_ours(text[entry.value : entry.end]):
                left = _cut(left, event.value, entry.start)
    return left


def _cut(text: str, start: int, member: int) -> str:
    """Cut the member that begins there out of the object or list that begins at `start`."""
    there = members(text, start)
    index = next(index for index, each in enumerate(there) if each.start == member)
    if index:
        return text[: there[index - 1].end] + text[there[index].end :]
    if len(there) > 1:
        return text[:member] + text[there[1].start :]
    return text[: start + 1] + text[end_of(text, start) - 1 :]


def _with_entry(text: str, event: str, entry: Json) -> str:
    root = _root(text)
    events = _member(text, root, _HOOKS)
    if events is None:
        return _with_member(text, root, {event: [entry]}, _HOOKS)
    entries = _member(text, events.value, event)
    if entries is None:
        return _with_member(text, events.value, [entry], event)
    return _with_member(text, entries.value, entry)


def _with_member(text: str, start: int, value: Json, key: str | None = None) -> str:
    """Add a member at the end of the object or list that begins there, as the others stand."""
    there, ending = members(text, start), line_ending(text)
    if there:
        _, feed, indent = text[start + 1 : there[0].start].rpartition("\n")
        gap, at = ending + indent if feed else " ", there[-1].end
        return f"{text[:at]},{gap}{_written(text, gap, value, key)}{text[at:]}"
    alone = _ALONE.fullmatch(text[line_bounds(text, start).start : start])
    outer = ending + alone[1] if alone else ""
    gap, close = outer and outer + _unit(text), end_of(text, start) - 1
    return f"{text[: start + 1]}{gap}{_written(text, gap, value, key)}{outer}{text[close:]}"


def _written(text: str, gap: str, value: Json, key: str | None) -> str:
    indent = _unit(text) if "\n" in gap else None
    shown = json.dumps(value, indent=indent, ensure_ascii=False).replace("\n", gap)
    return shown if key is None else f"{json.dumps(key)}: {shown}"


def _unit(text: str) -> str:
    found = _INDENT.match(text)
    return found[1] if found else "  "


def _member(text: str, start: int, key: str) -> Member | None:
    # Of two that have the same key, the last one counts.
    return next((each for each in reversed(members(text, start)) if each.key == key), None)


def _root(text: str) -> int:
    return text.find("{")


def _is_ours(entry: str) -> bool:
    # Its strings are found where they stand, as an entry may nest deeper than can be walked.
    return any(_OURS.search(json.loads(string)) for string in _STRING.findall(entry))
