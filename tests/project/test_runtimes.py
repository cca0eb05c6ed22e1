"""Where code runs: by its text, its path, and what stands beside it, and what it reads there.

A folder of `runtimes/` is a project. The tokens in its files are marked, and the results stand
beside them, as in the fixtures of the languages; UPDATE_FIXTURES=1 writes the results anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from repositories import write
from test_fixtures import UPDATE, result_file, unmarked
from token_factory import access_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.project.sources import source_of
from notion_lsp.project.texts import AS_SAVED
from notion_lsp.rewrite.file import Rewritten, rewrite_all
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.stores import stores
from notion_lsp.text import apply_edits

RUNTIMES = Path(__file__).parent / "runtimes"
CASES = sorted(
    path
    for path in RUNTIMES.glob("*/**/*")
    if path.suffix in {".js", ".ts", ".py", ".yml", ".conf", ".php", ".ipynb"}
    and ".env." not in path.name
    and "^^^" in path.read_text()
)

TOKEN = access_token(1)
JAVASCRIPT = f'const token = "{TOKEN}";\n'
MANIFEST = {"app/src/main/AndroidManifest.xml": ""}
KOTLIN = f'val token = "{TOKEN}"\n'
C = f'char *token(void) {{ return "{TOKEN}"; }}\n'
CSHARP = f'class Keys {{ static string Token() {{ return "{TOKEN}"; }} }}\n'
GO = f'\nfunc token() string {{\n\treturn "{TOKEN}"\n}}\n'
LUA = f'local token = "{TOKEN}"\n'
PYTHON = f'token = "{TOKEN}"\n'
JSON = f'{{"token": "{TOKEN}"}}'
YAML = f"token: {TOKEN}\n"
PROPERTY = f"notion.token = {TOKEN}\n"
TOML = f'token = "{TOKEN}"\n'
PHP = f'<?php\n$token = "{TOKEN}";\n'
RUBY = f'token = "{TOKEN}"\n'
RUST = f'fn token() -> String {{ String::from("{TOKEN}") }}\n'
SWIFT = f'let token = "{TOKEN}"\n'
DART = f"final token = '{TOKEN}';\n"
XCODE = {"Notion.xcodeproj/project.pbxproj": "productType = com.apple.product-type.application;"}
FLUTTER = {"pubspec.yaml": "dependencies:\n  flutter:\n    sdk: flutter\n"}
SCALA = f'val token = "{TOKEN}"\n'
NODE = f'import fs from "node:fs";\n{JAVASCRIPT}'


def rewritten(text: str, path: Path, top: Path, store: str = "env") -> Rewritten:
    source = source_of(text, path, top, AS_SAVED)
    findings = find_tokens(text)
    names = variable_names(source, findings, {})
    return rewrite_all(source, findings, stores()[store], names)


def refused(
    folder: Path, name: str, text: str, beside: dict[str, str], store: str = "env"
) -> set[str]:
    for each, content in beside.items():
        write(folder / each, content)
    return set(rewritten(text, folder / name, folder, store).refused.values())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.relative_to(RUNTIMES).as_posix())
def test_a_token_is_read_as_the_place_where_the_code_runs_has_it(path: Path) -> None:
    text, _ = unmarked(path.read_text(encoding="utf-8"))
    top = RUNTIMES / path.relative_to(RUNTIMES).parts[0]
    made = rewritten(text, path, top)
    assert not made.refused
    result = apply_edits(text, made.edits)
    if UPDATE:
        result_file(path).write_text(result, encoding="utf-8")
    assert result == result_file(path).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "text", "beside", "said"),
    [
        ("clip.user.js", f"// ==UserScript==\n// @name x\n{JAVASCRIPT}", {}, "userscript"),
        ("App.tsx", f'import {{ View }} from "react-native";\n{JAVASCRIPT}', {}, "React Native"),
        ("App.js", f'const RN = require("react-native");\n{JAVASCRIPT}', {}, "React Native"),
        ("page.tsx", f'"use client";\n{JAVASCRIPT}', {}, "client component"),
        (
            "page.jsx",
            f"// a page\n/* x\n */\n'use client'\n{JAVASCRIPT}",
            {},
            "client component",
        ),
        ("js/content.js", JAVASCRIPT, {"manifest.json": '{"manifest_version": 3}'}, "extension"),
        ("src/app/env.ts", JAVASCRIPT, {"angular.json": "{}"}, "Angular"),
        ("a.ts", f'import {{ Injectable }} from "@angular/core";\n{JAVASCRIPT}', {}, "Angular"),
        ("api.ts", f'import Config from "expo-constants";\n{JAVASCRIPT}', {}, "React Native"),
        (
            "a.tsx",
            f'import {{ List }} from "@raycast/api";\n{JAVASCRIPT}',
            {},
            "getPreferenceValues",
        ),
        ("main.ts", f'import {{ Plugin }} from "obsidian";\n{JAVASCRIPT}', {}, "Obsidian"),
        ("main.js", JAVASCRIPT, {"manifest.json": '{"minAppVersion": "1.0.0"}'}, "Obsidian"),
        ("a.ts", f'import * as vscode from "vscode";\n{JAVASCRIPT}', {}, "VS Code"),
        ("code.ts", f"figma.showUI(__html__);\n{JAVASCRIPT}", {}, "Figma"),
        ("a.js", f"chrome.runtime.onMessage.addListener(f);\n{JAVASCRIPT}", {}, "extension"),
        (
            "src/a.ts",
            JAVASCRIPT,
            {"package.json": '{"dependencies": {"plasmo": "1"}}'},
            "extension",
        ),
        ("src/renderer/a.ts", JAVASCRIPT, {"package.json": '{"electron": "30"}'}, "Electron"),
        ("pages/index.tsx", JAVASCRIPT, {"package.json": '{"next": "14"}'}, "pages/api"),
        ("web/pages/a/b.js", JAVASCRIPT, {"web/package.json": '{"next": "14"}'}, "pages/api"),
        ("composables/notion.ts", JAVASCRIPT, {"nuxt.config.ts": ""}, "Nuxt"),
        ("app/notion.client.ts", JAVASCRIPT, {}, "browser alone"),
        (
            "src/api/notion.js",
            JAVASCRIPT,
            {"package.json": '{"react-native": "0.72"}'},
            "React Native",
        ),
        ("lib/notion.ts", JAVASCRIPT, {"package.json": '{"expo": "50"}'}, "React Native"),
        ("src/main.ts", JAVASCRIPT, {"src-tauri/tauri.conf.json": "{}"}, "Tauri"),
        ("src/api.ts", JAVASCRIPT, {"capacitor.config.ts": ""}, "device"),
        ("www/js/a.js", JAVASCRIPT, {"config.xml": '<widget xmlns:cdv="cordova">'}, "device"),
        ("src/util.ts", JAVASCRIPT, {"package.json": '{"@raycast/api": "1"}'}, "Raycast"),
        (
            "src/lib/a.ts",
            JAVASCRIPT,
            {"package.json": '{"engines": {"vscode": "^1.80"}}'},
            "VS Code",
        ),
        ("code.ts", JAVASCRIPT, {"manifest.json": '{"editorType": ["figma"]}'}, "Figma"),
        ("a.js", f"logseq.useSettingsSchema(s);\n{JAVASCRIPT}", {}, "Logseq"),
        (
            "a.ts",
            f'import joplin from "api";\njoplin.plugins.register(p);\n{JAVASCRIPT}',
            {},
            "Joplin",
        ),
        ("a.js", f"module.exports = () => app.vault.getFiles();\n{JAVASCRIPT}", {}, "Obsidian"),
        ("a.js", f'const {{ app }} = require("photoshop");\n{JAVASCRIPT}', {}, "secureStorage"),
        ("a.jsx", f"alert(app.activeDocument.name);\n{JAVASCRIPT}", {}, "$.getenv"),
        ("a.js", f"Office.onReady(run);\n{JAVASCRIPT}", {}, "Office"),
        (
            "src/functions.ts",
            JAVASCRIPT,
            {"manifest.xml": "http://schemas.microsoft.com/office/appforoffice/1.1"},
            "Office",
        ),
        (
            "a.ts",
            f'function main(book: ExcelScript.Workbook) {{ const t = "{TOKEN}"; }}\n',
            {},
            "Office Script",
        ),
        ("src/a.ts", JAVASCRIPT, {"public/manifest.json": '{"manifest_version": 3}'}, "extension"),
        ("src/a.ts", JAVASCRIPT, {"manifest.config.ts": "{ manifest_version: 3 }"}, "extension"),
        ("app/routes/a.tsx", JAVASCRIPT, {"package.json": '{"@remix-run/react": "2"}'}, "loader"),
        ("src/routes/a.tsx", JAVASCRIPT, {"package.json": '{"@solidjs/start": "1"}'}, "use server"),
        ("src/a.tsx", JAVASCRIPT, {"package.json": '{"@builder.io/qwik": "1"}'}, "routeLoader$"),
        ("src/a.tsx", JAVASCRIPT, {"package.json": '{"@tanstack/react-start": "1"}'}, "TanStack"),
        ("src/pages/a.js", JAVASCRIPT, {"package.json": '{"gatsby": "5"}'}, "Gatsby"),
        ("client/a.js", JAVASCRIPT, {".meteor/release": "METEOR@3"}, "Meteor"),
        ("a.cy.js", f'it("a", () => cy.visit("/"));\n{JAVASCRIPT}', {}, "cy.env"),
        ("a.js", f'$.ajax("https://api.notion.com");\n{JAVASCRIPT}', {}, "browser"),
        ("a.js", f"WScript.Echo(1);\n{JAVASCRIPT}", {}, "Windows Script Host"),
        ("a.js", f"#!/usr/bin/osascript -l JavaScript\n{JAVASCRIPT}", {}, "osascript"),
        ("a.js", f'exports = () => context.services.get("a");\n{JAVASCRIPT}', {}, "App Services"),
        ("a.js", f"exports.a = (e) => e.Records[0].cf.request;\n{JAVASCRIPT}", {}, "Lambda@Edge"),
        (
            "a.js",
            f"function handler(event) {{\n  return event.request;\n}}\n{JAVASCRIPT}",
            {},
            "CloudFront",
        ),
        ("a.js", f'import cf from "cloudfront";\n{JAVASCRIPT}', {}, "CloudFront"),
        ("src/a.js", JAVASCRIPT, {"fastly.toml": ""}, "SecretStore"),
        ("a.ts", f'import type * as Party from "partykit/server";\n{JAVASCRIPT}', {}, "PartyKit"),
        ("islands/Counter.tsx", JAVASCRIPT, {"deno.json": "{}"}, "Fresh"),
        ("src/components/a.tsx", JAVASCRIPT, {"astro.config.mjs": ""}, "Astro"),
        ("src/App.jsx", JAVASCRIPT, {"package.json": '{"react-scripts": "5"}'}, "ships"),
        ("src/main.ts", JAVASCRIPT, {"index.html": '<script src="/src/main.ts">'}, "ships"),
        ("a.js", f'document.getElementById("a").onclick = f;\n{JAVASCRIPT}', {}, "browser"),
        ("src/lib/notion.ts", JAVASCRIPT, {"svelte.config.js": "kit: {}"}, "SvelteKit"),
        (
            "src/a.js",
            f'addEventListener("fetch", f);\n{JAVASCRIPT}',
            {"wrangler.toml": ""},
            "module",
        ),
        ("app/src/Keys.kt", KOTLIN, {"app/build.gradle": 'id "com.android.library"'}, "Android"),
        ("a.py", f"from js import document\n{PYTHON}", {}, "in the browser"),
        ("a.py", f"import pyodide.http\n{PYTHON}", {}, "in the browser"),
        ("a.py", f"from workers import Response, WorkerEntrypoint\n{PYTHON}", {}, "self.env"),
        ("main.py", f"import urequests\n{PYTHON}", {}, "MicroPython"),
        ("main.py", f"from machine import Pin\n{PYTHON}", {}, "MicroPython"),
        ("main.py", f"wlan = network.WLAN(0)\n{PYTHON}", {}, "MicroPython"),
        ("a.py", f"from browser import document, ajax\n{PYTHON}", {}, "in the browser"),
        ("a.py", f"from aqt import mw\n{PYTHON}", {}, "Anki"),
        ("a.py", f"import sublime_plugin\n{PYTHON}", {}, "Sublime"),
        ("a.py", f"import xbmcaddon\n{PYTHON}", {}, "Kodi"),
        ("main.py", PYTHON, {"buildozer.spec": "[app]"}, "installs"),
        ("a.rb", f'require "js"\n{RUBY}', {}, "browser"),
        ("a.rb", f"def tick args\nend\n{RUBY}", {}, "game"),
        ("sketch/secrets.h", C, {"sketch/sketch.ino": ""}, "device"),
        ("a.cpp", f"#include <CoreMinimal.h>\n{C}", {}, "game"),
        ("a.c", f"#include <android/log.h>\n{C}", {}, "Android"),
        ("Assets/a.cs", CSHARP, {"ProjectSettings/ProjectVersion.txt": ""}, "game"),
        (
            "a.cs",
            CSHARP,
            {"a.csproj": '<Project Sdk="Microsoft.NET.Sdk.BlazorWebAssembly">'},
            "installs",
        ),
        (
            "a.cs",
            CSHARP,
            {"a.csproj": "<TargetFramework>net8.0-android</TargetFramework>"},
            "installs",
        ),
        ("a.cs", f"using nanoFramework.Hardware;\n{CSHARP}", {}, "device"),
        ("a.go", f"//go:build js && wasm\n\npackage a\n{GO}", {}, "browser"),
        ("a_js.go", f"package a\n{GO}", {}, "browser"),
        (
            "a.go",
            f'package a\n\nimport "github.com/fastly/compute-sdk-go/fsthttp"\n{GO}',
            {},
            "Fastly",
        ),
        ("a.go", f'package a\n\nimport "github.com/syumai/workers"\n{GO}', {}, "cloudflare.Getenv"),
        ("a.lua", f"redis.call('get', 'a')\n{LUA}", {}, "ARGV"),
        ("a.lua", f"local f = CreateFrame('Frame')\n{LUA}", {}, "game"),
        ("src/a.rs", RUST, {"Cargo.toml": '[dependencies]\nwasm-bindgen = "0.2"\n'}, "browser"),
        ("src/a.rs", RUST, {"Cargo.toml": '[dependencies]\nesp-idf-svc = "0.48"\n'}, "device"),
        ("src/a.rs", RUST, {"Cargo.toml": "[dependencies.worker]\nversion = 1\n"}, "env.secret"),
        ("a.rs", f"use fastly::Request;\n{RUST}", {}, "Fastly"),
        ("a.rs", f"use near_sdk::near;\n{RUST}", {}, "chain"),
        ("a.rs", f"use bevy::prelude::*;\n{RUST}", {}, "game"),
        ("a/Main.kt", f"import kotlinx.browser.document\n{KOTLIN}", {}, "browser"),
        ("a/Main.kt", f"import platform.Foundation.NSLog\n{KOTLIN}", {}, "without a JVM"),
        ("x/src/iosArm64Main/kotlin/Keys.kt", KOTLIN, {}, "without a JVM"),
        ("x/src/commonTest/kotlin/Keys.kt", KOTLIN, {}, "without a JVM"),
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
        ("wrangler.toml", TOML, {}, "wrangler secret put"),
        ("fly.toml", TOML, {}, "fly secrets import"),
        ("netlify.toml", TOML, {}, "Netlify"),
        ("mise.toml", TOML, {}, "mise"),
        ("chart/values-prod.yaml", YAML, {"chart/Chart.yaml": "name: a"}, "--set-file"),
        ("cloudbuild.yaml", YAML, {}, "secretEnv"),
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
        ("terragrunt.hcl", f"inputs = {{\n{TOML}}}", {}, "Terragrunt"),
        ("tox.ini", f"[testenv]\n{TOML}", {}, "pass_env"),
        ("pytest.ini", f"[pytest]\n{TOML}", {}, "outside"),
        ("a.ini", f"[uwsgi]\n{TOML}", {}, "uWSGI"),
        ("airflow.cfg", TOML, {}, "AIRFLOW__"),
        ("php.ini", TOML, {}, "PHP"),
        ("hosts.ini", f"[web:vars]\n{TOML}", {}, "group_vars"),
        ("log4j2.properties", TOML, {}, "Log4j"),
        ("Procfile", f"web: A={TOKEN} notes", {}, "platform"),
        ("Caddyfile", TOKEN, {}, "{$NOTION_TOKEN}"),
        (".npmrc", f"//a/:_authToken={TOKEN}", {}, "npm"),
        (".pypirc", TOML, {}, "home folder"),
        ("Earthfile", f"ENV A={TOKEN}", {}, "RUN --secret"),
        ("flake.nix", TOML, {}, "Nix"),
        ("CMakeLists.txt", f'set(A "{TOKEN}")', {}, "$ENV"),
        ("meson.build", TOML, {}, "Meson"),
        ("BUILD.bazel", TOML, {}, "Bazel"),
        ("justfile", TOML, {}, "just"),
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
        ("buildspec.yml", f"phases:\n  {YAML}", {}, "CodeBuild"),
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
        (".cargo/config.toml", f"[env]\n{TOML}", {}, "Cargo"),
        ("a.c", f"#include <esp_wifi.h>\n{C}", {}, "device"),
        ("a.cpp", f"#include <Arduino.h>\n{C}", {}, "device"),
        ("src/a.cpp", C, {"platformio.ini": ""}, "device"),
        ("a.c", f"#include <emscripten/fetch.h>\n{C}", {}, "browser"),
        ("a.cs", f"using UnityEngine;\n{CSHARP}", {}, "game"),
        ("a.cs", f"using Microsoft.Maui.Controls;\n{CSHARP}", {}, "installs"),
        ("a.go", f'package a\n\nimport "syscall/js"\n{GO}', {}, "browser"),
        ("a.go", f'package a\n\nimport (\n\t"machine"\n)\n{GO}', {}, "device"),
        ("a.lua", f"local Http = game:GetService('HttpService')\n{LUA}", {}, "Roblox"),
        ("a.rs", f"#![no_std]\n{RUST}", {}, "device"),
        ("a.scala", f"import org.scalajs.dom\n{SCALA}", {}, "browser"),
        ("Package.swift", f"import PackageDescription\n{SWIFT}", {}, "manifest"),
        ("a.swift", f"import SwiftUI\n{SWIFT}", {}, "installs"),
        ("a.swift", f"@preconcurrency import UIKit\n{SWIFT}", {}, "installs"),
        ("a.swift", f"import JavaScriptKit\n{SWIFT}", {}, "browser"),
        ("Notion/Keys.swift", SWIFT, XCODE, "installs"),
        ("Sources/Keys.swift", SWIFT, {"Package.swift": "platforms: [.iOS(.v17)]"}, "installs"),
        ("a.dart", f"import 'package:flutter/material.dart';\n{DART}", {}, "Flutter"),
        ("lib/keys.dart", DART, FLUTTER, "Flutter"),
        ("a.dart", f"import 'dart:html';\n{DART}", {}, "browser"),
        ("a.rs", f"use wasm_bindgen::prelude::*;\n{RUST}", {}, "browser"),
        ("a.rs", f"use worker::*;\n{RUST}", {}, "env.secret"),
        ("a/Main.kt", f"import android.app.Activity\n{KOTLIN}", {}, "Android"),
        ("a/Main.kt", f"import androidx.compose.runtime.*\n{KOTLIN}", {}, "Android"),
        (
            "app/src/main/java/a/Keys.kt",
            KOTLIN,
            MANIFEST,
            "Android",
        ),
        (
            "app/src/main/java/a/Keys.java",
            f'class Keys {{ static String token = "{TOKEN}"; }}\n',
            MANIFEST,
            "Android",
        ),
        ("x/src/commonMain/kotlin/Keys.kt", KOTLIN, {}, "without a JVM"),
        ("x/src/iosMain/kotlin/Keys.kt", KOTLIN, {}, "without a JVM"),
    ],
)
def test_code_without_an_environment_is_left_and_the_reason_names_the_place(
    tmp_path: Path, name: str, text: str, beside: dict[str, str], said: str
) -> None:
    [reason] = refused(tmp_path, name, text, beside)
    assert said in reason


@pytest.mark.parametrize(
    ("name", "text", "beside"),
    [
        ("build.js", NODE, {"manifest.json": '{"manifest_version": 3}'}),
        ("build.js", JAVASCRIPT, {"manifest.json": '{"name": "a web application"}'}),
        ("server/a.js", JAVASCRIPT, {"extension/manifest.json": '{"manifest_version": 3}'}),
        ("server.ts", f"console.log(process.argv);\n{JAVASCRIPT}", {"angular.json": "{}"}),
        ("tools/seed.ts", JAVASCRIPT, {"angular.json": "{}"}),
        ("src/index.ts", JAVASCRIPT, {"wrangler.toml": 'compatibility_flags = ["nodejs_compat"]'}),
        ("a.js", f'console.log("use client");\n{JAVASCRIPT}', {}),
        ("pages/api/a.ts", JAVASCRIPT, {"package.json": '{"next": "14"}'}),
        (
            "pages/a.tsx",
            f"export function getStaticProps() {{}}\n{JAVASCRIPT}",
            {"package.json": '{"next": ""}'},
        ),
        ("app/page.tsx", JAVASCRIPT, {"package.json": '{"next": "14"}'}),
        ("middleware.ts", JAVASCRIPT, {"package.json": '{"next": "14"}'}),
        ("server/api/notion.ts", JAVASCRIPT, {"nuxt.config.ts": ""}),
        ("src/pages/api.ts", JAVASCRIPT, {"astro.config.mjs": ""}),
        ("src/main/main.ts", JAVASCRIPT, {"package.json": '{"electron": "30"}'}),
        ("vite.config.ts", JAVASCRIPT, {"index.html": '<script src="/src/main.ts">'}),
        ("src/server/a.ts", JAVASCRIPT, {"index.html": '<script src="/src/main.ts">'}),
        ("a.test.js", f'it("a", () => document.querySelector("a"));\n{JAVASCRIPT}', {}),
        ("a.js", f'const p = require("puppeteer"); p.e(() => document.body);\n{JAVASCRIPT}', {}),
        ("svelte.config.js", JAVASCRIPT, {"svelte.config.js": "kit: {}"}),
        ("a.php", PHP, {"composer.json": '{"symfony/dotenv": "7"}', "artisan": ""}),
        ("metro.config.js", JAVASCRIPT, {"package.json": '{"react-native": "0.72"}'}),
        ("app/api/a+api.ts", JAVASCRIPT, {"package.json": '{"expo": "50"}'}),
        ("api/a.ts", JAVASCRIPT, {"package.json": '{"expo": "50"}', "api/package.json": "{}"}),
        ("scripts/seed.ts", JAVASCRIPT, {"manifest.json": '{"manifest_version": 3}'}),
        ("esbuild.config.mjs", JAVASCRIPT, {"manifest.json": '{"minAppVersion": "1.0.0"}'}),
        (
            "app/routes/a.tsx",
            f"export async function loader() {{}}\n{JAVASCRIPT}",
            {"package.json": '{"@remix-run/react": "2"}'},
        ),
        ("app/notion.server.ts", JAVASCRIPT, {"package.json": '{"@remix-run/react": "2"}'}),
        (
            "src/a.tsx",
            f'const f = async () => {{ "use server"; }};\n{JAVASCRIPT}',
            {"package.json": '{"@solidjs/start": "1"}'},
        ),
        ("src/api/a.js", JAVASCRIPT, {"package.json": '{"gatsby": "5"}'}),
        ("server/a.js", JAVASCRIPT, {".meteor/release": "METEOR@3"}),
        ("a.js", f"exports.handler = (event) => event.request;\n{JAVASCRIPT}", {}),
        ("functions/index.js", f"exports.a = functions.onRequest(f);\n{JAVASCRIPT}", {}),
        ("Assets/Editor/a.cs", CSHARP, {"ProjectSettings/ProjectVersion.txt": ""}),
        ("a.cs", CSHARP, {"a.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web">'}),
        ("a.go", f"//go:build !js\n\npackage a\n{GO}", {}),
        (
            "src/a.rs",
            f"use std::fs::File;\n{RUST}",
            {"Cargo.toml": '[dependencies]\njs-sys = "0.3"\n'},
        ),
        ("src/a.rs", RUST, {"Cargo.toml": '[dependencies]\nworker-pool = "1"\n'}),
        ("a.py", f"from browser import Browser\n{PYTHON}", {}),
        ("src/desktopMain/kotlin/Keys.kt", KOTLIN, {}),
        ("a.ts", JAVASCRIPT, {"deno.json": "{}", "package.json": "{}"}),
        ("a.ts", f'const is = typeof Deno !== "undefined" && Deno.env;\n{JAVASCRIPT}', {}),
        ("a.js", f'import k from "k6x";\n{JAVASCRIPT}', {}),
        ("src/jvmMain/kotlin/Keys.kt", KOTLIN, {}),
        ("a.py", f"from machine import StateMachine\n{PYTHON}", {}),
        ("a.py", f"import json as js\n{PYTHON}", {}),
        ("a.go", f'package a\n\nimport "os"\n{GO}', {}),
        ("a.cs", f"using Unity.Container;\n{CSHARP}", {}),
        ("a.rs", f"mod worker;\n{RUST}", {}),
        ("src/main/kotlin/Keys.kt", KOTLIN, {}),
        ("Sources/Keys.swift", SWIFT, {"Package.swift": "platforms: [.macOS(.v13)]", **XCODE}),
        ("Tests/KeysTests.swift", SWIFT, {"Package.swift": "platforms: [.iOS(.v17)]"}),
        ("scripts/seed.swift", f"#!/usr/bin/env swift\n{SWIFT}", XCODE),
        ("lib/keys.dart", DART, {"pubspec.yaml": "dependencies:\n  shelf: ^1.4.0\n"}),
        ("bin/seed.dart", DART, FLUTTER),
    ],
)
def test_code_with_an_environment_is_rewritten(
    tmp_path: Path, name: str, text: str, beside: dict[str, str]
) -> None:
    assert refused(tmp_path, name, text, beside) == set()


def test_what_stands_above_the_project_tells_nothing(tmp_path: Path) -> None:
    write(tmp_path / "angular.json", "{}")
    assert refused(tmp_path / "project", "src/a.ts", JAVASCRIPT, {}) == set()


def test_the_reason_of_a_place_without_variables_is_that_of_every_store(tmp_path: Path) -> None:
    text = f'"use client";\n{JAVASCRIPT}'
    reasons = {store: refused(tmp_path, "a.tsx", text, {}, store) for store in stores()}
    assert reasons["vault"] == reasons["env"]


def test_a_store_without_a_call_for_the_place_is_refused(tmp_path: Path) -> None:
    [reason] = refused(tmp_path, "a.ts", JAVASCRIPT, {"deno.json": "{}"}, "vault")
    assert reason == "No call of HashiCorp Vault is known for Deno: choose another store."


def test_many_comments_above_the_code_do_not_slow_the_search(tmp_path: Path) -> None:
    assert refused(tmp_path, "a.js", "/* a */\n" * 5000 + JAVASCRIPT, {}) == set()
