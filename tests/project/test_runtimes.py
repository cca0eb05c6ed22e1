"""Where code runs that has no environment: by its text, its path, and what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from repositories import write
from token_factory import access_token

from notion_lsp.detect.find import find_tokens
from notion_lsp.project.sources import source_of
from notion_lsp.project.texts import AS_SAVED
from notion_lsp.rewrite.file import rewrite_all
from notion_lsp.rewrite.naming import variable_names
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from pathlib import Path

TOKEN = access_token(1)
JAVASCRIPT = f'const token = "{TOKEN}";\n'
MANIFEST = {"app/src/main/AndroidManifest.xml": ""}
KOTLIN = f'val token = "{TOKEN}"\n'
NODE = f'import fs from "node:fs";\n{JAVASCRIPT}'


def refused(folder: Path, name: str, text: str, beside: dict[str, str]) -> set[str]:
    for each, content in beside.items():
        write(folder / each, content)
    source = source_of(text, folder / name, folder, AS_SAVED)
    findings = tuple(find_tokens(text))
    names = variable_names(source, findings, {})
    return set(rewrite_all(source, findings, stores()["env"], names).refused.values())


@pytest.mark.parametrize(
    ("name", "text", "beside", "said"),
    [
        ("clip.user.js", f"// ==UserScript==\n// @name x\n{JAVASCRIPT}", {}, "userscript"),
        ("load.js", f'import http from "k6/http";\n{JAVASCRIPT}', {}, "__ENV"),
        ("load.ts", f'import {{ check }} from "k6";\n{JAVASCRIPT}', {}, "__ENV"),
        ("App.tsx", f'import {{ View }} from "react-native";\n{JAVASCRIPT}', {}, "React Native"),
        ("App.js", f'const RN = require("react-native");\n{JAVASCRIPT}', {}, "React Native"),
        ("page.tsx", f'"use client";\n{JAVASCRIPT}', {}, "client component"),
        (
            "page.jsx",
            f"// a page\n/* x\n */\n'use client'\n{JAVASCRIPT}",
            {},
            "client component",
        ),
        ("Code.js", f"UrlFetchApp.fetch(url);\n{JAVASCRIPT}", {}, "Apps Script"),
        ("src/Code.ts", JAVASCRIPT, {"appsscript.json": "{}"}, "Apps Script"),
        ("src/Code.js", JAVASCRIPT, {".clasp.json": "{}"}, "Apps Script"),
        ("js/content.js", JAVASCRIPT, {"manifest.json": '{"manifest_version": 3}'}, "extension"),
        ("src/app/env.ts", JAVASCRIPT, {"angular.json": "{}"}, "Angular"),
        ("src/index.ts", JAVASCRIPT, {"wrangler.toml": 'name = "x"\n'}, "Worker"),
        ("src/index.js", JAVASCRIPT, {"wrangler.jsonc": "{}"}, "Worker"),
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
        ("server.ts", f"console.log(process.argv);\n{JAVASCRIPT}", {"angular.json": "{}"}),
        ("tools/seed.ts", JAVASCRIPT, {"angular.json": "{}"}),
        ("src/index.ts", JAVASCRIPT, {"wrangler.toml": 'compatibility_flags = ["nodejs_compat"]'}),
        ("a.js", f'console.log("use client");\n{JAVASCRIPT}', {}),
        ("a.js", f'import k from "k6x";\n{JAVASCRIPT}', {}),
        ("src/jvmMain/kotlin/Keys.kt", KOTLIN, {}),
        ("src/main/kotlin/Keys.kt", KOTLIN, {}),
    ],
)
def test_code_with_an_environment_is_rewritten(
    tmp_path: Path, name: str, text: str, beside: dict[str, str]
) -> None:
    assert refused(tmp_path, name, text, beside) == set()


def test_what_stands_above_the_project_tells_nothing(tmp_path: Path) -> None:
    write(tmp_path / "angular.json", "{}")
    assert refused(tmp_path / "project", "src/a.ts", JAVASCRIPT, {}) == set()
