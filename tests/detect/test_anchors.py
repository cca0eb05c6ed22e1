"""What is derived from the table of kinds, and that nothing repeats what stands in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import notion_lsp
from notion_lsp.detect import kinds
from notion_lsp.detect.anchors import BEGINNINGS, NAMES, anchor_pattern, fewest, heads
from notion_lsp.detect.encodings import BLOCKS
from notion_lsp.detect.shapes import Body, base62

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path(kinds.__file__)
MODULES = sorted(set(Path(notion_lsp.__file__).parent.rglob("*.py")) - {TABLE})

# A prefix at the beginning of a word, and not of a name such as `secret_id`; or it is encoded.
WRITTEN = "|".join(re.escape(text) for text in [*(each.text for each in BEGINNINGS), *NAMES])
ENCODED = "|".join(needle for block in BLOCKS.values() for needle in block.needles)
REPEATED = re.compile(rf"(?<!\w)(?:(?:{WRITTEN})(?![A-Za-z])|{ENCODED})")


def constants(module: Path) -> Iterator[str]:
    """Yield each string of a module that is not a docstring."""
    tree = ast.parse(module.read_text("utf-8"))
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node not in said:
            if isinstance(node.value, bytes):
                yield node.value.decode("latin-1")
            elif isinstance(node.value, str):
                yield node.value


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_no_module_repeats_a_prefix_of_the_table(module: Path) -> None:
    assert [text for text in constants(module) if REPEATED.search(text)] == []


def test_the_strings_of_the_table_hold_its_prefixes() -> None:
    repeated = {found[0] for text in constants(TABLE) for found in REPEATED.finditer(text)}
    assert {each.text for each in BEGINNINGS} - {"development_ntn_"} <= repeated


def test_a_text_that_holds_another_one_is_not_searched_for() -> None:
    assert fewest(["aab", "b", "aa", "b", "a"]) == ("b", "a")


def test_a_head_has_two_characters_or_more_and_is_never_the_whole() -> None:
    beginning = next(each for each in BEGINNINGS if each.text == "nrt_")
    assert heads([beginning]) == ("nrt", "nr")


def shape(prefix: str, body: Body) -> kinds.TokenKind:
    """Return a kind with one shape."""
    return kinds.TokenKind("a", "A", "A", "", "", (kinds.Shape(prefix, body, ""),))


@pytest.mark.parametrize(
    ("kind", "text", "begins"),
    [
        (shape("a.b_", base62(3)), "a.b_x0Z a_b_x0Z a.b_x0", [0]),
        (shape("a:", Body("x+", 1)), "a:x a%3Ax a%253Ax ax", [0, 4, 10]),
        (shape("a-", Body("x+", 1)), "a-x a:x", [0]),
        (shape("", Body("x{3}", 3)), "xxx axxx xx", [0]),
    ],
)
def test_an_anchor_is_where_the_prefix_stands_with_room_for_a_body(
    kind: kinds.TokenKind, text: str, begins: list[int]
) -> None:
    pattern = anchor_pattern([kind], by_name=True)
    assert [found.start() for found in re.finditer(pattern, text)] == begins
