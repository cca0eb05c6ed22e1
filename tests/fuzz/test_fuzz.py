"""Whatever stands in a file, a message or a setting: nothing crashes, hangs or raises.

`FUZZ_SEED=text` draws other inputs, and `FUZZ_SECONDS` is how long each target is tried.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from targets import TARGETS

SECONDS = os.environ.get("FUZZ_SECONDS", "2")
SEED = os.environ.get("FUZZ_SEED", "1")
HERE = Path(__file__).parent

# A reader with three faults, one of them in native code.
FAULTY = """
import ctypes, itertools, fuzzing, targets

def read(data):
    if b"((" in data:
        raise KeyError(data)
    if b"[[" in data:
        ctypes.string_at(0)
    if b"{{" in data:
        all(itertools.repeat(1))

target = targets.Target("faulty", lambda: [b"a (b) [c] {d}"], read)
for failure in fuzzing.failures(target, 20, "1")[0]:
    print(failure.data.decode(), failure.why)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork a process")


def test_an_error_a_crash_and_a_hang_are_seen_and_made_small() -> None:
    places = (HERE, HERE.parent, HERE.parent / "check", HERE.parents[1])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, places))}
    done = subprocess.run(
        [sys.executable, "-c", FAULTY], env=environment, capture_output=True, text=True, check=True
    )
    seen = {why: data for data, why in (line.split(" ", 1) for line in done.stdout.splitlines())}
    assert seen.keys() == {"KeyError in <string>:6", "SIGSEGV", "it takes too long"}
    assert seen["SIGSEGV"] == "[["


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_drawn_by_chance_is_read(target: str, tmp_path: Path) -> None:
    command = [sys.executable, str(HERE / "fuzzing.py"), SECONDS, SEED, target]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
