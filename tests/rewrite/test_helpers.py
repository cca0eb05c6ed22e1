from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rewriting import BY_ID, TOKEN, rewritten

from notion_lsp.lookup import Definition, Lookup
from notion_lsp.rewrite.helpers import bring
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.rewrite.requirements import File
from notion_lsp.rewrite.source import ALONE, Package
from notion_lsp.syntax.neighbour import Neighbour
from notion_lsp.syntax.site import Syntax
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from pathlib import Path

JAVASCRIPT, RUST = BY_ID["javascript"], BY_ID["rust"]
READ = Definition(
    "read", "function {read}(a) {\n  return b;\n}", signature=r"function read\(\w+\) \{"
)


def with_helper(text: str, package: tuple[str, ...] = ()) -> tuple[str, str]:
    assert JAVASCRIPT.grammar
    file = File(Syntax(text, JAVASCRIPT.grammar), JAVASCRIPT, Package(package))
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


ENVIRONMENT = JAVASCRIPT.environment
OURS = """
function requireEnv (name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set`)
  return value
}
"""


def with_environment(text: str, neighbours: dict[str, str] | None = None) -> str:
    """Return the text with what a lookup of the environment needs beside itself."""
    assert JAVASCRIPT.grammar
    assert isinstance(ENVIRONMENT, Lookup)
    grammar = JAVASCRIPT.grammar
    others = [Neighbour(name, other, grammar) for name, other in (neighbours or {}).items()]
    found = File(Syntax(text, grammar), JAVASCRIPT, ALONE, mentioning=lambda _word: others)
    return bring(found, ENVIRONMENT, len(text))[0]["requireEnv"]


@pytest.mark.parametrize(
    "text",
    [
        OURS,
        OURS.replace("function requireEnv (name)", "const requireEnv = (name) =>"),
        OURS.replace("function requireEnv (name)", "const requireEnv = name =>"),
        OURS.replace("function requireEnv (name)", "export const requireEnv = function (name)"),
        OURS.replace("function requireEnv (name)", "export function requireEnv(\n  name,\n)"),
    ],
)
def test_a_helper_that_was_formatted_or_tidied_is_used(text: str) -> None:
    assert with_environment(text) == "requireEnv"


HEADER = "static char *require_env(const char *name) {\n    return getenv(name);\n}\n"


@pytest.mark.parametrize("header", [HEADER, "char *require_env(const char *name);\n"])
@pytest.mark.parametrize("include", ["env.h", "../include/env.h"])
def test_a_helper_that_was_moved_to_a_header_is_used(
    tmp_path: Path, header: str, include: str
) -> None:
    text = f'#include "{include}"\n\nint main(void) {{ return puts("{TOKEN}"); }}\n'
    made = rewritten(tmp_path, "src/a.c", {"src/a.c": text, "include/env.h": header})
    assert isinstance(made, Rewrite)
    assert [each.new_text for each in made.edits] == ['require_env("NOTION_TOKEN")']


@pytest.mark.parametrize(
    ("header", "file"),
    [
        ("keys.h", "a.c"),
        ("keys.h", "a.cpp"),
        ("keys.hpp", "a.cpp"),
        ("keys.inl", "a.cc"),
        ("keys.c", "a.c"),
        ("keys.cpp", "a.cpp"),
    ],
)
def test_what_is_included_does_not_give_its_helper_the_name_that_a_file_including_it_has(
    tmp_path: Path, header: str, file: str
) -> None:
    text = f'static const char *key(void) {{ return "{TOKEN}"; }}\n'
    helper = "static char *require_env(const char *name) { return getenv(name); }\n"
    files = {header: text, "between.h": f'#include "src/{header}"\n'}
    files[file] = f'#include "between.h"\n\n{helper}'
    made = rewritten(tmp_path, header, files)
    assert isinstance(made, Rewrite)
    assert "require_env2(const char" in apply_edits(text, made.edits)


def test_a_header_does_not_give_its_helper_the_name_that_another_header_has(
    tmp_path: Path,
) -> None:
    text = f'static const char *key(void) {{ return "{TOKEN}"; }}\n'
    made = rewritten(tmp_path, "keys.h", {"keys.h": text, "env.h": HEADER})
    assert isinstance(made, Rewrite)
    assert "static char *require_env2(" in apply_edits(text, made.edits)


def test_files_that_nobody_includes_have_a_helper_each_of_one_name(tmp_path: Path) -> None:
    text = f'int main(void) {{ return puts("{TOKEN}"); }}\n'
    made = rewritten(tmp_path, "a.c", {"a.c": text, "b.c": HEADER})
    assert isinstance(made, Rewrite)
    assert "static char *require_env(" in apply_edits(text, made.edits)


