"""Development containers."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.json import EXPANDING, expanding
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.lookup import Lookup, Remains

# `args` are those of a build. The last one stands for the lifecycle scripts, such as
# `postCreateCommand` (Development Containers specification, "Lifecycle scripts").
_EXPANDED = r"remoteEnv|containerEnv|runArgs|args|mounts|[a-z]+(?:[A-Z][a-z]+)?Command"

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
    grammar=expanding(_EXPANDED),
    writing=EXPANDING,
)
