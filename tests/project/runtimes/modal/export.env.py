import os

import modal

app = modal.App()


@app.function()
def token() -> str:
    return os.environ["NOTION_TOKEN"]
