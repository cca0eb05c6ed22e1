from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rewriting import TOKEN, rewritten

from notion_lsp.refused import Refused
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        (
            "template <size_t N> struct Text { Text(const char (&text)[N]); };\n",
            "Text takes an array, as a literal is one: call a function that takes text.",
        ),
        (
            "struct Text { consteval Text(const char* text); };\n",
            "Text runs when the code is compiled: call a function that is not `consteval`.",
        ),
        (
            "struct Text { char text[64]; };\n",
            "A field of Text is an array, which begins with a literal only: make it a pointer.",
        ),
    ],
)
def test_a_literal_of_cpp_stays_where_a_header_wants_one(
    tmp_path: Path, header: str, reason: str
) -> None:
    files = {"main.cpp": f'#include "text.hpp"\n\nText text("{TOKEN}");\n', "text.hpp": header}
    assert rewritten(tmp_path, "main.cpp", files) == Refused(reason)


def test_a_literal_of_cpp_is_rewritten_where_a_header_wants_an_array_for_something_else(
    tmp_path: Path,
) -> None:
    header = (
        "template <size_t N> void other(const char (&text)[N]);\nstruct Text { Text(char*); };\n"
    )
    files = {"main.cpp": f'#include "text.hpp"\n\nText text("{TOKEN}");\n', "text.hpp": header}
    assert isinstance(rewritten(tmp_path, "main.cpp", files), Rewrite)


PAPI = """\
package papi

type Token string

type token string

type Config struct {
	Token Token
	inner token
}

var Default = Config{}

func Given(name Token) Token { return name }

func All() []Token { return nil }

func Hidden(name token) {}
"""


@pytest.mark.parametrize(
    ("statement", "result"),
    [
        ('_ = papi.Given("x") == {}', '_ = papi.Given("x") == papi.Token(mustEnv({}))'),
        ('x := papi.Given("x"); x = {}', 'x := papi.Given("x"); x = papi.Token(mustEnv({}))'),
        ("x := papi.Token({})", "x := papi.Token(mustEnv({}))"),
        ('x := papi.Token("x"); x = {}', 'x := papi.Token("x"); x = papi.Token(mustEnv({}))'),
        ("x := papi.All(); x[0] = {}", "x := papi.All(); x[0] = papi.Token(mustEnv({}))"),
        (
            "x := papi.Config{}; x.Token = {}".replace("{};", "{{}};"),
            "x := papi.Config{{}}; x.Token = papi.Token(mustEnv({}))",
        ),
    ],
)
def test_a_type_that_another_package_of_go_gives_has_its_name(
    tmp_path: Path, statement: str, result: str
) -> None:
    head = 'package main\n\nimport "example.com/m/papi"\n\nfunc main() { '
    text = head + statement.format(f'"{TOKEN}"') + " }\n"
    made = rewritten(tmp_path, "main.go", {"main.go": text, "papi/papi.go": PAPI})
    assert isinstance(made, Rewrite)
    assert result.format('"NOTION_TOKEN"') in apply_edits(text, made.edits)


def test_a_type_that_another_package_of_go_keeps_to_itself_is_no_conversion(tmp_path: Path) -> None:
    text = (
        f'package main\n\nimport "example.com/m/papi"\n\nfunc main() {{ papi.Hidden("{TOKEN}") }}\n'
    )
    reason = "The type that this place takes cannot be seen: convert the token to it first."
    made = rewritten(tmp_path, "main.go", {"main.go": text, "papi/papi.go": PAPI})
    assert made == Refused(reason)


def test_what_another_package_of_go_keeps_by_texts_takes_any_value(tmp_path: Path) -> None:
    text = (
        'package main\n\nimport "github.com/gin-gonic/gin"\n\n'
        f'var body = gin.H{{"token": "{TOKEN}"}}\n'
    )
    made = rewritten(tmp_path, "main.go", {"main.go": text})
    assert isinstance(made, Rewrite)
    assert 'gin.H{"token": mustEnv("NOTION_TOKEN")}' in apply_edits(text, made.edits)


def test_a_literal_of_go_stays_where_the_text_around_it_does_not_parse(tmp_path: Path) -> None:
    made = rewritten(tmp_path, "a.go", {"a.go": f'g{{{{"{TOKEN}"}}'})
    assert made == Refused("The code around the token is not complete: a rewrite might break it.")


def test_a_field_of_python_has_the_model_that_another_file_declares(tmp_path: Path) -> None:
    base = "from pydantic import BaseModel\n\n\nclass Base(BaseModel):\n    name: str = ''\n"
    text = f'from base import Base\n\n\nclass Notion(Base):\n    token: str = "{TOKEN}"\n'
    made = rewritten(tmp_path, "main.py", {"main.py": text, "base.py": base})
    assert isinstance(made, Rewrite)
    lookup = 'Field(default_factory=lambda: os.environ["NOTION_TOKEN"])'
    assert f"    token: str = {lookup}\n" in apply_edits(text, made.edits)
