from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rewriting import TOKEN, rewritten

from notion_lsp.refused import Refused
from notion_lsp.rewrite.one_text import Rewrite

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (
            "template <size_t N> struct Text { Text(const char (&text)[N]); };\n",
            "Text takes an array, as a literal is one: call a function that takes text.",
        ),
        (
            "struct Text { consteval Text(const char* text); };\n",
            "Text runs when the code is compiled: call a function that is not `consteval`.",
        ),
    ],
)
def test_a_literal_of_cpp_stays_where_a_header_wants_one(
    tmp_path: Path, header: str, reason: str
) -> None:
    files = {"main.cpp": f'#include "text.hpp"\n\nText text("{TOKEN}");\n', "text.hpp": header}
    assert rewritten(tmp_path, "main.cpp", files) == Refused(reason)


def test_a_literal_of_cpp_is_rewritten_where_a_header_wants_an_array_for_something_else(
    tmp_path: Path,
) -> None:
    header = (
        "template <size_t N> void other(const char (&text)[N]);\nstruct Text { Text(char*); };\n"
    )
    files = {"main.cpp": f'#include "text.hpp"\n\nText text("{TOKEN}");\n', "text.hpp": header}
    assert isinstance(rewritten(tmp_path, "main.cpp", files), Rewrite)
