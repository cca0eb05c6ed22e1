"""How VS Code starts programs and tasks."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.json import EXPANDING, expanding
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.lookup import Lookup, Remains

# A workspace's file has all of them: settings, launch configurations and tasks.
WORKSPACE = "*.code-workspace"
EXPANDED = (
    "env|environment|args|command|program|runtimeArgs|url"
    "|terminal[.]integrated[.]env[.](linux|osx|windows)"
)

LANGUAGE = replace(
    JSON,
    id="vscode-launch",
    title="launch or task configurations of VS Code",
    recognition=Recognition(
        files=(
            ".vscode/launch.json",
            ".vscode/tasks.json",
            WORKSPACE,
        ),
        content=r'"(?:configurations|tasks)"\s*:',
    ),
    environment=Lookup("${env:{name}}", remains=(Remains("Set {} where VS Code runs.", "{name}"),)),
    grammar=expanding(EXPANDED),
    writing=EXPANDING,
)
