"""MCP servers in a file whose name does not tell the program that starts them."""

from dataclasses import replace

from notion_lsp.languages import Recognition, Telltale
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.refused import Refused

LANGUAGE = replace(
    JSON,
    id="mcp",
    title="an MCP configuration of another program",
    recognition=Recognition(telltale=Telltale("json", (r'"mcpServers"\s*:',))),
    environment=Refused(
        "The name of this file does not tell which program reads it: Claude Code and Gemini CLI "
        "take ${NAME}, Cursor and Windsurf ${env:NAME}, and Claude Desktop no variable."
    ),
)
