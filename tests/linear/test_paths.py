"""A path is compared with patterns in time that grows with each, whatever stands in them."""

from __future__ import annotations

import pytest
from growth import grows_linearly, repeated

from notion_lsp.files.path_patterns import parse, parse_all

# Each of them comes back in every kind of matcher that tries all the places for a star.
UNITS = ("*a", "?*", "*[ab]", "*?", "a*", "**/a/", "**/*a/", "*/", "a/**/", "[a-b]*", "*\\a")
ENDS = ("b", "/b", "*b*", "/**/b", "[!a]")


def twenty_of(unit: str, end: str) -> str:
    return unit * 20 + end


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("path", ["a", "a/", "aa/"])
def test_a_path_is_compared_in_linear_time(path: str, unit: str, end: str) -> None:
    patterns = parse_all([twenty_of(unit, end)])

    def work(text: str) -> object:
        return patterns.verdict(text.split("/"), is_folder=False)

    assert grows_linearly(work, repeated(path, "", "c"), 500)


@pytest.mark.parametrize("unit", [*UNITS, "[", "[[:", "[a", "[[:a:]", "!", "\\", " ", "\\ ", "/"])
def test_a_pattern_is_read_in_linear_time(unit: str) -> None:
    assert grows_linearly(parse, repeated(unit), 4_000)
