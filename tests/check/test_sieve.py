"""Of many contents, those are let through that may hold a token, with ripgrep and without."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from token_factory import access_token

from notion_lsp.check.content import Content
from notion_lsp.check.content.sieve import Sieve
from notion_lsp.files import ripgrep

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = access_token(51).encode()
HOLDING = [
    TOKEN,
    b"key = '" + TOKEN + b"'",
    b"\0" * 9000 + TOKEN + b"\0" * 9000,
    base64.b64encode(b"token: " + TOKEN),
    TOKEN.decode().encode("utf-16"),
    b'"ntn_" + "' + TOKEN[4:] + b'"',
]
CLEAN = [b"", b"\n", b"PK\x03\x04", b"secret_key = 1", TOKEN[:20], b"ntn", TOKEN[3:]]


@pytest.fixture(params=["with ripgrep", "without"])
def sieve(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sieve:
    if request.param == "without":
        monkeypatch.setattr(ripgrep, "program_path", lambda _: None)
    elif ripgrep.program_path(tmp_path) is None:
        pytest.skip("ripgrep is not installed")
    return Sieve(tmp_path)


def numbered(contents: list[bytes]) -> Iterator[tuple[Content, int]]:
    return ((Content(Path("a"), data), number) for number, data in enumerate(contents))


def test_those_are_let_through_that_hold_a_token(sieve: Sieve) -> None:
    contents = [each for pair in zip(HOLDING, CLEAN, strict=False) for each in pair]
    passed = [number for _, number in sieve.sifted(numbered(contents))]
    assert passed == [number for number, data in enumerate(contents) if data in HOLDING]
    assert all(map(sieve.lets_through, HOLDING))
    assert not any(map(sieve.lets_through, CLEAN))


def test_what_is_not_in_the_memory_is_let_through_before_more_is_taken(sieve: Sieve) -> None:
    taken = []

    def contents() -> Iterator[tuple[Content, int]]:
        small = [Content(Path("a"), data) for data in (TOKEN, TOKEN, b"")]
        large = Content(Path("a"), io.BytesIO)
        for number, each in enumerate([small[0], large, *small[1:]]):
            taken.append(number)
            yield each, number

    passed = sieve.sifted(contents())
    assert (next(passed)[1], next(passed)[1], taken) == (0, 1, [0, 1])
    assert [number for _, number in passed] == [2]


def test_a_token_does_not_begin_in_one_content_and_end_in_the_next(sieve: Sieve) -> None:
    assert list(sieve.sifted(numbered([TOKEN[:20], TOKEN[20:]]))) == []
