"""Rewritten programs, run: they have the values they had, and name a variable that is missing."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from test_fixtures import FIXTURES, Program, program, sources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# The fixtures that need nothing but the standard library, and for JavaScript what to look at.
PYTHON = (
    *("backslash_continuation", "beside_another", "braces", "bytes", "class_attribute", "crlf"),
    *("default_is_a_header", "default_of_get", "default_of_or", "double_prefix", "escaped_json"),
    *("f_string", "f_string_nested", "given_name_of_a_part", "given_name_taken_twice"),
    *("import_below_use", "import_of_members", "import_under_another_name", "keyword_names"),
    *("non_ascii", "odd_line_breaks", "os_is_a_variable", "string_prefixes"),
    *("two_in_one_literal", "typed_constant"),
)
JAVASCRIPT = {
    "default_is_a_header": "[header]",
    "default_of_or": "[auth, key, named, CONFIG, connect()]",
    "destructuring": "[NOTION_KEY, token, first]",
    "double_prefix": "[NOTION_TOKEN, cookie, query]",
    "escaped_json": "[env]",
    "given_names": "[NOTION_API_KEY, config, Notion.NOTION_SECRET, NOTION_LATE]",
    "header": "[headers, token, joined]",
    "helper_name_is_another_function": "[token]",
    "object_key": "[owners]",
    "string_to_template": "[a, b, c, d]",
    "template_literal": "[a, b, c, d, e]",
    "two_in_one_literal": "[pair, both]",
}
SHELL = (
    *("ansi_c_quotes", "double_prefix", "here_document", "non_ascii", "single_quotes"),
    *("default_expansion", "other_expansions"),
)

_RUN_ALL = """
const vm = require("node:vm");
const run = ({ code, env }) => {
  try {
    return { value: vm.runInNewContext(code, { process: { env }, console: { log() {} } }) };
  } catch (error) {
    return { error: error.message };
  }
};
const programs = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(programs.map(run)));
"""
_PARSE_ALL = """
const vm = require("node:vm");
const parses = (read) => { try { read(); return true; } catch { return false; } };
const programs = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(programs.map((code) =>
  parses(() => new vm.Script(code)) || parses(() => new vm.SourceTextModule(code)))));
"""


def python_values(code: str) -> dict[str, Any]:
    scope: dict[str, Any] = {"__name__": "program"}
    exec(compile(code, "program", "exec"), scope)  # noqa: S102, the fixtures are ours
    plain = (str, bytes, int, list, tuple, dict)
    return {
        name: value
        for name, value in scope.items()
        if isinstance(value, plain) and not name.startswith("__")
    }


def node(script: str, given: Sequence[object], *options: str) -> list[Any]:
    done = subprocess.run(
        ["node", "--no-warnings", *options, "-e", script],
        input=json.dumps(given),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    answer: list[Any] = json.loads(done.stdout)
    return answer


def shell(code: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash"],
        input=code,
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", **environment},
    )


@pytest.fixture(params=PYTHON)
def python(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Program:
    made = program(FIXTURES / "python" / f"{request.param}.py")
    monkeypatch.setenv("HOME", "/")
    for name in made.environment:
        monkeypatch.delenv(name, raising=False)
    # What `@dataclass` asks of the module it stands in.
    monkeypatch.setitem(sys.modules, "program", sys.modules[__name__])
    return made


def test_rewritten_python_has_the_values_it_had(
    python: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in python.environment.items():
        monkeypatch.setenv(name, value)
    assert python_values(python.result) == python_values(python.source)


def test_rewritten_python_names_the_variable_that_is_missing(python: Program) -> None:
    with pytest.raises(KeyError) as raised:
        python_values(python.result)
    assert raised.value.args[0] in python.environment


@pytest.mark.parametrize(
    "path", [path for path in sources() if path.parent.name == "python"], ids=lambda path: path.name
)
def test_python_that_compiled_compiles(path: Path) -> None:
    made = program(path)
    try:
        compile(made.source, path.name, "exec")
    except SyntaxError:
        return
    compile(made.result, path.name, "exec")


def test_rewritten_javascript_has_the_values_it_had() -> None:
    programs = [program(FIXTURES / "javascript" / f"{name}.js") for name in JAVASCRIPT]
    looks = JAVASCRIPT.values()
    before = [
        {"code": f"{made.source};{look}", "env": made.environment}
        for made, look in zip(programs, looks, strict=True)
    ]
    after = [
        {"code": f"{made.result};{look}", "env": made.environment}
        for made, look in zip(programs, looks, strict=True)
    ]
    assert node(_RUN_ALL, after) == node(_RUN_ALL, before)


def test_rewritten_javascript_names_the_variable_that_is_missing() -> None:
    code = program(FIXTURES / "javascript" / "two_tokens.js").result
    assert node(_RUN_ALL, [{"code": f"class Client {{}};{code}", "env": {}}]) == [
        {"error": "NOTION_TOKEN is not set"}
    ]


@pytest.mark.parametrize("store", ["env", "vault"])
def test_javascript_that_parsed_parses(store: str) -> None:
    paths = [path for path in sources() if path.suffix in {".js", ".cjs", ".mjs"}]
    programs = [program(path, store) for path in paths]
    before = node(_PARSE_ALL, [made.source for made in programs], "--experimental-vm-modules")
    after = node(_PARSE_ALL, [made.result for made in programs], "--experimental-vm-modules")
    assert dict(zip(paths, after, strict=True)) == dict(zip(paths, before, strict=True))


@pytest.mark.parametrize("name", SHELL)
def test_a_rewritten_shell_script_writes_what_it_wrote(name: str, tmp_path: Path) -> None:
    made = program(FIXTURES / "shell" / f"{name}.sh")
    before = shell(made.source, tmp_path, made.environment)
    after = shell(made.result, tmp_path, made.environment)
    assert (after.stdout, after.stderr) == (before.stdout, "")


def test_a_rewritten_shell_script_names_the_variable_that_is_missing(tmp_path: Path) -> None:
    made = program(FIXTURES / "shell" / "single_quotes.sh")
    done = shell(made.result, tmp_path, {})
    assert done.returncode
    assert "NOTION_TOKEN is not set" in done.stderr
