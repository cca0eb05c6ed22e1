"""Google Apps Script: JavaScript that runs at Google, where there is no environment."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.javascript import LANGUAGE as JAVASCRIPT
from notion_lsp.refused import Refused

LANGUAGE = replace(
    JAVASCRIPT,
    id="apps-script",
    title="Apps Script",
    recognition=Recognition(files=("*.gs",)),
    environment=Refused(
        "Apps Script has no environment: keep the token in the project's script properties."
    ),
)
