"""What reads a file of data or a template: by its name, its text, and what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from placed import TOKEN, refused, rewritten

from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from pathlib import Path

JSON = f'{{"token": "{TOKEN}"}}'
YAML = f"token: {TOKEN}\n"
PROPERTY = f"notion.token = {TOKEN}\n"
TOML = f'token = "{TOKEN}"\n'
PHP = f'<?php\n$token = "{TOKEN}";\n'


@pytest.mark.parametrize(
    ("name", "text", "beside", "said"),
    [
        ("appsettings.Development.json", JSON, {}, "two underscores"),
        ("package.json", JSON, {}, "npm"),
        (".claude/settings.json", JSON, {}, "Claude Code"),
        (".zed/settings.json", JSON, {}, "Zed"),
        ("app.json", f'{{"expo": {JSON}}}', {}, "Expo"),
        ("vercel.json", JSON, {}, "vercel env add"),
        ("wrangler.jsonc", JSON, {}, "wrangler secret put"),
        ("local.settings.json", JSON, {}, "out of git"),
        ("gradle.properties", PROPERTY, {}, "ORG_GRADLE_PROJECT_"),
        ("local.properties", PROPERTY, {"settings.gradle": ""}, "out of git"),
        ("src/main/resources/application.conf", PROPERTY, {}, "HOCON"),
        ("src/main/resources/log4j2.xml", f"<a>{TOKEN}</a>", {}, "${env:NOTION_TOKEN}"),
        ("src/main/resources/logback-spring.xml", f"<a>{TOKEN}</a>", {}, "Logback"),
        ("NuGet.Config", f"<a>{TOKEN}</a>", {}, "%NOTION_TOKEN%"),
        ("Program.fs", f'let token = "{TOKEN}"', {}, "GetEnvironmentVariable"),
        ("Program.vb", f'Const Token = "{TOKEN}"', {}, "GetEnvironmentVariable"),
        ("build.gradle", f"android {{\n  a '{TOKEN}'\n}}", {}, "ships to a device"),
        ("wrangler.toml", TOML, {}, "wrangler secret put"),
        ("fly.toml", TOML, {}, "fly secrets import"),
        ("netlify.toml", TOML, {}, "Netlify"),
        ("mise.toml", TOML, {}, "mise"),
        ("chart/values-prod.yaml", YAML, {"chart/Chart.yaml": "name: a"}, "--set-file"),
        ("cloudbuild.yaml", YAML, {}, "secretEnv"),
        ("mkdocs.yml", YAML, {}, "!ENV NOTION_TOKEN"),
        ("environment.yml", f"variables:\n  {YAML}", {}, "conda"),
        ("a.tftest.hcl", f"variables {{\n{TOML}}}\n", {}, "TF_VAR_"),
        ("template.yaml", f"AWSTemplateFormatVersion: 2010-09-09\n{YAML}", {}, "Secrets Manager"),
        ("azure-pipelines.yml", YAML, {}, "Azure Pipelines"),
        ("ci/build.yml", f"pool: x\nsteps:\n- script: ./x\n{YAML}", {}, "Azure Pipelines"),
        ("ci/build.yml", f"pipelines:\n  default:\n  - step:\n{YAML}", {}, "Bitbucket"),
        (".woodpecker/build.yaml", YAML, {}, "Woodpecker"),
        (".drone.yml", YAML, {}, "Woodpecker and Drone"),
        ("bitbucket-pipelines.yml", YAML, {}, "Bitbucket"),
        ("Taskfile.yml", YAML, {}, "dotenv"),
        ("Pulumi.dev.yaml", YAML, {}, "pulumi config set --secret"),
        ("app.yaml", f"runtime: python312\nenv_variables:\n  {YAML}", {}, "Secret Manager"),
        ("render.yaml", YAML, {}, "sync: false"),
        ("values.yaml", YAML, {}, "YAML cannot read"),
        ("views/a.blade.php", PHP, {}, "Blade"),
        ("Pages/a.cshtml", f'@{{ var a = "{TOKEN}"; }}', {}, "IConfiguration"),
        ("a.razor", f'@code {{ string a = "{TOKEN}"; }}', {}, "Razor"),
        ("a.jsp", f'<% String a = "{TOKEN}"; %>', {}, "servlet"),
        ("chart/templates/_a.tpl", TOKEN, {"chart/Chart.yaml": "name: a"}, "Helm"),
        ("a.html.j2", f"<p>{TOKEN}</p>", {}, "becomes a page"),
        ("a.pug", f'- const token = "{TOKEN}"', {}, "becomes a page"),
        ("a.sh.j2", f"export NOTION_TOKEN={TOKEN}", {}, "filled in"),
        ("Web.config", f'<appSettings><add value="{TOKEN}"/></appSettings>', {}, "configSource"),
        ("settings.xml", f"<settings><a>{TOKEN}</a></settings>", {}, "Maven"),
        (".run/a.run.xml", f'<env name="A" value="{TOKEN}"/>', {}, "one machine"),
        ("a.xml", f'<beans><a b="{TOKEN}"/></beans>', {}, "Spring"),
        ("a.pkr.hcl", TOML, {}, "Packer"),
        ("docker-bake.hcl", TOML, {}, "Bake"),
        ("a.nomad", f'job "a" {{\n{TOML}}}', {}, "Nomad"),
        ("tox.ini", f"[testenv]\n{TOML}", {}, "pass_env"),
        ("pytest.ini", f"[pytest]\n{TOML}", {}, "outside"),
        ("a.ini", f"[uwsgi]\n{TOML}", {}, "uWSGI"),
        ("airflow.cfg", TOML, {}, "AIRFLOW__"),
        ("php.ini", TOML, {}, "PHP"),
        ("hosts.ini", f"[web:vars]\n{TOML}", {}, "group_vars"),
        ("log4j2.properties", TOML, {}, "Log4j"),
        ("Procfile", f"web: A={TOKEN} notes", {}, "platform"),
        ("Caddyfile", TOKEN, {}, "{$NOTION_TOKEN}"),
        (".pypirc", TOML, {}, "home folder"),
        ("Earthfile", f"ENV A={TOKEN}", {}, "RUN --secret"),
        ("flake.nix", TOML, {}, "Nix"),
        ("CMakeLists.txt", f'set(A "{TOKEN}")', {}, "$ENV"),
        ("meson.build", TOML, {}, "Meson"),
        ("BUILD.bazel", TOML, {}, "Bazel"),
        ("justfile", TOML, {}, "just"),
        ("notes.org", TOML, {}, "placeholder"),
        ("tokens.csv", f"name,{TOKEN}\n", {}, "table"),
        ("a.bru", TOKEN, {}, "Bruno"),
        ("a.hurl", TOKEN, {}, "Hurl"),
        (".flaskenv", TOML, {}, "Flask"),
        (".dev.vars", TOML, {}, "belongs"),
        ("a.sql", f"SELECT '{TOKEN}'", {}, "parameter"),
        ("a.graphql", f'{{a(b: "{TOKEN}")}}', {}, "variable of GraphQL"),
        ("kustomization.yaml", f"secretGenerator:\n- {YAML}", {}, "Kustomize"),
        ("helmfile.yaml", YAML, {}, "requiredEnv"),
        ("prefect.yaml", f"prefect-version: 3\n{YAML}", {}, "Secret block"),
        ("dagster.yaml", f"run_launcher:\n  {YAML}", {}, "Dagster"),
        ("configuration.yaml", f"rest_command:\n  {YAML}", {}, "!secret"),
        ("api.yaml", f"openapi: 3.1.0\n{YAML}", {}, "placeholder"),
        ("notes.yaml", f"type: collection.insomnia.rest/5.0\n{YAML}", {}, "Insomnia"),
        (".buildkite/pipeline.yml", YAML, {}, "Buildkite"),
        (".do/app.yaml", YAML, {}, "App Platform"),
        ("user-data.yml", f"#cloud-config\n{YAML}", {}, "secrets manager"),
        (".pre-commit-config.yaml", YAML, {}, "No shell"),
        ("goose/config.yaml", f"extensions:\n  notion:\n    envs:\n      {YAML}", {}, "env_keys"),
        ("config/notion.yml", f"key: <%= 1 %>\n{YAML}", {}, "ERB"),
        ("stack.yaml", f"Resources:\n  A:\n    Type: AWS::S3::Bucket\n{YAML}", {}, "Secrets Man"),
        (
            "site.yml",
            f"- hosts: a\n  tasks: []\n  vars: {{a: \"{{{{ b or '{TOKEN}' }}}}\"}}\n",
            {},
            "expr",
        ),
        ("site.yml", f"- hosts: a\n  tasks:\n  - when: a == '{TOKEN}'\n", {}, "expression"),
        ("serverless.yml", f"a: ${{opt:token, '{TOKEN}'}}\n", {}, "expression"),
        ("a.template.json", f'{{"Type": "AWS::A", "token": "{TOKEN}"}}', {}, "Secrets Manager"),
        ("cdk.json", JSON, {}, "context"),
        ("task.json", f'{{"containerDefinitions": [{JSON}]}}', {}, "valueFrom"),
        ("main.tf.json", JSON, {}, "Terraform"),
        ("flows.json", f'[{{"wires": [], "token": "{TOKEN}"}}]', {}, "Node-RED"),
        ("blueprint.json", f'{{"module": "http:Send", "token": "{TOKEN}"}}', {}, "Make"),
        ("api.json", f'{{"openapi": "3.1.0", "token": "{TOKEN}"}}', {}, "placeholder"),
        ("a.json", f'{{"__export_format": 4, "token": "{TOKEN}"}}', {}, "Insomnia"),
        ("a.json", f'{{"clientName": "Thunder Client", "a": "{TOKEN}"}}', {}, "Thunder Client"),
        ("a.json", f'{{"endpoint": "", "auth": {JSON}}}', {}, "Hoppscotch"),
        ("http-client.env.json", JSON, {}, "private"),
        ("http-client.private.env.json", JSON, {}, "belongs"),
        ("Properties/launchSettings.json", JSON, {}, "user-secrets"),
        ("composer.json", JSON, {}, "outside"),
        ("settings.json", f'{{"context_servers": {JSON}}}', {}, "Zed"),
        (".vscode/settings.json", f'{{"mcp": {{"servers": {JSON}}}}}', {}, "mcp.json"),
        (".codex/config.toml", f"[mcp_servers.notion.env]\n{TOML}", {}, "env_vars"),
        ("samconfig.toml", TOML, {}, "template"),
        (".streamlit/secrets.toml", TOML, {}, "belongs"),
        ("pyproject.toml", f"[tool.pytest_env]\n{TOML}", {}, "A task has the variables"),
        ("pyproject.toml", f"[tool.notion]\n{TOML}", {}, "have the program that loads"),
        ("Pipfile", f"[scripts]\n{TOML}", {}, "A task has the variables"),
        (".cargo/config.toml", f"[env]\n{TOML}", {}, "Cargo"),
    ],
)
def test_a_token_that_no_lookup_replaces_is_left_and_the_reason_names_the_reader(
    tmp_path: Path, name: str, text: str, beside: dict[str, str], said: str
) -> None:
    [reason] = refused(tmp_path, name, text, beside)
    assert said in reason


def test_npm_reads_a_variable_in_its_settings(tmp_path: Path) -> None:
    text = f"//notes.example/:_authToken={TOKEN}\n"
    made = rewritten(text, tmp_path / ".npmrc", tmp_path)
    assert apply_edits(text, made.edits) == "//notes.example/:_authToken=${NOTION_TOKEN}\n"
