"""The MCP servers of Windsurf."""

from dataclasses import replace

from notion_lsp.languages import Recognition, Telltale
from notion_lsp.languages.json import EXPANDING, expanding
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.lookup import Lookup, Remains

LANGUAGE = replace(
    JSON,
    id="mcp-windsurf",
    title="an MCP configuration of Windsurf",
    recognition=Recognition(
        files=("windsurf/mcp_config.json",),
        content=r'"mcpServers"\s*:',
        telltale=Telltale("mcp", (r'"serverUrl"\s*:',)),
    ),
    environment=Lookup(
        "${env:{name}}", remains=(Remains("Set {} where Windsurf runs.", "{name}"),)
    ),
    # Windsurf calls the address of a remote server `serverUrl`.
    grammar=expanding("command|args|env|serverUrl|url|headers"),
    writing=EXPANDING,
)
