"""What a text does with a variable. Each file of `uses/` has a line of `^` under each use."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from token_factory import access_token

from notion_lsp.languages import language_of
from notion_lsp.positions import LineIndex
from notion_lsp.respond.variables import fed_by, given_to, spellings, uses_of

FOLDER = Path(__file__).with_name("uses")
FILES = sorted(path for path in FOLDER.rglob("*") if path.is_file())
TOKEN = access_token(1)
_MARK = re.compile(r"[ \t]*(\^+) (\w+)")


class Marked(NamedTuple):
    """A file without its marks, and what these say: line and columns from 0, and the role."""

    path: Path
    text: str
    uses: list[tuple[int, int, int, str]]


def marked(path: Path) -> Marked:
    lines: list[str] = []
    uses = []
    for line in path.read_text().split("\n"):
        if found := _MARK.fullmatch(line):
            uses.append((len(lines) - 1, *found.span(1), found[2]))
        else:
            lines.append(line)
    return Marked(path.relative_to(FOLDER), "\n".join(lines), uses)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_each_kind_of_file_says_what_it_does_with_a_variable(path: Path) -> None:
    file = marked(path)
    index, language = LineIndex(file.text), language_of(file.path, text=file.text)
    found = [
        (*index.position(use.spans[0].start, "utf-32"), use)
        for use in uses_of(file.text, {"NOTION_TOKEN"}, language)
    ]
    said = [
        (line, column, column + use.spans[0].end - use.spans[0].start, use.role)
        for line, column, use in found
    ]
    assert sorted(said) == sorted(file.uses)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_search_for_a_variable_meets_each_kind_of_file(path: Path) -> None:
    assert any(each in path.read_text() for each in spellings("NOTION_TOKEN"))


@pytest.mark.parametrize(
    ("name", "text", "variable"),
    [
        ("a.env", "NOTION_TOKEN=⟨N⟩", "NOTION_TOKEN"),
        ("a.env", "export TOKEN='⟨N⟩'", "TOKEN"),
        ("a.py", 'os.getenv("NOTION_TOKEN", "⟨N⟩")', "NOTION_TOKEN"),
        ("a.py", 'os.environ.get("KEY") or "⟨N⟩"', "KEY"),
        ("a.py", 'NOTION_KEY: str = "⟨N⟩"', "NOTION_KEY"),
        ("a.py", 'TOKEN = "⟨N⟩"', ""),
        ("a.py", 'token = "⟨N⟩"', ""),
        ("a.py", 'f(KEY)\n"⟨N⟩"', ""),
        ("a.js", 'process.env.KEY ?? "⟨N⟩"', "KEY"),
        ("a.sh", 'curl -H "Bearer ${KEY:-⟨N⟩}"', "KEY"),
        ("a.sh", 'curl -H "Authorization: Bearer ⟨N⟩"', ""),
        ("Dockerfile", "FROM x\nENV KEY ⟨N⟩", "KEY"),
        ("compose.yml", "services:\n a:\n  environment:\n   - KEY=⟨N⟩", "KEY"),
        (
            "d.yaml",
            "apiVersion: v1\nkind: Pod\nspec:\n  env:\n    - name: KEY\n      value: ⟨N⟩",
            "KEY",
        ),
        ("task.json", '[{"name": "KEY", "value": "⟨N⟩"}]', "KEY"),
        (".mcp.json", '{"env": {"KEY": "⟨N⟩"}}', "KEY"),
        ("a.tf", 'variable "notion_token" {\n  default = "⟨N⟩"\n}', "TF_VAR_notion_token"),
        ("a.tfvars", 'notion_token = "⟨N⟩"', "TF_VAR_notion_token"),
        (
            "b.tf",
            'variable "notion_token" {\n  description = "A token"\n  default = "⟨N⟩"\n}',
            "TF_VAR_notion_token",
        ),
        ("c.tf", 'variable "a" {\n}\nlocals {\n  key = "⟨N⟩"\n}', ""),
        ("d.tf", 'variable "a" { sensitive = true }\nresource "b" "c" { token = "⟨N⟩" }', ""),
        ("e.tf", 'variable "a" { default = "⟨N⟩" }', "TF_VAR_a"),
        ("f.tf", 'resource "b" "c" {\n  environment = {\n    KEY = "⟨N⟩"\n  }\n}', "KEY"),
        ("a.rs", 'env::var("KEY").unwrap_or_else(|_| "⟨N⟩".into())', "KEY"),
        ("mcp.json", r'{"HEADERS": "{\"Authorization\": \"Bearer ⟨N⟩\"}"}', "HEADERS"),
        ("list.txt", "KEY=1\n⟨N⟩", ""),
    ],
)
def test_a_token_is_given_to_the_variable_that_the_text_names(
    name: str, text: str, variable: str
) -> None:
    text = text.replace("⟨N⟩", TOKEN)
    language = language_of(Path(name), text=text)
    assert given_to(text, text.index(TOKEN), language) == variable


def test_a_constant_of_code_with_a_common_name_is_no_variable() -> None:
    language = language_of(Path("a.py"))
    assert list(uses_of("TOKEN = f(TOKEN)", {"TOKEN"}, language)) == []
    assert [use.role for use in uses_of('TOKEN = environ["TOKEN"]', {"TOKEN"}, language)] == [
        "reads"
    ]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("NOTION_TOKEN: ${{ secrets.NOTION_PROD }}", ["NOTION_PROD"]),
        ("NOTION_TOKEN: ${PROD_KEY:?}", ["PROD_KEY"]),
        ("NOTION_TOKEN: $PROD_KEY", ["PROD_KEY"]),
        ("NOTION_TOKEN: abc", []),
        ("echo $NOTION_TOKEN $PROD_KEY", []),
    ],
)
def test_a_variable_may_take_its_value_from_another_one(line: str, names: list[str]) -> None:
    uses = list(uses_of(line, {"NOTION_TOKEN"}, language_of(Path("compose.yml"))))
    assert [name for use in uses for name in fed_by(line, use)] == names
