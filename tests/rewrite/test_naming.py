"""Which variable a token is to be read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rewriting import OTHER, TOKEN, source
from token_factory import access_token, refresh_token

from notion_lsp.detect.finding import fingerprint
from notion_lsp.detect.plain import find_plain
from notion_lsp.rewrite.naming import Variables, variable_names

if TYPE_CHECKING:
    from notion_lsp.rewrite.source import Source


def names(made: Source, usual: dict[str, str] | None = None) -> list[str]:
    return list(variable_names(made, find_plain(made.text), usual or {}).values())


def test_the_usual_name_is_the_workspaces() -> None:
    made = source(f'f("{TOKEN}", "{refresh_token(1)}")', "python")
    usual = {"NOTION_TOKEN": "NOTION_KEY"}
    assert names(made, usual) == ["NOTION_KEY", "NOTION_REFRESH_TOKEN"]


def test_the_name_in_the_code_wins_over_the_usual_one() -> None:
    made = source(f'NOTION_PAT = "{TOKEN}"', "python")
    assert names(made, {"NOTION_TOKEN": "NOTION_KEY"}) == ["NOTION_PAT"]


def test_different_tokens_have_different_names_and_equal_ones_the_same() -> None:
    made = source(f'f("{TOKEN}", "{OTHER}", "{TOKEN}", "{access_token(3)}")', "python")
    assert names(made) == ["NOTION_TOKEN", "NOTION_TOKEN_2", "NOTION_TOKEN", "NOTION_TOKEN_3"]


def test_a_token_keeps_the_name_that_it_has_elsewhere_in_the_text() -> None:
    made = source(f'f("{TOKEN}")\nNOTION_PAT = "{TOKEN}"', "python")
    assert names(made) == ["NOTION_PAT", "NOTION_PAT"]


def test_a_token_keeps_the_name_that_it_has_already() -> None:
    made = source(f'f("{TOKEN}", "{OTHER}")', "python")
    taken = {"NOTION_TOKEN": "another's", "NOTION_KEY": fingerprint(OTHER)}
    given_names = variable_names(made, find_plain(made.text), {}, Variables(taken))
    assert list(given_names.values()) == ["NOTION_TOKEN_2", "NOTION_KEY"]


def test_the_name_in_a_text_wins_over_that_in_others_for_all_of_the_text() -> None:
    made = source(f'NOTION_PAT = "{TOKEN}"\nf("{TOKEN}")', "python")
    taken = Variables({"NOTION_KEY": fingerprint(TOKEN)})
    given_names = variable_names(made, find_plain(made.text), {}, taken)
    assert list(given_names.values()) == ["NOTION_PAT", "NOTION_PAT"]


def test_a_name_in_small_letters_stays_in_the_file_that_reads_it() -> None:
    script = source(f'curl -u "${{notion_key:-{TOKEN}}}" x', "shell")
    assert names(script) == ["notion_key"]
    made = source(f'token = "{TOKEN}"', "python")
    taken = Variables({"notion_key": fingerprint(TOKEN)})
    given_names = variable_names(made, find_plain(made.text), {}, taken)
    assert list(given_names.values()) == ["NOTION_TOKEN"]


def test_a_token_in_a_comment_takes_no_name_from_another() -> None:
    made = source(f'# {TOKEN}\nf("{OTHER}")\n', "python")
    assert names(made) == ["NOTION_TOKEN", "NOTION_TOKEN"]


def test_a_token_that_must_be_a_constant_takes_no_name_from_another() -> None:
    made = source(f'{{"{TOKEN}": 1, "env": {{"A": "{OTHER}"}}, "mcpServers": 1}}', "mcp-cursor")
    assert names(made) == ["NOTION_TOKEN", "NOTION_TOKEN"]


def test_a_token_that_the_code_calls_so_has_the_name_before_one_above_it() -> None:
    made = source(f'f("{TOKEN}")\nNOTION_TOKEN = "{OTHER}"', "python")
    assert names(made) == ["NOTION_TOKEN_2", "NOTION_TOKEN"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", 'f(os.environ["NOTION_TOKEN"], "{}")'),
        ("python", "f(os.environ['NOTION_TOKEN'], '{}')"),
        ("python", 'f(vault_secret("secret", "notion", "api_key"), "{}")'),
        ("javascript", 'f(requireEnv("NOTION_TOKEN"), "{}")'),
        ("shell", 'f "${{NOTION_TOKEN:?NOTION_TOKEN is not set}}" {}'),
        ("github-actions", "env:\n  A: ${{{{ secrets.NOTION_TOKEN }}}}\n  B: {}\n"),
        ("docker-compose", "a: ${{NOTION_TOKEN:?NOTION_TOKEN is not set}}\nb: {}\n"),
        ("terraform", 'locals {{\n  a = var.notion_token\n  b = "{}"\n}}\n'),
        ("mcp-vscode", '{{"env": {{"A": "${{input:notion-token}}", "B": "{}"}}, "servers": 1}}'),
    ],
)
def test_a_name_that_the_text_must_read_already_is_another_tokens(language: str, text: str) -> None:
    made = source(text.format(TOKEN), language)
    assert names(made) == ["NOTION_TOKEN_2"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("javascript", 'process.env.NOTION_TOKEN = read();\nf("{}");'),
        ("javascript", 'process.env["NOTION_TOKEN"] ??= read();\nf("{}");'),
        ("javascript", 'Object.assign(process.env, {{ NOTION_TOKEN: read() }});\nf("{}");'),
        ("typescript", 'vi.stubEnv("NOTION_TOKEN", "x");\nf("{}");'),
        ("python", 'os.environ.update(A=1, NOTION_TOKEN=read())\nf("{}")'),
        ("python", 'monkeypatch.setenv("NOTION_TOKEN", "x")\nf("{}")'),
        ("python", 'os.environ.setdefault("NOTION_TOKEN", "x")\nf("{}")'),
        ("ruby", 'ENV["NOTION_TOKEN"] ||= read\nf("{}")'),
        ("ruby", 'ENV.update("NOTION_TOKEN" => read)\nf("{}")'),
        ("go", 'func f() {{\n\tos.Setenv("NOTION_TOKEN", "x")\n\tg("{}")\n}}'),
        ("php", "<?php putenv('NOTION_TOKEN=' . read());\nf('{}');"),
        ("php", "<?php $_SERVER['NOTION_TOKEN'] = read();\nf('{}');"),
        ("rust", 'fn f() {{ std::env::set_var("NOTION_TOKEN", "x"); g("{}"); }}'),
        ("csharp", 'Environment.SetEnvironmentVariable("NOTION_TOKEN", "x");\nF("{}");'),
        ("perl", '$ENV{{NOTION_TOKEN}} = read();\nf("{}");'),
        ("powershell", '$env:NOTION_TOKEN = Read\nF "{}"'),
        ("elixir", 'System.put_env("NOTION_TOKEN", read())\nf("{}")'),
    ],
)
def test_a_name_that_the_text_sets_itself_is_anothers(language: str, text: str) -> None:
    assert names(source(text.format(TOKEN), language)) == ["NOTION_TOKEN_2"]


@pytest.mark.parametrize(
    "text",
    [
        'process.env.NOTION_TOKEN === a;\nf("{}");',
        'const env = {{ NOTION_TOKEN: 1 }};\nf("{}");',
        'process.env.NOTION_TOKEN = "{}";',
        'const NOTION_TOKEN = "{}";\nprocess.env.NOTION_TOKEN = NOTION_TOKEN;',
    ],
)
def test_a_name_that_the_text_sets_to_nothing_else_is_the_tokens(text: str) -> None:
    assert names(source(text.format(TOKEN), "javascript")) == ["NOTION_TOKEN"]


@pytest.mark.parametrize(
    "text",
    [
        'a = os.environ["NOTION_TOKEN"]\nNOTION_TOKEN = "{}"',
        'a = os.environ["NOTION_TOKEN"]\nb = os.environ.get("NOTION_TOKEN", "{}")',
        'a = os.environ["NOTION_TOKEN_2"]\nf("{}")',
        'a = os.environ.get("NOTION_TOKEN")\nif not a:\n    a = "{}"\n',
    ],
)
def test_a_name_that_the_text_reads_can_be_the_tokens_own(text: str) -> None:
    assert names(source(text.format(TOKEN), "python")) == ["NOTION_TOKEN"]


def test_a_name_that_the_text_reads_is_the_tokens_where_it_is_known_by_it() -> None:
    made = source(f'f(os.environ["NOTION_TOKEN"], "{TOKEN}")', "python")
    taken = {"NOTION_TOKEN": fingerprint(TOKEN)}
    given_names = variable_names(made, find_plain(made.text), {}, Variables(taken))
    assert list(given_names.values()) == ["NOTION_TOKEN"]


def test_a_default_in_a_value_gives_the_token_the_name_of_its_variable() -> None:
    text = f"a: {OTHER}\nb: ${{NOTION_TOKEN:-{TOKEN}}}\nc: ${{NOTION_KEY-{TOKEN}}}\n"
    made = source(text, "docker-compose")
    assert names(made) == ["NOTION_TOKEN_2", "NOTION_TOKEN", "NOTION_KEY"]


@pytest.mark.parametrize("name", ["token", "Token", "X", "NEXT_PUBLIC_TOKEN", "VITE_TOKEN"])
def test_a_name_that_is_no_variables_is_not_taken_over(name: str) -> None:
    assert names(source(f'{name} = "{TOKEN}"', "python")) == ["NOTION_TOKEN"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"NOTION_TOKEN=$(cat token)\ncurl -u {TOKEN}: x", ["NOTION_TOKEN_3"]),
        (f"NOTION_TOKEN={OTHER}\ncurl -u {TOKEN}: x", ["NOTION_TOKEN_2", "NOTION_TOKEN_3"]),
        (f"NOTION_TOKEN={TOKEN}\ncurl -u {TOKEN}: x", ["NOTION_TOKEN", "NOTION_TOKEN"]),
    ],
)
def test_a_name_from_another_file_is_not_one_that_the_text_sets(
    text: str, expected: list[str]
) -> None:
    made = source(text, "shell")
    taken = {"NOTION_TOKEN": fingerprint(TOKEN), "NOTION_TOKEN_2": fingerprint(OTHER)}
    given_names = variable_names(made, find_plain(made.text), {}, Variables(taken))
    assert list(given_names.values()) == expected
