"""Components of Svelte, which run in the browser, and there alone or also there."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.html import LANGUAGE as HTML
from notion_lsp.refused import Refused

LANGUAGE = replace(
    HTML,
    id="svelte",
    title="a component of Svelte",
    recognition=Recognition(files=("*.svelte",), editor_ids=("svelte",)),
    environment=Refused(
        "A component is shipped to the browser: read the token in +page.server.ts."
    ),
)
