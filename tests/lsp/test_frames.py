"""Whatever frames come in over a transport, the next request is answered."""

from __future__ import annotations

import random
import sys
from typing import TYPE_CHECKING, Any

import pytest
from frames import TRANSPORTS, Fuzzer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STEPS = 150


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no Unix socket")
@pytest.mark.parametrize("transport", TRANSPORTS)
def test_what_follows_random_frames_is_answered(
    tmp_path: Path, transport: Callable[[Path], Any]
) -> None:
    seed = random.randrange(2**32)  # noqa: S311, any frames will do
    sys.stdout.write(f"seed {seed}\n")  # shown with a failure
    with transport(tmp_path) as connection:
        fuzzer = Fuzzer(connection, seed)
        for _ in range(STEPS):
            fuzzer.step()
