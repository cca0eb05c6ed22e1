"""The settings of VS Code, which expand variables in the terminal's environment."""

from dataclasses import replace

from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.languages.json import expand, expanding
from notion_lsp.lookup import Lookup

LANGUAGE = replace(
    JSON,
    id="vscode-settings",
    title="settings of VS Code",
    editor_ids=(),
    files=(
        ".vscode/settings.json",
        "User/settings.json",
    ),
    content=r'"terminal[.]integrated[.]env[.]',
    grammar=expanding("terminal[.]integrated[.]env[.](linux|osx|windows)"),
    environment=Lookup("${env:{name}}"),
    write=expand,
)
