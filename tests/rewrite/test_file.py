from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import assume, given
from hypothesis import strategies as st
from rewriting import BY_ID, OTHER, TOKEN, source
from test_fixtures import language_of_folder, rewritten, sources, unmarked
from token_factory import integration_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.kinds import Confidence
from notion_lsp.detect.plain import find_plain
from notion_lsp.files import read_write
from notion_lsp.languages import Language, languages
from notion_lsp.lookup import Lookup, Remains, remaining
from notion_lsp.refused import Refused
from notion_lsp.rewrite.file import placeholder, rewrite
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.rewrite.source import Source
from notion_lsp.settings import Settings
from notion_lsp.stores import stores
from notion_lsp.text import apply_edits, line_ending

if TYPE_CHECKING:
    from notion_lsp.detect.finding import Finding

ENV = stores()["env"]
FIXTURES = [
    (unmarked(path.read_bytes().decode())[0], language)
    for path in sources()
    if (language := language_of_folder(path))
]
# The byte order marks that files have, and none.
MARKS = (
    (b"", "utf-8"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What breaks a grammar, a line or an encoding.
SPLINTERS = (
    *('"', "'", "`", '"""', "(", ")", "{", "}", "[", "]", "${", "$(", "\\", "#", "//", "/*", "*/"),
    *("\n", "\r\n", "\r", "\u2028", "\f", "\0", "\t", " ", "é", "🎉", "\ud83c", "<<END\n", "<a>"),
    *(";", ",", ":", "=", "+", "f", "const ", "import os\n", "os = 1\n", TOKEN, f'"{TOKEN}"'),
)


def only(made: Source) -> tuple[Finding, dict[Finding, str]]:
    findings = find_plain(made.text)
    return findings[0], variable_names(made, findings, {})


def changed(made: Source) -> str:
    return rewritten(made).result


@st.composite
def broken_sources(draw: st.DrawFn) -> Source:
    """Draw a fixture with pieces put in and taken out."""
    text, language = draw(st.sampled_from(FIXTURES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.sampled_from([0, 0, 0, 1, 2, 7]))
        text = text[:start] + draw(st.sampled_from(SPLINTERS)) + text[end:]
    if draw(st.booleans()):
        text = text.replace("\r\n", "\n").replace("\n", draw(st.sampled_from(["\r\n", "\n"])))
    return Source(text, language)


STORES = st.sampled_from(sorted(stores()))

# How a language gives a name to something else, at the end of a file.
DECLARATIONS = {
    "csharp": "class NAME {}",
    "go": "var NAME = 1",
    "java": "class NAME {}",
    "javascript": "let NAME = 1;",
    "kotlin": "val NAME = 1",
    "php": "function NAME() {}",
    "python": "NAME = 1",
    "ruby": "NAME = 1",
    "typescript": "let NAME = 1;",
}


@st.composite
def sources_with_a_name(draw: st.DrawFn) -> tuple[Source, str, str]:
    """Draw a fixture that has another use for a name that a store's call brings with it."""
    known = [each for each in FIXTURES if each[1].id in DECLARATIONS]
    text, language = draw(st.sampled_from(known))
    lookups = {
        store.id: lookup
        for store in stores().values()
        if isinstance(lookup := store.lookup(language, Settings()), Lookup)
    }
    store = draw(st.sampled_from(sorted(lookups)))
    lookup = lookups[store]
    names = [each.name for each in lookup.requirements]
    names += [lookup.definition.name] if lookup.definition else []
    names = [name for name in names if name != "System"]
    name = draw(st.sampled_from(names or ["NOTION"]))
    declared = DECLARATIONS[language.id].replace("NAME", name)
    made = Source(f"{text}\n{declared}\n", language)
    # What is left open above may take the line for its own.
    assume(made.syntax and made.syntax.error_count == 0)
    assume(name in bound_names(made))
    return made, store, name


@st.composite
def surrounded_sources(draw: st.DrawFn) -> Source:
    """Draw a fixture with comments and empty lines where it has empty lines, and below it."""
    text, language = draw(st.sampled_from(FIXTURES))
    comment = language.writing.comment.format(
        draw(st.sampled_from(["no more", "é🎉", "\u2028", "\t"]))
    )
    lines = draw(st.lists(st.sampled_from(["", comment]), max_size=3))
    more = "".join(f"{line}\n" for line in lines)
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    text = text.replace("\r\n", "\n").replace("\n\n", f"\n\n{more}") + more
    return Source(text.replace("\n", ending), language)


def bound_names(made: Source) -> set[str]:
    assert made.syntax
    outline = made.syntax.outline
    return {*outline.declared, *(name for name, _ in outline.definitions)}


def given_names(made: Source) -> Counter[str]:
    """Count what the text imports and defines by its name."""
    assert made.syntax
    outline = made.syntax.outline
    imported = {(item.name, item.span) for item in outline.imports}
    return Counter(name for name, _ in (*imported, *outline.definitions))


def certain(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.confidence is Confidence.CERTAIN]


def test_a_split_token_whose_string_has_no_end_is_refused() -> None:
    made = source(f'PREFIX=ntn_\nBODY={TOKEN[4:]}\n"$PREFIX{{BODY', "shell")
    [found] = find_tokens(made.text)
    assert found.split
    assert isinstance(rewrite(made, [found], ENV, {found: "NOTION_TOKEN"}), Refused)


@given(broken_sources(), STORES)
def test_of_broken_code_every_token_is_rewritten_or_refused(made: Source, store: str) -> None:
    case = rewritten(made, (), store)
    # A name we put in can be the context that makes another one likely, and in broken code one
    # edit can take a refused token with it.
    assert len(certain(find_plain(case.result))) <= len(certain(tuple(case.refused)))


@given(broken_sources(), STORES)
def test_broken_code_is_not_broken_further(made: Source, store: str) -> None:
    after = Source(rewritten(made, (), store).result, made.language).syntax
    assert made.syntax
    assert after
    assert after.error_count <= made.syntax.error_count


@given(broken_sources(), STORES)
def test_what_stands_between_the_edits_stays(made: Source, store: str) -> None:
    case, ending = rewritten(made, (), store), line_ending(made.text)
    position = 0
    rebuilt = ""
    for edit in case.edits:
        assert edit.span.start >= position
        rebuilt += made.text[position : edit.span.start] + edit.new_text.replace("\n", ending)
        position = edit.span.end
    assert rebuilt + made.text[position:] == case.result


@given(broken_sources(), STORES, st.sampled_from(MARKS))
def test_no_byte_outside_the_edits_changes_in_any_encoding(
    made: Source, store: str, mark: tuple[bytes, str]
) -> None:
    bom, encoding = mark
    data = bom + made.text.encode(encoding, "replace")
    content = read_write.decode(data)
    if content is None:
        return
    case = rewritten(Source(content.text, made.language), (), store)
    text, after, ending = content.text, content.encode(case.result), line_ending(content.text)
    for edit in reversed(case.edits):
        new = edit.new_text.replace("\n", ending)
        end = (new + text[edit.span.end :]).encode(encoding)
        assert after.endswith(end)
        after, text = after[: len(after) - len(end)], text[: edit.span.start]
    assert after == content.encode(text)


@given(surrounded_sources(), STORES)
def test_a_second_rewrite_changes_nothing(made: Source, store: str) -> None:
    first = rewritten(made, (), store)
    again = rewritten(Source(first.result, made.language), (), store)
    assert again.result == first.result


@given(sources_with_a_name())
def test_a_name_that_means_something_else_is_given_to_nothing(
    drawn: tuple[Source, str, str],
) -> None:
    made, store, name = drawn
    after = Source(rewritten(made, (), store).result, made.language)
    assert given_names(after)[name] <= given_names(made)[name]


@given(broken_sources(), STORES)
def test_an_edit_has_line_feeds_only(made: Source, store: str) -> None:
    assert not any("\r\n" in edit.new_text for edit in rewritten(made, (), store).edits)


@given(broken_sources())
def test_python_that_compiles_compiles_when_rewritten(made: Source) -> None:
    python = Source(made.text, BY_ID["python"])
    try:
        compile(python.text, "before", "exec")
    except (SyntaxError, ValueError, SyntaxWarning):
        return
    compile(changed(python), "after", "exec")


@given(st.sampled_from(languages()), st.lists(st.sampled_from(SPLINTERS)).map("".join))
def test_no_text_is_too_odd_in_any_language(language: Language, text: str) -> None:
    rewritten(Source(text, language))


def test_a_rewrite_is_named_for_a_person_and_holds_no_token() -> None:
    made = source(f'token = "{TOKEN}"\n', "python")
    finding, given_names = only(made)
    done = rewrite(made, [finding], ENV, given_names)
    assert isinstance(done, Rewrite)
    assert done.title == "Read it from the environment variable NOTION_TOKEN"
    assert remaining(done.remains) == ("Set NOTION_TOKEN where the code runs.",)
    assert not any(TOKEN in edit.new_text for edit in done.edits)


def test_a_redaction_is_named_as_one_and_reads_no_variable() -> None:
    made = source(f"# {TOKEN}\n", "python")
    finding, given_names = only(made)
    done = rewrite(made, [finding], ENV, given_names)
    assert isinstance(done, Rewrite)
    assert (done.title, done.remains) == ("Redact it: no lookup can stand in this text", ())


def test_an_example_is_named_as_one() -> None:
    made = source(f"NOTION_TOKEN={TOKEN}\n", "dotenv-example")
    finding, given_names = only(made)
    done = rewrite(made, [finding], ENV, given_names)
    assert isinstance(done, Rewrite)
    assert done.title == "Leave NOTION_TOKEN empty, as an example does"


def test_a_file_without_a_language_is_refused() -> None:
    made = Source(f"token: {TOKEN}", None)
    finding, given_names = only(made)
    refused = rewrite(made, [finding], ENV, given_names)
    assert refused == Refused(
        "How this kind of file reads a variable is not known: take the token out."
    )
    assert rewritten(made).refused == {
        finding: "How this kind of file reads a variable is not known: take the token out."
    }


def test_a_store_without_a_call_for_the_language_is_refused() -> None:
    made = source(f'token = "{TOKEN}"', "python")
    finding, given_names = only(made)
    store = replace(ENV, title="Vault", lookup=lambda _language, _settings: None)
    assert rewrite(made, [finding], store, given_names) == Refused(
        "No call of Vault is known for Python: choose another store."
    )


def test_tokens_of_one_call_are_rewritten_all_or_not_at_all() -> None:
    made = source(f'import "x/{TOKEN}.js";\nf("{OTHER}");\n', "javascript")
    findings = find_plain(made.text)
    given_names = variable_names(made, findings, {})
    assert isinstance(rewrite(made, findings, ENV, given_names), Refused)


def test_a_placeholder_takes_the_place_of_each_token() -> None:
    text = f'{{"a": "{TOKEN}", "b": "Bearer {OTHER}"}}'
    done = placeholder(find_plain(text))
    assert apply_edits(text, done.edits) == '{"a": "ntn_****", "b": "Bearer ntn_****"}'


def test_a_helper_of_the_same_package_is_used() -> None:
    text = f'package main\n\nvar token = "{TOKEN}"\n'
    helper = "package main\n\nfunc mustEnv(name string) string {\n\treturn name\n}\n"
    assert changed(source(text, "go", (helper,))) == (
        'package main\n\nvar token = mustEnv("NOTION_TOKEN")\n'
    )


def test_a_source_shows_the_token_of_a_finding() -> None:
    made = source(f'é = "{integration_token(1)}"', "python")
    assert made.token(only(made)[0]) == integration_token(1)


def test_no_token_is_left_behind_in_a_title_or_a_reason() -> None:
    for text, language in FIXTURES:
        made = Source(text, language)
        findings = find_plain(text)
        given_names = variable_names(made, findings, {})
        for finding in findings:
            done = rewrite(made, [finding], ENV, given_names)
            words = done.reason if isinstance(done, Refused) else done.title
            assert made.token(finding) not in words


def test_variables_with_numbers_are_listed_in_the_order_of_these() -> None:
    rows = [Remains("Set {}.", name) for name in ("TOKEN_10", "TOKEN_2", "TOKEN")]
    assert remaining(rows) == ("Set TOKEN, TOKEN_2 and TOKEN_10.",)


def test_of_many_variables_some_are_named_and_the_others_counted() -> None:
    rows = [Remains("Set {}.", f"TOKEN_{number}") for number in range(1, 801)]
    assert remaining(rows) == ("Set TOKEN_1, TOKEN_2, TOKEN_3, TOKEN_4, TOKEN_5 and 795 more.",)
    assert remaining(rows[:6])[0].endswith("TOKEN_5 and TOKEN_6.")
