from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from token_factory import access_token

from notion_lsp.detect.finding import fingerprint
from notion_lsp.ignore.ignore_file import (
    FOREVER,
    IGNORE_FILE,
    Entry,
    Ignored,
    ignore_entry,
    parse_ignore_file,
)
from notion_lsp.ignore.review import review

TOKEN = access_token(1)


def test_an_entry_comes_back_from_the_ignore_file() -> None:
    mark = fingerprint(TOKEN)
    assert parse_ignore_file(ignore_entry(mark, "made up")) == ({Entry(mark): FOREVER}, ())


@pytest.mark.parametrize(
    "text", ["expires 2026-01-31", "expires: 2026-01-31 a sample", "expires\t2026-01-31"]
)
def test_an_entry_may_expire(text: str) -> None:
    mark = fingerprint(TOKEN)
    day = date(2026, 1, 31)
    assert parse_ignore_file(f"{mark} {text}\n") == ({Entry(mark): day}, ())
    finding = f"x = '{TOKEN}'"
    before, on = (
        review(finding, Ignored({Entry(mark): day}, "", today))
        for today in (date(2026, 1, 30), day)
    )
    assert (before.findings, before.expired) == ((), {})
    assert on.expired == {on.findings[0]: day}


@pytest.mark.parametrize(
    "reason",
    ["expires", "expires soon", "expires 2026-02-30", "expires 31.1.2026", "expires 20260131"],
)
def test_an_entry_that_expires_on_no_day_is_none(reason: str) -> None:
    entries, problems = parse_ignore_file(f"{fingerprint(TOKEN)} {reason}\n")
    assert entries == {}
    assert problems == (f"{IGNORE_FILE}, line 1: expected `expires` and a day as 2026-01-31.",)


@pytest.mark.parametrize("reason", ["a sample that expires 2026-01-31", "expiresoon", ""])
def test_an_entry_without_a_day_holds_for_good(reason: str) -> None:
    mark = fingerprint(TOKEN)
    assert parse_ignore_file(f"{mark} {reason}\n") == ({Entry(mark): FOREVER}, ())


def test_of_two_entries_about_a_token_the_one_that_holds_longer_counts() -> None:
    mark = fingerprint(TOKEN)
    text = f"{mark} expires 2026-01-31\n{mark} expires 2027-01-31\n"
    assert parse_ignore_file(text)[0] == {Entry(mark): date(2027, 1, 31)}
    assert parse_ignore_file(f"{text}{mark}\n")[0] == {Entry(mark): FOREVER}


def test_an_ignore_file_may_hold_comments_and_empty_lines() -> None:
    mark = fingerprint(TOKEN)
    text = f"# ours\r\n\r\n{mark}\tfirst\u2028part\f of the reason\r\n  {mark}  \r\n"
    assert parse_ignore_file(text) == ({Entry(mark): FOREVER}, ())


def test_a_line_of_the_ignore_file_that_is_no_entry_is_named_by_its_number() -> None:
    _, problems = parse_ignore_file(f"# ours\n{TOKEN} pasted by mistake\n{'A' * 64}\n")
    assert [problem.partition(":")[0] for problem in problems] == [
        f"{IGNORE_FILE}, line 2",
        f"{IGNORE_FILE}, line 3",
    ]
    assert not any(TOKEN in problem for problem in problems)


@given(st.text() | st.text(st.sampled_from("0123456789abcdef #\r\n\u2028\f"), max_size=200))
def test_no_text_is_too_odd_to_be_an_ignore_file(text: str) -> None:
    entries, _ = parse_ignore_file(text)
    assert all(len(str(entry.about)) == 64 for entry in entries)
