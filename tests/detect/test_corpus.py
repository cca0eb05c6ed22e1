"""Each case of the corpus has the tokens it says, each where it says, and no other."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import corpus
import pytest
from corpus import GROUPS, Case, Place, Range, Token, cases

from notion_lsp.files import read_write
from notion_lsp.ignore.review import review
from notion_lsp.positions import LineIndex
from notion_lsp.text import Span

if TYPE_CHECKING:
    from notion_lsp.detect.finding import Finding


def found(case: Case) -> tuple[Token, ...]:
    """Return what the server finds in a case."""
    read = read_write.decode(case.data)
    assert read, "what a case holds is text"
    index = LineIndex(read.text)
    return tuple(
        Token(finding.kind.id, tuple(_range(index, span) for span in places(finding)))
        for finding in review(read.text).findings
    )


def places(finding: Finding) -> tuple[Span, ...]:
    """Return those of its pieces, or that of the encoded text, which may be wrapped."""
    whole = Span(finding.spans[0].start, finding.spans[-1].end)
    return (whole,) if finding.encoding else finding.spans


def _range(index: LineIndex, span: Span) -> Range:
    start, end = (index.position(offset, "utf-16") for offset in (span.start, span.end))
    return Range(Place(*start), Place(*end))


def by_name(group: str) -> list[object]:
    return [pytest.param(case, id=case.name) for case in cases(group)]


@pytest.mark.parametrize("case", by_name("plain"))
def test_a_token_in_one_piece_is_found_where_it_stands(case: Case) -> None:
    assert found(case) == case.tokens


@pytest.mark.parametrize("case", by_name("split"))
def test_a_token_in_pieces_is_found_with_all_of_them(case: Case) -> None:
    assert found(case) == case.tokens


@pytest.mark.parametrize("case", by_name("encoded"))
def test_an_encoded_token_is_found_where_its_encoded_text_stands(case: Case) -> None:
    assert found(case) == case.tokens


@pytest.mark.parametrize("case", by_name("negative"))
def test_what_is_no_token_is_not_found(case: Case) -> None:
    assert found(case) == ()


def test_no_two_cases_are_alike() -> None:
    data = [case.data for group in GROUPS for case in cases(group)]
    assert len(set(data)) == len(data)


def test_a_case_has_a_path_of_its_own() -> None:
    paths = [case.path for group in GROUPS for case in cases(group)]
    assert len(set(paths)) == len(paths)


def test_all_but_the_negative_cases_hold_a_token() -> None:
    empty = [case.name for case in chain(*map(cases, GROUPS[:3])) if not case.tokens]
    assert empty == [case.name for case in cases("negative") if case.tokens] == []


def test_no_case_file_holds_a_token_itself() -> None:
    texts = (path.read_text("utf-8") for path in corpus.FOLDER.glob("*/*.txt"))
    assert not any(review(text).findings for text in texts)
