"""Components of Vue, which run in the browser, and there alone or also there."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.html import LANGUAGE as HTML
from notion_lsp.refused import Refused

LANGUAGE = replace(
    HTML,
    id="vue",
    title="a component of Vue",
    recognition=Recognition(files=("*.vue",), editor_ids=("vue",)),
    environment=Refused(
        "A component is shipped to the browser: read the token in code of a server."
    ),
)
