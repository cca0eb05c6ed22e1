"""Texts in a file that are in a language of their own: the cells of a notebook."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from test_fixtures import FIXTURES, Case, rewritten, unmarked
from token_factory import access_token

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import languages
from notion_lsp.lookup import remaining
from notion_lsp.refused import Refused
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.notebook_cells import Cell, beside
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.rewrite.source import Source
from notion_lsp.stores import stores
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from pathlib import Path

BY_ID = {language.id: language for language in languages()}
PYTHON, NOTEBOOK = BY_ID["python"], BY_ID["notebook"]
TOKEN, OTHER = access_token(1), access_token(2)
PIECES = (
    *(TOKEN, f'"{TOKEN}"', f'f("{TOKEN}")\n', f"# {TOKEN}\n", f"h = f'Bearer {TOKEN}, {{x}}'\n"),
    *("import os\n", "import os", "os = 1\n", '"""', "'", '"', "\\", "\\n", "(", ")", "{", "}"),
    *("\n", "\n\n", "\r\n", "\t", "é", "🎉", "\ud83c", "\u2028", "\0", "def f():\n    pass\n"),
    *(
        "%%time\n",
        "%%bash\n",
        "%matplotlib inline\n",
        "!ls\n",
        "    !ls\n",
        "x = 1\n",
        "#",
        '",\n"',
    ),
)
cells = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join)
plain_cells = cells.filter(lambda text: "%" not in text and "!" not in text)


def cell(text: str, kind: str = "code", *, lines: bool = True) -> dict[str, Any]:
    written = text.splitlines(keepends=True) if lines else text
    ours: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": written}
    return ours | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def notebook(*texts: dict[str, Any], indent: int | str | None = 1, escaped: bool = False) -> str:
    content = {"cells": list(texts), "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(content, indent=indent, ensure_ascii=escaped)


def read(text: str) -> list[str]:
    return ["".join(each["source"]) for each in json.loads(text)["cells"]]


def rewrite_cells(*texts: str, store: str = "env") -> Case:
    return rewritten(Source(notebook(*map(cell, texts)), NOTEBOOK), (), store)


def result(*texts: str, store: str = "env") -> list[str]:
    return read(rewrite_cells(*texts, store=store).result)


@given(
    text=plain_cells,
    lines=st.booleans(),
    indent=st.sampled_from([None, 1, "\t"]),
    escaped=st.booleans(),
)
def test_a_cell_becomes_what_its_text_alone_becomes(
    *, text: str, lines: bool, indent: int | str | None, escaped: bool
) -> None:
    others = [cell("x = 1\n", lines=lines), cell("*text*", "markdown", lines=lines)]
    written = notebook(*others, cell(text, lines=lines), *others, indent=indent, escaped=escaped)
    alone = rewritten(Source(text, PYTHON))
    assume(len(find_plain(written)) == len(alone.found))
    case = rewritten(Source(written, NOTEBOOK))
    before, after = json.loads(written), json.loads(case.result)
    assert "".join(after["cells"][2]["source"]) == alone.result
    assert sorted(case.refused.values()) == sorted(alone.refused.values())
    del before["cells"][2], after["cells"][2]
    assert after == before


@given(st.lists(cells, min_size=1, max_size=4), st.sampled_from(sorted(stores())))
def test_a_notebook_stays_one_and_only_cells_with_tokens_change(
    texts: list[str], store: str
) -> None:
    case = rewrite_cells(*texts, store=store)
    after = result(*texts, store=store)
    assert len(after) == len(texts)
    assert all(new == old for new, old in zip(after, texts, strict=True) if TOKEN not in old)
    again = rewritten(Source(case.result, NOTEBOOK), (), store)
    # A name that is put in can be what makes a token of something that nearly was one.
    assume(len(again.found) == len(case.refused))
    assert again.edits == ()


@given(st.lists(cells, min_size=1, max_size=4), st.data())
def test_a_cell_that_an_editor_holds_becomes_what_it_becomes_in_the_file(
    texts: list[str], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(texts) - 1))
    held = beside([Cell(text, "python") for text in texts], number)
    saved = Source(notebook(*map(cell, texts)), NOTEBOOK)
    found = [
        list(source.parts[number].inside(find_plain(source.text)).values())
        for source in (held, saved)
    ]
    assume(len(found[0]) == len(found[1]))
    for one, other in zip(*found, strict=True):
        ours = rewrite(held, (one,), stores()["env"], {one: "A"})
        theirs = rewrite(saved, (other,), stores()["env"], {other: "A"})
        if isinstance(ours, Refused) or isinstance(theirs, Refused):
            assert ours == theirs
        else:
            after = read(apply_edits(saved.text, theirs.edits))[number]
            assert apply_edits(texts[number], ours.edits) == after


