"""Moving a token into `.env`: the name it gets, and what becomes of the files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

import pytest
from token_factory import access_token, session_cookie

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import language_of
from notion_lsp.refused import Refused
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.source import Source
from notion_lsp.rewrite.to_dotenv import Move, Surroundings, move
from notion_lsp.stores import stores
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from notion_lsp.loader import Loader
    from notion_lsp.rewrite.one_text import Rewrite

TOKEN = access_token(1)
OTHER = access_token(2)
UNREAD = Surroundings(dotenv=None, example=None, gitignore=None, tracked=False, ignored=None)
NOTHING = replace(UNREAD, loaded=True)


def moved_in(source: Source, wanted: str, around: Surroundings) -> Move | Refused:
    finding = find_plain(source.text)[0]

    def read(name: str, _loader: Loader | None) -> Rewrite | Refused:
        return rewrite(source, (finding,), stores()["env"], {finding: name})

    return move(source, finding, wanted, around, read)


def moved(
    around: Surroundings, text: str = f'token = "{TOKEN}"\n', wanted: str = "NOTION_TOKEN"
) -> Move | Refused:
    source = Source(text, language_of(None, "python"))
    return moved_in(source, wanted, around)


def files_after(around: Surroundings, text: str = f'token = "{TOKEN}"\n') -> dict[str, str]:
    made = moved(around, text)
    assert isinstance(made, Move)
    return {each.name: apply_edits(each.text or "", [each.edit]) for each in made.files}


def kept(dotenv: str) -> Surroundings:
    return replace(NOTHING, dotenv=dotenv, example="A=\n", tracked=False, ignored=True, loaded=True)


def test_a_token_does_not_move_into_a_file_that_git_tracks() -> None:
    tracked = Surroundings("", "", "", tracked=True, ignored=False)
    assert moved(tracked) == Refused("git tracks .env: run `git rm --cached .env` first.")


def test_a_token_in_a_comment_does_not_move() -> None:
    refused = moved(NOTHING, f"# {TOKEN}\n")
    assert refused == Refused("Nothing here reads an environment variable.")


def test_a_token_that_a_person_is_asked_for_does_not_move() -> None:
    text = f'{{"servers": {{"notion": {{"env": {{"NOTION_TOKEN": "{TOKEN}"}}}}}}}}'
    source = Source(text, language_of(PurePath(".vscode/mcp.json"), text=text))
    refused = moved_in(source, "NOTION_TOKEN", NOTHING)
    assert refused == Refused("Nothing here reads an environment variable.")


@pytest.mark.parametrize(
    ("path", "text", "title"),
    [
        (".github/workflows/a.yml", "env:\n  NOTION_TOKEN: {}\n", "GitHub Actions"),
        ("Dockerfile", "FROM alpine\nENV NOTION_TOKEN={}\n", "Dockerfile"),
        ("main.tf", 'locals {{\n  a = "{}"\n}}\n', "Terraform"),
        ("a.http", "GET https://x\nAuthorization: Bearer {}\n", "HTTP requests"),
        (
            ".cursor/mcp.json",
            '{{"mcpServers": {{"a": {{"env": {{"A": "{}"}}}}}}}}',
            "an MCP configuration of Cursor",
        ),
    ],
)
def test_a_token_does_not_move_where_nothing_reads_env(path: str, text: str, title: str) -> None:
    text = text.format(TOKEN)
    source = Source(text, language_of(PurePath(path), text=text))
    refused = moved_in(source, "NOTION_TOKEN", NOTHING)
    assert refused == Refused(f"Nothing reads .env for {title}.")


def test_the_reason_of_a_file_that_reads_nothing_is_its_own() -> None:
    text = f"token: {TOKEN}\n"
    source = Source(text, language_of(PurePath("a.yml"), text=text))
    refused = moved_in(source, "NOTION_TOKEN", NOTHING)
    assert isinstance(refused, Refused)
    assert refused.reason.startswith("YAML cannot read")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("compose.yaml", "services:\n  a:\n    environment:\n      NOTION_TOKEN: {}\n"),
        ("a.ipynb", '{{"cells": [{{"cell_type": "code", "source": "t = \'{}\'"}}]}}'),
    ],
)
def test_a_token_moves_where_something_reads_env(path: str, text: str) -> None:
    text = text.format(TOKEN)
    source = Source(text, language_of(PurePath(path), text=text))
    made = moved_in(source, "NOTION_TOKEN", NOTHING)
    assert isinstance(made, Move)


def test_a_token_that_cannot_be_rewritten_does_not_move() -> None:
    assert isinstance(moved(NOTHING, f"token = '{TOKEN}\n"), Refused)


def test_files_that_are_not_there_are_made() -> None:
    made = moved(NOTHING)
    assert isinstance(made, Move)
    assert [(each.name, each.text) for each in made.files] == [
        (".env", None),
        (".env.example", None),
    ]
    assert files_after(NOTHING) == {
        ".env": f"NOTION_TOKEN={TOKEN}\n",
        ".env.example": "NOTION_TOKEN=\n",
    }


@pytest.mark.parametrize(("ignored", "changed"), [(False, True), (True, False), (None, False)])
def test_env_is_ignored_where_a_repository_does_not_ignore_it_yet(
    *, ignored: bool | None, changed: bool
) -> None:
    around = replace(NOTHING, gitignore="*.pyc", ignored=ignored)
    assert files_after(around).get(".gitignore") == ("*.pyc\n.env\n" if changed else None)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"NOTION_TOKEN={TOKEN}\n"),
        ("A=1", f"A=1\nNOTION_TOKEN={TOKEN}\n"),
        ("A=1\r\n", f"A=1\r\nNOTION_TOKEN={TOKEN}\r\n"),
        (f"NOTION_TOKEN={OTHER}\n", f"NOTION_TOKEN={OTHER}\nNOTION_TOKEN_2={TOKEN}\n"),
        (
            "NOTION_TOKEN=x\nNOTION_TOKEN_2=y\n",
            f"NOTION_TOKEN=x\nNOTION_TOKEN_2=y\nNOTION_TOKEN_3={TOKEN}\n",
        ),
        ("NOTION_TOKEN=", f"NOTION_TOKEN={TOKEN}"),
        ("export NOTION_TOKEN = \nA=1\n", f"export NOTION_TOKEN = {TOKEN}\nA=1\n"),
        ('NOTION_TOKEN="" # later\n', f'NOTION_TOKEN="{TOKEN}" # later\n'),
        ("NOTION_TOKEN=\nNOTION_TOKEN=''\n", f"NOTION_TOKEN=\nNOTION_TOKEN='{TOKEN}'\n"),
        ("# NOTION_TOKEN=x\n", f"# NOTION_TOKEN=x\nNOTION_TOKEN={TOKEN}\n"),
    ],
)
def test_a_variable_is_given_the_token(before: str, after: str) -> None:
    assert files_after(kept(before))[".env"] == after


@pytest.mark.parametrize(
    "dotenv",
    [
        f"KEY={TOKEN}",
        f"A=1\nKEY = '{TOKEN}'\n",
        f'export KEY="{TOKEN}"  # mine\r\n',
        f"KEY={TOKEN} #x",
    ],
)
def test_a_variable_with_the_same_value_is_used_again(dotenv: str) -> None:
    made = moved(kept(dotenv))
    assert isinstance(made, Move)
    assert made.rewrite.title.startswith("Move it to .env as KEY")
    assert [each.name for each in made.files] == [".env.example"]


def test_a_name_that_the_example_has_already_is_not_repeated() -> None:
    around = replace(NOTHING, example="NOTION_TOKEN=your token\n")
    assert list(files_after(around)) == [".env"]


def test_a_cookie_is_kept_whole() -> None:
    cookie = session_cookie(3)
    assert files_after(NOTHING, f'x = "{cookie}"\n')[".env"] == f"NOTION_TOKEN={cookie}\n"


def test_the_example_never_holds_the_token() -> None:
    assert TOKEN not in files_after(NOTHING)[".env.example"]


def move_in(path: str, text: str, *, loaded: bool = False) -> Move | Refused:
    source = Source(text, language_of(PurePath(path), text=text))
    return moved_in(source, "NOTION_TOKEN", replace(UNREAD, loaded=loaded))


def title_of(made: Move | Refused) -> str:
    assert isinstance(made, Move)
    return made.rewrite.title


PLAIN_TITLE = "Move it to .env as NOTION_TOKEN"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "from dotenv import load_dotenv\n\nload_dotenv()\na('{}')\n"),
        ("a.py", "import environ\nenviron.Env.read_env()\na('{}')\n"),
        ("a.mjs", "import 'dotenv/config';\na('{}');\n"),
        ("a.js", "require('dotenv').config();\na('{}');\n"),
        ("a.ts", "import {{ config }} from 'dotenv';\nconfig();\na('{}');\n"),
        ("a.ts", "process.loadEnvFile();\na('{}');\n"),
        ("a.rb", "require 'dotenv/load'\na('{}')\n"),
        ("a.sh", "set -a; . ./.env\na '{}'\n"),
        ("a.sh", "export $(grep -v '#' .env | xargs)\na '{}'\n"),
        ("a.py", "import dotenv\ndotenv.read_dotenv()\na('{}')\n"),
        ("a.py", "load_dotenv('.env.local')\nload_dotenv('.env')\na('{}')\n"),
        ("a.js", "require('dotenv').config({{ path: ['.env.local', '.env'] }});\na('{}');\n"),
        ("a.php", "<?php\nDotenv\\Dotenv::createImmutable(__DIR__)->load();\na('{}');\n"),
        ("a.rs", 'fn main() {{\n    dotenvy::dotenv().ok();\n    a("{}");\n}}\n'),
        ("a.cs", 'class A {{ void B() {{ DotNetEnv.Env.Load(); a("{}"); }} }}\n'),
        ("a.go", 'package a\n\nfunc b() {{\n\tgodotenv.Load()\n\ta("{}")\n}}\n'),
        ("a.pl", "use Dotenv -load;\na('{}');\n"),
        ("a.R", 'readRenviron(".env")\na("{}")\n'),
        ("compose.yml", "services:\n  a:\n    environment:\n      NOTION_TOKEN: {}\n"),
    ],
)
def test_a_token_moves_where_code_above_loads_the_file(path: str, text: str) -> None:
    assert title_of(move_in(path, text.format(TOKEN))) == PLAIN_TITLE


@pytest.mark.parametrize(
    ("path", "text", "loader"),
    [
        ("a.py", "a('{}')\n", "load_dotenv() of python-dotenv"),
        ("a.py", "a('{}')\nload_dotenv()\n", "load_dotenv() of python-dotenv"),
        ("a.ts", "a('{}');\n", "node --env-file=.env"),
        ("a.js", "const { config } = other;\nconfig();\na('{}');\n", "node --env-file=.env"),
        ("a.py", "load_dotenv('.env.local')\na('{}')\n", "load_dotenv() of python-dotenv"),
        ("a.js", "process.loadEnvFile('a.env');\na('{}');\n", "node --env-file=.env"),
        ("a.rb", "Dotenv.load('.env.test')\na('{}')\n", "the gem dotenv"),
    ],
)
def test_a_token_moves_only_once_something_loads_the_file(
    path: str, text: str, loader: str
) -> None:
    text = text.replace("{}", TOKEN).replace("{{", "{").replace("}}", "}")
    reason = f"Nothing loads .env before this code: {loader} would."
    assert move_in(path, text) == Refused(reason)
    assert title_of(move_in(path, text, loaded=True)) == PLAIN_TITLE


def test_where_no_library_loads_the_file_the_reason_names_none() -> None:
    text = f'class A {{ String a = "{TOKEN}"; }}\n'
    assert move_in("A.java", text) == Refused("Nothing loads .env before this code.")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "from dotenv import load_dotenv\nT = '{}'\nload_dotenv()\n"),
        ("a.py", "import dotenv\nT = '{}'\n"),
        ("a.mjs", "import dotenv from 'dotenv';\nconst t = '{}';\ndotenv.config();\n"),
        ("a.js", "const d = require('dotenv');\nconst t = '{}';\nd.config();\n"),
    ],
)
def test_what_the_code_imports_loads_the_file_above_the_token(path: str, text: str) -> None:
    made = move_in(path, text.format(TOKEN))
    assert title_of(made).startswith(f"{PLAIN_TITLE}, and load it with ")


SETTINGS = f"""\
from pydantic_settings import BaseSettings

class Settings(BaseSettings):
    model_config = {{"env_file": ".env"}}
    notion_token: str = "{TOKEN}"
"""


@pytest.mark.parametrize(
    "text",
    [
        f'from decouple import config\ntoken = config("NOTION_TOKEN", default="{TOKEN}")\n',
        SETTINGS,
    ],
)
def test_a_library_that_reads_the_file_itself_needs_nothing_to_load_it(text: str) -> None:
    made = moved(UNREAD, text)
    assert isinstance(made, Move)
    assert made.rewrite.title == "Move it to .env as NOTION_TOKEN"


def test_a_library_loads_nothing_for_code_that_reads_the_environment_beside_it() -> None:
    made = moved(UNREAD, f'from decouple import config\ntoken = "{TOKEN}"\n')
    assert isinstance(made, Refused)
