"""The MCP servers of Cursor."""

from dataclasses import replace

from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.languages.json import expand, expanding
from notion_lsp.lookup import Lookup

LANGUAGE = replace(
    JSON,
    id="mcp-cursor",
    title="an MCP configuration of Cursor",
    editor_ids=(),
    files=(".cursor/mcp.json",),
    content=r'"mcpServers"\s*:',
    grammar=expanding("command|args|env|url|headers"),
    environment=Lookup("${env:{name}}"),
    write=expand,
)
