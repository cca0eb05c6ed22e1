"""The stores beside the environment: what the rewrites to them make of the fixtures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from from_stores import BESIDE, BY_ID, OTHER, once, result, source
from test_fixtures import (
    UPDATE,
    Case,
    language_of_folder,
    result_file,
    rewritten,
    sources,
    unmarked,
)

from notion_lsp.lookup import Lookup
from notion_lsp.project import neighbours
from notion_lsp.refused import Refused
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.rewrite.source import ALONE, Source
from notion_lsp.settings import Settings, parse
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from pathlib import Path

# The kit of a keyring answers at once, and those of all others with a promise.
PROMISING = [store for store in BESIDE if store != "keyring"]
# The stores that every language reads from.
IN_EVERY_LANGUAGE = ["aws-secrets-manager", "conjur", "vault"]
CASES = [
    (path, store)
    for path in sources()
    for store in BESIDE
    if (language := language_of_folder(path))
    if language.id == "notebook" or isinstance(stores()[store].lookup(language, Settings()), Lookup)
]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0].name}-{case[1]}")
def case(request: pytest.FixtureRequest) -> tuple[Path, str, Case]:
    path, store = request.param
    text, marks = unmarked(path.read_bytes().decode("utf-8", "surrogatepass"))
    made = Source(text, language_of_folder(path), ALONE, neighbours.is_module(path))
    return path, store, rewritten(made, marks, store)


# What keeps a lookup of the environment out, and a call of a store may be free of.
OF_THE_ENVIRONMENT = ("the call of the environment", "which cannot throw")


def test_a_result_that_is_kept_is_what_comes_out(case: tuple[Path, str, Case]) -> None:
    path, store, made = case
    beside = result_file(path, store)
    if UPDATE and beside.exists():
        beside.write_bytes(made.result.encode("utf-8", "surrogatepass"))
    if beside.exists():
        assert made.result == beside.read_bytes().decode("utf-8", "surrogatepass")


def test_a_second_rewrite_changes_nothing(case: tuple[Path, str, Case]) -> None:
    _, store, made = case
    again = rewritten(Source(made.result, made.source.language), (), store)
    assert again.edits == ()
    assert len(again.found) == len(made.refused)


def test_the_result_has_no_more_syntax_errors(case: tuple[Path, str, Case]) -> None:
    _, _, made = case
    before, after = made.source.syntax, Source(made.result, made.source.language).syntax
    assert before
    assert after
    assert after.error_count <= before.error_count


def test_what_no_store_can_stand_in_for_is_refused_by_all(case: tuple[Path, str, Case]) -> None:
    _, _, made = case
    marked = {
        mark.spans[0]
        for mark in made.marks
        if mark.refused and not any(each in mark.refused for each in OF_THE_ENVIRONMENT)
    }
    assert marked <= {finding.span for finding in made.refused}


@pytest.mark.parametrize("store", PROMISING)
@pytest.mark.parametrize(
    "text",
    [
        'const token = "T!";\n',
        'async function f(token = "T!") {}\n',
        'async function f() { return [1].map(() => "T!"); }\n',
        'async function f() { return class { token = "T!"; }; }\n',
        'import a from "a";\nclass A { static { this.token = "T!"; } }\n',
        'import a from "a";\nfunction f() { return "T!"; }\n',
        'const a = { async b() { return function () { return "T!"; }; } };\n',
        'import a from "a";\nfunction* f() { yield "T!"; }\n',
        'import a from "a";\nconst a = { get b() { return "T!"; } };\n',
    ],
)
def test_where_await_may_not_stand_a_promise_is_refused(text: str, store: str) -> None:
    done = once(source(text, "javascript"), store)
    assert isinstance(done, Refused)
    assert "`await`" in done.reason


@pytest.mark.parametrize("store", PROMISING)
def test_a_namespace_of_typescript_is_no_place_for_await(store: str) -> None:
    done = once(
        source('namespace A { export const b = "T!"; }\n', "typescript", module=True), store
    )
    assert isinstance(done, Refused)
    assert "`await`" in done.reason


@pytest.mark.parametrize("store", PROMISING)
@pytest.mark.parametrize(
    ("text", "awaited"),
    [
        ('import a from "a";\nf("T!");\n', "f(await "),
        ('export const b = "T!";\n', "b = await "),
        ('async function f() { return "T!"; }\n', "return await "),
        ('const f = async () => "T!";\n', "=> await "),
        ('class A { async b() { return `Bearer ${"T!"}`; } }\n', "${await "),
        ('async function* f() { yield "T!"; }\n', "yield await "),
        ('async function f() { return "T!".length; }\n', "return (await "),
        ('async function f() { return ["T!"][0]; }\n', "[await "),
        ('async function f() { return "T!" ** 2; }\n', "return (await "),
        ('async function f() { return 2 ** "T!"; }\n', "** await "),
        ('async function f() { return "T!" + "x" ** 2; }\n', "return await "),
        ('async function f() { return new "T!"(); }\n', "new (await "),
        ('async function f() { return class extends "T!" {}; }\n', "extends (await "),
    ],
)
def test_where_await_may_stand_it_does(text: str, awaited: str, store: str) -> None:
    assert awaited in result(source(text, "javascript"), store)


def test_what_is_told_of_a_file_decides_where_its_text_does_not() -> None:
    text = 'const token = "T!";\n'
    for language in ("javascript", "typescript", "tsx"):
        assert isinstance(once(source(text, language), "vault"), Refused)
        assert isinstance(once(source(text, language, module=True), "vault"), Rewrite)


def test_a_file_that_is_no_module_requires_the_package() -> None:
    text = 'async function f() { return "T!"; }\n'
    assert 'const vault = require("node-vault");' in result(source(text, "javascript"), "vault")
    module = result(source(text, "javascript", module=True), "vault")
    assert 'import vault from "node-vault";' in module


def test_an_import_that_is_there_is_used_by_its_name() -> None:
    text = 'import { SecretsManager as SM } from "@aws-sdk/client-secrets-manager";\nf("T!");\n'
    changed = result(source(text, "javascript"), "aws-secrets-manager")
    assert "new SM({})" in changed
    assert changed.count("import ") == 1


def test_an_import_whose_name_is_taken_has_another() -> None:
    text = 'import { vault } from "./bank";\nf("T!");\n'
    changed = result(source(text, "javascript"), "vault")
    assert 'import nodeVault from "node-vault";' in changed
    assert "nodeVault().read" in changed


def test_an_imported_type_is_no_value() -> None:
    text = 'import type { SecretsManager } from "@aws-sdk/client-secrets-manager";\nf("T!");\n'
    changed = result(source(text, "typescript", module=True), "aws-secrets-manager")
    assert "{ SecretsManager as AwsSecretsManager }" in changed


@pytest.mark.parametrize(
    ("language", "store"),
    [
        (language, store)
        for language in ("python", "go")
        for store in BESIDE
        if stores()[store].lookup(BY_ID[language], Settings())
    ],
)
def test_a_second_token_uses_the_helper_that_is_there(store: str, language: str) -> None:
    head = "package main\n\nvar " if language == "go" else ""
    first = result(source(f'{head}a = "T!"\n', language), store)
    second = first + f'{head and "var "}b = "{OTHER}"\n'
    changed = result(source(second, language), store)
    assert len(re.findall("(?m)^(?:def|func) ", changed)) == 1
    assert changed.count("import") == first.count("import")


@pytest.mark.parametrize("store", IN_EVERY_LANGUAGE)
@pytest.mark.parametrize(
    ("language", "text", "helper"),
    [
        ("csharp", 'class A { string a = "T!"; }\n', "file static class"),
        ("php", '<?php\nnamespace A;\n$a = "T!";\n', "if (!function_exists"),
        ("ruby", 'A = "T!"\n', "module"),
    ],
)
def test_a_helper_that_a_fix_brought_serves_the_next_one(
    language: str, text: str, helper: str, store: str
) -> None:
    second = result(source(text, language), store) + text.splitlines()[-1].replace("T!", OTHER)
    changed = result(source(second, language), store)
    assert changed.count(helper) == 1


@pytest.mark.parametrize("store", IN_EVERY_LANGUAGE)
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("csharp", 'namespace A\n{\n    using System;\n    class B { string c = "T!"; }\n}\n'),
        ("php", '<p><?= "T!" ?></p>\n<?php f();\n'),
        ("php", "<?php\nnamespace A {\n    $a = 'T!';\n}\n"),
        ("php", "<?php\nnamespace A;\n$a = 'T!';\nnamespace B;\n"),
    ],
)
def test_a_file_with_no_place_for_a_helper_is_refused(language: str, text: str, store: str) -> None:
    reason = "There is no place in this file for the function that reads the secret."
    assert once(source(text, language), store) == Refused(reason)


@pytest.mark.parametrize(
    ("store", "text"),
    [
        ("aws-secrets-manager", 'module Aws\n  A = "T!"\nend\n'),
        ("conjur", 'Conjur = Struct.new(:a)\nb = "T!"\n'),
        ("vault", 'class Vault\n  A = "T!"\nend\n'),
    ],
)
def test_a_file_that_has_another_use_for_the_name_of_a_gem_is_refused(
    store: str, text: str
) -> None:
    reason = "A name that the call of {} needs means something else in this file."
    expected = Refused(reason.format(stores()[store].title))
    assert once(source(text, "ruby"), store) == expected
    assert isinstance(once(source(f"module Bank\n{text}end\n", "ruby"), store), Rewrite)


def test_a_type_of_the_files_own_leaves_its_name_to_it() -> None:
    text = 'class VaultClient { string token = "T!"; }\nclass Task { }\n'
    changed = result(source(text, "csharp"), "vault")
    assert "new VaultSharp.VaultClient(new VaultClientSettings(" in changed
    assert "async System.Threading.Tasks.Task<string>" in changed
    assert "using VaultSharp;" in changed


@pytest.mark.parametrize("language", ["csharp", "php", "ruby"])
def test_the_key_of_a_secret_in_json_is_read(language: str) -> None:
    text = {"csharp": 'class A { string a = "T!"; }\n', "php": '<?php\n$a = "T!";\n'}
    made = source(text.get(language, 'a = "T!"\n'), language)
    settings = parse({"aws_secret_id": "notion", "aws_json_key": "k"})[0]
    changed = result(made, "aws-secrets-manager", settings)
    call = {"csharp": 'AwsSecrets.Read("notion", "k")', "php": "aws_json_secret('notion', 'k')"}
    assert call.get(language, 'AwsJsonSecrets.read("notion", "k")') in changed
    syntax = Source(changed, BY_ID[language]).syntax
    assert syntax
    assert syntax.error_count == 0


@pytest.mark.parametrize("settings", [{}, {"aws_json_key": "api_key"}])
@pytest.mark.parametrize("store", IN_EVERY_LANGUAGE)
def test_a_second_token_uses_the_macro_that_is_there(store: str, settings: dict[str, str]) -> None:
    chosen = parse(settings)[0]
    first = result(source('fn a() -> &\'static str {\n    "T!"\n}\n', "rust"), store, chosen)
    second = f'{first}\nfn b() -> &\'static str {{\n    "Bearer {OTHER}"\n}}\n'
    changed = result(source(second, "rust"), store, chosen)
    assert changed.startswith(first)
    assert changed.count("macro_rules!") == 1


@pytest.mark.parametrize("store", ["aws-secrets-manager", "conjur", "vault"])
@pytest.mark.parametrize(
    "text",
    [
        'void main() { f("T!"); }\n',
        'enum A { B { String c() { return "T!"; } } }\n',
        'class A { String b = "T!";\n',
        'class A { void b() { f("T!"); }\n',
    ],
)
def test_a_helper_stands_in_a_type_that_can_have_one(text: str, store: str) -> None:
    reason = "There is no place in this file for the function that reads the secret."
    assert once(source(text, "java"), store) == Refused(reason)


@pytest.mark.parametrize("store", BESIDE)
def test_a_language_without_a_row_is_refused(store: str) -> None:
    done = once(source("t = T!\n", "lua"), store)
    of = f"No call of {stores()[store].title} is known for Lua"
    assert done == Refused(f"{of}: choose another store.")


def test_a_title_says_where_it_is_read_from_and_what_that_needs() -> None:
    done = once(source('t = "T!"\n', "python"), "vault")
    assert isinstance(done, Rewrite)
    assert done.title == "Read it from HashiCorp Vault: api_key of secret/notion (needs hvac)"


def test_a_script_reads_the_secret_once_and_stops_without_it() -> None:
    text = "#!/bin/sh\nNOTION_TOKEN=T!\ncurl -H 'Authorization: Bearer T!' x\n"
    changed = result(source(text, "shell"), "vault")
    assert changed.count("vault kv get") == 1
    assert changed.startswith("#!/bin/sh\n\nNOTION_TOKEN=$(vault kv get ")
    assert changed.count("${NOTION_TOKEN:?") == 1


@pytest.mark.parametrize(
    ("files", "name", "module"),
    [
        ({}, "a.js", False),
        ({}, "a.mjs", True),
        ({}, "a.ts", True),
        ({}, "a.cts", False),
        ({}, "a.py", False),
        ({"package.json": '{"type": "module"}'}, "a.js", True),
        ({"package.json": '{"type": "module"}'}, "a.cjs", False),
        ({"package.json": "{}"}, "a.ts", False),
    ],
)
def test_a_file_is_a_module_by_its_name_or_its_package(
    tmp_path: Path, files: dict[str, str], name: str, *, module: bool
) -> None:
    for file, text in files.items():
        (tmp_path / file).write_text(text)
    assert neighbours.is_module(tmp_path / name) is module


@pytest.mark.parametrize("store", ["aws-secrets-manager", "conjur", "vault"])
def test_a_class_of_java_that_is_called_string_leaves_the_helper_the_languages_own(
    store: str,
) -> None:
    text = 'class Main {\n  class String {}\n  Object token = "T!";\n}\n'
    assert "static java.lang.String get(java.lang.String" in result(source(text, "java"), store)
