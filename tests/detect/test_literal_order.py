from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.detect.literal_order import dealt, grouped
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


def test_the_groups_have_each_literal_once() -> None:
    assert sorted(chain.from_iterable(grouped(LITERALS))) == sorted(LITERALS)


def test_the_groups_do_not_depend_on_the_order_before() -> None:
    assert grouped(sorted(LITERALS)) == grouped(sorted(LITERALS, reverse=True))


def test_the_literals_are_found_in_fewer_passes_than_by_their_first_characters() -> None:
    assert len(grouped(LITERALS)) < len({each[0] for each in LITERALS})


def test_what_begins_with_common_characters_is_looked_for_by_itself() -> None:
    assert grouped(["ntn", "secret", "%5f", "=5F"]) == [["ntn"], ["secret"], ["%5f", "=5F"]]
