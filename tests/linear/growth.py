"""Whether a pass takes four times as long for four times the text, and not sixteen times."""

from __future__ import annotations

import gc
from time import process_time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Input = TypeVar("_Input")

_TIMES = 5  # for four times the text
_NOISE = 0.03  # seconds
_RUNS = 12  # at most: a machine that does other work makes a run longer, never shorter


def grows_linearly(
    work: Callable[[_Input], object], make: Callable[[int], _Input], size: int
) -> bool:
    """Whether the work on a text of four times the size takes no more than five times as long.

    `make` returns a text of about so many characters, or what is made of one beforehand.
    """
    small = large = float("inf")
    for _ in range(_RUNS):
        large = min(large, _seconds(work, make(4 * size)))
        if large <= _NOISE:
            return True
        small = min(small, _seconds(work, make(size)))
        if large <= _TIMES * small + _NOISE:
            return True
    return False


def repeated(unit: str, before: str = "", after: str = "") -> Callable[[int], str]:
    """Return a function that makes a text of a size by repeating a unit."""
    return lambda size: before + unit * max(size // len(unit), 1) + after


def _seconds(work: Callable[[_Input], object], made: _Input) -> float:
    # The collector goes over what other tests have left, too.
    gc.disable()
    start = process_time()
    work(made)
    seconds = process_time() - start
    gc.enable()
    return seconds
