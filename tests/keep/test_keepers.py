"""What can put a token somewhere: found by being there, and light until it is asked."""

from __future__ import annotations

import subprocess
import sys

from notion_lsp.keep import keepers
from notion_lsp.stores import stores

_LOADED = """
import sys
from notion_lsp.keep import keepers
keepers()
print(*sys.modules.keys() & {"boto3", "http.client", "keyring", "nacl", "ssl", "urllib.request"})
"""


def test_a_lightbulb_that_lists_them_loads_nothing_that_connects() -> None:
    command = [sys.executable, "-c", _LOADED]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout == "\n"


def test_each_is_for_a_store_that_there_is() -> None:
    assert {store for store, _ in keepers()} <= stores().keys()
