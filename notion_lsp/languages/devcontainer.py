"""Development containers."""

from dataclasses import replace

from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.languages.json import expand, expanding
from notion_lsp.lookup import Lookup

LANGUAGE = replace(
    JSON,
    id="devcontainer",
    title="a development container",
    editor_ids=(),
    files=(
        "devcontainer.json",
        ".devcontainer.json",
    ),
    content=r'"(?:remoteEnv|containerEnv)"\s*:',
    grammar=expanding("remoteEnv|containerEnv"),
    environment=Lookup("${localEnv:{name}}"),
    join=expand,
)
