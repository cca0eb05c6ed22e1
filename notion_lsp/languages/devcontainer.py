"""Development containers."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages._reasons import STAYS_IN_IMAGE
from notion_lsp.languages.json import EXPANDING, expanding
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.lookup import Lookup, Remains

# The last one stands for the lifecycle scripts, such as `postCreateCommand` (Development
# Containers specification, "Lifecycle scripts").
_EXPANDED = r"remoteEnv|containerEnv|runArgs|mounts|[a-z]+(?:[A-Z][a-z]+)?Command"
_BUILT = f"""
((pair key: (string (string_content) @_key) value: (_) @fixed)
  (#eq? @_key "args") (#set! reason "{STAYS_IN_IMAGE}"))
"""

LANGUAGE = replace(
    JSON,
    id="devcontainer",
    title="a development container",
    recognition=Recognition(
        files=(
            "devcontainer.json",
            ".devcontainer.json",
        ),
        content=rf'"(?:{_EXPANDED})"\s*:',
    ),
    environment=Lookup(
        "${localEnv:{name}}",
        remains=(Remains("Set {} on the machine that starts the container.", "{name}"),),
    ),
    grammar=expanding(_EXPANDED, more=_BUILT),
    writing=EXPANDING,
)
