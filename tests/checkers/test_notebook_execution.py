"""Rewritten notebooks, read by Jupyter's own library and run by its kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from kits import kit
from token_factory import access_token

from notion_lsp.cli import main

FIXTURES = Path(__file__).parents[1] / "fixtures" / "notebook"
PACKAGES = ("nbformat", "nbclient", "ipykernel")
TOKEN = access_token(1)
CELLS = (
    "import os as system\n%precision 3\nhere = !echo é",
    f'%%time\nheaders = {{"Authorization": f"Bearer {TOKEN} {{here[0]}}"}}\nprint(headers)',
    f'print("""\n{{}}\n{TOKEN}\n""")',
    f"%%bash\necho 'from bash: {TOKEN}'",
)
VALIDATE = "import nbformat, sys; [nbformat.validate(nbformat.read(f, 4)) for f in sys.argv[1:]]"
RUN = """
import nbclient, nbformat, sys
notebook = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(notebook, allow_errors=True).execute()
print(nbformat.writes(notebook))
"""


@pytest.fixture(scope="session")
def python() -> Path:
    def make(folder: Path) -> None:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", *PACKAGES]
        subprocess.run(pip, check=True)

    return kit("notebooks", PACKAGES, make) / "bin" / "python"


def cell(text: str) -> dict[str, Any]:
    source = text.splitlines(keepends=True)
    of_code: dict[str, Any] = {"execution_count": None, "outputs": []}
    return {"cell_type": "code", "metadata": {}, "source": source, **of_code}


def printed(python: Path, notebook: Path, value: str | None) -> tuple[str, list[str]]:
    """Run a notebook, and return what it prints and the names of what it raises."""
    environment = {"NOTION_TOKEN": value} if value else {}
    kept = {name: value for name, value in os.environ.items() if name != "NOTION_TOKEN"}
    # The programs beside its Python have to be its own.
    kept["PATH"] = f"{python.parent}{os.pathsep}{kept['PATH']}"
    command = [str(python), "-c", RUN, str(notebook)]
    done = subprocess.run(
        command, env=kept | environment, check=True, capture_output=True, text=True
    )
    outputs = [each for cell in json.loads(done.stdout)["cells"] for each in cell["outputs"]]
    texts = ["".join(each.get("text", [])) for each in outputs]
    return "".join(texts), [each["ename"] for each in outputs if "ename" in each]


def test_rewritten_fixtures_are_valid_notebooks(python: Path, tmp_path: Path) -> None:
    files = []
    for path in sorted(FIXTURES.glob("*.*.ipynb")):
        if not path.name.startswith("half_typed"):
            files.append(tmp_path / path.name)
            files[-1].write_bytes(path.read_bytes())
    subprocess.run([str(python), "-c", VALIDATE, *map(str, files)], check=True)


def test_a_rewritten_notebook_runs_with_the_variable_and_stops_without(
    python: Path, tmp_path: Path
) -> None:
    notebook = tmp_path / "a.ipynb"
    content = {"cells": list(map(cell, CELLS)), "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    notebook.write_text(json.dumps(content), "utf-8")
    assert main(["fix", str(tmp_path)]) == 0
    assert TOKEN not in notebook.read_text("utf-8")
    text, errors = printed(python, notebook, "from-the-environment")
    assert "{'Authorization': 'Bearer from-the-environment é'}" in text
    assert "{}\nfrom-the-environment\n" in text
    assert "from bash: from-the-environment" in text
    assert errors == []
    _, errors = printed(python, notebook, None)
    assert errors == ["KeyError", "KeyError", "CalledProcessError"]
