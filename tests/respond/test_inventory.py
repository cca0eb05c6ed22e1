"""Where a token and its variables are used, in real folders and repositories."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from repositories import make_repository, run_git, write
from token_factory import access_token, integration_token

from notion_lsp.detect.custom import NONE
from notion_lsp.detect.repeated import Known
from notion_lsp.respond.inventory import Files, Looked, ignored_of
from notion_lsp.text import Span

if TYPE_CHECKING:
    from pathlib import Path

    from notion_lsp.positions import LineIndex

TOKEN, OTHER = access_token(1), access_token(2)
ENCODED = base64.b64encode(TOKEN.encode()).decode()
FROM_A_KEY = "      secretKeyRef:\n        name: wiki\n        key: NOTION_TOKEN\n"


def files(folder: Path, newer: dict[Path, str] | None = None) -> Files:
    return Files((folder,), newer or {}, NONE)


def shown(looked: list[Looked], folder: Path) -> list[str]:
    """Return each use as `path:line role variable`."""
    return [
        f"{file.path.relative_to(folder).as_posix()}:{_line(file.index, use.spans[0])} "
        f"{use.role} {use.variable}".rstrip()
        for file in looked
        for use in file.uses
    ]


def _line(index: LineIndex, span: Span) -> int:
    return index.position(span.start, "utf-32")[0] + 1


def of_token(folder: Path, token: str, newer: dict[Path, str] | None = None) -> list[str]:
    every = files(folder, newer)
    known = Known({each.token: each.finding for each in every.given if each.token == token})
    return shown(every.look(every.of_tokens(known))[0], folder)


def of_variable(folder: Path, name: str) -> list[str]:
    every = files(folder)
    return shown(every.look(every.of_variables([name]))[0], folder)


def test_a_word_that_is_no_variable_has_no_uses(tmp_path: Path) -> None:
    text = "import os\n"
    assert files(tmp_path).at(write(tmp_path / "a.py", text), text, Span(0, 0)) is None


def test_another_token_is_not_a_use(tmp_path: Path) -> None:
    write(tmp_path / "a.py", f'a = "{OTHER}"\n')
    write(tmp_path / "b.py", f'b = "{TOKEN}"\n')
    assert of_token(tmp_path, TOKEN) == ["b.py:1 holds"]


@pytest.mark.parametrize(
    "text",
    [
        f'a = "{TOKEN}"',
        f'a = "{TOKEN[:20]}" + "{TOKEN[20:]}"',
        f"data: {ENCODED}",
        f"data: {TOKEN.encode().hex()}",
        f"x{TOKEN}y",
    ],
)
def test_the_value_is_found_however_it_is_written(tmp_path: Path, text: str) -> None:
    write(tmp_path / "a.txt", f'a = "{TOKEN}"')
    write(tmp_path / "b.txt", text)
    assert "b.txt:1 holds" in of_token(tmp_path, TOKEN)


def test_the_value_is_found_in_files_that_git_ignores(tmp_path: Path) -> None:
    make_repository(tmp_path)
    write(tmp_path / ".gitignore", "build/\n")
    write(tmp_path / "build" / "a.js", f'a = "{TOKEN}"')
    assert of_token(tmp_path, TOKEN) == ["build/a.js:1 holds"]


def test_the_variable_that_a_file_gives_the_token_is_a_use_everywhere(tmp_path: Path) -> None:
    write(tmp_path / ".env", f"SECRET_KEY={TOKEN}\n")
    write(tmp_path / "a.py", 'import os\na = os.environ["SECRET_KEY"]\n')
    assert of_token(tmp_path, TOKEN) == [
        ".env:1 sets SECRET_KEY",
        ".env:1 holds SECRET_KEY",
        "a.py:2 reads SECRET_KEY",
    ]


def test_a_variable_that_holds_another_token_elsewhere_brings_no_use_of_that(
    tmp_path: Path,
) -> None:
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    write(tmp_path / ".env.test", f"NOTION_TOKEN={OTHER}\n")
    assert of_token(tmp_path, TOKEN) == [
        ".env:1 sets NOTION_TOKEN",
        ".env:1 holds NOTION_TOKEN",
        ".env.test:1 sets NOTION_TOKEN",
    ]


def test_of_a_variable_the_values_come_too_and_their_other_names(tmp_path: Path) -> None:
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    write(tmp_path / "a.py", f'a = "{TOKEN}"\n')
    write(tmp_path / "compose.yml", f"services:\n a:\n  environment:\n   KEY: {TOKEN}\n")
    write(tmp_path / "b.sh", "echo $KEY\n")
    assert of_variable(tmp_path, "NOTION_TOKEN") == [
        ".env:1 sets NOTION_TOKEN",
        ".env:1 holds NOTION_TOKEN",
        "a.py:1 holds",
        "b.sh:1 reads KEY",
        "compose.yml:4 sets KEY",
        "compose.yml:4 holds KEY",
    ]


def test_a_name_in_small_letters_stands_for_the_variable(tmp_path: Path) -> None:
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    write(tmp_path / "a.tf", 'variable "notion_token" {\n}\n')
    assert of_variable(tmp_path, "notion_token") == [
        ".env:1 sets NOTION_TOKEN",
        ".env:1 holds NOTION_TOKEN",
        "a.tf:1 reads NOTION_TOKEN",
    ]


def test_what_a_variable_takes_its_value_from_is_a_use_too(tmp_path: Path) -> None:
    workflow = "env:\n  NOTION_TOKEN: ${{ secrets.PROD }}\n"
    write(tmp_path / ".github" / "workflows" / "a.yml", f"on: push\njobs: {{}}\n{workflow}")
    write(tmp_path / ".github" / "workflows" / "b.yml", "on:\n  workflow_call:\n    PROD:\n")
    assert of_variable(tmp_path, "NOTION_TOKEN") == [
        ".github/workflows/a.yml:4 reads NOTION_TOKEN",
        ".github/workflows/a.yml:4 reads PROD",
        ".github/workflows/b.yml:3 sets PROD",
    ]


def test_what_reads_a_variable_in_an_ignored_file_belongs_to_other_people(tmp_path: Path) -> None:
    make_repository(tmp_path)
    write(tmp_path / ".gitignore", "node_modules/\n.env\n")
    write(tmp_path / ".env", "NOTION_TOKEN=\n")
    write(tmp_path / "node_modules" / "a" / "index.js", "process.env.NOTION_TOKEN\n")
    assert of_variable(tmp_path, "NOTION_TOKEN") == [".env:1 sets NOTION_TOKEN"]


def test_what_is_typed_counts_and_not_what_is_saved(tmp_path: Path) -> None:
    saved = write(tmp_path / "a.py", f'a = "{TOKEN}"\n')
    new = tmp_path / "b.py"
    newer = {saved: "a = 1\n", new: f'\nb = "{TOKEN}"\n'}
    assert of_token(tmp_path, TOKEN, newer) == ["b.py:2 holds"]


@pytest.mark.usefixtures("without_git")
def test_all_is_found_without_git_and_without_ripgrep(tmp_path: Path) -> None:
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    write(tmp_path / "deep" / "a.py", 'environ["NOTION_TOKEN"]\n')
    assert of_token(tmp_path, TOKEN) == [
        ".env:1 sets NOTION_TOKEN",
        ".env:1 holds NOTION_TOKEN",
        "deep/a.py:1 reads NOTION_TOKEN",
    ]


@pytest.mark.usefixtures("without_ripgrep")
def test_all_is_found_by_git_alone(tmp_path: Path) -> None:
    make_repository(tmp_path)
    write(tmp_path / ".gitignore", ".env\n")
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    write(tmp_path / "deep" / "a.py", 'environ["NOTION_TOKEN"]\n')
    assert of_variable(tmp_path, "NOTION_TOKEN") == [
        ".env:1 sets NOTION_TOKEN",
        ".env:1 holds NOTION_TOKEN",
        "deep/a.py:1 reads NOTION_TOKEN",
    ]


def test_what_git_keeps_for_itself_is_not_looked_into(tmp_path: Path) -> None:
    make_repository(tmp_path)
    write(tmp_path / ".git" / "config", f"[a]\n\tNOTION_TOKEN = {TOKEN}\n")
    assert of_variable(tmp_path, "NOTION_TOKEN") == []


def test_no_program_is_told_the_token(tmp_path: Path, started: list[str]) -> None:
    make_repository(tmp_path)
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    assert of_token(tmp_path, TOKEN)
    assert started
    assert [text for text in started if TOKEN[8:] in text or ENCODED[8:40] in text] == []


def test_nothing_that_is_asked_for_shows_a_token_when_it_is_printed(tmp_path: Path) -> None:
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    every = files(tmp_path)
    wanted = every.of_variables(["NOTION_TOKEN"])
    assert TOKEN not in repr((wanted, every.given))


def test_an_old_token_is_found_as_a_new_one(tmp_path: Path) -> None:
    old = integration_token(1)
    write(tmp_path / "a.py", f'notion = "{old}"\n')
    assert of_token(tmp_path, old) == ["a.py:1 holds"]


def test_git_is_asked_once_for_all_files_whether_it_ignores_them(
    tmp_path: Path, started: list[str]
) -> None:
    make_repository(tmp_path)
    write(tmp_path / ".gitignore", "*.log\n")
    paths = [write(tmp_path / name, "") for name in ("a.log", "b.log", "c.py", "ü d.log")]
    run_git(tmp_path, "add", "--force", "b.log")
    started.clear()
    assert ignored_of(paths) == {paths[0], paths[3]}
    assert started.count("check-ignore") == 1


LISTED = """\
services:
  a:
    env_file:
      - path: b.env
        required: false
      - path: .env
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("compose.yaml", "services:\n  a:\n    environment:\n      - API_KEY=${NOTION_TOKEN}\n"),
        (".github/workflows/a.yml", "on: push\nenv:\n  API_KEY: ${{ secrets.NOTION_TOKEN }}\n"),
        (".gitlab-ci.yml", "variables:\n  API_KEY: $NOTION_TOKEN\n"),
        ("pod.yaml", 'env:\n  - name: API_KEY\n    value: "$(NOTION_TOKEN)"\n'),
        ("run.sh", 'export API_KEY="$NOTION_TOKEN"\n'),
        ("run.bat", "set API_KEY=%NOTION_TOKEN%\n"),
        ("Makefile", "API_KEY := $(NOTION_TOKEN)\n"),
        ("b.env", "API_KEY=${NOTION_TOKEN}\n"),
        ("pod.yaml", f"env:\n  - name: API_KEY\n    valueFrom:\n{FROM_A_KEY}"),
        ("pod.yaml", "env: [{name: API_KEY, valueFrom: {secretKeyRef: {key: NOTION_TOKEN}}}]\n"),
        ("chart/templates/secret.yaml", "stringData:\n  API_KEY: {{ .Values.notion.token }}\n"),
    ],
)
def test_a_variable_that_takes_its_value_from_another_is_used_too(
    tmp_path: Path, name: str, text: str
) -> None:
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    write(tmp_path / "chart" / "values.yaml", f'notion:\n  token: "{TOKEN}"\n')
    write(tmp_path / "app.js", "f(process.env.API_KEY)\n")
    assert not [use for use in of_token(tmp_path, TOKEN) if use.startswith("app.js")]
    write(tmp_path / name, text)
    assert "app.js:1 reads API_KEY" in of_token(tmp_path, TOKEN)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("run.sh", 'API_KEY=1 curl -H "Authorization: Bearer $NOTION_TOKEN" example.org\n'),
        ("run.sh", 'echo "$API_KEY" "$NOTION_TOKEN"\n'),
        ("run.sh", "API_KEY=1\necho $NOTION_TOKEN\n"),
        ("app.py", 'API_KEY = f(os.environ["NOTION_TOKEN"])\n'),
        ("README.md", "API_KEY=$NOTION_TOKEN\n"),
    ],
)
def test_a_variable_beside_another_is_no_use(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    write(tmp_path / "app.js", "f(process.env.API_KEY)\n")
    write(tmp_path / name, text)
    assert not [use for use in of_token(tmp_path, TOKEN) if use.startswith("app.js")]


def test_a_variable_with_a_value_of_a_chart_is_not_where_the_new_token_goes(tmp_path: Path) -> None:
    write(tmp_path / "values.yaml", f"token: {TOKEN}\n")
    template = "env:\n  - name: SERVICE\n    value: {{ .Values.token }}\n"
    write(tmp_path / "templates" / "a.yaml", template)
    assert of_token(tmp_path, TOKEN) == [
        "templates/a.yaml:2 reads SERVICE",
        "templates/a.yaml:3 reads .Values.token",
        "values.yaml:1 holds",
    ]


def test_a_variable_from_a_secret_is_not_where_the_new_token_goes(tmp_path: Path) -> None:
    write(tmp_path / ".env", f"API_KEY={TOKEN}\n")
    key = FROM_A_KEY.replace("NOTION_TOKEN", "API_KEY")
    write(tmp_path / "pod.yaml", f"env:\n  - name: API_KEY\n    valueFrom:\n{key}")
    uses = [use for use in of_token(tmp_path, TOKEN) if use.startswith("pod")]
    assert uses == ["pod.yaml:2 reads API_KEY", "pod.yaml:6 reads API_KEY"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Jenkinsfile", "environment {\n  API_KEY = credentials('API_KEY')\n}\n"),
        ("Dockerfile", "FROM a\nARG API_KEY\n"),
    ],
)
def test_what_takes_a_variable_from_its_host_is_not_where_the_new_token_goes(
    tmp_path: Path, name: str, text: str
) -> None:
    write(tmp_path / ".env", f"API_KEY={TOKEN}\n")
    write(tmp_path / name, text)
    assert f"{name}:2 reads API_KEY" in of_token(tmp_path, TOKEN)


