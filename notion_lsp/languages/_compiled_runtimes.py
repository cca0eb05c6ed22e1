"""Where C, C++, C#, Go, Lua and Rust run without an environment to keep a token in."""

from __future__ import annotations

from notion_lsp.refused import Refused
from notion_lsp.runtime import Beside, Runtime

DEVICE = Refused(
    "Who holds the device can read what is on it, and it has no environment: use a server."
)
_GAME = Refused("A game ships to whoever plays it: have a server of yours ask Notion.")
_APPLICATION = Refused("This application ships to whoever installs it: read the token on a server.")
_BROWSER = Refused("This code runs in a browser: have a server of yours ask Notion.")
_ROBLOX = Refused("Roblox has no environment: keep the token as a secret of the experience.")
_WORKER = Refused(
    "A Worker of Cloudflare has its variables in env: read the token with env.secret."
)

# The headers of Arduino, of ESP-IDF, of the ESP8266's SDK, of Mbed, Zephyr and the Pico's SDK.
_HEADERS = (
    r"^\s*#\s*include\s*[<\"](?:[\w.]+/)*(?:Arduino|WiFi|WiFiNINA|WiFi101|WiFiS3|ESP8266\w*"
    r"|WiFiClientSecure|HTTPClient|esp_\w+|user_interface|osapi|mbed|M5\w+|nvs_flash"
    r"|(?:pico|freertos|zephyr|avr)/\w+)\.h[>\"]"
)

C_RUNTIMES = (
    Runtime("device", DEVICE, text=_HEADERS),
    Runtime("browser", _BROWSER, text=r"^\s*#\s*include\s*[<\"]emscripten(?:/\w+)*\.h[>\"]"),
    Runtime("device", DEVICE, beside=(Beside("platformio.ini"), Beside("sdkconfig"))),
)
CSHARP_RUNTIMES = (
    Runtime("unity", _GAME, text=r"^using (?:UnityEngine|Godot)\b"),
    Runtime(
        "application",
        _APPLICATION,
        text=r"^using (?:Microsoft\.Maui|Xamarin|Android|UIKit|Microsoft\.AspNetCore\.Components"
        r"\.WebAssembly)\b",
    ),
)
GO_RUNTIMES = (
    # pkg.go.dev, syscall/js: the package is there for a browser alone.
    Runtime("browser", _BROWSER, text=r"^\s*(?:import\s+)?(?:\w+\s+)?\"syscall/js\""),
    # tinygo.org, machine: what a board has.
    Runtime("device", DEVICE, text=r"^\s*(?:import\s+)?\"machine\""),
)
LUA_RUNTIMES = (
    Runtime("roblox", _ROBLOX, text=r"\bgame:GetService\("),
    Runtime("game", _GAME, text=r"^function love\.\w+\("),
    Runtime("device", DEVICE, text=r"\b(?:wifi\.sta|tmr\.create|gpio\.mode)\b"),
)
RUST_RUNTIMES = (
    Runtime(
        "device", DEVICE, text=r"^\s*#!\[no_std\]|^\s*use (?:esp_\w+|embassy_\w+|rp2040_hal)\b"
    ),
    Runtime("worker", _WORKER, text=r"^\s*use worker::"),
    Runtime(
        "browser", _BROWSER, text=r"^\s*use (?:wasm_bindgen|web_sys|js_sys|gloo\w*|yew|dioxus)\b"
    ),
)
