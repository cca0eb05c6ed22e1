"""Whether a message was answered a moment ago.

Some agents read the settings of others too, and so ask twice about one act. A person reads the
same refusal twice then; one is enough, as any refusal stops the act.
"""

from __future__ import annotations

import os
import time
from hashlib import sha256
from pathlib import Path

from notion_lsp.files import read_write

# In seconds: a model needs longer than this to try once more.
_MOMENT = 1


def is_asked_twice(message: bytes) -> bool:
    """Whether this message was the last one and is a moment old; it is the last one from now on."""
    kept, digest = _kept(), sha256(message).hexdigest()
    # A clock that was set back since would make every message a repeated one.
    repeated = read_write.text_of(kept) == digest and 0 <= _age(kept) < _MOMENT
    if not repeated:
        _keep(kept, digest)
    return repeated


def _kept() -> Path:
    # basedirs of the XDG specification; Windows has a variable of its own.
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(base or Path.home() / ".cache") / "notion-lsp" / "agent-hook"


def _age(kept: Path) -> float:
    try:
        return time.time() - kept.stat().st_mtime
    except OSError:
        return _MOMENT


def _keep(kept: Path, digest: str) -> None:
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    # Where it cannot be written, a refusal is read twice.
    read_write.write_atomically(kept, digest.encode())
