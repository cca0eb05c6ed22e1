"""Where Kotlin and Java run without an environment to keep a token in."""

from __future__ import annotations

from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime, in_any

_DEVICE = Refused("An Android application ships to a device: read the token on a server.")
_ELSEWHERE = Refused(
    "This code may run without a JVM, so there is no System: hand the token over to it."
)
_BROWSER = Refused("This code runs in a browser: have a server of yours ask Notion.")
_GAME = Refused("A game ships to whoever plays it: have a server of yours ask Notion.")

ANDROID = (
    Runtime("game", _GAME, text=r"^import (?:static )?com\.badlogic\.gdx\."),
    Runtime("browser", _BROWSER, text=r"^import (?:static )?(?:com\.google\.gwt|org\.teavm)\."),
    Runtime("android", _DEVICE, text=r"^import (?:static )?android(?:x)?\."),
    Runtime(
        "android",
        _DEVICE,
        beside=(
            *in_any("AndroidManifest.xml src/main/AndroidManifest.xml"),
            *in_any(
                "build.gradle build.gradle.kts", r"\bcom[.]android[.](?:application|library)\b"
            ),
        ),
    ),
)
# kotlinlang.org, hierarchical project structure: source sets by the folders that they stand in.
_SOURCE_SETS = (
    r"common|(?:native|ios|tvos|watchos|apple|macos|linux|mingw|androidNative)\w*|js|wasm\w*|web"
)
MULTIPLATFORM = (
    Runtime("kotlin-elsewhere", _ELSEWHERE, path=rf"/(?:{_SOURCE_SETS})(?:Main|Test)/"),
    Runtime("android", _DEVICE, path="/androidMain/"),
    Runtime(
        "kotlin-in-browser",
        _BROWSER,
        text=r"^import (?:kotlinx\.browser|kotlinx\.html\.dom|org\.w3c\.dom|kotlin\.js)\b",
    ),
    Runtime("kotlin-native", _ELSEWHERE, text=r"^import (?:kotlinx\.cinterop|platform)\."),
)
_SCALA_JS = Refused("Scala.js makes code for the browser, which has no environment: use a server.")
SCALA_JS = (
    Runtime("scala-js", _SCALA_JS, text=r"^import (?:_root_\.)?(?:scala\.scalajs|org\.scalajs)\."),
    # A build of several projects may have one of them on a server.
    Runtime(
        "scala-js",
        _SCALA_JS,
        beside=in_any(
            "build.sbt",
            r"(?s)\A(?!.*\bcrossProject\b|.*\bproject\b.*\bproject\b).*\bScalaJSPlugin\b",
        ),
    ),
)
