"""Patterns of the settings: what would take long is given up, for all together, and said once."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from notion_lsp.detect import custom

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("pattern", ["a" * 4_000, "[" * 40_000])
def test_a_long_pattern_is_refused_before_it_is_compiled(pattern: str) -> None:
    assert custom.rows({"own": pattern}) == (
        (),
        ("patterns: own: it is longer than 1,000 characters.",),
    )


def test_patterns_that_come_after_the_time_for_all_is_up_are_switched_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows, _ = custom.rows({f"key-{number}": f"abc{number:02}" for number in range(20)})
    patterns = custom.Patterns(rows)
    monkeypatch.setattr(custom, "thread_time", _clock())
    assert patterns.find("abc19") == ()
    [problem] = patterns.take_problems()
    assert problem.endswith("and 11 others: they took too long, and are switched off.")


def test_patterns_are_left_out_once_the_time_to_compile_them_is_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(custom, "thread_time", _clock())
    rows, problems = custom.rows({f"key-{number}": f"abc{number:02}" for number in range(20)})
    assert 0 < len(rows) < 10
    [problem] = problems
    assert problem.endswith("others: they took too long, and are switched off.")


def _clock() -> Callable[[], float]:
    # A tenth of a second goes by between two looks at it.
    return map((0.1).__mul__, count()).__next__
