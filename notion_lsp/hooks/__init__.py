"""Who asks before something happens: agents that write code, in `agents/`, and git."""

from __future__ import annotations

from pathlib import Path


def modules_beside(file: str) -> list[str]:
    """Return the names of the modules that stand beside a file and are not part of another."""
    # `pkgutil` loads `inspect`, which takes a tenth of a call.
    return sorted(path.stem for path in Path(file).parent.glob("[!_]*.py"))
