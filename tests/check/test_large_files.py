from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from token_factory import access_token, integration_token, old_session_cookie, session_cookie

from notion_lsp.check.excerpts import Excerpt, excerpts
from notion_lsp.check.large_files import Sizes, review_file, review_stream, split
from notion_lsp.detect.finding import fingerprint
from notion_lsp.detect.repeated import Known
from notion_lsp.files import read_write
from notion_lsp.ignore.ignore_file import FOREVER, NOTHING, Entry, Ignored
from notion_lsp.ignore.review import review
from notion_lsp.positions import LineIndex

if TYPE_CHECKING:
    from pathlib import Path

OVERLAP = 4096  # more than the context of a token, and than the lines of these tests

TOKENS = (access_token(31), integration_token(31), session_cookie(31), old_session_cookie(31))
# Found only where its context stands near.
LIKELY = f"secret_{integration_token(32)[-42:]}"
WORDS = (
    *("client_secret: ", "notion ", "token_v2 = ", "webhook ", '"', " ", "x" * 40, "é😀", "\0"),
    *("# notion-lsp:ignore", "# notion-lsp:ignore-next-line", "gitleaks:allow", " " * 700),
)
BROKEN = (b"\xe9", b"\xe2\x82", b"\xf0\x9f\x98", b"\xff", b"\xed\xa0\x80")

lines = st.lists(st.sampled_from((*TOKENS, LIKELY, *WORDS)), max_size=4).map(" ".join)
texts = st.lists(
    st.tuples(lines, st.sampled_from(("\n", "\r\n", "\r", "\n\n\n"))), max_size=60
).map(lambda rows: "".join(line + ending for line, ending in rows))
sizes = st.integers(1, 9000)


def whole(data: bytes, ignored: Ignored = NOTHING) -> list[Excerpt]:
    content = read_write.decode_any(data)
    left = review(content.text, ignored)
    return list(excerpts(content.lines(), left.findings, left.every))


def in_blocks(data: bytes, size: int, ignored: Ignored = NOTHING) -> list[Excerpt]:
    read = partial(review_stream, ignored=ignored, sizes=Sizes(size, OVERLAP))
    # As a scan does: what only a block further below tells is known when all is read once more.
    known = Known({each.token: each.finding for each in read(io.BytesIO(data))})
    return list(read(io.BytesIO(data), known=known))


@given(texts, sizes)
def test_blocks_find_what_the_whole_text_has(text: str, size: int) -> None:
    assert in_blocks(text.encode(), size) == whole(text.encode())


@given(st.lists(st.tuples(lines.map(str.encode), st.sampled_from(BROKEN)), max_size=60), sizes)
def test_blocks_cut_no_broken_character(rows: list[tuple[bytes, bytes]], size: int) -> None:
    data = b"".join(line + broken + b"\n" for line, broken in rows)
    assert in_blocks(data, size) == whole(data)


@given(texts.filter(lambda text: "\0" not in text), sizes, st.sampled_from(("le", "be")))
def test_blocks_of_utf_16_cut_no_character(text: str, size: int, order: str) -> None:
    data = f"\ufeff{text}".encode(f"utf-16-{order}")
    assert in_blocks(data, size) == whole(data)
    assert in_blocks(data[:-1], size) == whole(data[:-1])


@given(texts, sizes)
def test_the_own_pieces_of_blocks_are_the_text_and_begin_where_they_say(
    text: str, size: int
) -> None:
    pieces = (text[start : start + size] for start in range(0, len(text), size))
    blocks = list(split(pieces, 50))
    owned = [block.own.of(block.text) for block in blocks]
    assert "".join(owned) == text
    index = LineIndex(text)
    for number, block in enumerate(blocks):
        start = len("".join(owned[:number])) - block.own.start
        assert block.origin == index.origin(start)


def test_a_fingerprint_silences_a_token_in_each_block() -> None:
    data = f"{TOKENS[0]}\n{' ' * 9000}\n".encode() * 5
    assert in_blocks(data, 5000, Ignored({Entry(fingerprint(TOKENS[0])): FOREVER})) == []


@pytest.mark.parametrize("place", range(4960, 5041, 5))
def test_a_token_at_the_border_of_two_blocks_is_found_once(place: int) -> None:
    data = f"{' ' * place}{TOKENS[0]}{' ' * 9000}".encode()
    (found,) = in_blocks(data, 5000)
    index = LineIndex(found.text, found.origin)
    assert index.position(found.finding.span.start, "utf-16") == (0, place)


def test_an_empty_file_has_nothing() -> None:
    assert in_blocks(b"", 10) == []


def test_a_file_in_blocks_that_is_gone_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gone"
    found, problem = review_file(path, partial(read_write.open_file, path))
    assert found == ()
    assert problem == read_write.Unreadable(path, "no such file or directory")


def test_a_file_that_grows_is_read_as_far_as_it_went(tmp_path: Path) -> None:
    path = tmp_path / "growing.log"
    path.write_text(f"{TOKENS[0]}\n" * 200)
    with path.open("rb") as file:
        found = review_stream(file, sizes=Sizes(1000))
        first = next(found)
        with path.open("a") as more:
            more.write(f"{TOKENS[1]}\n" * 10_000)
        kinds = {first.finding.kind.id, *(each.finding.kind.id for each in found)}
    assert kinds == {"access-token"}


def test_a_comment_at_the_top_of_a_large_file_counts_in_all_of_its_blocks() -> None:
    data = b"# notion-lsp:ignore-file\n" + b"x\n" * 9000 + TOKENS[0].encode()
    assert in_blocks(data, 5000) == []


def test_an_entry_about_a_line_counts_in_a_later_block() -> None:
    data = b"x\n" * 9000 + TOKENS[0].encode()
    assert in_blocks(data, 5000, Ignored({Entry(9001, "a"): FOREVER}, "a")) == []
