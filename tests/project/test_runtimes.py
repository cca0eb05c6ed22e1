"""Where code runs, JavaScript above all, by its text, its path and what stands beside it.

A folder of `runtimes/` is a project. The tokens in its files are marked, and the results stand
beside them, as in the fixtures of the languages; UPDATE_FIXTURES=1 writes the results anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from placed import TOKEN, refused, rewritten
from repositories import write
from test_fixtures import UPDATE, result_file, unmarked

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

JAVASCRIPT = f'const token = "{TOKEN}";\n'
NODE = f'import fs from "node:fs";\n{JAVASCRIPT}'


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
        ("composables/notion.ts", JAVASCRIPT, {"package.json": '{"nuxt": "3"}'}, "Nuxt"),
        ("src/components/a.tsx", JAVASCRIPT, {"package.json": '{"astro": "4"}'}, "Astro"),
        (
            "src/routes/+page.ts",
            JAVASCRIPT,
            {"package.json": '{"@sveltejs/kit": "2"}'},
            "SvelteKit",
        ),
        (".storybook/preview.ts", JAVASCRIPT, {}, "Storybook"),
        ("src/a.stories.tsx", JAVASCRIPT, {}, "Storybook"),
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
        (
            "a.js",
            f'wx.request({{ url: "https://api.notion.com" }});\n{JAVASCRIPT}',
            {},
            "mini program",
        ),
        ("a.js", f'const table = base.getTable("Tasks");\n{JAVASCRIPT}', {}, "input.secret"),
        ("a.js", f"const page = inputData.page;\n{JAVASCRIPT}", {}, "Zapier"),
        ("a.ts", f'import {{ defineStore }} from "pinia";\n{JAVASCRIPT}', {}, "store of Vue"),
        ("app.config.ts", NODE, {"package.json": '{"expo": "50"}'}, "Expo ships"),
        ("app.config.ts", JAVASCRIPT, {"package.json": '{"nuxt": "4"}'}, "Nuxt ships"),
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
        ("app.config.ts", JAVASCRIPT, {"package.json": "{}"}),
        ("a.js", f"exports.handler = (event) => event.request;\n{JAVASCRIPT}", {}),
        ("functions/index.js", f"exports.a = functions.onRequest(f);\n{JAVASCRIPT}", {}),
        ("a.ts", JAVASCRIPT, {"deno.json": "{}", "package.json": "{}"}),
        ("a.ts", f'const is = typeof Deno !== "undefined" && Deno.env;\n{JAVASCRIPT}', {}),
        ("a.js", f'import k from "k6x";\n{JAVASCRIPT}', {}),
        ("a.js", f"const perform = (z, bundle) => bundle.inputData.page;\n{JAVASCRIPT}", {}),
        ("a.js", f"const f = (inputData) => inputData.page;\n{JAVASCRIPT}", {}),
        ("a.js", f'require("wx-server-sdk").init();\n{JAVASCRIPT}', {}),
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
