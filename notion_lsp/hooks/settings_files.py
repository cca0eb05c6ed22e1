"""The settings file of an agent, with our hooks in it and without; all else in it stays."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from notion_lsp.hooks.acts import texts_of
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from notion_lsp.hooks.acts import Json, Object

_HOOKS = "hooks"
_OURS = re.compile(r"notion[-_]lsp\b(?:(?!notion[-_]lsp).)*\bagent-hook\b")
_INDENT = re.compile(r'^\{\s*?\n([ \t]+)"')
_NOT_JSON = Refused("It is not JSON, so it is left as it is. Mend it first.")
_OTHER_SHAPE = Refused("It is not a file of hooks, so it is left as it is.")


def with_hooks(text: str, hooks: Object) -> str | Refused:
    """Return the text of a settings file with our hooks in it once, or why they cannot be added."""
    settings = _settings(text)
    if isinstance(settings, Refused):
        return settings
    kept = _without(settings)
    entries, ours = kept.get(_HOOKS), hooks[_HOOKS]
    merged = dict(entries) if isinstance(entries, dict) else {}
    for event, added in ours.items() if isinstance(ours, dict) else ():
        before = merged.get(event)
        merged[event] = [*(before if isinstance(before, list) else ()), *_listed(added)]
    new = {field: value for field, value in hooks.items() if field not in kept}
    return _written({**kept, **new, _HOOKS: merged}, text)


def without_hooks(text: str, hooks: Object) -> str | Refused | None:
    """Return the text of a settings file without our hooks, `None` if nothing else is in it."""
    settings = _settings(text)
    if isinstance(settings, Refused):
        return settings
    left = _without(settings)
    own = {field: value for field, value in hooks.items() if field != _HOOKS}
    return _written(left, text) if left not in ({}, own) else None


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


def _without(settings: Object) -> dict[str, Json]:
    events = settings.get(_HOOKS)
    kept = {
        event: left
        for event, entries in (events.items() if isinstance(events, dict) else ())
        if (left := [entry for entry in _listed(entries) if not _is_ours(entry)])
    }
    others = {**settings, _HOOKS: kept}
    return {field: value for field, value in others.items() if field != _HOOKS or kept}


def _is_ours(entry: Json) -> bool:
    return any(_OURS.search(text) for text in texts_of(entry))


def _listed(entries: Json) -> list[Json]:
    return entries if isinstance(entries, list) else []


def _written(settings: Object, before: str) -> str:
    indent = _INDENT.match(before)
    text = json.dumps(settings, indent=indent[1] if indent else 2, ensure_ascii=False)
    return f"{text}\n"
