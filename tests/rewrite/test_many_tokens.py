"""Many tokens in one text take as long as each of them does, whatever the language."""

from __future__ import annotations

import json
from time import process_time
from typing import TYPE_CHECKING

import pytest
from growth import grows_linearly
from token_factory import access_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.languages import languages
from notion_lsp.rewrite.file import rewrite_all
from notion_lsp.rewrite.naming import Variables, variable_names
from notion_lsp.rewrite.source import Source
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FEW, _NOISE = 25, 0.25
_RUNS = 3  # a machine that does other work makes a run longer, never shorter


def _notebook(tokens: Sequence[str]) -> str:
    return _cells(*([f'k = "{each}"\n'] for each in tokens))


def _cells(*sources: Sequence[str]) -> str:
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _rows(row: str) -> Callable[[Sequence[str]], str]:
    return lambda tokens: "".join(
        row.format(each, each[:20], each[20:], number) for number, each in enumerate(tokens)
    )


def _within(head: str, row: str, tail: str) -> Callable[[Sequence[str]], str]:
    return lambda tokens: head.format() + _rows(row)(tokens) + tail.format()


_STEPS = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
_CONTAINER = (
    "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: a\n    env:\n"
)
_TEXTS: dict[str, tuple[str, Callable[[Sequence[str]], str]]] = {
    "python": ("python", _rows('print("{0}")\n')),
    "javascript": ("javascript", _rows('f("{0}");\n')),
    "split": ("python", _rows('print("{1}" + "{2}")\n')),
    "markdown": ("markdown", _rows('```python\nk = "{0}"\n```\n')),
    "notebook": ("notebook", _notebook),
    "lua": ("lua", _rows('f("{0}")\n')),
    "constants of go": ("go", _within("package a\n\nconst (\n", '\tT{3} = "{0}"\n', ")\n")),
    "a map of go": (
        "go",
        _within("package a\n\nvar t = map[string]string{{\n", '\t"a{3}": "{0}",\n', "}}\n"),
    ),
    "structs of go": (
        "go",
        _within("package a\n\nvar t = []A{{\n", '\t{{B: "{0}"}},\n', "}}\n"),
    ),
    "an object of javascript": (
        "javascript",
        _within("const o = {{\n", '  a{3}: "{0}",\n', "}};\n"),
    ),
    "constants of kotlin": ("kotlin", _rows('const val T{3} = "{0}"\n')),
    "constants of java": (
        "java",
        _within("class A {{\n", '  public static final String T{3} = "{0}";\n', "}}\n"),
    ),
    "variables of terraform": (
        "terraform",
        _rows('variable "token_{3}" {{\n  default = "{0}"\n}}\n'),
    ),
    "locals of terraform": ("terraform", _within("locals {{\n", '  a{3} = "{0}"\n', "}}\n")),
    "here documents": ("shell", _rows("python3 - <<'EOF'\nk = \"{0}\"\nEOF\n")),
    "a here document": ("shell", _within("cat > a <<EOF\n", "k{3}={0}\n", "EOF\n")),
    "a cell": ("notebook", lambda tokens: _cells([f'k = "{each}"\n' for each in tokens])),
    "steps of github": ("github-actions", _within(_STEPS, "    - run: x {0}\n", "")),
    "a script of github": (
        "github-actions",
        _within(f"{_STEPS}    - run: |\n", "        x {0}\n", ""),
    ),
    "a script of github in python": (
        "github-actions",
        _within(f"{_STEPS}    - shell: python\n      run: |\n", '        k{3} = "{0}"\n', ""),
    ),
    "variables of gitlab": (
        "gitlab-ci",
        _within("a:\n  variables:\n", "    TOKEN_{3}: {0}\n", ""),
    ),
    "a service of compose": (
        "docker-compose",
        _within("services:\n  a:\n    environment:\n", '      K{3}: "{0}"\n', ""),
    ),
    "services of compose": (
        "docker-compose",
        _within("services:\n", "  a{3}:\n    environment:\n    - K={0}\n", ""),
    ),
    "a container of kubernetes": (
        "kubernetes",
        _within(_CONTAINER, "    - name: K{3}\n      value: {0}\n", ""),
    ),
    "pods of kubernetes": (
        "kubernetes",
        _rows(f"---\n{_CONTAINER}    - name: K\n      value: {{0}}\n"),
    ),
    "a file in a map of kubernetes": (
        "kubernetes",
        _within("apiVersion: v1\nkind: ConfigMap\ndata:\n  a.py: |\n", "    k{3} = {0}\n", ""),
    ),
    "constants that are split": ("python", _rows('A{3} = "{1}"\nB{3} = A{3} + "{2}"\n')),
    "arguments": ("kotlin", _within("val t = f(\n", '    "{0}",\n', ")\n")),
    "a module of elixir": ("elixir", _within("defmodule A do\n", 'def f, do: "{0}"\n', "end\n")),
}


def _seconds(language: str, text: str) -> float:
    begun = process_time()
    source = Source(text, next(each for each in languages() if each.id == language))
    found = find_tokens(text)
    names = variable_names(source, found, {})
    made = rewrite_all(source, found, stores()["env"], names)
    # What they stand in rewrites all of them, or none.
    assert len(made.done) in {0, len(found)}
    return process_time() - begun


@pytest.mark.parametrize("kind", _TEXTS)
def test_four_times_the_tokens_take_four_times_as_long(kind: str) -> None:
    language, text = _TEXTS[kind]
    tokens = [access_token(number) for number in range(4 * _FEW)]
    _seconds(language, text(tokens[:1]))
    few, many = (
        min(_seconds(language, text(tokens[:count])) for _ in range(_RUNS))
        for count in (_FEW, 4 * _FEW)
    )
    assert many <= 5 * few + _NOISE


def test_each_of_many_constants_that_hold_a_part_of_a_token_is_found() -> None:
    _, text = _TEXTS["constants that are split"]
    tokens = [access_token(number) for number in range(450)]
    assert len(find_tokens(text(tokens))) == len(tokens)


def test_a_name_of_a_token_that_is_another_tokens_is_numbered_once_for_all() -> None:
    tried: list[str] = []

    def is_read(name: str) -> bool:
        tried.append(name)
        return False

    variables = Variables()
    names = [variables.free("A", str(token), is_read) for token in range(100)]
    assert names == ["A", *(f"A_{number}" for number in range(2, 101))]
    assert tried == names


def test_each_of_many_files_begins_where_the_names_of_the_others_end() -> None:
    def work(files: int) -> None:
        taken = Variables()
        for token in map(str, range(files)):
            taken.take(taken.child().free("A", token, lambda _name: False), token)

    assert grows_linearly(work, int, 500)
