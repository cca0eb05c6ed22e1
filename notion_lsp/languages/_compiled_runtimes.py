"""Where C, C++, C#, Go, Lua and Rust run without an environment to keep a token in."""

from __future__ import annotations

from notion_lsp.refused import Refused
from notion_lsp.runtime import Beside, Runtime, in_any

DEVICE = Refused(
    "Who holds the device can read what is on it, and it has no environment: use a server."
)
_GAME = Refused("A game ships to whoever plays it: have a server of yours ask Notion.")
_APPLICATION = Refused("This application ships to whoever installs it: read the token on a server.")
_PHONE = Refused("An Android application ships to a device: read the token on a server.")
_BROWSER = Refused("This code runs in a browser: have a server of yours ask Notion.")
_ROBLOX = Refused("Roblox has no environment: keep the token as a secret of the experience.")
_WORKER = Refused(
    "A Worker of Cloudflare has its variables in env: read the token with env.secret."
)

_GO_WORKER = Refused(
    "A Worker of Cloudflare has its variables in a package: read the token with cloudflare.Getenv."
)
_EDGE = Refused(
    "Fastly Compute has no variables of yours: keep the token in a secret store of Fastly."
)
_CHAIN = Refused("What is on a chain is for everyone to read: have a server of yours ask Notion.")

_INCLUDE = r"^[ \t]*#[ \t]*include[ \t]*[<\"]"
# The headers of Arduino, of ESP-IDF, of the ESP8266's SDK, of Mbed, Zephyr and the Pico's SDK.
_HEADERS = (
    rf"{_INCLUDE}(?:[\w.]+/)*(?:Arduino|WiFi|WiFiNINA|WiFi101|WiFiS3|ESP8266\w*"
    r"|WiFiClientSecure|HTTPClient|esp_\w+|user_interface|osapi|mbed|M5\w+|nvs_flash|pebble"
    r"|stm32\w+|nrf\w*|FreeRTOS|(?:pico|freertos|zephyr|avr|driver)/\w+)\.h[>\"]"
)

# The builds of ESP-IDF, Zephyr, and the Pico's SDK.
_BOARD = r"\b(?:idf_component_register|IDF_PATH|find_package\(Zephyr|pico_sdk_init)\b"

# learn.microsoft.com: Blazor in the browser, and the platforms of MAUI.
_SHIPPED_PROJECT = (
    r"Sdk\.BlazorWebAssembly|<UseMaui>\s*true|<TargetFrameworks?>[^<]*-(?:android|ios|browser)"
)

