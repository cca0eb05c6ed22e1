"""The report in SARIF against the whole official schema, as the format's own tools ship it."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from token_factory import access_token, integration_token
from toolchains import CACHE, required

from notion_lsp.cli import main

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "@microsoft/sarif-multitool-linux"


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    required("npm")
    folder = CACHE / "sarif"
    path = folder / "node_modules" / PACKAGE / "sarif-2.1.0.json"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", PACKAGE]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8-sig"))
    return loaded


def report(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    main(["check", "--output-format", "sarif", str(folder)])
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    return made


def test_the_report_is_valid(
    schema: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leak = f'a = "{access_token(1)}"\nb = "😀 {integration_token(2)}"\n'
    (tmp_path / "a b.py").write_text(leak, "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "é.yaml").write_text(f"token: {access_token(3)}", "utf-8")
    jsonschema.validate(report(tmp_path, capsys), schema)


def test_the_report_of_nothing_is_valid(
    schema: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    jsonschema.validate(report(tmp_path, capsys), schema)


def test_a_report_that_is_not_valid_is_refused(
    schema: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = report(tmp_path, capsys)
    made["runs"][0]["columnKind"] = "bytes"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, schema)