def test_a_cell_in_a_language_that_nothing_rewrites_is_not_in_the_way() -> None:
    texts = [Cell("import os\n", "python"), Cell("\"'{", "raw"), Cell(f'a = "{TOKEN}"', "python")]
    done = rewrite_in(texts, 2)
    assert isinstance(done, Rewrite)
    assert apply_edits(texts[2].text, done.edits) == 'a = os.environ["NOTION_TOKEN"]'


@pytest.mark.parametrize("language", ["raw", "sql", None])
def test_a_token_in_a_cell_that_nothing_rewrites_is_refused(language: str | None) -> None:
    assert isinstance(rewrite_in([Cell(f"'{TOKEN}'", language)], 0), Refused)


def test_a_shell_cell_that_an_editor_holds_defines_nothing_for_the_next_one() -> None:
    shell = Cell(f"curl -H 'Authorization: Bearer {TOKEN}' x\n", "shellscript")
    first = rewrite_in([shell], 0)
    assert isinstance(first, Rewrite)
    done = apply_edits(shell.text, first.edits)
    assert rewrite_in([Cell(done, "shellscript"), shell], 1) == first


def rewrite_in(texts: list[Cell], number: int) -> Rewrite | Refused:
    source = beside(texts, number)
    [finding] = find_plain(texts[number].text)
    return rewrite(source, (finding,), stores()["env"], {finding: "NOTION_TOKEN"})


def test_half_a_surrogate_pair_is_no_character() -> None:
    text = notebook(cell(f'a = "{TOKEN}"')).replace("a = ", r"\ud83c\udfni = ", 1)
    assert rewritten(Source(text, NOTEBOOK)).found


@given(st.data())
def test_a_broken_notebook_is_rewritten_or_refused(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted((FIXTURES / "notebook").glob("*.ipynb"))))
    text, _ = unmarked(path.read_bytes().decode())
    start = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 9))
    case = rewritten(Source(text[:start] + text[start + cut :], NOTEBOOK))
    after = Source(case.result, NOTEBOOK).syntax
    assert case.source.syntax
    assert after
    assert after.error_count <= case.source.syntax.error_count


@pytest.mark.parametrize("path", sorted((FIXTURES / "notebook").glob("*.env.ipynb")))
def test_a_line_of_code_is_an_element_of_its_own(path: Path) -> None:
    for each in json.loads(path.read_text("utf-8"))["cells"]:
        source = each["source"]
        assert isinstance(source, str) or source == "".join(source).splitlines(keepends=True)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("import os\n", 'a = os.environ["NOTION_TOKEN"]'),
        ("import os as o\n", 'a = o.environ["NOTION_TOKEN"]'),
        ("import os.path\n", 'import os\n\na = os.environ["NOTION_TOKEN"]'),
        ("def f():\n    import os\n", None),
        ("from x import os\n", None),
        ("os = 1\n", None),
        ("# import os\n", 'import os\n\na = os.environ["NOTION_TOKEN"]'),
        ("%%bash\nimport os\n", 'import os\n\na = os.environ["NOTION_TOKEN"]'),
    ],
)
def test_what_an_earlier_cell_imports_is_used(first: str, second: str | None) -> None:
    case = rewrite_cells(first, f'a = "{TOKEN}"')
    if second is None:
        assert set(case.refused.values()) == {"The name os stands for something else above."}
    else:
        assert read(case.result)[1] == second


def test_what_a_later_cell_imports_is_not_there_yet() -> None:
    assert result(f'a = "{TOKEN}"', "import os")[0].startswith("import os\n")


