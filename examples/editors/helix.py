"""Print what adds notion-lsp to every language of Helix, beside the servers that it has.

Usage: helix.py HELIX_LANGUAGES_TOML [YOUR_LANGUAGES_TOML]

A list of servers takes the place of the one that Helix brings, so this repeats what the files say,
the last one first. Of two entries for a language Helix merges the second one into the first: what
is printed goes at the end of your file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SERVER = "notion-lsp"
COMMAND = f'[language-server.{SERVER}]\ncommand = "notion-lsp"\nargs = ["server"]\n'


def additions(files: list[dict[str, Any]]) -> str:
    """Return what is to be added, which is nothing where all of it is there."""
    known = any(SERVER in file.get("language-server", {}) for file in files)
    entries = [] if known else [COMMAND]
    for name, servers in _servers(files).items():
        if SERVER not in servers:
            listed = ", ".join(map(_toml, [*servers, SERVER]))
            entries.append(f"[[language]]\nname = {_toml(name)}\nlanguage-servers = [{listed}]\n")
    return "\n".join(entries)


def _servers(files: list[dict[str, Any]]) -> dict[str, list[Any]]:
    servers: dict[str, list[Any]] = {}
    for language in (each for file in files for each in file.get("language", ())):
        before = servers.get(language["name"], [])
        servers[language["name"]] = language.get("language-servers", before)
    return servers


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_toml(each)}' for key, each in value.items())} }}"
    # What is left are texts and lists of texts.
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    read = [tomllib.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:]]
    sys.stdout.write(additions(read))
