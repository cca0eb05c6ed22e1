"""A text that a parser reads for as long as it may take."""

from __future__ import annotations

import pytest

from notion_lsp.syntax import timed
from notion_lsp.syntax.timed import TimedText


def test_a_text_is_read_in_pieces_of_whole_characters() -> None:
    source = ("a" + "€" * 50_000).encode()
    text = TimedText(source)
    pieces: list[bytes] = []
    while piece := bytes(text.read(len(b"".join(pieces)), None)):
        pieces.append(piece)
    assert len(pieces) > 1
    assert "".join(piece.decode() for piece in pieces) == source.decode()


def test_a_text_ends_where_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    text = TimedText(b"abc")
    assert bytes(text.read(0, None)) == b"abc"
    monkeypatch.setattr(timed, "thread_time", lambda: float("inf"))
    assert text.is_over()
    assert not text.read(0, None)


def test_what_was_read_holds_no_text_once_it_is_released() -> None:
    text = TimedText(b"abc")
    piece = text.read(0, None)
    text.release()
    with pytest.raises(ValueError, match="released"):
        piece.tobytes()
