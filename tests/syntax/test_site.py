from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_fixtures import language_of_folder, sources, unmarked
from token_factory import access_token

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import Language, languages
from notion_lsp.syntax.site import NoSite, Site, Syntax
from notion_lsp.text import Span

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = access_token(1)
BY_ID = {language.id: language for language in languages()}


def parsed(text: str, language: str = "python") -> tuple[Syntax, Language]:
    grammar = BY_ID[language].grammar
    assert grammar
    return Syntax(text, grammar), BY_ID[language]


def slices(text: str) -> list[str]:
    """Return the imports of a Python text, as their places say."""
    syntax, _ = parsed(text)
    return [item.span.of(text) for item in syntax.outline.imports]


def test_a_literal_is_taken_apart_around_its_tokens() -> None:
    text = f'x = "Bearer {TOKEN}, {TOKEN}!"'
    syntax, language = parsed(text)
    spans = [finding.span for finding in find_plain(text)]
    site = syntax.site(spans, language.opening)
    assert isinstance(site, Site)
    literal = site.literal
    assert (literal.opening, literal.parts, literal.closing) == ('"', ("Bearer ", ", ", "!"), '"')
    assert literal.tokens == tuple(spans)
    assert not literal.whole


@pytest.mark.parametrize(
    ("literal", "opening"),
    [
        (f'"{TOKEN}"', '"'),
        (f"'{TOKEN}'", "'"),
        (f'"""{TOKEN}"""', '"""'),
        (f"Rb'''{TOKEN}'''", "Rb'''"),
        (f'f"{TOKEN}"', 'f"'),
    ],
)
def test_a_literals_opening_holds_its_prefix(literal: str, opening: str) -> None:
    text = f"x = {literal}"
    syntax, language = parsed(text)
    site = syntax.site([find_plain(text)[0].span], language.opening)
    assert isinstance(site, Site)
    assert (site.literal.opening, site.literal.whole) == (opening, True)


@pytest.mark.parametrize("before", ["", "é = 1\n", "🎉 = 1\n", "# \ud83c\n", "é" * 3000 + "\n"])
def test_places_are_in_code_points(before: str) -> None:
    text = f'{before}import os, sys\ncall("🎉", "é{TOKEN}")\n'
    syntax, language = parsed(text)
    span = find_plain(text)[0].span
    site = syntax.site([span], language.opening)
    assert isinstance(site, Site)
    assert site.literal.span.of(text) == f'"é{TOKEN}"'
    assert slices(text) == ["import os, sys", "import os, sys"]


def test_tokens_in_one_literal_have_the_same_span() -> None:
    text = f'f("{TOKEN} {TOKEN}", "{TOKEN}")'
    syntax, _ = parsed(text)
    first, second, third = (syntax.literal_span(found.span) for found in find_plain(text))
    assert first == second != third


def test_a_place_outside_of_literals_has_none() -> None:
    syntax, language = parsed("a = b")
    assert syntax.literal_span(Span(0, 1)) is None
    assert syntax.site([Span(0, 1)], language.opening) == NoSite()


def test_what_a_file_imports_is_known_by_the_names_it_has_there() -> None:
    text = "import os as system, sys\nfrom a.b import c as d, e\n"
    imports = parsed(text)[0].outline.imports
    assert [(item.module, item.member, item.name) for item in imports] == [
        ("os", "", "system"),
        ("sys", "", "sys"),
        ("a.b", "c", "d"),
        ("a.b", "e", "e"),
    ]


def test_code_that_can_be_read_has_no_errors() -> None:
    assert parsed("x = 1\n")[0].error_count == 0
    assert parsed("x = (1\n")[0].error_count > 0


@given(st.sampled_from(sorted(BY_ID)), st.text(max_size=80))
def test_no_text_is_too_odd_to_parse(language: str, text: str) -> None:
    syntax, _ = parsed(text, language)
    assert syntax.outline.header_end <= len(text)
    assert syntax.error_count >= 0


@given(st.sampled_from(sources()), st.integers(0, 3000), st.text("é🎉\ud83c", max_size=5))
def test_a_literal_holds_its_token_wherever_it_stands(
    path: Path, place: int, inserted: str
) -> None:
    text, _ = unmarked(path.read_bytes().decode())
    language = language_of_folder(path)
    at = place % (len(text) + 1)
    text = text[:at] + inserted + text[at:]
    if not language or not language.grammar:
        return
    syntax = Syntax(text, language.grammar)
    for finding in find_plain(text):
        site = syntax.site([finding.span], language.opening)
        if isinstance(site, Site):
            literal = site.literal
            rebuilt = finding.span.of(text).join(literal.parts)
            assert f"{literal.opening}{rebuilt}{literal.closing}" == (literal.span.of(text))
