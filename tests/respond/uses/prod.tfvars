notion_token = ""
^^^^^^^^^^^^ sets
