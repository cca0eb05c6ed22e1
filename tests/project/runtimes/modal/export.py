import modal

app = modal.App()


@app.function()
def token() -> str:
    return "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"
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
