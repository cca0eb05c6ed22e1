"""Patterns of the settings: what would take long is given up, for all together, and said once."""

from __future__ import annotations

from time import process_time

import pytest

from notion_lsp.detect import custom


@pytest.mark.parametrize("pattern", ["a" * 4_000, "[" * 40_000])
def test_a_long_pattern_is_refused_before_it_is_compiled(pattern: str) -> None:
    assert custom.rows({"own": pattern}) == (
        (),
        ("patterns: own: it is longer than 1,000 characters.",),
    )


def test_four_hundred_slow_patterns_have_the_time_of_a_few() -> None:
    slow = {f"slow-{number}": rf"(.*)*x(.*)*y(.*)*z{number}" for number in range(400)}
    rows, problems = custom.rows(slow)
    assert problems == ()
    patterns = custom.Patterns(rows)
    begun = process_time()
    assert patterns.find("abc x" * 5_000) == ()
    assert process_time() - begun < 400 * 0.1 / 4
    [problem] = patterns.take_problems()
    assert problem.startswith("patterns: slow-0, slow-1, slow-2, slow-3, slow-4 and 395 others: ")
    assert not patterns


def test_what_takes_long_to_compile_leaves_the_rest_out_and_says_so_once() -> None:
    long = {f"key-{number}": "abcde" * 190 + str(number) for number in range(3_000)}
    rows, problems = custom.rows(long)
    assert 0 < len(rows) < len(long)
    [problem] = problems
    assert problem.endswith("others: they took too long, and are switched off.")
