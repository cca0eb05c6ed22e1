"""Where Kotlin and Java run without an environment to keep a token in."""

from __future__ import annotations

from notion_lsp.runtime import Beside, Runtime

_DEVICE = "An Android application ships to a device: read the token on a server."
_ELSEWHERE = "This code may run without a JVM, so there is no System: hand the token over to it."

ANDROID = (
    Runtime(_DEVICE, text=r"^import (?:static )?android(?:x)?\."),
    Runtime(
        _DEVICE,
        beside=(Beside("AndroidManifest.xml"), Beside("src/main/AndroidManifest.xml")),
    ),
)
# kotlinlang.org, hierarchical project structure: source sets by the folders that they stand in.
_SOURCE_SETS = "common native ios apple macos linux mingw js wasmJs web"
MULTIPLATFORM = (
    *(Runtime(_ELSEWHERE, path=f"{name}Main") for name in _SOURCE_SETS.split()),
    Runtime(_DEVICE, path="androidMain"),
)
