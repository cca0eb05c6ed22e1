"""What a project's manifest says about the packages that a store needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from token_factory import access_token

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import language_of, languages
from notion_lsp.lookup import Manifest
from notion_lsp.project import neighbours
from notion_lsp.rewrite.file import rewrite
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.rewrite.source import ALONE, Source
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from pathlib import Path

PYTHON, JAVASCRIPT = 'token = "T!"\n', 'async function f() { return "T!"; }\n'


def title(folder: Path, name: str, text: str, store: str = "vault") -> str:
    """Return what the quick fix for a file of the folder says."""
    path = folder / name
    language = language_of(path)
    listed = neighbours.manifest(path, language, folder)
    source = Source(text.replace("T!", access_token(1)), language, ALONE, manifest=listed)
    findings = find_plain(source.text)
    names = variable_names(source, findings, {})
    made = rewrite(source, findings, stores()[store], names)
    assert isinstance(made, Rewrite)
    return made.title


@pytest.mark.parametrize(
    ("files", "command"),
    [
        ({"requirements.txt": "notion-client\n"}, "echo hvac >> requirements.txt"),
        ({"pyproject.toml": "[project]\n"}, "uv add hvac"),
        ({"pyproject.toml": "[project]\n", "requirements.txt": ""}, "uv add hvac"),
        ({"pyproject.toml": "[project]\n", "poetry.lock": ""}, "poetry add hvac"),
        ({"pyproject.toml": "[project]\n", "pdm.lock": ""}, "pdm add hvac"),
    ],
)
def test_a_title_says_the_command_that_adds_the_package(
    tmp_path: Path, files: dict[str, str], command: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert title(tmp_path, "app.py", PYTHON).endswith(f"(needs hvac: {command})")


@pytest.mark.parametrize(
    ("lock", "command"),
    [
        ("", "npm install node-vault"),
        ("pnpm-lock.yaml", "pnpm add node-vault"),
        ("yarn.lock", "yarn add node-vault"),
        ("bun.lock", "bun add node-vault"),
    ],
)
def test_a_command_is_that_of_the_projects_own_tool(
    tmp_path: Path, lock: str, command: str
) -> None:
    (tmp_path / "package.json").write_text('{"dependencies": {}}')
    if lock:
        (tmp_path / lock).write_text("")
    assert title(tmp_path, "app.js", JAVASCRIPT).endswith(f"(needs node-vault: {command})")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements.txt", "requests\nhvac==2.4.0\n"),
        ("pyproject.toml", '[project]\ndependencies = ["hvac>=2"]\n'),
        ("pyproject.toml", '[tool.poetry.dependencies]\nHvac = "^2"\n'),
    ],
)
def test_a_package_that_is_listed_needs_no_command(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert title(tmp_path, "app.py", PYTHON).endswith("(needs hvac)")


def test_without_a_manifest_a_title_names_the_package_alone(tmp_path: Path) -> None:
    assert title(tmp_path, "app.py", PYTHON).endswith("(needs hvac)")


def test_the_nearest_manifest_counts(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("hvac\n")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "requirements.txt").write_text("requests\n")
    assert "echo hvac" in title(tmp_path, "app/main.py", PYTHON)
    assert "echo" not in title(tmp_path, "main.py", PYTHON)


def test_a_manifest_above_the_project_is_not_its_own(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("requests\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    assert title(inner, "app.py", PYTHON).endswith("(needs hvac)")


@pytest.mark.parametrize(
    ("package", "text", "listed"),
    [
        ("boto3", "boto3-stubs\n", False),
        ("boto3", "boto3[crt]>=1.40\n", True),
        ("conjur-api", "conjur_api\n", True),
        ("vault", "node-vault\n", False),
        ("github.com/hashicorp/vault/api", "\tgithub.com/hashicorp/vault/api v1.22.0\n", True),
        ("github.com/hashicorp/vault/api", "\tgithub.com/hashicorp/vault/api/auth v1\n", False),
        ("software.amazon.awssdk:secretsmanager", "<artifactId>secretsmanager</artifactId>", True),
        ("software.amazon.awssdk:secretsmanager", "libs.awssdk.secretsmanager", True),
        ("@aws-sdk/client-secrets-manager", '"@aws-sdk/client-secrets-manager": "^3"', True),
        ("@aws-sdk/client-secrets-manager", '"@aws-sdk/client-s3": "^3"', False),
    ],
)
def test_a_package_is_listed_by_its_whole_name(package: str, text: str, *, listed: bool) -> None:
    assert Manifest("any", "add {}").lacking((package,), text) == (() if listed else (package,))


@pytest.mark.parametrize(
    "name",
    [
        *("pyproject.toml", "requirements.txt", "package.json", "go.mod", "pom.xml"),
        *("build.gradle", "build.gradle.kts", "Gemfile", "composer.json", "Cargo.toml"),
        "app.csproj",
    ],
)
def test_each_manifest_is_some_languages(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    languages_of = [
        language.id
        for language in languages()
        if neighbours.manifest(tmp_path / "a", language, tmp_path)
    ]
    assert languages_of
