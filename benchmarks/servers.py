"""The programs measured: ours, and the peers."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import metadata, util

from benchmarks import ROOT

_PEERS = ROOT / "benchmarks" / "peers"


@dataclass(frozen=True, slots=True)
class Server:
    """A server's name in the tables, and the command that starts it on stdio."""

    name: str
    command: tuple[str, ...]


CHECK = (sys.executable, "-m", "notion_lsp", "check")

OURS = Server("notion-lsp", (sys.executable, "-m", "notion_lsp", "server"))
PLAIN = Server("plain pygls", (sys.executable, str(_PEERS / "plain_pygls.py")))
EMPTY = Server("empty pygls", (sys.executable, str(_PEERS / "empty_pygls.py")))


def ruff_server() -> Server | None:
    """Return ruff's server, where ruff is installed."""
    if not util.find_spec("ruff"):
        return None
    name = f"ruff server {metadata.version('ruff')}"
    return Server(name, (sys.executable, "-m", "ruff", "server"))
