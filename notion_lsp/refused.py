"""Why something cannot be done."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something cannot be done here, as a sentence for a person."""

    reason: str
