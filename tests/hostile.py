"""A workspace that says what it can, wherever it can, to whoever reads of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from repositories import make_repository, write
from token_factory import access_token, integration_token

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = access_token(91)
OTHER = integration_token(92)
# Colours, a link of the terminal, a link of the editor, HTML, a command of GitHub, right to left,
# no width, and the ends of lines.
SAID = (
    "\x1b[31m\x1b]8;;http://e.example\x07\x9b1m[Click](command:evil)<img src=x>"
    "\u202e\u2066\u200b\ufeff\u2028\r\n::error::x`[Tick](command:evil)`%0A"
)
# As a name of a file: it has no slash, and is no drive.
NAME = SAID.replace("/", "").replace("`", "'")
# As text of TOML and of JSON.
_QUOTED = json.dumps(SAID).replace("\\ufeff", "\\uFEFF")
_SETTINGS = f"""
{_QUOTED} = 1
severity = {_QUOTED}
store = {_QUOTED}
environment-variable = {_QUOTED}
exclude = [{json.dumps("[" + SAID)}, "[z-a]{NAME.splitlines()[0][40:50]}"]
[kinds]
{_QUOTED} = {_QUOTED}
[patterns]
{_QUOTED} = {_QUOTED}
acme-key = {json.dumps("acme_[a-z0-9]{{16}}.*?(?=')")}
broken = {json.dumps("(" + SAID)}
"""
_OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def hostile_workspace(folder: Path) -> Path:
    """Make the workspace; return the folder in it whose name speaks too."""
    make_repository(folder)
    inner = folder / NAME
    write(folder / ".notion-lsp.toml", _SETTINGS)
    for name in (".notion-lsp-ignore", ".secretlintignore", ".gitleaksignore"):
        write(folder / name, f"{SAID}\n[z-a]{SAID}\n")
    for name in (".secrets.baseline", ".gitguardian.yaml"):
        write(folder / name, f"{{{SAID}")
    write(inner / "pyproject.toml", f"[tool.notion-lsp]\na = {{{_QUOTED} = 1, {_QUOTED} = 2}}\n")
    write(inner / f"{NAME}.py", f"a = '{TOKEN}'\n# {SAID} {OTHER}\n")
    write(folder / "custom.py", f"b = 'acme_{'a1b2' * 4}\x1b_AB'\n")
    server = {"command": "x", "env": {SAID: TOKEN}, "headers": {SAID: f"Bearer {TOKEN}"}}
    write(folder / ".vscode" / "mcp.json", json.dumps({"servers": {SAID: server}}))
    write(folder / ".env", f"export {SAID}={TOKEN}\n")
    write(inner / f"{NAME}.zip", "PK\x03\x04")
    write(inner / f"{NAME}-{TOKEN}.txt", "")
    return inner


def obeyed(text: str) -> list[str]:
    """Return the characters of a text that a terminal obeys, or that hide what they stand in."""
    return _OBEYED.findall(text)


def links(text: str) -> list[str]:
    """Return the links of a text that an editor or a viewer makes of it."""
    return re.findall(r"\]\([^)]*\)", text)
