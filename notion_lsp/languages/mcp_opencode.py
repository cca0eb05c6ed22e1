"""The configuration of OpenCode, which names its MCP servers."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.json import EXPANDING, expanding
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.lookup import Lookup, Remains

LANGUAGE = replace(
    JSON,
    id="mcp-opencode",
    title="a configuration of OpenCode",
    recognition=Recognition(
        files=(
            "opencode.json",
            "opencode.jsonc",
        ),
        content=r'"mcp"\s*:',
    ),
    environment=Lookup("{env:{name}}", remains=(Remains("Set {} where OpenCode runs.", "{name}"),)),
    # OpenCode calls the variables of a server `environment`, and does not know `env`.
    grammar=expanding("command|environment|url|headers"),
    writing=EXPANDING,
)