def test_a_helper_of_an_earlier_cell_is_called() -> None:
    first = result(f'a = "{TOKEN}"', store="vault")[0]
    again = result(first, f'b = "{OTHER}"', store="vault")
    assert again[0] == first
    assert again[1] == 'b = vault_secret("secret", "notion", "api_key_2")'


def test_a_helper_is_not_given_the_name_of_another_function() -> None:
    texts = ("def vault_secret():\n    pass", f'b = "{TOKEN}"')
    reasons = rewrite_cells(*texts, store="vault").refused.values()
    assert set(reasons) == {"The name vault_secret stands for something else above."}


def test_a_shell_cell_defines_nothing_for_the_next_one() -> None:
    shell = f"%%bash\ncurl -H 'Authorization: Bearer {TOKEN}' x\n"
    made = result(shell, shell, store="vault")
    assert made[0] == made[1]
    assert made[0].startswith("%%bash\nNOTION_TOKEN=$(vault kv get ")


def test_two_cells_are_not_read_from_one_secret() -> None:
    texts = (f'NOTION_KEY = "{TOKEN}"', f'NOTION_PAT = "{OTHER}"')
    reasons = rewrite_cells(*texts, store="vault").refused.values()
    assert set(reasons) == {"Another token of this project would be read from the same secret."}


@pytest.mark.parametrize("magic", ["%%html", "%%writefile a.py", "%%script python", "%%", "%%sql"])
def test_a_cell_that_something_else_reads_is_refused(magic: str) -> None:
    case = rewrite_cells(f'{magic}\na = "{TOKEN}"')
    assert set(case.refused.values()) == {"The cell's magic says what reads it: not Python."}


def test_a_string_around_what_looks_like_a_command_is_not_taken_for_it() -> None:
    case = rewrite_cells(f'a = """\n%d {{}}\n{TOKEN}\n"""')
    assert case.edits == ()
    assert len(case.refused) == 1


def rewrite_one(text: str, *findings: int) -> Rewrite | Refused:
    source = Source(text, NOTEBOOK)
    found = find_plain(text)
    names = variable_names(source, found, {})
    return rewrite(source, [found[index] for index in findings], stores()["env"], names)


def test_one_token_is_rewritten_as_all_of_them_are() -> None:
    text = notebook(cell("import os"), cell(f'KEY = "{TOKEN}"'), cell(f'KEY_2 = "{OTHER}"'))
    done = rewrite_one(text, 0)
    assert isinstance(done, Rewrite)
    assert done.title == "Read it from the environment variable KEY"
    assert remaining(done.remains) == ("Set KEY where the code runs.",)
    after = read(apply_edits(text, done.edits))
    assert after == ["import os", 'KEY = os.environ["KEY"]', f'KEY_2 = "{OTHER}"']


def test_what_is_printed_is_redacted() -> None:
    printed = {"output_type": "stream", "name": "stdout", "text": [f"{TOKEN}\n"]}
    text = notebook(cell("f()") | {"outputs": [printed]})
    done = rewrite_one(text, 0)
    assert isinstance(done, Rewrite)
    assert done.title == "Redact it: no lookup can stand in this text"
    assert json.loads(apply_edits(text, done.edits))["cells"][0]["outputs"][0]["text"] == [
        "ntn_****\n"
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"%env A={TOKEN}", "This line sets the environment itself"),
        (f"!echo {TOKEN}", "A command of IPython is not Python"),
        (f"%%html\n{TOKEN}", "The cell's magic says what reads it"),
        (f'def f(a: "{TOKEN}"): pass', "A type annotation is not evaluated"),
    ],
)
def test_one_token_is_refused_as_all_of_them_are(text: str, reason: str) -> None:
    done = rewrite_one(notebook(cell(text)), 0)
    assert isinstance(done, Refused)
    assert done.reason.startswith(reason)
    assert rewrite_cells(text).refused.popitem()[1] == done.reason


def test_tokens_of_several_cells_are_not_one_rewrite() -> None:
    done = rewrite_one(notebook(cell(f'a = "{TOKEN}"'), cell(f'b = "{OTHER}"')), 0, 1)
    assert isinstance(done, Refused)
