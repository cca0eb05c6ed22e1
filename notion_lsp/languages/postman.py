"""Collections and environments of Postman."""

from dataclasses import replace

from notion_lsp.languages import Recognition
from notion_lsp.languages.json import LANGUAGE as JSON
from notion_lsp.refused import Refused

LANGUAGE = replace(
    JSON,
    id="postman",
    title="a collection or environment of Postman",
    recognition=Recognition(files=("*.postman_collection.json", "*.postman_environment.json")),
    environment=Refused(
        "Write {{notion_token}} here, and keep the token in the Postman vault or a secret variable."
    ),
)
