import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    token = "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"
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
    return (token,)


@app.cell
def _(send, token):
    import os

    given = os.environ.get("NOTION_TOKEN", "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")
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
    send(token, given, f"Bearer {'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'}")
                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ access-token
    return


if __name__ == "__main__":
    app.run()
