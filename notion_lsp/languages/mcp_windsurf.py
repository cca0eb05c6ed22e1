"""The MCP servers of Windsurf."""

from dataclasses import replace

from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.languages.json import expand, expanding
from notion_lsp.lookup import Lookup

LANGUAGE = replace(
    JSON,
    id="mcp-windsurf",
    title="an MCP configuration of Windsurf",
    editor_ids=(),
    files=("windsurf/mcp_config.json",),
    content=r'"mcpServers"\s*:',
    grammar=expanding("command|args|env|serverUrl|url|headers"),
    environment=Lookup("${env:{name}}"),
    write=expand,
)