def test_a_variable_that_a_list_in_brackets_hands_on_is_used(tmp_path: Path) -> None:
    write(tmp_path / ".env", f"API_KEY={TOKEN}\n")
    write(tmp_path / "compose.yaml", "services:\n  a:\n    environment: [HOME, API_KEY]\n")
    assert "compose.yaml:3 reads API_KEY" in of_token(tmp_path, TOKEN)


def test_a_value_of_a_chart_is_used_where_a_template_names_it(tmp_path: Path) -> None:
    write(tmp_path / "values-prod.yaml", f'notion:\n  token: "{TOKEN}"\n  other: x\n')
    templates = "a: {{ .Values.notion.token | quote }}\nb: {{ .Values.notion.other }}\n"
    write(tmp_path / "templates" / "a.yaml", templates)
    uses = [use for use in of_token(tmp_path, TOKEN) if use.startswith("templates")]
    assert uses == ["templates/a.yaml:1 reads .Values.notion.token"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("compose.yaml", "services:\n  a:\n    env_file: .env\n"),
        ("compose.yaml", "services:\n  a:\n    env_file: [b.env, ./.env]\n"),
        ("compose.yaml", "services:\n  a:\n    env_file:\n      - b.env\n      - .env\n"),
        ("compose.yaml", LISTED),
        ("a/run.sh", "docker run --env-file .env image\n"),
        ("a/run.sh", "docker run --env-file=../.env image\n"),
        ("run.sh", ". ./.env\n"),
        ("run.sh", 'set -a; source "$ROOT/.env"\n'),
        (".vscode/launch.json", '{"envFile": "${workspaceFolder}/.env"}\n'),
        ("app.service", "[Service]\nEnvironmentFile=-FOLDER/.env\n"),
        ("app.js", "require('dotenv').config({ path: '.env' })\n"),
        ("app.py", 'load_dotenv(".env")\n'),
    ],
)
def test_what_takes_a_whole_file_of_variables_is_a_use(
    tmp_path: Path, name: str, text: str
) -> None:
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    line = text[: text.rindex(".env")].count("\n") + 1
    write(tmp_path / name, text.replace("FOLDER", tmp_path.as_posix()))
    assert f"{name}:{line} reads NOTION_TOKEN" in of_variable(tmp_path, "NOTION_TOKEN")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (".gitignore", ".env\n"),
        ("compose.yaml", "services:\n  a:\n    env_file: other/.env\n"),
        ("compose.yaml", "services:\n  a:\n    env_file: .env.local\n"),
        ("run.sh", "cp a/.b .env\n"),
        ("app.js", "process.env\n"),
    ],
)
def test_what_only_names_a_file_of_variables_or_takes_another_is_no_use(
    tmp_path: Path, name: str, text: str
) -> None:
    write(tmp_path / ".env", f"NOTION_TOKEN={TOKEN}\n")
    write(tmp_path / name, text)
    assert not [use for use in of_variable(tmp_path, "NOTION_TOKEN") if use.startswith(name)]


