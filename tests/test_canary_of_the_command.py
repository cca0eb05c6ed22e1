"""The canary of the command: a test that prints a token fails, whatever else it asserts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
PRINTING = """
import sys
from token_factory import access_token

def test_one_that_reads_what_it_prints(capsys):
    print(access_token(1))
    capsys.readouterr()

def test_one_that_does_not(capsys):
    print(access_token(1), file=sys.stderr)

def test_one_that_prints_no_token(capsys):
    print("ntn_")
"""


def test_a_token_that_the_command_prints_is_seen(tmp_path: Path) -> None:
    (tmp_path / "test_printing.py").write_text(PRINTING)
    command = [sys.executable, "-m", "pytest", "-q", "--rootdir", str(tmp_path), "-c", os.devnull]
    done = subprocess.run(
        [*command, "-p", "conftest", "-p", "no:cacheprovider", str(tmp_path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])},
        check=False,
        capture_output=True,
        text=True,
    )
    assert "3 passed, 2 errors" in done.stdout
