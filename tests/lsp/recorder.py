"""Runs a server between an editor and two files: what it writes goes to the editor and to them.

Usage: recorder.py FOLDER COMMAND…
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import IO


def _copy(source: IO[bytes], target: IO[bytes], record: Path) -> None:
    with record.open("wb", buffering=0) as file:
        while chunk := source.read1(1 << 16):  # type: ignore[attr-defined] # a buffered pipe has it
            file.write(chunk)
            target.write(chunk)
            target.flush()


def main(folder: Path, command: list[str]) -> int:
    """Run the command to its end and return its exit code."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        outputs = [
            (process.stdout, sys.stdout.buffer, folder / "stdout"),
            (process.stderr, sys.stderr.buffer, folder / "stderr"),
        ]
        threads = [threading.Thread(target=_copy, args=output) for output in outputs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return process.wait()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
