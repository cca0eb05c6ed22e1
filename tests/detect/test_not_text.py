"""In what is not text, an exact form needs no edge; in a text the left edge stays strict."""

from __future__ import annotations

import marshal
import pickle
import plistlib
import sqlite3
from typing import TYPE_CHECKING

import pytest
from token_factory import (
    access_token,
    development_token,
    file_cookie,
    integration_token,
    new_session_cookie,
    refresh_token,
    session_cookie,
)

from notion_lsp.detect import glance
from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import token_of
from notion_lsp.files.read_write import decode_any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TOKEN = access_token(41)
OTHER = integration_token(42)
COOKIE = session_cookie(43)
EXACT = (TOKEN, OTHER, refresh_token(44))


def tokens(data: bytes) -> list[str]:
    if not glance.can_hold_a_token(data):
        return []
    text = decode_any(data).text
    return [token_of(text, finding) for finding in find_tokens(text)]


def rows(folder: Path, columns: str, values: Iterable[tuple[str, ...]]) -> bytes:
    path = folder / "a.sqlite"
    with sqlite3.connect(path) as database:
        database.execute(f"create table t ({columns})")
        marks = ", ".join("?" for _ in columns.split(","))
        database.executemany(f"insert into t values ({marks})", values)  # noqa: S608, our own
    database.close()
    return path.read_bytes()


@pytest.mark.parametrize("token", EXACT)
@pytest.mark.parametrize(
    "data",
    [
        b"\xca\xfe\xba\xbe\x00\x00\x00\x34\x01\x00\x32%s\x07\x00\x02",  # a class file of Java
        b"\xd9\x32%s\xa1n\x01",  # MessagePack
        b"\x0a\x06notion\x12\x32%s\x18\x01",  # protocol buffers
        b"d5:token50:%s4:name3:abce",  # what BitTorrent writes
        b"x\xac\x4f%s\r\n",  # Big5
        b"\x83\x67%s\r\n",  # Shift-JIS
        b"\xd6\x50%s\r\n",  # GBK
    ],
)
def test_a_byte_before_a_token_is_no_part_of_it(data: bytes, token: str) -> None:
    assert tokens(data % token.encode()) == [token]


@pytest.mark.parametrize("token", EXACT)
def test_a_token_is_found_in_what_python_writes(token: str) -> None:
    code = compile(f"TOKEN = {token!r}", "a.py", "exec")
    binary = plistlib.dumps({"token": token}, fmt=plistlib.FMT_BINARY)
    for data in (marshal.dumps(code), pickle.dumps({"token": token}), binary):
        assert tokens(data) == [token]


@pytest.mark.parametrize("token", EXACT)
def test_columns_that_touch_are_no_word(tmp_path: Path, token: str) -> None:
    assert tokens(rows(tmp_path, "k, v, w", [("notion_token", token, "main")])) == [token]


def test_a_cookie_that_touches_its_name_is_found(tmp_path: Path) -> None:
    assert tokens(rows(tmp_path, "k, v, w", [("token_v2", COOKIE, ".notion.so")])) == [COOKIE]


@pytest.mark.parametrize(
    "token", [COOKIE, file_cookie(45), new_session_cookie(46), development_token(47)]
)
def test_a_token_ends_and_begins_where_columns_touch(tmp_path: Path, token: str) -> None:
    assert tokens(rows(tmp_path, "k, v, w", [("notion_token", token, "main")])) == [token]


@pytest.mark.parametrize("token", [COOKIE, file_cookie(45), new_session_cookie(46)])
def test_a_cookie_ends_before_the_code_of_what_follows(token: str) -> None:
    for protocol in range(5):
        assert tokens(pickle.dumps({"a": token, "b": "c"}, protocol)) == [token]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"[a]\r\nb = 1\r\n", b""),  # what Windows PowerShell appends to a file in UTF-8
        (b"MZ\x90\x00\x00e", b"\x00\x03"),  # a constant of .NET
        ("a \u2013 b\r\n".encode("utf-16-le"), b"\n"),  # no byte order mark
    ],
)
def test_utf_16_amid_other_bytes_is_found(before: bytes, after: bytes, encoding: str) -> None:
    text = f'token = "{TOKEN}"\r\nother = {OTHER}\r\n'
    assert tokens(before + text.encode(encoding) + after) == [TOKEN, OTHER]


@pytest.mark.parametrize("word", ["x{}", "2{}", "notion_token{}", "{}main", "\x1b[0mx{}"])
def test_in_a_text_a_token_is_no_part_of_a_word(word: str) -> None:
    assert find_tokens(word.replace("{}", TOKEN)) == ()


@pytest.mark.parametrize(
    "near_miss",
    [f"client_{OTHER}", f"sb_{OTHER}", TOKEN[:-1], OTHER[:-1], OTHER.lower(), f"ntn_{'x' * 46}"],
)
def test_in_what_is_not_text_near_misses_are_none(near_miss: str) -> None:
    assert tokens(b"\x00" + near_miss.encode() + b"\x00") == []
