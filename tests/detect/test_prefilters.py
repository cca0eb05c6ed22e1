from __future__ import annotations

from collections import Counter
from itertools import permutations

import pytest

from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.detect.needles import needles
from notion_lsp.detect.prefilters import patterns, places, strings

# The crate `regex` 1.5, which ripgrep 13 is made with, drops the texts that a pattern begins with
# when they take more bytes (`Literals` in regex-syntax 0.6) or begin with as many different ones
# (`Matcher` in its `literal` module).
MOST_BYTES = 250
TOO_MANY_FIRST_BYTES = 26
# Teddy, the algorithm for few texts in the crate `aho-corasick`, takes no more.
MOST_TEXTS = 64


def literals() -> set[str]:
    return {each.literal for each in needles(TOKEN_KINDS)}


def test_the_literals_take_few_enough_bytes_for_a_fast_search() -> None:
    assert sum(map(len, literals())) <= MOST_BYTES


def test_the_literals_begin_with_few_enough_bytes_for_a_fast_search() -> None:
    assert len({each[0] for each in literals()}) < TOO_MANY_FIRST_BYTES


def test_the_literals_are_few_enough_for_a_fast_search() -> None:
    assert len(literals()) <= MOST_TEXTS


def test_no_literal_is_so_short_that_it_stands_everywhere() -> None:
    assert min(map(len, strings())) > len("ab")


def test_no_literal_begins_with_another_one() -> None:
    assert not [pair for pair in permutations(literals(), 2) if pair[0].startswith(pair[1])]


def test_a_literal_that_several_needles_have_is_looked_for_once() -> None:
    # Where it is not cut off, ripgrep makes a text of it and of what follows, for each of them, and
    # each of these goes into a bucket that is meant for the next literal.
    shared = Counter(each.literal for each in needles(TOKEN_KINDS))
    assert all(each.head for each in needles(TOKEN_KINDS) if shared[each.literal] > 1)


def test_each_literal_has_one_pattern() -> None:
    assert len(patterns(archives=True)) == len(literals())


@pytest.mark.parametrize(
    "text",
    [
        '"client_secret": null',
        '["client_secret", "code"]',
        "a secret_key of",
        "secret_size\0secret_salt\0",
        # Source maps and hashes are full of the beginnings of tokens in base64.
        "bnRlZ2Vy",
        "YwMjC,YwMzD;",
        "750b\n",
    ],
)
def test_what_only_begins_like_a_token_is_not_read(text: str) -> None:
    assert not list(places(text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        '"_".join(("ntn", "a"))',
        "['secret', 'a'].join('_')",
        "%w[secret_123456789 a].join",
        "A=secret_123456789;B=a",
        "secr=\r\net_123456789",
        "secre=\nt_123456789",
        "ntn=\n_123456789",
        "secret\x1b[m\x1b[K_123456789",
        "bnRuXzEyMzQ1",
        "eHh4bnRuXzEy\\n",
        "bnRu  \\\n",
        "bnRuX\r\n",
        "AAAAbgB0AG4AXwAxADIA",
    ],
)
def test_what_may_go_on_as_a_token_is_read(text: str) -> None:
    assert list(places(text.encode()))
