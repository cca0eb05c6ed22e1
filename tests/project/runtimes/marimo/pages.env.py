import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    token = __import__("os").environ["NOTION_TOKEN"]
    return (token,)


@app.cell
def _(send, token):
    import os

    given = __import__("os").environ["NOTION_TOKEN"]
    send(token, given, f"Bearer {__import__('os').environ['NOTION_TOKEN']}")
    return


if __name__ == "__main__":
    app.run()
