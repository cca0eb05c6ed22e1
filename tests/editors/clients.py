"""What the editors announce, as `tests/clients/` has it recorded."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

CLIENTS = Path(__file__).parents[1] / "clients"


def same_as_recorded(name: str, initialize: dict[str, Any]) -> None:
    """Fail where an editor announces something else than is recorded of it.

    With UPDATE_CLIENTS in the environment it is recorded anew.
    """
    path = CLIENTS / f"{name}.json"
    if "UPDATE_CLIENTS" in os.environ:
        info = initialize.get("clientInfo")
        recorded = {
            "source": f"recorded from its `initialize`, {json.dumps(info)}",
            "capabilities": initialize["capabilities"],
        }
        path.write_text(json.dumps(recorded, indent=2) + "\n")
    assert initialize["capabilities"] == json.loads(path.read_text())["capabilities"]
