"""Work that other programs do for us, on several things at once."""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

Thing = TypeVar("Thing")
Result = TypeVar("Result")

_MOST = 4  # at once: each needs memory of its own


def ahead(
    work: Callable[[Thing], Result], things: Iterable[Thing]
) -> Iterator[tuple[Thing, Result]]:
    """Yield each thing, in order, with what the work makes of it in a thread.

    No more things are taken than there are processors, so that few results wait for whoever asks.
    """
    from concurrent.futures import ThreadPoolExecutor

    most = min(os.cpu_count() or 1, _MOST)
    waiting: deque[tuple[Thing, Future[Result]]] = deque()
    with ThreadPoolExecutor(most) as pool:
        for thing in things:
            waiting.append((thing, pool.submit(work, thing)))
            if len(waiting) > most:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)


def _first(waiting: deque[tuple[Thing, Future[Result]]]) -> tuple[Thing, Result]:
    thing, future = waiting.popleft()
    return thing, future.result()
