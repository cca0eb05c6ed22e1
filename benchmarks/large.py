"""How long `notion-lsp check` takes on a file of 1 GB, and how much memory."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from pathlib import Path

from token_factory import access_token

from benchmarks.report import table, write_section
from benchmarks.servers import CHECK

SIZE = 2**30
TOKENS = 10

_LINE = "2026-01-01T00:00:00Z INFO path=/v1/pages status=200 duration=12ms agent=none"
_ABOUT = f"""\
`notion-lsp check` on files that hold {TOKENS} tokens: wall time, and the most memory that the
process held. Wanted: at most 150 MB more than for a small file.
"""


def main() -> None:
    """Measure, and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [
            _row("a small file", _file(folder, 2**13, "\n")),
            _row("1 GiB of lines", _file(folder, SIZE, "\n")),
            _row("1 GiB in one line", _file(folder, SIZE, " ")),
        ]
    write_section("Check of a large file", f"{_ABOUT}\n{table(['', 's', 'MB'], rows)}")


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


def _row(name: str, path: Path) -> list[str]:
    start = time.perf_counter()
    done = subprocess.run([*CHECK, str(path)], capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    # The most of any process so far: the files come in the order of their size.
    held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    if f"Found {TOKENS} tokens" not in done.stdout:
        raise RuntimeError(done.stdout)
    print(f"check, {name}: {taken:.1f} s, {held:.0f} MB", flush=True)
    return [name, f"{taken:.1f}", f"{held:.0f}"]
