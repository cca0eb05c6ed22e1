"""Where code of other languages than JavaScript runs: by its text, its path, and what is beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from placed import TOKEN, refused

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = {"app/src/main/AndroidManifest.xml": ""}
KOTLIN = f'val token = "{TOKEN}"\n'
C = f'char *token(void) {{ return "{TOKEN}"; }}\n'
CSHARP = f'class Keys {{ static string Token() {{ return "{TOKEN}"; }} }}\n'
GO = f'\nfunc token() string {{\n\treturn "{TOKEN}"\n}}\n'
PHP = f'<?php\n$token = "{TOKEN}";\n'
LUA = f'local token = "{TOKEN}"\n'
PYTHON = f'token = "{TOKEN}"\n'
RUBY = f'token = "{TOKEN}"\n'
RUST = f'fn token() -> String {{ String::from("{TOKEN}") }}\n'
SWIFT = f'let token = "{TOKEN}"\n'
DART = f"final token = '{TOKEN}';\n"
XCODE = {"Notion.xcodeproj/project.pbxproj": "productType = com.apple.product-type.application;"}
FLUTTER = {"pubspec.yaml": "dependencies:\n  flutter:\n    sdk: flutter\n"}
SCALA = f'val token = "{TOKEN}"\n'


@pytest.mark.parametrize(
    ("name", "text", "beside", "said"),
    [
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
        ("a.pyi", f'TOKEN: str = "{TOKEN}"\n', {}, "never run"),
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
        ("a.c", f"#include <esp_wifi.h>\n{C}", {}, "device"),
        ("a.cpp", f"#include <Arduino.h>\n{C}", {}, "device"),
        ("src/a.cpp", C, {"platformio.ini": ""}, "device"),
        (
            "main/a.c",
            C,
            {"CMakeLists.txt": "idf_component_register(SRCS a.c)"},
            "device",
        ),
        ("Core/a.c", C, {"board.ioc": ""}, "device"),
        ("main/cpp/a.cpp", C, {"main/AndroidManifest.xml": "<manifest/>"}, "Android"),
        ("platformio.ini", f"[env]\nbuild_flags = -DTOKEN={TOKEN}\n", {}, "device"),
        ("a.c", f"#include <emscripten/fetch.h>\n{C}", {}, "browser"),
        ("a.cs", f"using UnityEngine;\n{CSHARP}", {}, "game"),
        ("a.cs", f"using Microsoft.Maui.Controls;\n{CSHARP}", {}, "installs"),
        ("a.go", f'package a\n\nimport "syscall/js"\n{GO}', {}, "browser"),
        ("a.go", f'package a\n\nimport (\n\t"machine"\n)\n{GO}', {}, "device"),
        ("a.lua", f"local Http = game:GetService('HttpService')\n{LUA}", {}, "Roblox"),
        ("a.rs", f"#![no_std]\n{RUST}", {}, "device"),
        ("a.scala", f"import org.scalajs.dom\n{SCALA}", {}, "browser"),
        ("a.scala", SCALA, {"build.sbt": "enablePlugins(ScalaJSPlugin)\n"}, "browser"),
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
        ("a.php", PHP, {"composer.json": '{"symfony/dotenv": "7"}', "artisan": ""}),
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
        (
            "server/a.scala",
            SCALA,
            {
                "build.sbt": "lazy val server = project\n"
                "lazy val client = project.enablePlugins(ScalaJSPlugin)\n"
            },
        ),
    ],
)
def test_code_with_an_environment_is_rewritten(
    tmp_path: Path, name: str, text: str, beside: dict[str, str]
) -> None:
    assert refused(tmp_path, name, text, beside) == set()
