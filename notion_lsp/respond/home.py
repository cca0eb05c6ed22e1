"""Files outside of any project in which a token may lie: those of shells, agents and editors.

Paths are those of the vendors' documentation, and of what GitGuardian's ggshield looks into.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from notion_lsp.files import read_write
from notion_lsp.project.search import can_hold_a_token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What gives a variable its value: it counts whether it holds a token or not.
_SETTINGS = (
    *(".profile", ".bashrc", ".bash_profile", ".zshrc", ".zprofile", ".zshenv", ".env", ".envrc"),
    *(".config/fish/config.fish", ".config/environment.d/*.conf", ".config/powershell/*.ps1"),
    *(".claude.json", ".claude/settings*.json", ".cursor/mcp.json", ".gemini/settings.json"),
    *(".codex/config.toml", ".codeium/windsurf/mcp_config.json", ".config/opencode/*.json*"),
    *(".config/Claude/claude_desktop_config.json", ".config/Code/User/*.json"),
    "Library/Application Support/Claude/claude_desktop_config.json",
    "Library/Application Support/Code/User/*.json",
    *("AppData/Roaming/Claude/claude_desktop_config.json", "AppData/Roaming/Code/User/*.json"),
)
# What was typed, said or saved once. There may be much of it.
_RECORDS = (
    *(".*_history", ".local/share/fish/fish_history", ".python_history", ".node_repl_history"),
    ".local/share/powershell/PSReadLine/*_history.txt",
    "AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine/*_history.txt",
    *(".claude/projects/*/*.jsonl", ".claude/history.jsonl", ".codex/history.jsonl"),
    *(".codex/sessions/**/*.jsonl", ".local/state/nvim/swap/*", ".local/share/nvim/swap/*"),
    *(
        f"{place}/{record}"
        for place in (".config/Code", "Library/Application Support/Code", "AppData/Roaming/Code")
        for record in (
            "User/workspaceStorage/*/chatSessions/*.json*",
            "User/History/*/*",
            "Backups/*/*/*",
        )
    ),
)


def files(home: Path) -> tuple[Path, ...]:
    """Return a person's settings, and those of the records that may hold a token, sorted."""
    records = filter(can_hold_a_token, _matching(home, _RECORDS))
    return tuple(sorted({*_matching(home, _SETTINGS), *records}))


def _matching(home: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    found = chain.from_iterable(home.glob(pattern) for pattern in patterns)
    return (path for path in found if read_write.is_file(path) and not read_write.is_link(path))
