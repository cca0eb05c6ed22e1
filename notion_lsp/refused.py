"""Why something cannot be done."""

from __future__ import annotations

from typing import NamedTuple


class Refused(NamedTuple):
    """Why something cannot be done here, as a sentence for a person."""

    reason: str
