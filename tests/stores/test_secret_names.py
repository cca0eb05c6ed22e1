"""Which secret of a store a token is read from."""

from __future__ import annotations

import pytest
from from_stores import BESIDE, OTHER, once, result, source

from notion_lsp.detect.plain import find_plain
from notion_lsp.refused import Refused
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.settings import parse
from notion_lsp.stores import stores

SHARED = "Another token of this project would be read from the same secret."


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
        ("azure-key-vault", {}, 'azure_secret("notion-api-token")'),
        ("azure-key-vault", {"azure_secret_name": "x"}, 'azure_secret("x")'),
        ("google-secret-manager", {}, 'google_secret("notion-api-token")'),
        ("google-secret-manager", {"google_secret_id": "x_y"}, 'google_secret("x_y")'),
        ("1password", {}, 'onepassword_secret("op://notion/api-token/credential")'),
        ("1password", {"onepassword_reference": "op://a b/c/d/e"}, '("op://a b/c/d/e")'),
        ("doppler", {}, 'doppler_secret("NOTION_TOKEN")'),
        ("keyring", {}, 'keyring_secret("notion", "api-token")'),
        ("keyring", {"keyring_name": "wiki"}, 'keyring_secret("wiki", "wiki")'),
        ("keyring", {"keyring_name": "a/b/c"}, 'keyring_secret("a/b", "c")'),
        ("doppler", {"doppler_secret": "WIKI"}, 'doppler_secret("WIKI")'),
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
        ("vault", "TEAM_KEY2", '"team_key2"'),
        ("conjur", "TEAM_KEY", '"notion/team-key"'),
        ("azure-key-vault", "NOTION_CLIENT_SECRET", '"notion-client-secret"'),
        ("azure-key-vault", "NOTION_TOKEN_2", '"notion-api-token-2"'),
        ("google-secret-manager", "TEAM_KEY", '"notion-team-key"'),
        ("1password", "NOTION_CLIENT_SECRET", '"op://notion/client-secret/credential"'),
        ("1password", "NOTION_TOKEN_2", '"op://notion/api-token-2/credential"'),
        ("doppler", "NOTION_CLIENT_SECRET", '"NOTION_CLIENT_SECRET"'),
        ("doppler", "NOTION_TOKEN_2", '"NOTION_TOKEN_2"'),
        ("keyring", "NOTION_TOKEN_2", '"notion", "api-token-2"'),
    ],
)
def test_a_token_with_a_name_of_its_own_is_a_secret_of_its_own(
    store: str, name: str, call: str
) -> None:
    assert call in result(source(f'{name} = "T!"\n', "python"), store)


@pytest.mark.parametrize("store", BESIDE)
def test_two_tokens_are_never_read_from_one_secret(store: str) -> None:
    text = f'NOTION_KEY = "T!"\nNOTION_PAT = "{OTHER}"\n'
    assert once(source(text, "python"), store) == Refused(SHARED)
    assert isinstance(once(source(text.replace(OTHER, "T!"), "python"), store), Rewrite)


@pytest.mark.parametrize("store", BESIDE)
def test_two_tokens_that_the_code_reads_as_one_are_one(store: str) -> None:
    text = f'import os\na = os.getenv("NOTION_KEY", "T!")\nb = os.getenv("NOTION_KEY", "{OTHER}")\n'
    assert isinstance(once(source(text, "python"), store), Rewrite)
    two = text.replace("NOTION_KEY", "NOTION_PAT", 1)
    assert once(source(two, "python"), store) == Refused(SHARED)


@pytest.mark.parametrize("store", BESIDE)
def test_nor_where_one_is_what_the_code_falls_back_to(store: str) -> None:
    text = f'a = os.getenv("NOTION_KEY", "T!")\nb = "{OTHER}"\n'
    made = source(text, "python")
    findings = find_plain(made.text)
    names = variable_names(made, findings, {})
    done = [rewrite(made, [finding], stores()[store], names) for finding in findings]
    assert done == [Refused(SHARED), Refused(SHARED)]
