"""What becomes of configuration files, read again with other parsers than ours."""

from __future__ import annotations

import re
import sys
from configparser import ConfigParser
from typing import TYPE_CHECKING, Any

import hcl2
import javaproperties
import pytest
from test_fixtures import FIXTURES, language_of_folder, result_file, rewritten, unmarked
from token_factory import access_token

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import languages
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.rewrite.source import Package, Source
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

BY_ID = {language.id: language for language in languages()}

_READ = re.compile(r"\$\{[\w.-]+(?::`?X`?)?\}")


def results(language: str) -> list[Path]:
    return [path for path in sorted((FIXTURES / language).glob("*")) if result_file(path).exists()]


def before_and_after(path: Path) -> tuple[str, str]:
    text, _ = unmarked(path.read_bytes().decode())
    return text, rewritten(Source(text, language_of_folder(path))).result


def ini(text: str) -> dict[str, dict[str, str]]:
    parser = ConfigParser()
    parser.read_string(text)
    return {name: dict(section) for name, section in parser.items()}


def hidden(text: str) -> str:
    """Return the text with `X` in place of its tokens, and of the placeholders that read one."""
    for finding in reversed(find_plain(text)):
        text = f"{text[: finding.span.start]}X{text[finding.span.end :]}"
    return _READ.sub("X", text)


def settings(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the settings of blocks of one type, by their labels."""
    return {name.strip('"'): content for block in blocks for name, content in block.items()}


@pytest.mark.parametrize("path", results("toml"), ids=lambda path: path.name)
def test_toml_has_the_same_values(path: Path) -> None:
    before, after = before_and_after(path)
    assert tomllib.loads(after) == tomllib.loads(before)


@pytest.mark.parametrize("path", results("ini"), ids=lambda path: path.name)
def test_an_ini_file_has_the_same_values(path: Path) -> None:
    before, after = (text if "[" in text else f"[a]\n{text}" for text in before_and_after(path))
    assert ini(after) == ini(before)


@pytest.mark.parametrize("path", results("properties"), ids=lambda path: path.name)
def test_properties_have_the_same_values(path: Path) -> None:
    before, after = before_and_after(path)
    assert javaproperties.loads(after) == javaproperties.loads(before)


@pytest.mark.parametrize("path", results("spring-properties"), ids=lambda path: path.name)
def test_properties_of_spring_differ_in_their_tokens_alone(path: Path) -> None:
    before, after = map(javaproperties.loads, before_and_after(path))
    assert {key: hidden(value) for key, value in after.items()} == {
        key: hidden(value) for key, value in before.items()
    }


@pytest.mark.parametrize(
    "path",
    [path for path in results("terraform") if "half_typed" not in path.name],
    ids=lambda path: path.name,
)
def test_each_variable_of_terraform_is_there_once_and_sensitive(path: Path) -> None:
    _, after = before_and_after(path)
    read = hcl2.loads(after)
    variables, outputs = settings(read["variable"]), settings(read.get("output", []))
    assert set(re.findall(r"var\.(\w+)", after)) <= variables.keys()
    assert len(variables) == len(read["variable"])
    assert all(each["sensitive"] is True for each in (*variables.values(), *outputs.values()))


def test_a_folder_of_terraform_has_each_variable_once() -> None:
    made = Source(
        f'locals {{\n  token = "{access_token(1)}"\n}}\n',
        BY_ID["terraform"],
        Package(('variable "notion_token" {\n  type = string\n}\n',)),
    )
    assert rewritten(made).result == "locals {\n  token = var.notion_token\n}\n"


@pytest.mark.parametrize(
    ("language", "text", "title"),
    [
        (
            "dockerfile",
            "FROM alpine\nENV NOTION_PAT={}\n",
            (
                "Read it from the variable NOTION_PAT: docker build --secret"
                " id=notion_pat,env=NOTION_PAT . or docker run -e NOTION_PAT"
            ),
        ),
        (
            "terraform",
            'variable "notion_pat" {{\n  default = "{}"\n}}\n',
            "Read it from the variable notion_pat, which TF_VAR_notion_pat sets",
        ),
    ],
)
def test_a_title_says_what_sets_the_variable(language: str, text: str, title: str) -> None:
    made = Source(text.format(access_token(1)), BY_ID[language])
    findings = find_plain(made.text)
    done = rewrite(made, findings, stores()["env"], variable_names(made, findings, {}))
    assert isinstance(done, Rewrite)
    assert done.title == title


def test_what_stands_below_a_line_that_goes_on_is_no_comment() -> None:
    token = access_token(1)
    case = rewritten(Source(f"a=b\\\n# {token}\n# {token}\n", BY_ID["properties"]))
    assert case.result == f"a=b\\\n# {token}\n# ntn_****\n"
