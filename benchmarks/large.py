"""How long `notion-lsp check` takes on a file of 1 GB, and how much memory."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from pathlib import Path

from token_factory import access_token

from benchmarks.report import goal, table, write_section
from benchmarks.servers import CHECK

SIZE = 2**30
TOKENS = 10

_LINE = "2026-01-01T00:00:00Z INFO path=/v1/pages status=200 duration=12ms agent=none"
_ABOUT = f"""\
`notion-lsp check` on files that hold {TOKENS} tokens: wall time, and the most memory that the
process held.
"""
_MOST = 150  # MB


def main() -> None:
    """Measure, and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        measured = {
            "a small file": _measure(_file(folder, 2**13, "\n")),
            "1 GiB of lines": _measure(_file(folder, SIZE, "\n")),
            "1 GiB in one line": _measure(_file(folder, SIZE, " ")),
        }
    rows = [[name, f"{taken:.1f}", f"{held:.0f}"] for name, (taken, held) in measured.items()]
    for row in rows:
        print("check", *row, flush=True)
    small, *large = (held for _, held in measured.values())
    wanted = goal(
        f"at most {_MOST} MB more than for a small file",
        met=max(large) - small <= _MOST,
        reason="a large file is read in blocks, which should bound it: this is a defect.",
    )
    write_section("Check of a large file", f"{_ABOUT}\n{wanted}\n{table(['', 's', 'MB'], rows)}")


def _file(folder: str, size: int, separator: str) -> Path:
    path = Path(folder, f"{size}-{ord(separator)}.log")
    line = f"{_LINE}{separator}".encode()
    with path.open("wb") as file:
        for number in range(TOKENS):
            # A line at a time: what this process holds would count as held by the one it starts.
            for _ in range(size // TOKENS // len(line)):
                file.write(line)
            file.write(f"token={access_token(number)}{separator}".encode())
    return path


def _measure(path: Path) -> tuple[float, float]:
    """Return the seconds that a check took, and the megabytes that it held at most."""
    start = time.perf_counter()
    done = subprocess.run([*CHECK, str(path)], capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    # The most of any process so far: the files come in the order of their size.
    held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    if f"Found {TOKENS} tokens" not in done.stdout:
        raise RuntimeError(done.stdout)
    return taken, held
