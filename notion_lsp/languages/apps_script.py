"""Google Apps Script: JavaScript that runs at Google, which keeps properties for it."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages._javascript_runtimes import SCRIPT_PROPERTY
from notion_lsp.languages.javascript import LANGUAGE as JAVASCRIPT

LANGUAGE = replace(
    JAVASCRIPT,
    id="apps-script",
    title="Apps Script",
    recognition=Recognition(files=("*.gs",)),
    environment=SCRIPT_PROPERTY,
    project=replace(JAVASCRIPT.project, takes_dotenv=False, runtimes=()),
)
