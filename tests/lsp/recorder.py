"""Runs a server between an editor and three files: what each side writes goes there as well.

Usage: recorder.py FOLDER COMMAND…
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO


def _copy(source: IO[bytes], target: IO[bytes], record: Path) -> None:
    # Not through the buffers: their locks are held while the thread waits, also at the end.
    with record.open("ab", buffering=0) as file:
        while chunk := os.read(source.fileno(), 1 << 16):
            file.write(chunk)
            target.write(chunk)
            target.flush()


def _copy_input(target: IO[bytes], record: Path) -> None:
    try:
        _copy(sys.stdin.buffer, target, record)
        target.close()
    except BrokenPipeError:
        pass  # the server has ended first


def main(folder: Path, command: list[str]) -> int:
    """Run the command to its end and return its exit code."""
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        outputs = [
            (process.stdout, sys.stdout.buffer, folder / "stdout"),
            (process.stderr, sys.stderr.buffer, folder / "stderr"),
        ]
        threads = [threading.Thread(target=_copy, args=output) for output in outputs]
        inputs = (process.stdin, folder / "stdin")
        threading.Thread(target=_copy_input, args=inputs, daemon=True).start()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return process.wait()


if __name__ == "__main__":
    os._exit(main(Path(sys.argv[1]), sys.argv[2:]))
