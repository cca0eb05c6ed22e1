"""The stores beside the environment: what the rewrites to them make of the fixtures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from test_fixtures import (
    UPDATE,
    Case,
    language_of_folder,
    result_file,
    rewritten,
    sources,
    unmarked,
)
from token_factory import access_token

from notion_lsp import tokens, workspace
from notion_lsp.languages import languages
from notion_lsp.lookup import Lookup, Refused
from notion_lsp.naming import variable_names
from notion_lsp.rewrite import Rewrite, rewrite
from notion_lsp.settings import Settings, parse
from notion_lsp.source import Source
from notion_lsp.stores import stores
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from pathlib import Path

TOKEN, OTHER = access_token(1), access_token(2)
BY_ID = {language.id: language for language in languages()}
BESIDE = [store for store in stores() if store != "env"]
CASES = [
    (path, store)
    for path in sources()
    for store in BESIDE
    if (language := language_of_folder(path))
    if isinstance(stores()[store].lookup(language, Settings()), Lookup)
]


def source(text: str, language: str, *, module: bool = False) -> Source:
    return Source(text.replace("T!", TOKEN), BY_ID[language], (), module)


def once(made: Source, store: str, settings: Settings | None = None) -> Rewrite | Refused:
    findings = tokens.find(made.text)
    names = variable_names(made, findings, {})
    return rewrite(made, findings, stores()[store], names, settings or Settings())


def result(made: Source, store: str, settings: Settings | None = None) -> str:
    done = once(made, store, settings)
    assert isinstance(done, Rewrite), done
    return apply_edits(made.text, done.edits)


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0].name}-{case[1]}")
def case(request: pytest.FixtureRequest) -> tuple[Path, str, Case]:
    path, store = request.param
    text, marks = unmarked(path.read_bytes().decode("utf-8", "surrogatepass"))
    made = Source(text, language_of_folder(path), (), workspace.is_module(path))
    return path, store, rewritten(made, marks, store)


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
    marked = {(mark.span, mark.refused) for mark in made.marks if mark.refused}
    refused = {(finding.span, reason) for finding, reason in made.refused.items()}
    assert {span for span, _ in marked} <= {span for span, _ in refused}


@pytest.mark.parametrize("store", BESIDE)
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


@pytest.mark.parametrize("store", BESIDE)
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


@pytest.mark.parametrize("store", BESIDE)
@pytest.mark.parametrize("language", ["python", "go"])
def test_a_second_token_uses_the_helper_that_is_there(store: str, language: str) -> None:
    head = "package main\n\nvar " if language == "go" else ""
    first = result(source(f'{head}a = "T!"\n', language), store)
    second = first + f'{head and "var "}b = "{OTHER}"\n'
    changed = result(source(second, language), store)
    assert len(re.findall("(?m)^(?:def|func) ", changed)) == 1
    assert changed.count("import") == first.count("import")


@pytest.mark.parametrize("store", BESIDE)
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
    reason = "No type around the token has a place for the helper that reads it."
    assert once(source(text, "java"), store) == Refused(reason)


@pytest.mark.parametrize("store", BESIDE)
def test_a_language_without_a_row_is_refused(store: str) -> None:
    done = once(source("t: T!\n", "yaml"), store)
    assert done == Refused(f"There is no call of {stores()[store].title} for YAML.")


@pytest.mark.parametrize(
    ("store", "settings", "call"),
    [
        ("aws-secrets-manager", {}, 'aws_secret("notion/api-token")'),
        ("aws-secrets-manager", {"aws_secret_id": "x"}, 'aws_secret("x")'),
        ("aws-secrets-manager", {"aws_json_key": "k"}, 'aws_secret("notion/api-token", "k")'),
        ("vault", {}, 'vault_secret("secret", "notion", "api_key")'),
        (
            "vault",
            {"vault_mount": "kv", "vault_path": "a/b", "vault_field": "c"},
            '("kv", "a/b", "c")',
        ),
        ("conjur", {"conjur_variable": "data/n"}, 'conjur_secret("data/n")'),
    ],
)
def test_the_settings_name_the_secret(store: str, settings: dict[str, str], call: str) -> None:
    assert call in result(source('t = "T!"\n', "python"), store, parse(settings)[0])


@pytest.mark.parametrize(
    ("store", "name", "call"),
    [
        ("aws-secrets-manager", "NOTION_CLIENT_SECRET", '"notion/client-secret"'),
        ("aws-secrets-manager", "NOTION_API_KEY", '"notion/api-token"'),
        ("vault", "NOTION_CLIENT_SECRET", '"secret", "notion", "client_secret"'),
        ("vault", "NOTION_TOKEN_2", '"secret", "notion", "api_key_2"'),
        ("conjur", "TEAM_KEY", '"notion/team-key"'),
    ],
)
def test_a_token_with_a_name_of_its_own_is_a_secret_of_its_own(
    store: str, name: str, call: str
) -> None:
    assert call in result(source(f'{name} = "T!"\n', "python"), store)


@pytest.mark.parametrize("store", BESIDE)
def test_two_tokens_are_never_read_from_one_secret(store: str) -> None:
    text = f'NOTION_KEY = "T!"\nNOTION_PAT = "{OTHER}"\n'
    reason = "Another token of this file would be read from the same secret."
    assert once(source(text, "python"), store) == Refused(reason)
    assert isinstance(once(source(text.replace(OTHER, "T!"), "python"), store), Rewrite)


def test_a_title_says_where_it_is_read_from_and_what_that_needs() -> None:
    done = once(source('t = "T!"\n', "python"), "vault")
    assert isinstance(done, Rewrite)
    assert done.title == "Read it from HashiCorp Vault: api_key of secret/notion (needs hvac)"


def test_a_script_reads_the_secret_once_and_stops_without_it() -> None:
    text = "#!/bin/sh\nNOTION_TOKEN=T!\ncurl -H 'Authorization: Bearer T!' x\n"
    changed = result(source(text, "shell"), "vault")
    assert changed.count("vault kv get") == 1
    assert changed.startswith("#!/bin/sh\n\nNOTION_TOKEN=$(vault kv get ")
    assert changed.count("${NOTION_TOKEN:?") == 2


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
    assert workspace.is_module(tmp_path / name) is module
