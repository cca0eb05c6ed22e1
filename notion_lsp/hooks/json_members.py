"""Where in JSON its members stand, so that one is added or cut and the others stay as they are."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,:]*")


class Member(NamedTuple):
    """What stands in an object or a list: where it starts, where its value does, where it ends."""

    key: str | None
    start: int
    value: int
    end: int


def members(text: str, start: int) -> list[Member]:
    """Return what the object or list holds that starts there in JSON; a scalar holds nothing."""
    found: list[Member] = []
    is_object, at = text[start] == "{", _next(text, start + 1)
    while text[start] in "{[" and text[at] not in "}]":
        key, end = _DECODER.raw_decode(text, at) if is_object else (None, at)
        value = _next(text, end)
        found.append(Member(key, at, value, end_of(text, value)))
        at = _next(text, found[-1].end)
    return found


def end_of(text: str, start: int) -> int:
    """Return where the value ends that starts there in JSON."""
    end: int = _DECODER.raw_decode(text, start)[1]
    return end


def _next(text: str, offset: int) -> int:
    between = _BETWEEN.match(text, offset)
    return between.end() if between else offset
