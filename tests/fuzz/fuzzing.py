"""Random inputs for all that reads what somebody else wrote: none may crash it, nor take long.

`python tests/fuzz/fuzzing.py SECONDS SEED [TARGET…]` tries each target for so long. Each input is
read in a child process: where that ends, the input is made as small as it goes, and shown.
"""

from __future__ import annotations

import mmap
import os
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if __name__ == "__main__":
    TESTS = Path(__file__).parents[1]
    sys.path[:0] = [str(TESTS), str(TESTS / "check"), str(TESTS.parent)]

from inputs import Inputs
from targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from targets import Target

# Of the processor's time for one input. What is linear takes a thirtieth of it, on any machine.
_LONGEST = 10.0
_LONGEST_WAIT = 120.0  # seconds, on a machine that is busy
_MEMORY = 4 << 30  # bytes
_MOST_FAILURES = 5  # of a target
_MOST_IN_A_SECOND = 50  # inputs, so that a fast machine reads no others than a slow one
_SECONDS_TO_REDUCE = 60.0
_WIDTH = 8  # bytes of a number


class Failure(NamedTuple):
    """An input that a target cannot take, and what came of it."""

    number: int
    data: bytes
    why: str


def failures(target: Target, seconds: float, seed: str) -> tuple[list[Failure], int]:
    """Return what fails of a target in so many seconds, and the number of its inputs."""
    inputs = Inputs(target.samples(), f"{seed} {target.name}")
    target.read(b"")  # what the first call loads is loaded once
    until = time.monotonic() + seconds
    found: dict[str, Failure] = {}
    number = 0
    most = int(seconds * _MOST_IN_A_SECOND)
    while number < most and time.monotonic() < until and len(found) < _MOST_FAILURES:
        number, why = _tried(target, inputs, range(number, most), until)
        if why and why not in found:
            found[why] = Failure(number, _least(target, inputs.numbered(number), why), why)
        number += 1
    return list(found.values()), number


def reduced(data: bytes, fails: Callable[[bytes], bool]) -> bytes:
    """Return as little of the data as still fails, as far as that can be found in a minute."""
    until = time.monotonic() + _SECONDS_TO_REDUCE
    size = max(len(data) // 2, 1)
    while size:
        start = 0
        while start < len(data) and time.monotonic() < until:
            less = data[:start] + data[start + size :]
            if fails(less):
                data = less
            else:
                start += size
        size //= 2
    return data


def _least(target: Target, data: bytes, why: str) -> bytes:
    return reduced(data, lambda less: _fate(target, less) == why)


def _tried(target: Target, inputs: Inputs, numbers: range, until: float) -> tuple[int, str]:
    """Return the number of the last input that a child has read, and why it ended there."""
    with mmap.mmap(-1, _WIDTH) as shared:

        def work() -> None:
            for number in numbers:
                if time.monotonic() > until:
                    break
                shared[:] = number.to_bytes(_WIDTH, "big")
                _limited(target, inputs.numbered(number))

        why = _in_child(work)
        return int.from_bytes(shared[:], "big"), why


def _fate(target: Target, data: bytes) -> str:
    return _in_child(lambda: _limited(target, data))


def _limited(target: Target, data: bytes) -> None:
    # Both end the process, even in the middle of native code.
    signal.setitimer(signal.ITIMER_PROF, _LONGEST)
    signal.setitimer(signal.ITIMER_REAL, _LONGEST_WAIT)
    target.read(data)
    signal.setitimer(signal.ITIMER_PROF, 0)


def _in_child(work: Callable[[], None]) -> str:
    """Return how a child ended that did the work: empty, or an exception or a signal."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.dup2(os.open(os.devnull, os.O_RDWR), 2)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        try:
            work()
        except BaseException as error:  # noqa: BLE001, whatever it is, it is told
            os.write(writing, _described(error).encode(errors="replace"))
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        why = told.read().decode()
    _, status = os.waitpid(child, 0)
    return why or _signal(status)


def _described(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = next((each for each in reversed(frames) if "notion_lsp" in each.filename), frames[-1])
    return f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}"


def _signal(status: int) -> str:
    if not os.WIFSIGNALED(status):
        return "" if os.WEXITSTATUS(status) == 0 else "it exited"
    number = signal.Signals(os.WTERMSIG(status))
    takes_long = {signal.SIGPROF: "it takes too long", signal.SIGALRM: "it waits"}
    return takes_long.get(number, number.name)


def shown(target: Target, failure: Failure) -> Iterator[str]:
    """Yield the lines that a person needs to see a failure again."""
    data = failure.data
    yield f"{target.name}: {failure.why} (input {failure.number}, {len(data):,} bytes left of it)"
    yield f"    {data!r}" if len(data) <= 2_000 else f"    {data[:1_000]!r} … {data[-1_000:]!r}"


def main(seconds: float, seed: str, names: list[str]) -> int:
    """Try the targets, tell what fails, and return the exit code."""
    code = 0
    for target in TARGETS.values():
        if names and target.name not in names:
            continue
        found, count = failures(target, seconds, seed)
        lines = [line for each in found for line in shown(target, each)]
        sys.stdout.write("\n".join([f"{target.name}, seed {seed}: {count} inputs", *lines, ""]))
        sys.stdout.flush()
        code |= bool(found)
    return code


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), sys.argv[2], sys.argv[3:]))
