"""The configuration of OpenCode, which names its MCP servers."""

from dataclasses import replace

from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.languages.json import expand, expanding
from notion_lsp.lookup import Lookup

LANGUAGE = replace(
    JSON,
    id="mcp-opencode",
    title="a configuration of OpenCode",
    editor_ids=(),
    files=(
        "opencode.json",
        "opencode.jsonc",
    ),
    content=r'"mcp"\s*:',
    grammar=expanding("command|environment|url|headers"),
    environment=Lookup("{env:{name}}"),
    write=expand,
)
