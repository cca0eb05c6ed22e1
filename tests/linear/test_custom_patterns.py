"""Patterns of the settings: one that would take long to compile is refused, and that is said."""

from __future__ import annotations

import pytest

from notion_lsp.detect import custom


@pytest.mark.parametrize("pattern", ["a" * 4_000, "[" * 40_000])
def test_a_long_pattern_is_refused_before_it_is_compiled(pattern: str) -> None:
    assert custom.rows({"own": pattern}) == (
        (),
        ("patterns: own: it is longer than 1,000 characters.",),
    )
