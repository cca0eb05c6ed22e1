from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from odd_texts import texts

from notion_lsp.positions import ByteIndex, Encoding, LineIndex, column_at, width
from notion_lsp.text import Span, split_lines

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")
encodings = st.sampled_from(ENCODINGS)


def units(text: str, encoding: Encoding) -> int:
    """Return the width by the encodings' definitions."""
    points = map(ord, text)
    if encoding == "utf-32":
        return len(text)
    if encoding == "utf-16":
        return sum(1 + (point > 0xFFFF) for point in points)
    return sum(1 + (point > 0x7F) + (point > 0x7FF) + (point > 0xFFFF) for point in points)


@given(texts, st.data())
def test_an_offset_lies_in_the_line_that_holds_it(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    index = LineIndex(text)
    line, column = index.position(offset, "utf-32")
    start = len("".join(split_lines(text)[:line]))
    assert (start + column, len(index)) == (offset, len(split_lines(text)))
    assert index.line(line) == split_lines(text)[line].rstrip("\r\n")
    assert index.span(line) == Span(start, start + len(index.line(line)))


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


@given(texts, st.integers(0, 3), st.data())
def test_bytes_go_to_code_points_and_back(text: str, repeated: int, data: st.DataObject) -> None:
    long = text * 40**repeated if len(text) < 3 else text
    offset = data.draw(st.integers(0, len(long)))
    index = ByteIndex(long)
    assert index.byte(offset) == len(long[:offset].encode("utf-8", "replace"))
    assert index.offset(index.byte(offset)) == offset
