"""JSON that somebody else has written: whatever it holds, it is read, and raises nothing."""

from __future__ import annotations

import json
from typing import Any


def value_in(text: str | bytes, other: object = None) -> Any:  # noqa: ANN401, any JSON
    """Return what a text says, `other` where it is not JSON."""
    try:
        return json.loads(text)
    # A list within thousands of lists is no ValueError; bytes that are not UTF-8 are one.
    except (ValueError, RecursionError):
        return other


def object_in(text: str | bytes) -> dict[str, Any] | None:
    """Return the object that a text is, `None` where it is anything else."""
    value = value_in(text)
    return value if isinstance(value, dict) else None
