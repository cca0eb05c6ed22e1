"""The settings of Gemini CLI, which name its MCP servers."""

from dataclasses import replace

from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.languages.json import expand, expanding
from notion_lsp.lookup import Lookup

LANGUAGE = replace(
    JSON,
    id="mcp-gemini",
    title="settings of Gemini CLI",
    editor_ids=(),
    files=(".gemini/settings.json",),
    content=r'"mcpServers"\s*:',
    grammar=expanding("command|args|env|url|httpUrl|headers"),
    environment=Lookup("${{name}}"),
    write=expand,
)
