from __future__ import annotations

import os
import re
import stat
from datetime import date
from typing import TYPE_CHECKING

import pytest
from repositories import make_repository, write
from token_factory import access_token, integration_token, session_cookie

from notion_lsp import cli
from notion_lsp.check.fix import fix, save
from notion_lsp.check.scan import scan_paths
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("folder")

TOKEN = access_token(1)
OTHER = integration_token(1)
PYTHON = f'TOKEN = "{TOKEN}"\n'
FIXED = 'import os\n\nTOKEN = os.environ["TOKEN"]\n'
POD = """\
apiVersion: v1
kind: Pod
spec:
  containers:
    - env:
        - name: NOTION_TOKEN
          value: {}
"""
CELL = '{{"cells": [{{"cell_type": "code", "source": "t = \'{}\'"}}]}}'
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


def run(*arguments: str) -> int:
    return cli.main(["fix", *arguments])


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_token_is_read_from_the_environment(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(folder / "a.py", PYTHON)
    assert run() == 0
    assert path.read_text() == FIXED
    shown = capsys.readouterr().out
    assert "a.py:1:10: fixed: reads it from the environment variable TOKEN\n" in shown
    assert "Fixed 1 of 1 token.\nSet TOKEN where the code runs." in shown


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", "{} = '{}'\n"),
        ("b.py", "import os\nx = os.environ.get('{}', '{}')\n"),
        ("a.js", "const x = process.env.{} || '{}'\n"),
        ("serverless.yml", "service: a\nfunctions: {{}}\nk: ${{env:{}, '{}'}}\n"),
    ],
)
def test_a_token_that_code_has_for_a_name_is_not_shown(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str
) -> None:
    write(folder / name, text.format(OTHER, TOKEN))
    assert run() in {0, 1}
    assert OTHER not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.tf", 'locals {{\n  a = "{}"\n}}\n', "Set TF_VAR_notion_token where Terraform runs."),
        (
            "Jenkinsfile",
            "node {{\n  sh 'a {}'\n}}\n",
            "Add notion-token to the credentials of Jenkins, as a secret text.",
        ),
        (
            ".github/workflows/a.yml",
            "on: push\nenv:\n  NOTION_TOKEN: {}\n",
            "Add NOTION_TOKEN to the secrets of the repository.",
        ),
        ("pod.yaml", POD, 'Add token to the Secret "notion".'),
        ("a.http", "GET https://x/{}\n", "Set NOTION_TOKEN where the editor runs."),
        ("Dockerfile", "FROM a\nRUN b {}\n", "Pass NOTION_TOKEN to docker build as a secret."),
        ("Dockerfile", "FROM a\nCMD b {}\n", "Pass NOTION_TOKEN to docker run."),
        ("a.ipynb", CELL, "Set NOTION_TOKEN where the code runs."),
        (".env.example", "NOTION_TOKEN={}\n", "Fixed 1 of 1 token.\nRotate"),
        ("a.sh", "# {}\n", "Redacted 1 of 1 token.\nRotate"),
    ],
)
def test_what_to_do_is_what_the_file_needs(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, told: str
) -> None:
    write(folder / name, text.format(TOKEN))
    run()
    assert told in capsys.readouterr().out


