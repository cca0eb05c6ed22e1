"""The MCP servers of a project in Claude Code."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.json import EXPANDING, expanding
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.lookup import Lookup, Remains

LANGUAGE = replace(
    JSON,
    id="mcp-claude-code",
    title="an MCP configuration of Claude Code",
    recognition=Recognition(files=(".mcp.json",), content=r'"mcpServers"\s*:'),
    environment=Lookup("${{name}}", remains=(Remains("Set {} where Claude Code runs.", "{name}"),)),
    # The members that Claude Code expands (its documentation of `.mcp.json`).
    grammar=expanding("command|args|env|url|headers"),
    writing=EXPANDING,
)
