from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from token_factory import access_token

from notion_lsp.detect.finding import fingerprint
from notion_lsp.detect.plain import find_plain
from notion_lsp.ignore.comments import own_comment, silenced
from notion_lsp.ignore.ignore_file import (
    FOREVER,
    IGNORE_FILE,
    Entry,
    Ignored,
    ignore_entry,
    parse_ignore_file,
)
from notion_lsp.ignore.review import review
from notion_lsp.text import Span

TOKEN = access_token(1)
THIS_LINE = [
    "# notion-lsp:ignore",
    "# notion-lsp:ignore a token of the test workspace",
    "// notion-lsp:ignore",
    "<!-- notion-lsp:ignore -->",
    "# gitleaks:allow",
    "# betterleaks:allow",
    "// trufflehog:ignore",
    "# ggignore",
    "# pragma: allowlist secret",
    "# pragma: whitelist secret",
    "# pragma:allowlist secret",
    "# pragma: allowlist-secret",
    "// secretlint-disable-line",
    "// secretlint-disable-line @secretlint/secretlint-rule-notion",
    "# nosemgrep",
    "# nosemgrep: generic.secrets.gitleaks.notion-api-token",
]
NEXT_LINE = [
    "# notion-lsp:ignore-next-line",
    "# notion-lsp:ignore-next-line made up",
    "# pragma: allowlist nextline secret",
    "# pragma: allowlist-nextline-secret",
    "/* secretlint-disable-next-line */",
]
NEITHER = [
    "# notion-lsp:ignored",
    "# notion-lsp:ignore-nextline",
    "# gitleaks: allow",
    "# nosemgrep: python.lang.security.eval",
    "# pragma: no cover",
    "# noqa",
    "# nosemgrepper",
    "# biggignore",
    "# notion-lsp:ignore-file",
    "// secretlint-disable-line @secretlint/secretlint-rule-aws",
    "// secretlint-disable-next-line @secretlint/secretlint-rule-aws",
]


@pytest.mark.parametrize("comment", THIS_LINE)
def test_a_comment_silences_its_line_and_no_other(comment: str) -> None:
    assert silenced(f"token = '{TOKEN}'  {comment}", "")
    assert not silenced(f"token = '{TOKEN}'", comment)


@pytest.mark.parametrize("comment", NEXT_LINE)
def test_a_comment_silences_the_next_line_and_not_its_own(comment: str) -> None:
    assert silenced(f"token = '{TOKEN}'", comment)
    assert not silenced(f"token = '{TOKEN}'  {comment}", "")


@pytest.mark.parametrize("comment", NEITHER)
def test_another_comment_silences_nothing(comment: str) -> None:
    assert not silenced(comment, comment)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_review_keeps_what_nobody_said_no_to(ending: str) -> None:
    lines = [
        f"a = '{access_token(1)}'",
        f"b = '{access_token(2)}'  # notion-lsp:ignore",
        "# notion-lsp:ignore-next-line",
        f"c = '{access_token(3)}'",
        f"d = '{access_token(4)}', '{access_token(5)}'",
    ]
    text = ending.join(lines)
    kept = review(text, Ignored({Entry(fingerprint(access_token(5))): FOREVER}))
    shown = [found.span.of(text) for found in kept.findings]
    assert (shown, kept.unused) == ([access_token(1), access_token(4)], ())


def test_a_comment_of_ours_that_silences_nothing_is_named() -> None:
    text = "a = 1  # notion-lsp:ignore\n# notion-lsp:ignore-next-line\n"
    assert review(text).unused == (Span(9, 26), Span(29, 56))


def test_a_comment_on_the_last_line_has_no_next_line_to_silence() -> None:
    text = f"a = '{TOKEN}'  # gitleaks:allow\n# notion-lsp:ignore-next-line"
    assert len(review(text).unused) == 1


@pytest.mark.parametrize("line", [0, 9])
@pytest.mark.parametrize(
    "comment", ["# notion-lsp:ignore-file", "<!-- notion-lsp:ignore-file x -->"]
)
def test_a_comment_near_the_top_silences_the_file(comment: str, line: int) -> None:
    lines = [f"a = '{access_token(1)}'"] * 20
    lines[line] = comment
    kept = review("\n".join(lines))
    assert (kept.findings, kept.unused) == ((), ())


def test_a_comment_for_the_file_that_is_not_near_the_top_silences_nothing() -> None:
    text = "\n" * 10 + "# notion-lsp:ignore-file\n" + f"a = '{TOKEN}'\n"
    kept = review(text)
    assert (len(kept.findings), kept.unused) == (1, (Span(12, 34),))
    comment = own_comment("# notion-lsp:ignore-file")
    assert comment
    assert "counts in the first 10 lines" in comment.advice(10)
    assert "No token stands" in comment.advice(9)


def test_a_comment_for_a_file_without_tokens_is_named() -> None:
    assert review("# notion-lsp:ignore-file\n").unused == (Span(2, 24),)


def test_secretlint_is_switched_off_and_on_from_comment_to_comment() -> None:
    names = [chr(ord("a") + number) for number in range(6)]
    tokens_of = {name: access_token(40 + number) for number, name in enumerate(names)}
    text = """\
a
/* secretlint-disable */
b
/* secretlint-enable */ c /* secretlint-disable */ d
// secretlint-enable
// secretlint-disable @secretlint/secretlint-rule-aws
e
// secretlint-disable @secretlint/secretlint-rule-notion -- a sample
f
"""
    for name, token in tokens_of.items():
        text = re.sub(rf"(^| ){name}( |$)", rf"\\1'{token}'\\2", text, flags=re.MULTILINE)
    kept = [found.span.of(text) for found in review(text).findings]
    assert kept == [tokens_of[name] for name in "ace"]


def test_the_comment_of_another_scanner_is_never_called_unused() -> None:
    assert review("a = 1  # gitleaks:allow").unused == ()


def test_a_comment_of_ours_is_found_by_its_columns() -> None:
    comment = own_comment("é = 1  # notion-lsp:ignore-next-line made up")
    assert comment
    assert (comment.span, comment.about) == (Span(9, 36), "next line")


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


@given(
    st.lists(
        st.sampled_from([TOKEN, "\n", "\r\n", "\r", " # ", "x", *THIS_LINE, *NEXT_LINE]),
        max_size=12,
    ).map("".join)
)
def test_a_review_keeps_no_more_than_was_found(text: str) -> None:
    assert set(review(text).findings) <= set(find_plain(text))
