"""Where JavaScript and TypeScript run without an environment to keep a token in."""

from __future__ import annotations

from notion_lsp.runtime import Beside, Runtime

# What only Node.js and its like have, as a script does that builds a browser's code beside it.
_NODE = (
    r"\bprocess\.|\bfrom\s+[\"']node:|\brequire\([\"'](?:node:|fs\b|path\b)"
    r"|^#!.*\b(?:node|bun|deno)\b"
)
_BEGINNING = r"\A(?:\s|//.*$|/\*(?s:.*?)\*/)*"


def _imports(module: str) -> str:
    return rf"(?:\bfrom\s*|\bimport\s*|\brequire\(\s*)[\"']{module}[\"']"


RUNTIMES = (
    Runtime(
        "A userscript runs in the browser, which has no environment: keep the token in the storage "
        "of its manager, with GM_setValue.",
        text=r"^// ==UserScript==",
    ),
    Runtime(
        "k6 has no process: read the variable with __ENV.",
        text=_imports("k6(?:/[^\"']*)?"),
    ),
    Runtime(
        "React Native ships to the device of whoever installs it: read the token on a server.",
        text=_imports("react-native"),
    ),
    # react.dev, 'use client': a directive at the beginning of a file.
    Runtime(
        "A client component ships to the browser: read the token on the server.",
        text=_BEGINNING + r"[\"']use client[\"']",
    ),
    Runtime(
        "Apps Script has no environment: keep the token in the project's script properties.",
        text=r"\b(?:UrlFetchApp|PropertiesService|SpreadsheetApp|DocumentApp|ScriptApp)\.",
        unless=_NODE,
    ),
    Runtime(
        "Apps Script has no environment: keep the token in the project's script properties.",
        unless=_NODE,
        beside=(Beside("appsscript.json"), Beside(".clasp.json")),
    ),
    Runtime(
        "A browser extension ships to whoever installs it: read the token on a server.",
        unless=_NODE,
        beside=(
            Beside("manifest.json", r"\"manifest_version\"\s*:"),
            Beside("wxt.config.ts"),
        ),
    ),
    Runtime(
        "An Angular application ships to the browser: read the token on a server.",
        unless=_NODE,
        path="src",
        beside=(Beside("angular.json"),),
    ),
    # developers.cloudflare.com, Node.js compatibility: `process.env` needs the flag.
    Runtime(
        "A Worker has its variables in env, the second argument of fetch, or with the flag "
        "nodejs_compat in process.env.",
        unless=_NODE,
        beside=tuple(
            Beside(f"wrangler.{suffix}", r"\A(?!(?s:.*)nodejs_compat)")
            for suffix in ("toml", "json", "jsonc")
        ),
    ),
)
