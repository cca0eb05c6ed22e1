from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from token_factory import access_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import fingerprint
from notion_lsp.ignore.ignore_file import FOREVER, Entry, Ignored
from notion_lsp.ignore.review import review
from notion_lsp.text import Span

TOKEN = access_token(1)
COMMENTS = ("# notion-lsp:ignore", "# notion-lsp:ignore-next-line", "# gitleaks:allow")


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


@given(
    st.lists(
        st.sampled_from([TOKEN, "\n", "\r\n", "\r", " # ", "x", *COMMENTS]),
        max_size=12,
    ).map("".join)
)
def test_a_review_keeps_no_more_than_was_found(text: str) -> None:
    assert set(review(text).findings) <= set(find_tokens(text))
