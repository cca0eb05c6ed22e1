"""The MCP servers of Claude Desktop, which expands nothing."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.refused import Refused

LANGUAGE = replace(
    JSON,
    id="mcp-claude-desktop",
    title="a configuration of Claude Desktop",
    recognition=Recognition(files=("claude_desktop_config.json",)),
    environment=Refused(
        "Claude Desktop expands no variables: start the server by a script that reads the token."
    ),
)