C_RUNTIMES = (
    Runtime("device", DEVICE, text=_HEADERS),
    Runtime("browser", _BROWSER, text=rf"{_INCLUDE}emscripten(?:/\w+)*\.h[>\"]"),
    Runtime("android", _PHONE, text=r"^[ \t]*#[ \t]*include\s*<(?:android/\w+|jni)\.h"),
    Runtime("game", _GAME, text=rf"{_INCLUDE}(?:CoreMinimal|raylib|GameFramework/\w+)\.h"),
    Runtime("game", _GAME, beside=in_any("*.uproject")),
    Runtime(
        "device",
        DEVICE,
        beside=in_any(
            "platformio.ini sdkconfig sdkconfig.defaults idf_component.yml prj.conf mbed_app.json "
            "*.ino *.ioc"
        ),
    ),
    Runtime("device", DEVICE, beside=in_any("CMakeLists.txt", _BOARD)),
    # developer.android.com, "Add C and C++ code": it stands below the manifest of its module.
    Runtime("android", _PHONE, beside=in_any("AndroidManifest.xml")),
)
CSHARP_RUNTIMES = (
    Runtime(
        "game",
        _GAME,
        text=r"^using (?:UnityEngine|Godot|Microsoft\.Xna|Stride|MonoGame)\b",
    ),
    # docs.unity3d.com: what stands in a folder Editor is not built into the game.
    Runtime(
        "game",
        _GAME,
        path=r"^(?!.*/(?:Editor|Tools)/)",
        beside=in_any("ProjectSettings/ProjectVersion.txt project.godot"),
    ),
    Runtime(
        "application",
        _APPLICATION,
        text=r"^using (?:Microsoft\.Maui|Xamarin|Android|UIKit|Microsoft\.AspNetCore\.Components"
        r"\.WebAssembly)\b",
    ),
    Runtime(
        "application",
        _APPLICATION,
        beside=in_any("*.csproj", _SHIPPED_PROJECT),
    ),
    Runtime("device", DEVICE, text=r"^using (?:nanoFramework|Meadow|Windows\.Devices\.Gpio)\b"),
)
GO_RUNTIMES = (
    # pkg.go.dev, syscall/js: the package is there for a browser alone.
    Runtime("browser", _BROWSER, text=r"^[ \t]*(?:import[ \t]+)?(?:\w+[ \t]+)?\"syscall/js\""),
    Runtime(
        "browser", _BROWSER, text=r"\"github\.com/(?:gopherjs/|maxence-charriere/go-app|vugu/)"
    ),
    # pkg.go.dev, cmd/go, build constraints; Wasm of WASI has an environment.
    Runtime("browser", _BROWSER, text=r"^//go:build[ \t](?![^\n]*!js\b)[^\n]*\bjs\b"),
    Runtime("browser", _BROWSER, path=r"_js(?:_wasm)?(?:_test)?\.go$"),
    Runtime("fastly", _EDGE, text=r"\"github\.com/fastly/compute-sdk-go"),
    Runtime("worker", _GO_WORKER, text=r"\"github\.com/syumai/workers"),
    Runtime("android", _PHONE, text=r"\"golang\.org/x/mobile/"),
    # tinygo.org, machine: what a board has.
    Runtime("device", DEVICE, text=r"^[^\S\n]*(?:import\s+)?\"machine\""),
)
LUA_RUNTIMES = (
    Runtime("roblox", _ROBLOX, text=r"\bgame:GetService\("),
    Runtime("game", _GAME, text=r"^function love\.\w+\("),
    Runtime("game", _GAME, text=r"\bplaydate\.\w|^(?:script\.on_event|data:extend)\b"),
    # warcraft.wiki.gg, Lua functions: there is no `os`.
    Runtime("game", _GAME, text=r"\bCreateFrame\(|:RegisterEvent\("),
    Runtime("device", DEVICE, text=r"\b(?:wifi\.sta|tmr\.create|gpio\.mode)\b"),
    # redis.io, Lua API: what a script may use of Lua's libraries.
    Runtime(
        "redis",
        Refused("A script in Redis has no environment: hand the token over in ARGV."),
        text=r"\bredis\.p?call\(",
    ),
)
# The packages that tell where a crate runs, in its code and in its manifest.
_RUST_DEVICE = r"(?:esp|embassy|cortex|stm32|nrf|rp2040|rp235x|avr)[-_][-\w]+"
_RUST_BROWSER = r"wasm[-_]bindgen\w*|web[-_]sys|js[-_]sys|gloo[-\w]*|yew|dioxus(?:[-_]web)?"
_RUST_GAME = r"bevy|macroquad|ggez"
_RUST_CHAIN = r"anchor[-_]lang|solana[-_]program|near[-_]sdk|cosmwasm[-_]std|ink"
# What is not there where code runs in a browser or on a device.
_RUST_SYSTEM = r"\b(?:tokio::|std::(?:fs|process|net)\b|axum::|actix_web\b|hyper::)"


def _crates(names: str) -> tuple[Beside, ...]:
    return in_any("Cargo.toml", rf"(?m)^(?:\[dependencies\.)?(?:{names})(?=\s*[=.\]])")


RUST_RUNTIMES = (
    Runtime("device", DEVICE, text=rf"^[ \t]*#!\[(?:no_std|no_main)\]|^[ \t]*use {_RUST_DEVICE}\b"),
    Runtime("device", DEVICE, unless=_RUST_SYSTEM, beside=_crates(_RUST_DEVICE)),
    Runtime("worker", _WORKER, text=r"^[ \t]*use worker::"),
    Runtime("worker", _WORKER, unless=_RUST_SYSTEM, beside=_crates("worker")),
    Runtime("fastly", _EDGE, text=r"^[ \t]*use fastly\b|#\[fastly::main\]"),
    Runtime("fastly", _EDGE, beside=_crates("fastly")),
    Runtime("chain", _CHAIN, text=rf"^[ \t]*use (?:{_RUST_CHAIN})\b"),
    Runtime("game", _GAME, text=rf"^[ \t]*use (?:{_RUST_GAME})\b"),
    Runtime("browser", _BROWSER, text=rf"^[ \t]*use (?:{_RUST_BROWSER})\b"),
    Runtime("browser", _BROWSER, unless=_RUST_SYSTEM, path="/src/", beside=_crates(_RUST_BROWSER)),
)
RUBY_RUNTIMES = (
    # github.com/ruby/ruby.wasm and opalrb.com: the libraries for what a browser has.
    Runtime(
        "browser", _BROWSER, text=r"^[ \t]*require [\"'](?:js|js/require_remote|opal|native)[\"']"
    ),
    Runtime("game", _GAME, text=r"^[ \t]*def tick args\b"),
)
