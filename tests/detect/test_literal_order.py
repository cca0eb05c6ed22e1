from __future__ import annotations

from collections import Counter
from pathlib import Path

from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.detect.literal_order import dealt
from notion_lsp.detect.needles import needles

DOCUMENTS = Path(__file__).parents[2] / "docs"
LITERALS = {each.literal for each in needles(TOKEN_KINDS)}
BUCKETS = 16
TIMES_AS_FEW = 4


def agreeing(order: list[str]) -> float:
    """Return the part of the places of a text that Teddy has to look at closely."""
    text = "".join(path.read_text("utf-8") for path in sorted(DOCUMENTS.glob("*.md")))
    data = text.encode()
    threes = Counter(zip(data, data[1:], data[2:], strict=False))
    buckets = [order[at::BUCKETS] for at in range(BUCKETS)]
    found = sum(times for three, times in threes.items() for each in buckets if agrees(three, each))
    return found / len(data)


def agrees(three: tuple[int, ...], bucket: list[str]) -> bool:
    return all(
        byte & 0xF in {ord(each[at]) & 0xF for each in bucket}
        and byte >> 4 in {ord(each[at]) >> 4 for each in bucket}
        for at, byte in enumerate(three)
    )


def test_the_order_has_each_literal_once() -> None:
    assert sorted(dealt(LITERALS)) == sorted(LITERALS)


def test_the_order_does_not_depend_on_the_order_before() -> None:
    assert dealt(sorted(LITERALS)) == dealt(sorted(LITERALS, reverse=True))


def test_fewer_places_of_a_text_are_taken_for_a_literal_than_in_another_order() -> None:
    assert agreeing(dealt(LITERALS)) * TIMES_AS_FEW < agreeing(sorted(LITERALS))
