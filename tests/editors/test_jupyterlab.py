"""The server in JupyterLab with jupyterlab-lsp, set up as docs/editors/jupyterlab.md says."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import code_server
import installed
import pytest
from clients import same_as_recorded
from desk import HERE, LEAK, OTHER, TOKEN, desk
from pages import shown
from toolchains import required

if TYPE_CHECKING:
    from pathlib import Path

    from desk import Desk

pytestmark = pytest.mark.optional
CONFIG = "~/.jupyter/jupyter_server_config.json"
PYTHON = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}
NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"cell-{number}",
            "metadata": {},
            "outputs": [],
            "source": text,
        }
        for number, text in enumerate(("answer = 42", LEAK))
    ],
    "metadata": {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": PYTHON,
    },
    "nbformat": 4,
    "nbformat_minor": 5,
}


def command(at: Desk) -> list[str | Path]:
    """Return how to drive JupyterLab, which is set up on the way."""
    required("node")
    at.write(CONFIG, shown("jupyterlab", CONFIG))
    at.write("project/notebook.ipynb", json.dumps(NOTEBOOK))
    return ["node", HERE / "drivers" / "jupyterlab.mjs"]


@pytest.mark.parametrize("name", ["app.py", "notebook.ipynb"])
def test_a_token_is_seen_while_typing(tmp_path: Path, name: str) -> None:
    with desk(tmp_path) as at:
        seen = at.drive(
            command(at),
            BROWSER=code_server.browser(),
            JUPYTER=str(installed.jupyterlab()),
            NAME=name,
            PICTURE=str(at.picture),
            PLAYWRIGHT=str(code_server.playwright()),
        )
        covered = {step["step"]: step["covers"] for step in seen}
        assert covered == {
            "opened": [TOKEN, OTHER],
            "broken": [OTHER],
            "completed": [TOKEN, OTHER],
        }
        # There, jupyterlab-lsp keeps the text of notebooks for servers that ask for it.
        assert not (at.project / ".virtual_documents").exists()
        assert "codeAction" not in at.initialize["capabilities"]["textDocument"]
        same_as_recorded("jupyterlab-lsp", at.initialize)


def test_a_notebook_is_fixed_from_the_terminal(tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.ipynb"
    notebook.write_text(json.dumps(NOTEBOOK))
    fix = [sys.executable, "-m", "notion_lsp", "fix", notebook.name]
    subprocess.run(fix, cwd=tmp_path, check=True, capture_output=True)
    cell = json.loads(notebook.read_text())["cells"][1]
    assert "".join(cell["source"]).count("os.environ[") == 2
    assert TOKEN not in notebook.read_text()
