"""Detection, and the comments that silence it, take time in proportion to the text.

The texts are made of all that the tests of detection know: samples of each kind, the cases of the
corpus in each encoding and way of splitting, whole and broken off, over many lines and on one.
"""

from __future__ import annotations

import string
from itertools import product
from typing import TYPE_CHECKING

import pytest
from corpus import GROUPS, cases
from growth import grows_linearly, repeated
from token_factory import access_token

from notion_lsp.detect.anchors import BEGINNINGS
from notion_lsp.detect.encodings import BLOCKS
from notion_lsp.detect.find import find_tokens
from notion_lsp.ignore.review import review
from notion_lsp.lsp.document_findings import DocumentFindings
from notion_lsp.lsp.documents import Document
from notion_lsp.lsp.rules import DEFAULT
from notion_lsp.text import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = 2_000
TOKEN = access_token(1)

# What may stand around or between the pieces and rows of a token.
BETWEEN = ('"', "'", "`", '"+"', '",', "\\", "\\n", "\n", "\r", " ", "$", "${", "%", "=", "/*", "-")
# In each encoding, by hand, what goes on without an end.
UNFINISHED = (
    *("%25", "&#0", "&#x0", "\\u{0", "\x1b[0", "\x1b]8;;a", "= \t", "\\\\", "n\0", "\0", "%0A"),
    *("ntn_\n ", "ntn_a", "nt \r", "\n0000: 6e74 ", "\n00000000  6e ", "?= "),
    *(
        "a.",
        "a::",
        "a->",
        "a[",
        "A='nt'\nA+\n",
        "A=ntn_\n$A",
        "$a",
        "#{a",
        'x="a',
        "%w[a ",
        "a = a +",
    ),
)
COMMENTS = (
    *("notion-lsp:ignore ", "notion-lsp:ignore-file ", "notion-lsp:ignore-next-line\n"),
    *("secretlint-disable ", "secretlint-disable-line ", "secretlint-enable secretlint-rule-a "),
    *("secretlint-disable-next-line secretlint-rule-a ", "secretlint-disable\n"),
    *("nosem:", "nosemgrep: a", "nosem ", "pragma: allowlist", "gitleaks:", "ggignore", "-"),
)


def corpus() -> Iterator[object]:
    for group in GROUPS:
        for case in cases(group):
            text = case.data.decode("utf-8", "replace")
            yield pytest.param(text, id=case.name)
            unfinished = " ".join(text.split())[: int(len(text) * 0.55)]
            yield pytest.param(unfinished, id=f"{case.name}, on one line and broken off")


def beginnings() -> Iterator[str]:
    encoded = [needle for block in BLOCKS.values() for needle in block.needles]
    begin = [text for each in BEGINNINGS for text in (*each.written, each.text[:2])]
    yield from (f"{text}{between}" for text, between in product(begin, BETWEEN))
    yield from (f"{text}{between}" for text, between in product(encoded[::9], ("", "\n", "=")))


@pytest.mark.parametrize("unit", [*corpus()])
def test_what_is_known_to_hold_tokens_is_searched_in_linear_time(unit: str) -> None:
    assert grows_linearly(find_tokens, repeated(unit), SIZE)


@pytest.mark.parametrize("unit", [*beginnings(), *UNFINISHED, *string.printable])
def test_the_beginning_of_a_token_over_and_over_is_searched_in_linear_time(unit: str) -> None:
    assert grows_linearly(find_tokens, repeated(unit), SIZE)


@pytest.mark.parametrize("unit", COMMENTS)
def test_comments_beside_a_token_are_read_in_linear_time(unit: str) -> None:
    assert grows_linearly(review, repeated(unit, TOKEN), 5 * SIZE)


@pytest.mark.parametrize("unit", COMMENTS)
def test_a_line_full_of_comments_costs_a_keystroke_linear_time(unit: str) -> None:
    def shown(text: str) -> object:
        return DocumentFindings(text, split_lines(text)).shown(DEFAULT)

    assert grows_linearly(shown, repeated(unit, TOKEN), 5 * SIZE)


@pytest.mark.parametrize("unit", [f"{TOKEN} ", f"é {TOKEN} ", f"notion secret_{TOKEN[4:47]} "])
def test_a_line_full_of_tokens_is_shown_in_linear_time(unit: str) -> None:
    def shown(text: str) -> object:
        document = Document("file:///a.py", text)
        return [document.excerpt(each) for each in document.findings()]

    assert grows_linearly(shown, repeated(unit), 2 * SIZE)
