"""Each pattern of the package takes time in proportion to the text, whatever the text is.

How long a text is that a pattern is given today tells nothing of tomorrow, so that none is left out
for it: one that is slow for a long text has a bound of its own.
"""

from __future__ import annotations

import re
import signal
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from growth import grows_linearly
from hostile_texts import hostile, made
from patterns import Found, found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SIZE = 5_000
_SMALL = 40  # characters, of which a pattern that tries all ways would take for ever
_LONGEST = 2.0  # seconds of the processor


class _TooLongError(Exception):
    """A search has not come to an end."""


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    def end(*_: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGPROF, end)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


def _searched(compiled: Any, text: str | bytes) -> None:  # noqa: ANN401, of `re` or of `regex`
    for _ in compiled.finditer(text):
        pass


def _is_linear(work: Callable[[str | bytes], object], make: Callable[[int], str | bytes]) -> bool:
    try:
        signal.setitimer(signal.ITIMER_PROF, _LONGEST)
        work(make(_SMALL))
        linear: bool = grows_linearly(work, make, _SIZE)
    except _TooLongError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return linear


def _slow(compiled: Any, *, at_a_place: bool) -> list[tuple[str, str, str]]:  # noqa: ANN401, likewise
    def text(make: Callable[[int], str], size: int) -> str | bytes:
        return make(size).encode() if isinstance(compiled.pattern, bytes) else make(size)

    work = compiled.match if at_a_place else partial(_searched, compiled)
    cases = hostile(compiled.pattern)
    slow = (each for each in cases if not _is_linear(work, partial(text, made(each))))
    return [each for each, _ in zip(slow, range(3), strict=False)]


@pytest.mark.parametrize("each", found(), ids=lambda each: each.where)
def test_a_pattern_takes_time_in_proportion_to_the_text(each: Found) -> None:
    assert not _slow(each.compiled, at_a_place=each.at_a_place)


@pytest.mark.parametrize(
    "pattern",
    [r"\w+=\Z", r"\s*,", r"(?:a+)+b", r"%[0 ]*\d*s", r"<!--.*?-->", r"\{[^}]*\}", r"(?m)^\s*a"],
)
def test_a_pattern_that_is_slow_is_told(pattern: str) -> None:
    assert _slow(re.compile(pattern), at_a_place=False)


def test_a_pattern_is_found_in_whatever_holds_it() -> None:
    where = {each.where for each in found()}
    assert {
        "notion_lsp.text._WORD",  # a name of a module
        "notion_lsp.languages._formats_native.GO",  # a row in a mapping of a row
        "notion_lsp.languages._browser_runtimes.BROWSER",  # a field that a function searches for
        "notion_lsp.languages.http._CONTEXT",  # a grammar of lines
        "notion_lsp.languages._javascript_defaults.ELSEWHERE",  # a query
    } <= where
    assert any(each.startswith("notion_lsp.languages.dockerfile:") for each in where)  # a call
