"""A scalar of YAML with long gaps or many line breaks is read in linear time."""

from __future__ import annotations

import pytest
from growth import grows_linearly, repeated

from notion_lsp.syntax import yaml_scalars
from notion_lsp.text import Span


@pytest.mark.parametrize("quote", ["", "'", '"'])
@pytest.mark.parametrize("unit", [" ", "\t", "\n", " \n", "a "])
def test_a_scalar_is_read_in_linear_time(quote: str, unit: str) -> None:
    def work(text: str) -> object:
        return yaml_scalars.read(text, Span(0, len(text)), in_brackets=False)

    def scalar(size: int) -> str:
        return f"{quote}{repeated(unit, '')(size)}a{quote}"

    assert grows_linearly(work, scalar, 2_000)
