"""Which kind of file a path, an editor's id and a text are taken for."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from notion_lsp.languages import language_of

MANIFEST = "apiVersion: v1\nkind: Pod\n"


@pytest.mark.parametrize(
    ("path", "language"),
    [
        (".github/workflows/ci.yml", "github-actions"),
        ("/home/a/b/.github/workflows/ci.yaml", "github-actions"),
        (".github/actions/sync/action.yml", "github-actions"),
        ("action.yaml", "github-actions"),
        (".github/dependabot.yml", "yaml"),
        ("workflows/ci.yml", "yaml"),
        (".gitlab-ci.yml", "gitlab-ci"),
        ("ci/build.gitlab-ci.yml", "gitlab-ci"),
        (".gitlab/ci/build.yml", "gitlab-ci"),
        (".circleci/config.yml", "circleci"),
        ("config.yml", "yaml"),
        (".travis.yml", "travis"),
        ("compose.yaml", "docker-compose"),
        ("docker-compose.yml", "docker-compose"),
        ("deploy/docker-compose.prod.yml", "docker-compose"),
        ("compose.override.yaml", "docker-compose"),
        ("composer.yaml", "yaml"),
        ("Jenkinsfile", "jenkinsfile"),
        ("ci/Jenkinsfile.release", "jenkinsfile"),
        ("nightly.jenkinsfile", "jenkinsfile"),
        ("deployment.yaml", "yaml"),
        ("lib/notion/client.ex", "elixir"),
        ("mix.exs", "elixir"),
        ("config/runtime.exs", "elixir"),
        ("config/config.exs", "elixir-config"),
        ("apps/web/config/dev.exs", "elixir-config"),
    ],
)
def test_a_path_tells_the_kind_of_file(path: str, language: str) -> None:
    found = language_of(PurePosixPath(path))
    assert found
    assert found.id == language


@pytest.mark.parametrize(
    ("editor_id", "language"),
    [
        ("github-actions-workflow", "github-actions"),
        ("yaml.ghaction", "github-actions"),
        ("yaml.gitlab", "gitlab-ci"),
        ("dockercompose", "docker-compose"),
        ("yaml.docker-compose", "docker-compose"),
        ("jenkinsfile", "jenkinsfile"),
        ("yaml", "yaml"),
    ],
)
def test_an_editors_id_tells_the_kind_of_a_file_without_a_name(
    editor_id: str, language: str
) -> None:
    found = language_of(None, editor_id)
    assert found
    assert found.id == language


def test_the_path_counts_more_than_the_editors_id() -> None:
    found = language_of(PurePosixPath(".gitlab-ci.yml"), "yaml")
    assert found
    assert found.id == "gitlab-ci"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (MANIFEST, "kubernetes"),
        (MANIFEST.replace("\n", "\r\n"), "kubernetes"),
        (f"# A pod\n---\nmetadata:\n  name: a\n{MANIFEST}", "kubernetes"),
        ("kind: Pod\nspec: {}\napiVersion: v1\n", "kubernetes"),
        ("kind: Pod\n", "yaml"),
        ("apiVersion: v1\nitems:\n  - kind: Pod\n", "yaml"),
        ("text: |\n  apiVersion: v1\n  kind: Pod\n", "yaml"),
    ],
)
def test_the_text_tells_a_manifest_of_kubernetes(text: str, language: str) -> None:
    named, unnamed = (
        language_of(PurePosixPath("a.yaml"), None, text),
        language_of(None, "yaml", text),
    )
    assert named
    assert named == unnamed
    assert named.id == language
