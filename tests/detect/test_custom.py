"""Kinds of token that the settings name, and patterns that nobody should wait for."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from token_factory import access_token

from notion_lsp.detect import custom
from notion_lsp.detect.find import find_tokens
from notion_lsp.explain import messages

TOKEN = access_token(31)
SLOW = r"(.*)*x(.*)*y(.*)*z"


def patterns(**by_name: str) -> custom.Patterns:
    rows, problems = custom.rows({name.replace("_", "-"): each for name, each in by_name.items()})
    assert problems == ()
    return custom.Patterns(rows)


def found(text: str, **by_name: str) -> list[tuple[str, str]]:
    findings = find_tokens(text, patterns(**by_name))
    return [(each.kind.id, each.span.of(text)) for each in findings]


def test_what_a_pattern_finds_is_of_the_kind_that_it_names() -> None:
    assert found("a acme_1 b acme_22", acme_key=r"acme_\d+") == [
        ("acme-key", "acme_1"),
        ("acme-key", "acme_22"),
    ]


@pytest.mark.parametrize(
    ("pattern", "token"),
    [
        (r"(?<=key\s*=\s*)\w+", "abcdef"),
        (r"key = \K\w+", "abcdef"),
        (r"^key", "key"),
        (r"\w+f$", "abcdef"),
        (r"(?r)abc", "abc"),
    ],
)
def test_a_pattern_may_look_at_what_stands_around(pattern: str, token: str) -> None:
    assert found("a\nkey = abcdef\nb1 b2 ", key=pattern) == [("key", token)]


@pytest.mark.parametrize("pattern", ["", "x*", r"(?=key)", r"key\s+=", r"key\r\n"])
def test_what_is_empty_or_over_several_lines_is_no_token(pattern: str) -> None:
    assert found("key\r\n=\n", key=pattern) == []


@pytest.mark.parametrize("pattern", ["ntn", TOKEN[10:20], r"\w+", r"=\w+", ".+"])
def test_a_match_gives_way_to_a_token_of_notion(pattern: str) -> None:
    assert found(f"={TOKEN}", key=pattern) == [("access-token", TOKEN)]


def test_a_match_gives_way_to_every_piece_of_a_token() -> None:
    text = f'a = "ntn_"\nother = 1\nb = a + "{TOKEN[4:]}"'
    assert found(text, key=r"\w{4,}") == [("access-token", "ntn_"), ("key", "other")]


def test_of_two_matches_at_a_place_the_pattern_that_comes_first_counts() -> None:
    assert found("abc", first="ab", second="abc") == [("first", "ab")]
    assert found("abc", second="bc", first="ab") == [("first", "ab")]


@given(st.text("ab \n"), st.sampled_from(["a+", "b", "ab|ba", r"\w\w", "a b"]))
def test_matches_stand_in_order_and_apart(text: str, pattern: str) -> None:
    spans = [each.span for each in find_tokens(text, patterns(one=pattern, two="ab"))]
    assert spans == sorted(spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


@pytest.mark.parametrize(
    ("name", "pattern", "problem"),
    [
        ("key", "(", "it is not a regular expression: missing ) at position 1."),
        ("key", "(" * 900, "it is not a regular expression: "),
        ("key", "(" * 5000, "it is longer than 1,000 characters."),
        ("key", "(?:a{1000}){1000}", "its counts multiply to more than 10,000."),
        ("key", "(?:(?:[ab]{10}){10}){1000}", "its counts multiply to more than 10,000."),
        ("key", "a{999999999}", "its counts multiply to more than 10,000."),
        ("Key", "a", "its name must be new, and of lower-case"),
        ("a b", "a", "its name must be new, and of lower-case"),
        ("", "a", "its name must be new, and of lower-case"),
        ("access-token", "a", "its name must be new, and of lower-case"),
        ("vite-key", "a", "its name must be new, and of lower-case"),
    ],
)
def test_a_pattern_that_cannot_be_one_is_named_and_the_rest_kept(
    name: str, pattern: str, problem: str
) -> None:
    rows, problems = custom.rows({name: pattern, "good": "b"})
    assert [row.kind.id for row in rows] == ["good"]
    (said,) = problems
    assert said.startswith(f"patterns: {name}: {problem}")


@pytest.mark.parametrize("pattern", [r"\(x\){9000}", "[(){}]{9000}", "a{2}b{3000}c{,5}", "{", "a{"])
def test_a_pattern_of_usual_size_is_not_too_large(pattern: str) -> None:
    assert custom.rows({"key": pattern})[1] == ()


@given(st.text("(){}[]\\ab1,?*|^", max_size=12))
def test_any_text_is_a_pattern_or_a_problem(pattern: str) -> None:
    rows, problems = custom.rows({"key": pattern})
    assert len(rows) + len(problems) == 1


def test_a_pattern_that_takes_too_long_is_told_of_once_and_switched_off() -> None:
    text = "abc x" * 5000 + " good"
    given_patterns = patterns(slow=SLOW, fine="good")
    first = find_tokens(text, given_patterns)
    assert given_patterns.take_problems() == (
        "patterns: slow: it took too long, and is switched off.",
    )
    assert find_tokens(text, given_patterns) == first
    assert given_patterns.take_problems() == ()
    assert [each.kind.id for each in first] == ["fine"]


def test_a_description_names_the_kind_and_the_settings() -> None:
    text = "acme_0123456789abcdefghij acme_0123"
    long, short = find_tokens(text, patterns(acme_key=r"acme_\w+"))
    assert messages.describe(long, text) == (
        "acme-key …ghij (pattern from the settings) is hardcoded: "
        "keep it in the environment or a secret store, and rotate it."
    )
    assert messages.masked(short, text) == "…"
