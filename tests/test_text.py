from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odd_texts import texts

from notion_lsp.positions import LineIndex
from notion_lsp.text import (
    Edit,
    Span,
    Taken,
    apply_edits,
    enumerated,
    line_bounds,
    line_ending,
    merged,
    split_lines,
    surroundings,
)


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
def test_the_bounds_of_a_line_hold_no_break(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    bounds = line_bounds(text, offset)
    assert bounds.start <= offset
    assert not re.search(r"[\r\n]", text[bounds.start : min(bounds.end, offset)])


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


def test_surroundings_reach_so_far_and_no_further() -> None:
    assert surroundings("a" * 10 + "|" + "b" * 10, 10, 1, reach=3) == "aaa|bb"


def test_spans_that_meet_do_not_contain_each_other() -> None:
    first, second = Span(0, 3), Span(3, 5)
    assert not first.contains(second)
    assert first.contains(Span(1, 3))
    assert second.shifted(-3) == Span(0, 2)


@pytest.mark.parametrize(
    ("words", "listed"),
    [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_words_are_listed_as_in_a_sentence(words: tuple[str, ...], listed: str) -> None:
    assert enumerated(words) == listed


def test_spans_that_meet_are_one() -> None:
    assert merged([Span(4, 6), Span(2, 3), Span(0, 2)]) == [Span(0, 3), Span(4, 6)]


def test_edits_that_are_not_all_free_take_no_place() -> None:
    taken = Taken()
    assert taken.take([Edit(Span(6, 8), "")])
    assert not taken.take([Edit(Span(0, 2), ""), Edit(Span(5, 7), "")])
    assert taken.take([Edit(Span(0, 2), "")])
