from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_lsp.json_text import object_in, value_in


@given(st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text()))
def test_an_object_is_read_as_it_was_written(value: dict[str, object]) -> None:
    assert object_in(json.dumps(value)) == value


@pytest.mark.parametrize("text", ["", "{", b"\xff", "[" * 100_000])
def test_what_is_not_json_is_the_other_value(text: str | bytes) -> None:
    assert value_in(text, "other") == "other"


@pytest.mark.parametrize("text", ["null", "[{}]", '"{}"', "{"])
def test_what_is_no_object_is_none(text: str) -> None:
    assert object_in(text) is None
