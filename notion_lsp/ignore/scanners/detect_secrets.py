"""The baseline of detect-secrets: the SHA-1 of each secret, by file.

detect-secrets reports nothing that its baseline has, audited or not. Here a secret that an audit
confirmed (`"is_secret": true`) is still reported: whoever confirmed it did not say no.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from notion_lsp.ignore.ignore_file import FOREVER, Entry
from notion_lsp.ignore.scanners import Triage
from notion_lsp.json_text import object_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_ONE = Triage(problems=(": this is not a baseline of detect-secrets.",))


def read(text: str) -> Triage:
    """Return what a `.secrets.baseline` says."""
    results = (object_in(text) or {}).get("results")
    if not isinstance(results, dict):
        return _NOT_ONE
    return Triage(dict.fromkeys(_entries(results), FOREVER))


def _entries(results: dict[str, Any]) -> Iterator[Entry]:
    for path, secrets in results.items():
        for secret in secrets if isinstance(secrets, list) else ():
            if isinstance(secret, dict) and secret.get("is_secret") is not True:
                # A baseline that was written on Windows has backslashes in its paths.
                yield Entry(str(secret.get("hashed_secret")), path.replace("\\", "/"))
