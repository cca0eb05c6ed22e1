"""The ways in which code hardcodes a token, as source to plant, and files that hold tokens.

`planted/` has a text for each language: the shapes of public code, and what rewriting it is hard
for. Each is valid wherever its section may stand. `§` is a number of its own; `«…»` is a token: N
access, R refresh, S integration, H, V, W the cookie `token_v2` as hex, percent-encoded and as it
is, E the newest one, F the cookie `file_token`.
"""

from __future__ import annotations

import re
from pathlib import Path

_PLANTED = Path(__file__).parent / "planted"
_SECTION = re.compile(r"^== (\w+) ==\n", re.MULTILINE)


def shapes(language: str, section: str) -> tuple[str, ...]:
    """Return the shapes of a section of a language's text."""
    _, *parts = _SECTION.split((_PLANTED / f"{language}.txt").read_text("utf-8"))
    found = dict(zip(parts[::2], parts[1::2], strict=True))
    return tuple(found[section].removesuffix("\n").split("\n--\n"))


FILES = {
    "deploy.sh": '#!/bin/sh\nNOTION_TOKEN="${NOTION_TOKEN:-«N»}"\n'
    "cat > .env.local <<END\nNOTION_TOKEN=${NOTION_TOKEN:-«N»}\nEND\n"
    'export NOTION_FILE_TOKEN="«F»"\ncurl -H "Authorization: Bearer «S»" https://api.notion.com\n'
    "curl -H 'Authorization: Bearer «N»' https://api.notion.com\n",
    "compose.yaml": "# curl -H 'Authorization: Bearer «S»' \\\nservices:\n"
    "  app:\n    environment:\n      NOTION_TOKEN: «N»\n"
    "  job:\n    environment:\n      - NOTION_KEY=«N»\n",
    ".github/workflows/notion.yml": "jobs:\n  sync:\n    steps:\n      - uses: x/notion@v1\n"
    "        with:\n          notion_api_key: «S»\n",
    "notion.json": '{"notionToken": "«S»", "headers": [{"name": "Authorization", '
    '"value": "Bearer «N»"}]}\n',
    ".mcp.json": '{"mcpServers": {"notion": {"env": {"NOTION_TOKEN": "«N»", "OPENAPI_MCP_HEADERS": '
    '"{\\"Authorization\\": \\"Bearer «N»\\"}"}, "args": ["-e", "NOTION_TOKEN=«N»"]}}}\n',
    ".env": "NOTION_CLIENT_ID=1\nNOTION_CLIENT_SECRET=«S»\nVITE_NOTION_CLIENT_SECRET=«S»\n",
    "STATUS.md": "- NOTION_TOKEN: «N» ✅\n\n```ts\nNOTION_API_KEY: «S»\n```\n",
    "merge.js": '<<<<<<< HEAD\nconst notionToken = "«N»"\n=======\n'
    'const notionToken = "«N»"\n>>>>>>> other\n',
}