def test_a_file_does_not_define_what_it_includes_by_way_of_another(tmp_path: Path) -> None:
    text = f'#include "between.h"\n\nint main(void) {{ return puts("{TOKEN}"); }}\n'
    files = {"a.c": text, "between.h": '#include "keys.h"\n', "keys.h": HEADER}
    made = rewritten(tmp_path, "a.c", files)
    assert isinstance(made, Rewrite)
    assert "static char *require_env2(const char *name) {" in apply_edits(text, made.edits)


def test_the_helper_of_a_header_that_is_not_included_is_not_called(tmp_path: Path) -> None:
    text = f'#include "other.h"\n\nint main(void) {{ return puts("{TOKEN}"); }}\n'
    made = rewritten(tmp_path, "a.c", {"a.c": text, "env.h": HEADER})
    assert isinstance(made, Rewrite)
    assert "static char *require_env2(" in apply_edits(text, made.edits)


GO_HELPER = """\
package secrets

import "os"

func MustEnv(name string) string {
	value, found := os.LookupEnv(name)
	if !found || value == "" {
		panic("environment variable " + name + " is not set")
	}
	return value
}
"""


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ('"example.com/app/internal/secrets"', "secrets"),
        ('env "example.com/app/internal/secrets"', "env"),
    ],
)
def test_a_helper_that_was_moved_to_another_package_is_used_by_its_name_there(
    tmp_path: Path, path: str, name: str
) -> None:
    text = f'package main\n\nimport {path}\n\nvar key, log = "{TOKEN}", {name}.Log\n'
    files = {"main.go": text, "internal/secrets/secrets.go": GO_HELPER}
    made = rewritten(tmp_path, "main.go", files)
    assert isinstance(made, Rewrite)
    assert [each.new_text for each in made.edits] == [f'{name}.MustEnv("NOTION_TOKEN")']


def test_a_helper_of_a_package_that_is_not_imported_is_not_called(tmp_path: Path) -> None:
    text = f'package main\n\nimport "log"\n\nfunc main() {{ log.Print("{TOKEN}") }}\n'
    files = {"main.go": text, "internal/secrets/secrets.go": GO_HELPER}
    made = rewritten(tmp_path, "main.go", files)
    assert isinstance(made, Rewrite)
    assert "func mustEnv(name string) string {" in apply_edits(text, made.edits)


def test_a_function_of_its_name_that_does_not_throw_is_another() -> None:
    text = "function requireEnv(name) {\n  return process.env[name];\n}\n"
    assert with_environment(text) == "requireEnv2"


def test_a_helper_that_was_moved_to_a_module_is_used_under_its_name_here() -> None:
    text = 'import { requireEnv as need } from "./env.js";\n'
    assert with_environment(text, {"env.js": f"export {OURS.strip()}\n"}) == "need"


def test_a_helper_that_a_module_exports_by_default_is_used() -> None:
    text = 'import requireEnv from "@/env";\n'
    assert with_environment(text, {"env.js": f"export default {OURS.strip()}\n"}) == "requireEnv"


@pytest.mark.parametrize(
    "imported",
    [
        'import { page } from "./page.js";',
        'import "./page.js";',
        'const page = require("./page.js");',
    ],
)
def test_a_helper_that_a_module_keeps_for_itself_is_not_called(
    tmp_path: Path, imported: str
) -> None:
    text = f'{imported}\nconst token = "{TOKEN}";\n'
    made = rewritten(tmp_path, "notion.js", {"notion.js": text, "page.js": OURS.lstrip()})
    assert isinstance(made, Rewrite)
    assert "function requireEnv(name) {" in apply_edits(text, made.edits)


def test_a_helper_of_a_module_that_cannot_be_seen_is_used() -> None:
    text = 'const { requireEnv } = require("./env");\n'
    assert with_environment(text, {"other.js": text}) == "requireEnv"


@pytest.mark.parametrize(
    ("module", "neighbours"),
    [("env-of-others", {}), ("./env.js", {"env.js": "exports.requireEnv = (name) => name;\n"})],
)
def test_what_a_module_has_of_that_name_may_be_another(
    module: str, neighbours: dict[str, str]
) -> None:
    text = f'import {{ requireEnv }} from "{module}";\n'
    assert with_environment(text, neighbours) == "requireEnv2"


@pytest.mark.parametrize(
    "imported",
    ["use crate::env::require_env;", "use super::env::{other, require_env};"],
)
def test_a_macro_that_was_moved_to_a_module_is_used(tmp_path: Path, imported: str) -> None:
    text = f'{imported}\n\npub fn key() -> &\'static str {{\n    "{TOKEN}"\n}}\n'
    assert isinstance(RUST.environment, Lookup)
    assert RUST.environment.definition
    macro = RUST.environment.definition.text.replace("{require_env}", "require_env")
    files = {"src/api.rs": text, "src/env.rs": f"{macro}\n\npub(crate) use require_env;\n"}
    made = rewritten(tmp_path, "src/api.rs", files)
    assert isinstance(made, Rewrite)
    assert [each.new_text for each in made.edits] == ['require_env!("NOTION_TOKEN")']
