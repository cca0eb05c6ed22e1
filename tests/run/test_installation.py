"""The wheel runs where nothing is installed but what it asks for."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

import pytest
from token_factory import access_token

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs of an environment that has the wheel and its locked dependencies."""
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "environment")
    programs = folder / "environment" / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(programs / "python"), "install", "--quiet"]
    lock = str(ROOT / "locks" / "server.txt")
    subprocess.run([*pip, "--require-hashes", "--requirement", lock], check=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return programs


def test_the_command_of_the_wheel_tells_its_version(installed: Path, tmp_path: Path) -> None:
    command = [str(installed / "notion-lsp"), "--version"]
    shown = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert shown.stdout.startswith("notion-lsp ")


def test_the_command_of_the_wheel_finds_and_rewrites_a_token(
    installed: Path, tmp_path: Path
) -> None:
    leak = tmp_path / "report.py"
    leak.write_text(f'notion = Client(auth="{access_token(3)}")\n')
    command = [str(installed / "notion-lsp")]
    checked = subprocess.run([*command, "check"], cwd=tmp_path, check=False, capture_output=True)
    fixed = subprocess.run([*command, "fix"], cwd=tmp_path, check=False, capture_output=True)
    assert (checked.returncode, fixed.returncode) == (1, 0)
    assert leak.read_text() == 'import os\n\nnotion = Client(auth=os.environ["NOTION_TOKEN"])\n'
