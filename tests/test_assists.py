"""What can be done about a token: each assist for itself, the same whenever it is asked for."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import tree_sitter
from repositories import make_repository, run_git, write
from token_factory import access_token

from notion_lsp.assists import (
    EVERYWHERE,
    IGNORE_LINE,
    IGNORE_TOKEN,
    MOVE,
    PLACEHOLDER,
    WHOLE_FILE,
    Change,
    assist,
    assists,
)
from notion_lsp.detect.finding import fingerprint
from notion_lsp.detect.plain import find_plain
from notion_lsp.project.project import load_project
from notion_lsp.project.texts import AS_SAVED
from notion_lsp.project.variables import UsualNames
from notion_lsp.subject import Subject
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from pathlib import Path

TOKENS = [access_token(number) for number in range(5)]
FIVE = "".join(f'a{number} = "{token}"\n' for number, token in enumerate(TOKENS))
FROM_ENV = "read-from-env"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is noted of each parse and of each program that runs."""
    seen: list[str] = []

    def noting(name: str, function: Any) -> Any:  # noqa: ANN401, handed on
        def called(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401, handed on
            seen.append(name)
            return function(*arguments, **options)

        return called

    monkeypatch.setattr(tree_sitter, "Parser", noting("parse", tree_sitter.Parser))
    monkeypatch.setattr(subprocess, "Popen", noting("git", subprocess.Popen))
    return seen


def subject_in(folder: Path, text: str, name: str = "a.py") -> Subject:
    return Subject(
        text=text,
        path=folder / name,
        project=load_project(folder),
        findings=find_plain(text),
        name=name,
        language_id="python",
        cell=None,
        newer=AS_SAVED,
        took_place={},
        usual_names=UsualNames(),
    )


def after(subject: Subject, wanted: str, number: int = 0) -> str:
    made = assist(subject, wanted, subject.findings[number])
    assert made
    assert isinstance(made.change, Change), made.change
    return apply_edits(subject.text, made.change.edits)


def test_what_is_offered_is_found_again_by_its_id(tmp_path: Path) -> None:
    subject = subject_in(tmp_path, FIVE)
    offered = list(assists(subject, subject.findings))
    again = [assist(subject_in(tmp_path, FIVE), each.id, each.finding) for each in offered]
    assert again == offered


def test_each_assist_of_a_token_has_an_id_of_its_own(tmp_path: Path) -> None:
    subject = subject_in(tmp_path, FIVE)
    ids = [each.id for each in assists(subject, subject.findings[:1])]
    assert len(ids) == len(set(ids))
    assert {FROM_ENV, MOVE, EVERYWHERE, PLACEHOLDER, IGNORE_LINE, IGNORE_TOKEN} <= set(ids)


@pytest.mark.parametrize("wanted", ["", "Ignore this line", "read-from-attic", WHOLE_FILE])
def test_there_is_no_assist_of_another_id(tmp_path: Path, wanted: str) -> None:
    subject = subject_in(tmp_path, FIVE)
    assert assist(subject, wanted, subject.findings[0]) is None


@pytest.mark.parametrize(
    ("wanted", "parses"),
    [(PLACEHOLDER, 0), (IGNORE_TOKEN, 0), (IGNORE_LINE, 1), (FROM_ENV, 2), (MOVE, 2)],
)
def test_one_assist_is_made_alone(
    tmp_path: Path, counted: list[str], wanted: str, parses: int
) -> None:
    subject = subject_in(tmp_path, FIVE)
    assert assist(subject, wanted, subject.findings[3])
    assert counted.count("parse") == parses


@pytest.mark.parametrize("tokens", [1, 5])
@pytest.mark.parametrize(("ignored", "asked"), [(".env\n", 2), ("", 3)])
def test_git_is_asked_once_for_all_tokens(
    tmp_path: Path, counted: list[str], tokens: int, ignored: str, asked: int
) -> None:
    make_repository(tmp_path)
    write(tmp_path / ".gitignore", ignored)
    write(tmp_path / "Pipfile", "")  # pipenv loads .env.
    counted.clear()
    subject = subject_in(tmp_path, FIVE)
    assert list(assists(subject, subject.findings[:tokens]))
    assert counted.count("git") == asked


def test_as_much_is_parsed_for_many_tokens_as_for_two(tmp_path: Path, counted: list[str]) -> None:
    made = []
    for number in (2, 40):
        counted.clear()
        text = "".join(f'print("{access_token(each)}")\n' for each in range(number))
        subject = subject_in(tmp_path, text)
        assert len(list(assists(subject, subject.findings))) > 9 * number
        made.append(counted.count("parse"))
    assert made[0] == made[1]


def test_making_all_assists_changes_none_of_them(tmp_path: Path) -> None:
    subject = subject_in(tmp_path, FIVE)
    usual = subject.usual_names
    first = list(assists(subject, subject.findings))
    other = replace(subject_in(tmp_path, f'b = "{access_token(9)}"\n'), usual_names=usual)
    assert 'environ["NOTION_TOKEN"]' in after(other, FROM_ENV)
    assert list(assists(replace(subject), subject.findings)) == first


def test_a_name_that_an_edit_gave_a_token_is_the_tokens_name(tmp_path: Path) -> None:
    text = f'a = os.environ["NOTION_KEY"]\nb = "{TOKENS[0]}"\n'
    words = frozenset({"os", "environ", "NOTION_KEY"})
    subject = subject_in(tmp_path, text)
    edited = replace(subject, took_place={fingerprint(TOKENS[0]): words})
    assert after(edited, FROM_ENV).count('environ["NOTION_KEY"]') == 2
    another = replace(subject, took_place={fingerprint(TOKENS[1]): words})
    assert after(another, FROM_ENV).count('environ["NOTION_TOKEN"]') == 1


def test_a_dotenv_file_that_git_tracks_takes_no_token(tmp_path: Path) -> None:
    make_repository(tmp_path)
    write(tmp_path / ".env", "")
    run_git(tmp_path, "add", ".env")
    write(tmp_path / ".gitignore", ".env\n")
    subject = subject_in(tmp_path, FIVE)
    made = assist(subject, MOVE, subject.findings[0])
    assert made
    assert "git tracks .env" in getattr(made.change, "reason", "")


def test_a_sibling_counts_as_its_buffer_has_it(tmp_path: Path) -> None:
    helper = 'package a\n\nimport "os"\n\nfunc mustEnv(name string) string {\n\treturn "" }\n'
    write(tmp_path / "b.go", "package a\n")
    text = f'package a\n\nvar t = "{TOKENS[0]}"\n'
    subject = replace(subject_in(tmp_path, text, "a.go"), language_id="go")
    assert "func mustEnv" in after(subject, FROM_ENV)
    typed = replace(subject, newer={tmp_path / "b.go": helper})
    assert "func mustEnv" not in after(typed, FROM_ENV)


def moved(folder: Path, name: str, language_id: str = "python") -> set[str]:
    """Return the files that a move to `.env` makes or changes; none where it is not offered."""
    text = f'f("{TOKENS[0]}");\n'
    if language_id == "php":
        text = f"<?php\n{text}"
    subject = replace(subject_in(folder, text, name), language_id=language_id)
    made = assist(subject, MOVE, subject.findings[0])
    assert made
    beside = made.change.beside if isinstance(made.change, Change) else ()
    return {each.path.relative_to(folder).as_posix() for each in beside}


LOADED = {
    "a.py": (
        {"requirements.txt": "python-dotenv==1.1.0\n"},
        """\
from notion_client import Client

notion = Client(auth=TOKEN)
""",
        """\
import os

from dotenv import load_dotenv
from notion_client import Client

load_dotenv()

notion = Client(auth=os.environ["NOTION_TOKEN"])
""",
    ),
    "taken.py": (
        {"pyproject.toml": '[project]\ndependencies = ["python-dotenv"]\n'},
        """\
print(TOKEN)

load_dotenv = 1
""",
        """\
import os

from dotenv import load_dotenv as _load_dotenv

_load_dotenv()

print(os.environ["NOTION_TOKEN"])

load_dotenv = 1
""",
    ),
    "a.mjs": (
        {"package.json": '{ "dependencies": { "dotenv": "16" } }'},
        """\
f(process.env.KEY ?? TOKEN);
""",
        """\
import "dotenv/config";

function requireEnv(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

f(process.env.KEY ?? requireEnv("KEY"));
""",
    ),
    "has_helper.js": (
        {"package.json": '{ "devDependencies": { "dotenv": "16" } }'},
        """\
function requireEnv(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

f(TOKEN);
""",
        """\
require("dotenv/config");

function requireEnv(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

f(requireEnv("NOTION_TOKEN"));
""",
    ),
    "a.rb": (
        {"Gemfile": 'gem "dotenv"\n'},
        """\
puts TOKEN
""",
        """\
require "dotenv/load"

puts ENV.fetch("NOTION_TOKEN")
""",
    ),
    "has_helper.go": (
        {"go.mod": "module a\n\nrequire github.com/joho/godotenv v1.5.1\n"},
        """\
package a

import "os"

var token = TOKEN

func mustEnv(name string) string {
	value, found := os.LookupEnv(name)
	if !found || value == "" {
		panic("environment variable " + name + " is not set")
	}
	return value
}
""",
        """\
package a

import (
	"os"

	_ "github.com/joho/godotenv/autoload"
)

var token = mustEnv("NOTION_TOKEN")

func mustEnv(name string) string {
	value, found := os.LookupEnv(name)
	if !found || value == "" {
		panic("environment variable " + name + " is not set")
	}
	return value
}
""",
    ),
}


@pytest.mark.parametrize("name", LOADED)
def test_a_library_of_the_project_loads_the_file_a_token_moves_into(
    tmp_path: Path, name: str
) -> None:
    files, before, result = LOADED[name]
    for manifest, text in files.items():
        write(tmp_path / manifest, text)
    subject = subject_in(tmp_path, before.replace("TOKEN", f'"{TOKENS[0]}"'), name)
    assert after(subject, MOVE) == result
    made = assist(subject, MOVE, subject.findings[0])
    assert made
    assert ", and load it with " in made.title


NEXT = '{ "name": "web", "dependencies": { "next": "15" } }'


@pytest.mark.parametrize(
    ("files", "name", "changed"),
    [
        ({"packages/web/package.json": NEXT}, "packages/web/page.tsx", "packages/web/"),
        ({"packages/web/.env": "PORT=1\n"}, "packages/web/src/page.tsx", "packages/web/"),
        ({"packages/web/package.json": NEXT, ".env": ""}, "packages/web/a/b.ts", "packages/web/"),
        ({"services/api/pyproject.toml": ""}, "services/api/src/api/a.py", "services/api/"),
        ({"services/api/go.mod": ""}, "tools/a.py", ""),
        ({}, "a/b/c.py", ""),
    ],
)
def test_a_token_moves_into_the_dotenv_file_of_its_package(
    tmp_path: Path, files: dict[str, str], name: str, changed: str
) -> None:
    write(tmp_path / "package.json", '{ "private": true, "workspaces": ["packages/*"] }')
    for path, text in files.items():
        write(tmp_path / path, text)
    write(tmp_path / name, "")
    write(tmp_path / changed / "Procfile", "")  # foreman loads .env.
    assert moved(tmp_path, name) == {f"{changed}.env", f"{changed}.env.example"}


@pytest.mark.parametrize(
    ("file", "text", "name", "loaded"),
    [
        ("package.json", NEXT, "page.tsx", True),
        ("package.json", '{ "scripts": { "dev": "node --env-file=.env a.js" } }', "a.js", True),
        ("package.json", '{ "dependencies": { "vite": "7" } }', "a.ts", False),
        ("package.json", NEXT, "a.py", False),
        ("bun.lock", "", "a.ts", True),
        ("deno.json", '{ "tasks": { "dev": "deno run --env-file a.ts" } }', "a.ts", True),
        ("composer.json", '{ "require": { "laravel/framework": "12" } }', "a.php", True),
        ("composer.json", '{ "require": { "symfony/runtime": "7" } }', "a.php", True),
        ("Gemfile", 'gem "dotenv-rails"', "a.rb", True),
        ("Pipfile", "", "a.py", True),
        ("compose.yaml", "services:\n  a:\n    env_file: .env\n", "a.py", True),
        ("compose.yaml", "services:\n  a:\n    env_file:\n      - ./.env\n", "a.py", True),
        ("compose.yaml", "services:\n  a:\n    env_file:\n      - path: .env\n", "a.py", True),
        ("compose.yaml", "services:\n  a:\n    env_file: [b.env, .env]\n", "a.py", True),
        ("compose.yaml", "services:\n  a:\n    env_file: .env.b\n", "a.py", False),
        ("compose.yaml", "services:\n  a:\n    env_file: b.env\n", "a.py", False),
        ("compose.yaml", "services:\n  a:\n    image: b\n", "a.py", False),
        (
            "package.json",
            '{ "scripts": { "a": "node --env-file=.env.local a.js" } }',
            "a.js",
            False,
        ),
        ("deno.json", '{ "tasks": { "dev": "deno run --env-file=.env.b a.ts" } }', "a.ts", False),
        ("deno.json", '{ "tasks": { "dev": "deno run --env-file=.env a.ts" } }', "a.ts", True),
        (".envrc", "dotenv\n", "a.go", True),
        (".envrc", "export A=1\n", "a.rs", False),
    ],
)
def test_what_stands_beside_a_file_loads_its_dotenv_file(
    tmp_path: Path, file: str, text: str, name: str, *, loaded: bool
) -> None:
    write(tmp_path / file, text)
    language_id = "php" if name.endswith(".php") else ""
    assert bool(moved(tmp_path, name, language_id)) == loaded


def test_another_file_of_the_project_loads_the_dotenv_file(tmp_path: Path) -> None:
    write(tmp_path / "main.rs", "fn main() { dotenvy::dotenv().ok(); }\n")
    text = f'fn token() -> String {{ "{TOKENS[0]}".to_string() }}\n'
    subject = replace(subject_in(tmp_path, text, "client.rs"), language_id="rust")
    made = assist(subject, MOVE, subject.findings[0])
    assert made
    assert made.title == "Move it to .env as NOTION_TOKEN"
