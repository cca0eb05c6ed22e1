"""The MCP servers of Cursor."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.json import EXPANDING, expanding
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.lookup import Lookup, Remains

LANGUAGE = replace(
    JSON,
    id="mcp-cursor",
    title="an MCP configuration of Cursor",
    recognition=Recognition(files=(".cursor/mcp.json",), content=r'"mcpServers"\s*:'),
    environment=Lookup("${env:{name}}", remains=(Remains("Set {} where Cursor runs.", "{name}"),)),
    # The members that Cursor expands (its documentation of `mcp.json`).
    grammar=expanding("command|args|env|url|headers"),
    writing=EXPANDING,
)
