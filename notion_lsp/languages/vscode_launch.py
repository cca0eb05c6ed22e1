"""How VS Code starts programs and tasks."""

from dataclasses import replace

from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.languages.json import expand, expanding
from notion_lsp.lookup import Lookup

LANGUAGE = replace(
    JSON,
    id="vscode-launch",
    title="launch or task configurations of VS Code",
    editor_ids=(),
    files=(
        ".vscode/launch.json",
        ".vscode/tasks.json",
    ),
    content=r'"(?:configurations|tasks)"\s*:',
    grammar=expanding("env|environment|args|command|program|runtimeArgs|url"),
    environment=Lookup("${env:{name}}"),
    write=expand,
)
