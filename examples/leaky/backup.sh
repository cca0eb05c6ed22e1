#!/bin/sh
set -eu

NOTION_TOKEN="${NOTION_TOKEN:-@ACCESS_TOKEN@}"

curl --silent https://api.notion.com/v1/search \
  -H "Authorization: Bearer $NOTION_TOKEN" \
  -H 'Notion-Version: 2022-06-28' > search.json

# The export is not part of the API.
curl --silent https://www.notion.so/api/v3/enqueueTask \
  -H 'Cookie: token_v2=@SESSION_COOKIE@' \
  --data @export.json
