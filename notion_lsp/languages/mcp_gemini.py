"""The settings of Gemini CLI, which name its MCP servers."""

from dataclasses import replace

from notion_lsp.languages import Recognition, Telltale
from notion_lsp.languages.json import EXPANDING, expanding
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.lookup import Lookup, Remains

LANGUAGE = replace(
    JSON,
    id="mcp-gemini",
    title="settings of Gemini CLI",
    recognition=Recognition(
        files=(".gemini/settings.json",),
        content=r'"mcpServers"\s*:',
        telltale=Telltale("mcp", (r'"httpUrl"\s*:',)),
    ),
    environment=Lookup("${{name}}", remains=(Remains("Set {} where Gemini CLI runs.", "{name}"),)),
    # Gemini CLI calls the address of a remote server `httpUrl` (its guide to MCP servers).
    grammar=expanding("command|args|env|url|httpUrl|headers"),
    writing=EXPANDING,
)
