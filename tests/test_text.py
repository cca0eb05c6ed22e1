from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notion_lsp.positions import ByteIndex, Encoding, LineIndex, column_at, width
from notion_lsp.text import (
    Edit,
    Span,
    apply_edits,
    line_bounds,
    line_ending,
    split_lines,
    surroundings,
)

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
# What other definitions of a line break at, astral characters and halves of them.
CHARACTERS = "ab \t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029é日🎉👩\ud83d\udc69"
texts = st.text(st.sampled_from(CHARACTERS), max_size=60)
encodings = st.sampled_from(ENCODINGS)


def units(text: str, encoding: Encoding) -> int:
    """Return the width by the encodings' definitions."""
    points = map(ord, text)
    if encoding == "utf-32":
        return len(text)
    if encoding == "utf-16":
        return sum(1 + (point > 0xFFFF) for point in points)
    return sum(1 + (point > 0x7F) + (point > 0x7FF) + (point > 0xFFFF) for point in points)


@given(texts)
def test_lines_joined_are_the_text(text: str) -> None:
    assert "".join(split_lines(text)) == text


@given(texts)
def test_lines_break_where_the_protocol_says_and_nowhere_else(text: str) -> None:
    assert [line.rstrip("\r\n") for line in split_lines(text)] == re.split(r"\r\n|\n|\r", text)


@given(texts)
def test_every_line_but_the_last_ends_in_one_break(text: str) -> None:
    *lines, last = split_lines(text)
    assert all(re.fullmatch(r"[^\r\n]*(\r\n|\n|\r)", line) for line in lines)
    assert not re.search(r"[\r\n]", last)


@pytest.mark.parametrize(
    ("text", "ending"),
    [("", "\n"), ("a", "\n"), ("a\r\nb\n", "\r\n"), ("a\rb\n", "\n"), ("a\rb", "\r")],
)
def test_a_texts_ending_is_its_first_break(text: str, ending: str) -> None:
    assert line_ending(text) == ending


@given(texts, st.data())
def test_an_offset_lies_in_the_line_that_holds_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    index = LineIndex(text)
    line, column = index.position(offset, "utf-32")
    start = len("".join(split_lines(text)[:line]))
    assert (start + column, len(index)) == (offset, len(split_lines(text)))
    assert index.line(line) == split_lines(text)[line].rstrip("\r\n")
    assert index.span(line) == Span(start, start + len(index.line(line)))


@given(texts, st.data())
def test_the_bounds_of_a_line_hold_no_break(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    bounds = line_bounds(text, offset)
    assert bounds.start <= offset
    assert not re.search(r"[\r\n]", text[bounds.start : min(bounds.end, offset)])


@given(texts, encodings)
def test_a_width_is_the_number_of_code_units(text: str, encoding: Encoding) -> None:
    assert width(text, encoding) == units(text, encoding)


@given(texts, encodings, st.data())
def test_a_column_goes_to_code_units_and_back(
    text: str, encoding: Encoding, data: st.DataObject
) -> None:
    line = split_lines(text)[0]
    column = data.draw(st.integers(0, len(line.rstrip("\r\n"))))
    assert column_at(line, units(line[:column], encoding), encoding) == column


@given(texts, encodings, st.integers(0, 300))
def test_a_place_in_a_character_is_its_start_and_one_past_the_end_the_end(
    text: str, encoding: Encoding, place: int
) -> None:
    line = split_lines(text)[0]
    content = line.rstrip("\r\n")
    column = column_at(line, place, encoding)
    assert units(content[:column], encoding) <= place
    assert column == len(content) or place < units(content[: column + 1], encoding)


@given(texts, encodings, st.data())
def test_a_position_counts_the_code_units_of_its_line(
    text: str, encoding: Encoding, data: st.DataObject
) -> None:
    offset = data.draw(st.integers(0, len(text)))
    line, column = LineIndex(text).position(offset, encoding)
    start = len("".join(split_lines(text)[:line]))
    assert column == units(text[start:offset], encoding)


@given(st.data())
def test_edits_are_made_from_the_end_to_the_start(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab\n🎉"), max_size=30))
    borders = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = [Span(*pair) for pair in zip(borders[::2], borders[1::2], strict=False)]
    edits = [Edit(span, data.draw(st.sampled_from(["", "x", "y\nz"]))) for span in spans]
    expected = text
    for edit in reversed(edits):
        expected = expected[: edit.span.start] + edit.new_text + expected[edit.span.end :]
    assert apply_edits(text, data.draw(st.permutations(edits))) == expected


def test_the_later_of_two_edits_that_overlap_is_left_out() -> None:
    assert apply_edits("abcdef", [Edit(Span(2, 4), "-"), Edit(Span(0, 3), "+")]) == "+def"


def test_an_edit_takes_the_line_ending_of_the_text() -> None:
    assert apply_edits("a\r\nb", [Edit(Span(0, 0), "x\ny\n")]) == "x\r\ny\r\na\r\nb"


@given(texts, st.data(), st.integers(0, 3))
def test_surroundings_are_so_many_lines_each_way(
    text: str, data: st.DataObject, lines: int
) -> None:
    # Between the two characters of a break there is no line to be in.
    offsets = [at for at in range(len(text) + 1) if text[at - 1 : at + 1] != "\r\n"]
    offset = data.draw(st.sampled_from(offsets))
    here, _ = LineIndex(text).position(offset, "utf-32")
    wanted = split_lines(text)[max(here - lines, 0) : here + lines + 1]
    assert surroundings(text, offset, lines) == "".join([*wanted[:-1], wanted[-1].rstrip("\r\n")])


@given(texts, st.integers(0, 3), st.data())
def test_bytes_go_to_code_points_and_back(text: str, repeated: int, data: st.DataObject) -> None:
    long = text * 40**repeated if len(text) < 3 else text
    offset = data.draw(st.integers(0, len(long)))
    index = ByteIndex(long)
    assert index.byte(offset) == len(long[:offset].encode("utf-8", "replace"))
    assert index.offset(index.byte(offset)) == offset


def test_surroundings_reach_so_far_and_no_further() -> None:
    assert surroundings("a" * 10 + "|" + "b" * 10, 10, 1, reach=3) == "aaa|bb"


def test_spans_that_meet_do_not_contain_each_other() -> None:
    first, second = Span(0, 3), Span(3, 5)
    assert not first.contains(second)
    assert first.contains(Span(1, 3))
    assert second.shifted(-3) == Span(0, 2)
