"""What the client has been told of files that are not open."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Told:
    """The files that the client was pushed, and those it has pulled, if it pulls for all files."""

    pulls: bool = False
    pushed: set[str] = field(default_factory=set)
    pulled: set[str] = field(default_factory=set)
