"""Development containers."""

from dataclasses import replace

from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.languages.json import expand, expanding
from notion_lsp.lookup import Lookup

_EXPANDED = r"remoteEnv|containerEnv|runArgs|mounts|[a-z]+(?:[A-Z][a-z]+)?Command"

LANGUAGE = replace(
    JSON,
    id="devcontainer",
    title="a development container",
    editor_ids=(),
    files=(
        "devcontainer.json",
        ".devcontainer.json",
    ),
    content=rf'"(?:{_EXPANDED})"\s*:',
    grammar=expanding(_EXPANDED),
    environment=Lookup("${localEnv:{name}}"),
    write=expand,
)
