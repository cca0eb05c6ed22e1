"""The settings of VS Code, which expand variables in the terminal's environment."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.json import EXPANDING, expanding
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.languages.vscode_launch import EXPANDED, WORKSPACE
from notion_lsp.lookup import Lookup, Remains

LANGUAGE = replace(
    JSON,
    id="vscode-settings",
    title="settings of VS Code",
    recognition=Recognition(
        files=(
            ".vscode/settings.json",
            "User/settings.json",
            WORKSPACE,
        ),
        content=r'"terminal[.]integrated[.]env[.]',
    ),
    environment=Lookup("${env:{name}}", remains=(Remains("Set {} where VS Code runs.", "{name}"),)),
    grammar=expanding(EXPANDED),
    writing=EXPANDING,
)