MANIFEST = (
    "kind: Secret\nmetadata:\n  labels: {{}}\n  name: notion\nstringData:\n  {key}: {token}\n"
)
TAKEN = "kind: Pod\nspec:\n  containers:\n    - name: notion\n      env:\n"


@pytest.mark.parametrize(
    ("key", "text", "line"),
    [
        (
            "NOTION_TOKEN",
            f"{TAKEN}      envFrom:\n        - secretRef:\n            name: notion\n",
            8,
        ),
        ("NOTION_TOKEN", f"{TAKEN}      envFrom:\n        - secretRef: {{name: notion}}\n", 7),
        (
            "api-key",
            f"{TAKEN}      - secretKeyRef:\n          name: notion\n          key: api-key\n",
            7,
        ),
        (
            "api-key",
            f"{TAKEN}      - secretKeyRef:\n          key: api-key\n          name: notion\n",
            8,
        ),
        ("api-key", "kind: Pod\nvolumes:\n  - secret:\n      secretName: notion\n", 4),
    ],
)
def test_what_takes_a_secret_of_kubernetes_by_its_name_is_a_use(
    tmp_path: Path, key: str, text: str, line: int
) -> None:
    secret = MANIFEST.format(key=key, token=TOKEN)
    write(tmp_path / "secret.yaml", f"apiVersion: v1\nkind: Pod\n---\napiVersion: v1\n{secret}")
    write(tmp_path / "pod.yaml", text)
    uses = [use for use in of_token(tmp_path, TOKEN) if use.startswith("pod.yaml")]
    assert [use.split()[:2] for use in uses] == [[f"pod.yaml:{line}", "reads"]]


def test_another_key_of_a_secret_of_kubernetes_is_no_use(tmp_path: Path) -> None:
    secret = MANIFEST.format(key="api-key", token=TOKEN)
    write(tmp_path / "secret.yaml", f"apiVersion: v1\n{secret}")
    write(
        tmp_path / "pod.yaml",
        f"{TAKEN}      - secretKeyRef:\n          name: notion\n          key: b\n",
    )
    assert not [use for use in of_token(tmp_path, TOKEN) if use.startswith("pod.yaml")]
