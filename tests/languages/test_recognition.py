"""Which kind of file a path, an editor's id and a text are taken for."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from notion_lsp.languages import language_of

MANIFEST = "apiVersion: v1\nkind: Pod\n"
COMPOSE = "services:\n  app:\n    image: alpine\n"
WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n"
PIPELINE = "build:\n  stage: build\n  script:\n    - make\n"
CIRCLE = "version: 2.1\njobs:\n  a:\n    steps:\n      - checkout\n"


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
        ("etc/cron.d/notion", "crontab"),
        ("notion.service", "systemd"),
        ("etc/systemd/system/a.service.d/override.conf", "systemd"),
        ("App/Info.plist", "apple-bundle"),
        ("Config/Release.xcconfig", "apple-bundle"),
        ("app/src/main/AndroidManifest.xml", "android-resource"),
        ("app/src/main/res/values-de/strings.xml", "android-resource"),
        ("app/build.gradle", "gradle"),
        ("app/build.gradle.kts", "kotlin"),
        ("pom.xml", "maven"),
        ("src/App/App.csproj", "msbuild"),
        ("Directory.Build.props", "msbuild"),
        (".vimrc", "vim"),
        ("lib/main.dart", "dart"),
        ("production.env", "dotenv"),
        (".Renviron", "dotenv"),
        (".env.local.example", "dotenv-example"),
        ("example.env", "dotenv-example"),
        ("env.sample", "dotenv-example"),
        ("Sources/App/main.swift", "swift"),
    ],
)
def test_a_path_tells_the_kind_of_file(path: str, language: str) -> None:
    found = language_of(PurePosixPath(path))
    assert found
    assert found.id == language


@pytest.mark.parametrize(
    ("path", "text", "language"),
    [
        ("a.conf", "upstream notion {\n}\n", "nginx"),
        ("a.conf", "<VirtualHost *:80>\n", "apache"),
        ("a.conf", "RequestHeader set Authorization a\n", "apache"),
        ("a.conf", "[server]\nport = 80\n", "ini"),
        ("a.plist", "<key>ProgramArguments</key>\n", "launchd"),
    ],
)
def test_the_text_tells_kinds_of_one_name_apart(path: str, text: str, language: str) -> None:
    found = language_of(PurePosixPath(path), None, text)
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
        (f"# A pod\n---\nmetadata:\n  name: a\n{MANIFEST}", "kubernetes"),
        ("kind: Pod\nspec: {}\napiVersion: v1\n", "kubernetes"),
        ("kind: Pod\n", "yaml"),
        ("apiVersion: v1\nitems:\n  - kind: Pod\n", "yaml"),
        ("text: |\n  apiVersion: v1\n  kind: Pod\n", "yaml"),
        (COMPOSE, "docker-compose"),
        ("services:\n\n  # One\n  app: &app\n    ports: []\n    build: .\n", "docker-compose"),
        ("name: a\nservices: # all\n    a:\n        image: b\nvolumes:\n", "docker-compose"),
        ("services:\n  a:\n    ports:\n      - 80\n  b:\n    image: c\n", "docker-compose"),
        ("services:\n  - docker:dind\nimage: alpine\n", "yaml"),
        ("services:\n  App\\Notion:\n    arguments: [a]\n", "yaml"),
        ("services:\n  app:\n    port: 80\nother:\n    image: a\n", "yaml"),
        ("spec:\n  services:\n    app:\n      image: a\n", "yaml"),
        (WORKFLOW, "github-actions"),
        (WORKFLOW.replace("on: push", '"on": push'), "github-actions"),
        ("'on':\n  push:\njobs:\n  a:\n    uses: ./b.yml\n", "github-actions"),
        ("jobs:\n  - job: a\n    steps:\n      - script: make\n", "yaml"),
        (PIPELINE, "gitlab-ci"),
        (f"stages: [build]\n{PIPELINE}", "gitlab-ci"),
        ("'a b':\n  image: c\n  before_script: [d]\n  tags: []\n", "gitlab-ci"),
        ("steps:\n  - task: Bash@3\n    inputs:\n      script: make\n", "yaml"),
        ("script:\n  - make\ndeploy:\n  provider: pages\n", "yaml"),
        (CIRCLE, "circleci"),
        ("version: '2.1'\norbs: {}\njobs:\n  a:\n    steps: [checkout]\n", "circleci"),
        ("version: 2\nservices: {}\n", "yaml"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_text_tells_a_kind_of_yaml(text: str, language: str, ending: str) -> None:
    text = text.replace("\n", ending)
    found = [
        language_of(PurePosixPath("deploy.yml"), None, text),
        language_of(PurePosixPath("deploy.yaml"), "yaml", text),
        language_of(None, "yaml", text),
    ]
    assert [each.id for each in found if each] == [language] * 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('{"servers": {"notion": {"type": "stdio", "command": "npx"}}}', "mcp-vscode"),
        ('{"servers": {"notion": {"type": "http", "url": "https://a.b"}}}', "mcp-vscode"),
        ('{"servers": [{"type": "http", "url": "https://a.b"}]}', "json"),
        ('{"servers": {"a": {"type": "postgres"}}}', "json"),
        ('{"mcpServers": {"notion": {"type": "stdio", "command": "npx"}}}', "mcp"),
    ],
)
def test_the_text_tells_a_list_of_mcp_servers(text: str, language: str) -> None:
    found = language_of(PurePosixPath("tools.json"), None, text)
    assert found
    assert found.id == language


def test_the_text_does_not_tell_what_is_no_yaml() -> None:
    assert language_of(PurePosixPath("notes.txt"), None, COMPOSE) is None


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("#!/bin/sh", "shell"),
        ("#!/bin/bash -eu", "shell"),
        ("#! /usr/bin/env zsh", "shell"),
        ("#!/usr/bin/env python3", "python"),
        ("#!/usr/bin/python3.12 -I", "python"),
        ("#!/usr/bin/env -S uv run --script", "python"),
        ("\ufeff#!/usr/bin/env python", "python"),
        ("#!/usr/bin/env NODE_ENV=a node", "javascript"),
        ("#!/usr/bin/env -S deno run --allow-env", "typescript"),
        ("#!/usr/bin/env -S npx tsx", "typescript"),
        ("#!/opt/homebrew/bin/ruby -w", "ruby"),
        ("#!/usr/bin/php8.2", "php"),
        ("#!/usr/bin/env elixir", "elixir"),
        ("#!/usr/bin/env pwsh", "powershell"),
        ("#!/usr/bin/awk -f", None),
        ("#!", None),
        (" #!/bin/sh", None),
        ("# sh", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("name", ["deploy", "deploy.cgi"])
def test_the_first_line_tells_the_language_of_a_script(
    name: str, line: str, language: str | None
) -> None:
    found = language_of(PurePosixPath(name), None, f"{line}\necho\n")
    assert (found.id if found else None) == language


def test_a_name_and_an_editors_id_count_more_than_the_first_line() -> None:
    script = "#!/bin/sh\n"
    found = [
        language_of(PurePosixPath("a.py"), None, script),
        language_of(PurePosixPath("a"), "python", script),
        language_of(PurePosixPath("a"), "plaintext", script),
    ]
    assert [each.id for each in found if each] == ["python", "python", "shell"]
