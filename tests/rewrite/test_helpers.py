from __future__ import annotations

import pytest

from notion_lsp.languages import languages
from notion_lsp.lookup import Definition, Lookup
from notion_lsp.rewrite.helpers import bring
from notion_lsp.rewrite.imports import File
from notion_lsp.syntax.site import Syntax
from notion_lsp.text import apply_edits

JAVASCRIPT = next(language for language in languages() if language.id == "javascript")
READ = Definition(
    "read", "function {read}(a) {\n  return b;\n}", signature=r"function read\(\w+\) \{"
)


def with_helper(text: str, package: tuple[str, ...] = ()) -> tuple[str, str]:
    assert JAVASCRIPT.grammar
    file = File(Syntax(text, JAVASCRIPT.grammar), JAVASCRIPT, package)
    called, edits = bring(file, Lookup("{read}(1)", definition=READ), len(text))
    return called["read"], apply_edits(text, edits)


def test_a_helper_goes_below_the_imports() -> None:
    text = 'import fs from "fs";\n\nf();\n'
    assert with_helper(text) == (
        "read",
        'import fs from "fs";\n\nfunction read(a) {\n  return b;\n}\n\nf();\n',
    )


@pytest.mark.parametrize("package", [(), ("function read(name) {\n  return 1;\n}\n",)])
def test_a_helper_that_is_there_is_used(package: tuple[str, ...]) -> None:
    text = "f();\n" if package else "function read(name) {\n  return 1;\n}\n"
    assert with_helper(text, package) == ("read", text)


def test_a_helpers_name_that_is_taken_gets_a_number() -> None:
    name, result = with_helper("const read = 1, read2 = 2;\n")
    assert name == "read3"
    assert "function read3(a) {" in result


def test_a_name_of_the_package_is_left_to_it() -> None:
    other = "export function other() { return read; }"
    assert with_helper("f();\n", ("function read() {}\n", other))[0] == "read2"
    assert with_helper("f();\n", (other,))[0] == "read"
