"""What is asked of a parsed text takes time in proportion to it, in every language.

The parser's own time is not: what it does where a text is broken has a limit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from growth import grows_linearly, repeated
from test_fixtures import language_of_folder, result_file, sources, unmarked
from token_factory import access_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.lookup import Lookup
from notion_lsp.rewrite.file import rewrite_all
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.source import Source
from notion_lsp.stores import stores
from notion_lsp.syntax.site import NoSite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.languages import Language

SIZE = 2_000
TOKEN = access_token(1)
# What opens something, joins two things or stands on a line of its own.
OPENERS = ("a<", "a(", "a.b\n", '"a" + ', "a,", "a = b\n", "a: b\n", "{\n", "\n")


def smallest() -> Iterator[tuple[Language, str]]:
    """Yield for each language the shortest fixture that is rewritten."""
    by_language: dict[str, tuple[Language, str]] = {}
    for path in sources():
        language = language_of_folder(path)
        text, _ = unmarked(path.read_bytes().decode("utf-8", "surrogatepass"))
        known = by_language.get(path.parent.name)
        if language and result_file(path).exists() and (known is None or len(text) < len(known[1])):
            by_language[language.id] = language, text
    yield from by_language.values()


def units(language: Language) -> Iterator[str]:
    yield from OPENERS
    yield language.writing.comment.format("a") + "\n"
    if isinstance(language.environment, Lookup):
        yield language.environment.expression.replace("{name}", "A") + "\n"
        yield from (f"{each.statement}\n" for each in language.environment.requirements)


LANGUAGES = {language.id: (language, text) for language, text in smallest()}
CASES = [(each, unit) for each in LANGUAGES for unit in units(LANGUAGES[each][0]) if unit.strip()]


@pytest.mark.parametrize(("language_id", "unit"), CASES)
def test_a_text_is_asked_in_linear_time(language_id: str, unit: str) -> None:
    language, text = LANGUAGES[language_id]
    [finding, *_] = find_tokens(text)
    lookup = language.environment
    needed = lookup.requirements if isinstance(lookup, Lookup) else ()

    def parsed(size: int) -> Source:
        source = Source(repeated(unit, text)(size), language)
        assert source.syntax
        return source

    def work(source: Source) -> None:
        syntax = source.syntax
        source.site((finding,))
        assert syntax
        assert syntax.outline.header_end >= 0
        for each in needed:
            syntax.meaning(each.name)

    assert grows_linearly(work, parsed, SIZE)


@pytest.mark.parametrize("unit", ["import os\n", "import os as a\n", "os.a\n", "# a\n"])
def test_a_token_among_many_imports_or_comments_is_rewritten_in_linear_time(unit: str) -> None:
    language, text = LANGUAGES["python"]

    def work(longer: str) -> None:
        source = Source(longer, language)
        found = find_tokens(text)
        names = variable_names(source, found, {})
        rewrite_all(source, found, stores()["env"], names)

    assert grows_linearly(work, repeated(unit, text), 10_000)


def test_a_long_run_of_comments_is_read_and_a_token_in_it_is_one_in_a_comment() -> None:
    language, _ = LANGUAGES["python"]
    text = "# a\n" * 10_000 + f"# {TOKEN}\n" + "# a\n" * 10_000
    source = Source(text, language)
    site = source.site(find_tokens(text))
    assert isinstance(site, NoSite)
    assert site.comment


@pytest.mark.parametrize(
    ("language_id", "unit"),
    [
        ("javascript", "!"),
        ("csharp", "a<"),
        ("csharp", "<a "),
        ("java", "a<"),
        ("jenkinsfile", "a<"),
        ("c", "a=>"),
        ("java", "a=>"),
        ("jenkinsfile", "a=>"),
        ("shell", "a|"),
        ("shell", "a| # b\n\n"),
        ("shell", "';'|\\#|"),
        ("ruby", "=begin\n"),
    ],
)
def test_what_a_parser_would_need_long_for_is_refused(language_id: str, unit: str) -> None:
    language, text = LANGUAGES[language_id]
    source = Source(text + unit * 20_000, language)
    site = source.site(find_tokens(text)[:1])
    assert isinstance(site, NoSite)
    assert site.reason


def test_a_scanner_that_reads_to_the_end_at_each_character_is_ended() -> None:
    language, text = LANGUAGES["shell"]
    source = Source(text + "\n" + "\0" * 20_000, language)
    site = source.site(find_tokens(text)[:1])
    assert isinstance(site, NoSite)
    assert site.reason == "The text takes too long to parse."


@pytest.mark.parametrize(("language_id", "unit"), [("javascript", "`${a}` + "), ("ruby", "%w[a] ")])
def test_a_token_before_an_expression_that_nests_too_deeply_is_refused(
    language_id: str, unit: str
) -> None:
    language, text = LANGUAGES[language_id]
    source = Source(text + unit * 5_000, language)
    [found] = find_tokens(text)[:1]
    made = rewrite_all(source, [found], stores()["env"], {found: "NOTION_TOKEN"})
    assert made.refused[found] == "The text nests too deeply to be parsed."


def test_a_token_deep_in_an_expression_is_refused() -> None:
    language, _ = LANGUAGES["javascript"]
    text = f'f("{TOKEN}"' + ' + "a"' * 5_000 + ")\n"
    source = Source(text, language)
    site = source.site(find_tokens(text))
    assert isinstance(site, NoSite)
    assert site.reason == "The text nests too deeply to be parsed."