def test_what_can_be_written_by_hand_reads_the_variable_of_that_token(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.csh", f"curl -b token_v2={session_cookie(1)} x\n")
    run()
    assert "write $NOTION_TOKEN_V2, and set it outside" in capsys.readouterr().out


@pytest.mark.parametrize("store", [each for each in stores() if each != "env"])
@pytest.mark.parametrize("name", ["a.py", "a.mjs"])
def test_what_to_do_about_a_store_is_said_with_its_names(
    folder: Path, capsys: pytest.CaptureFixture[str], store: str, name: str
) -> None:
    write(folder / name, f'auth = "{TOKEN}";\nother = "{OTHER}";\n')
    run("--store", store)
    summary = capsys.readouterr().out.partition("Fixed 2 of 2 tokens.\n")[2]
    assert re.match(rf"Store .+ and .+ in {re.escape(stores()[store].title)}[.] ", summary)
    assert re.search(r"notion|NOTION", summary)
    assert "where " in summary
    assert "{" not in summary


def test_what_to_do_about_several_tokens_is_said_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", f'a = "{TOKEN}"\nb = "{OTHER}"\n')
    write(folder / "b.py", f'a("{TOKEN}")\n')
    run("--store", "vault")
    assert capsys.readouterr().out.endswith(
        "Fixed 3 of 3 tokens.\nStore api_key of secret/notion and api_key_2 of secret/notion in "
        "HashiCorp Vault. Set VAULT_ADDR and VAULT_TOKEN where the code runs. "
        "Rotate the tokens: whoever has seen the files has them.\n"
    )


def test_what_is_left_is_counted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "a.json", f'["{TOKEN}", "{OTHER}"]')
    write(folder / "a.py", PYTHON)
    run()
    assert "Fixed 1 of 3 tokens. 2 are left.\nSet TOKEN" in capsys.readouterr().out


def test_a_redacted_token_is_not_counted_as_fixed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docstring = f'"""Tools, by default with {OTHER}."""\n'
    write(folder / "a.py", f"{docstring}\n{PYTHON}print(__doc__)\n")
    run()
    shown = capsys.readouterr().out
    assert "a.py:1:27: redacted: no lookup can stand in this text\n" in shown
    assert "Fixed 1 and redacted 1 of 2 tokens.\nSet TOKEN" in shown


def test_nothing_to_fix_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "a.py", "x = 1\n")
    assert run() == 0
    assert capsys.readouterr().out == "No Notion tokens found.\n"


def test_a_second_run_changes_nothing(folder: Path) -> None:
    write(folder / "a.py", f"# {TOKEN}\n{PYTHON}x = f'{OTHER} {{y}}'\n")
    write(folder / "a.go", f'package a\n\nconst t = "{TOKEN}"\n')
    write(folder / "a.js", f'const t = "{TOKEN}";\n')
    write(folder / "a.yaml", f"t: {TOKEN}\n")
    write(folder / "a.txt", f't = "{TOKEN}"\n')
    assert run() == 1
    after = contents(folder)
    assert run() == 1
    assert contents(folder) == after


