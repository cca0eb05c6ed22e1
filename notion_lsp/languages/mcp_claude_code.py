"""The MCP servers of a project in Claude Code."""

from dataclasses import replace

from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.languages.json import expand, expanding
from notion_lsp.lookup import Lookup

LANGUAGE = replace(
    JSON,
    id="mcp-claude-code",
    title="an MCP configuration of Claude Code",
    editor_ids=(),
    files=(".mcp.json",),
    content=r'"mcpServers"\s*:',
    grammar=expanding("command|args|env|url|headers"),
    environment=Lookup("${{name}}"),
    write=expand,
)
