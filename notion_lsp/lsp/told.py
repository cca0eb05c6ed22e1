"""What the client has been told of files that are not open."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Told:
    """Whether the client pulls for the whole workspace, and else the files it was pushed."""

    pulls: bool = False
    pushed: set[str] = field(default_factory=set)