def test_a_refusal_has_its_place_and_its_reason(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = f't = "{TOKEN}"\n'
    path = write(folder / "a.txt", before)
    assert run() == 1
    shown = capsys.readouterr().out
    reason = "How this kind of file reads a variable is not known: take the token out."
    assert f"a.txt:1:6: not fixed: {reason}\n" in shown
    assert "Fixed 0 of 1 token. 1 is left.\n" in shown
    assert path.read_text() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encoding_mark_and_line_endings_are_kept(folder: Path, encoding: str, ending: str) -> None:
    path = folder / "a.py"
    comment = "# é 😀\n"
    path.write_bytes(f"x = 1\n{comment}{PYTHON}".replace("\n", ending).encode(encoding))
    assert run() == 0
    expected = FIXED.replace("TOKEN =", f"x = 1\n{comment}TOKEN =").replace("\n", ending)
    assert path.read_bytes() == expected.encode(encoding)


def test_bytes_that_are_not_utf_8_are_kept(folder: Path) -> None:
    path = folder / "a.py"
    path.write_bytes(b'import os\nx = "\xff\xe9"\n' + PYTHON.encode())
    assert run() == 0
    assert path.read_bytes().startswith(b'import os\nx = "\xff\xe9"\n')


@POSIX_ONLY
def test_the_mode_is_kept(folder: Path) -> None:
    path = write(folder / "a.py", PYTHON)
    path.chmod(0o750)
    assert run() == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o750


def test_a_diff_writes_nothing_and_shows_no_token(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(folder / "a.py", f"y = 1\n{PYTHON}z = 1 # {OTHER} notion-lsp:ignore\n")
    before = path.read_text()
    assert run("--diff") == 1
    shown = capsys.readouterr()
    assert path.read_text() == before
    assert f'-TOKEN = "ntn_…{TOKEN[-4:]}"\n+TOKEN = os.environ["TOKEN"]\n' in shown.out
    for token in (TOKEN, OTHER):
        assert token.partition("_")[2][:12] not in shown.out + shown.err
    assert "Would fix 1 of 1 token.\n" in shown.err


def test_a_diff_calls_nothing_fixed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "a.py", PYTHON)
    run("--diff")
    assert ": would be fixed: reads it from the environment variable TOKEN\n" in (
        capsys.readouterr().err
    )


def test_a_committed_env_file_is_to_be_ignored(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".env", f"NOTION_TOKEN={TOKEN}\n")
    assert run() == 1
    assert "name it in .gitignore" in capsys.readouterr().out


def test_a_diff_of_nothing_is_empty(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder / "a.py", "x = 1\n")
    assert run("--diff") == 0
    assert capsys.readouterr().out == ""


def test_a_package_gets_one_helper(folder: Path) -> None:
    for name in ("a_test.go", "b.go", "c.go"):
        write(folder / name, f'package a\n\nvar {name[0]} = "{TOKEN}"\n')
    assert run() == 0
    after = contents(folder)
    assert [name for name, data in after.items() if b"func mustEnv(" in data] == ["b.go"]
    assert all(b"mustEnv(" in data for data in after.values())


@pytest.mark.parametrize(("searched", "build"), [(".", "README.md"), ("keys/Keys.cs", "App.sln")])
def test_a_constant_stays_that_another_folder_needs(
    folder: Path, searched: str, build: str
) -> None:
    write(folder / build, "")
    constant = f'public static class Keys {{ public const string Token = "{TOKEN}"; }}\n'
    path = write(folder / "keys/Keys.cs", constant)
    write(folder / "api/Api.cs", "[Obsolete(Keys.Token)]\nclass Api { }\n")
    assert run(searched) == 1
    assert path.read_text() == constant


def test_the_diff_is_what_is_written_then(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("b.go", "c.go"):
        write(folder / name, f'package a\n\nvar {name[0]} = "{TOKEN}"\n')
    run("--diff")
    added = re.findall(r"(?m)^\+(?!\+)(.*)", capsys.readouterr().out)
    run()
    written = "".join(data.decode() for data in contents(folder).values())
    assert all(line in written for line in added)
    assert sum("func mustEnv" in line for line in added) == 1


def test_a_name_stands_for_one_token_in_a_whole_project(folder: Path) -> None:
    write(folder / "a.py", f'f("{TOKEN}")\n')
    write(folder / "b.py", f'f("{OTHER}")\n')
    write(folder / "c.py", f'f("{TOKEN}")\n')
    assert run() == 0
    names = {
        name: re.findall(r'environ\["(\w+)"\]', data.decode())
        for name, data in contents(folder).items()
    }
    assert names == {"a.py": ["NOTION_TOKEN"], "b.py": ["NOTION_TOKEN_2"], "c.py": ["NOTION_TOKEN"]}


def test_a_name_in_a_part_of_a_file_stands_for_one_token_too(folder: Path) -> None:
    write(folder / "a.md", f'```python\nf("{TOKEN}")\n```\n')
    write(folder / "b.py", f'f("{OTHER}")\n')
    assert run() == 0
    names = [re.findall(r'environ\["(\w+)"\]', text.decode()) for text in contents(folder).values()]
    assert names == [["NOTION_TOKEN"], ["NOTION_TOKEN_2"]]


def test_two_tokens_of_a_project_are_never_read_from_one_secret(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", f'NOTION_KEY = "{TOKEN}"\n')
    write(folder / "b.py", f'NOTION_PAT = "{OTHER}"\n')
    before = contents(folder)
    for _ in range(2):
        assert run("--store", "vault") == 1
        reason = "not fixed: Another token of this project would be read from the same secret."
        assert capsys.readouterr().out.count(reason) == 2
        assert contents(folder) == before


def test_one_token_under_two_names_is_read_from_one_secret(folder: Path) -> None:
    for name in ("KEY", "PAT"):
        write(folder / f"{name}.py", f'NOTION_{name} = "{TOKEN}"\n')
    assert run("--store", "vault") == 0
    assert all(b'("secret", "notion", "api_key")' in text for text in contents(folder).values())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", f"# NOTION_KEY was {TOKEN}\n"),
        ("a.json", f'{{"NOTION_KEY": "{TOKEN}"}}\n'),
        ("a.txt", f"NOTION_KEY {TOKEN}\n"),
        ("a.py", f'match x:\n    case "{TOKEN}":\n        pass\n'),
    ],
    ids=["a comment", "a file of data", "a text", "a pattern"],
)
@pytest.mark.parametrize(
    ("store", "call"),
    [
        ("env", 'f(os.environ["NOTION_TOKEN"])'),
        ("vault", 'f(vault_secret("secret", "notion", "api_key"))'),
    ],
)
def test_what_is_not_read_from_the_store_takes_no_name(
    folder: Path, name: str, text: str, store: str, call: str
) -> None:
    write(folder / name, text)
    path = write(folder / "b.py", f'f("{OTHER}")\n')
    run("--store", store)
    assert call in path.read_text()


def test_a_token_in_the_dotenv_file_keeps_its_name(folder: Path) -> None:
    make_repository(folder)
    write(folder / ".gitignore", ".env\n")
    write(folder / ".env", f"MINE={TOKEN}\n")
    path = write(folder / "a.py", f'f("{TOKEN}")\n')
    assert run() == 0
    assert 'os.environ["MINE"]' in path.read_text()
    assert (folder / ".env").read_text() == f"MINE={TOKEN}\n"


def test_an_unknown_store_is_told_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as raised:
        run("--store", "attic")
    assert raised.value.code == 2
    assert "there is no store attic; the stores are" in capsys.readouterr().err


def test_an_unknown_store_in_the_settings_is_a_refusal(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / ".notion-lsp.toml", 'store = "attic"\n')
    write(folder / "a.py", PYTHON)
    assert run() == 1
    assert "There is no store attic; the stores are " in capsys.readouterr().out
    assert run("--store", "env") == 0


def test_a_file_that_cannot_be_read_makes_the_fix_fail(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(folder / "a.py", PYTHON)
    assert run("a.py", "missing.py") == 2
    assert path.read_text() == FIXED
    assert "missing.py could not be read" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_is_write_protected_is_left_and_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(folder / "a.py", PYTHON)
    path.chmod(0o444)
    assert run() == 2
    assert path.read_text() == PYTHON
    assert "it is write-protected" in capsys.readouterr().err


def test_a_file_that_changed_in_the_meantime_is_left_and_told(folder: Path) -> None:
    path = write(folder / "a.py", PYTHON)
    leaky = scan_paths([str(path)], lambda paths: paths, date.min).leaky
    path.write_text("new\n")
    (fixed,) = fix(leaky, None, save)
    assert fixed.problem is not None
    assert path.read_text() == "new\n"


@pytest.mark.parametrize(
    ("first_line", "text", "fixed"),
    [
        ("#!/usr/bin/env bash", "a '{}'", 'a "${{NOTION_TOKEN:?NOTION_TOKEN is not set}}"'),
        ("#!/usr/bin/env python3", "a('{}')", '\nimport os\n\na(os.environ["NOTION_TOKEN"])'),
    ],
)
def test_a_script_is_rewritten_by_its_first_line(
    folder: Path, first_line: str, text: str, fixed: str
) -> None:
    path = write(folder / "deploy", f"{first_line}\n{text.format(TOKEN)}\n")
    assert run(str(path)) == 0
    assert path.read_text().splitlines() == [first_line, *fixed.format().splitlines()]


def test_a_token_within_a_word_is_fixed_with_the_others(folder: Path) -> None:
    path = write(folder / "a.py", f'{PYTHON}OTHER = "x{TOKEN}"\n')
    assert run() == 0
    assert TOKEN not in path.read_text()


def test_nothing_is_called_fixed_while_the_same_token_still_stands_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a.py", f'{PYTHON}OTHER = "{TOKEN}"  # notion-lsp:ignore\n')
    assert run() == 1
    shown = capsys.readouterr().out
    assert "a.py:4:10: not fixed: The same token still stands here." in shown
    assert "Fixed 1 of 2 tokens." in shown
