"""Write the server's settings into the manifest of the VS Code extension."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from notion_lsp import settings, stores
from notion_lsp.detect import kinds

MANIFEST = Path(__file__).parents[1] / "vscode-extension" / "package.json"
OURS = ("notion-lsp.path",)  # the extension's own: they stay as they stand there

_SEVERITIES = {
    "error": "A red underline.",
    "warning": "A yellow underline.",
    "information": "A blue underline.",
    "hint": "Three dots, and nothing among the problems.",
    "off": "Nothing.",
}


def with_settings(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the manifest with a property for each of the server's settings."""
    contributes = manifest["contributes"]
    configuration = contributes["configuration"]
    kept = {name: configuration["properties"][name] for name in OURS}
    described = {
        f"notion-lsp.{settings.camel_case(name)}": _property(name, option)
        for name, option in settings.options().items()
    }
    return manifest | {
        "contributes": contributes
        | {"configuration": configuration | {"properties": kept | described}}
    }


def _property(name: str, option: settings.Option) -> dict[str, Any]:
    default = getattr(settings.Settings(), name)
    return {
        "scope": "resource",
        **_type(name, default),
        "default": list(default) if isinstance(default, tuple) else default,
        "markdownDescription": option.about,
    }


def _type(name: str, default: object) -> dict[str, Any]:
    severity: dict[str, Any] = {"type": "string", "enum": list(settings.SEVERITIES)}
    if name == "severity":
        shown_as = [_SEVERITIES[each] for each in settings.SEVERITIES]
        return severity | {"enumDescriptions": shown_as}
    if name == "kinds":
        titles = {kind.id: severity | {"description": kind.title} for kind in kinds.TOKEN_KINDS}
        return {"type": "object", "properties": titles, "additionalProperties": severity}
    if name == "store":
        known = stores.stores().values()
        return {
            "type": "string",
            "enum": [store.id for store in known],
            "enumDescriptions": [store.title for store in known],
        }
    of_texts = {"type": "string"}
    by_type: dict[type, dict[str, Any]] = {
        int: {"type": "integer", "minimum": 1},
        dict: {"type": "object", "additionalProperties": of_texts},
        tuple: {"type": "array", "items": of_texts},
        str: of_texts,
    }
    return by_type[type(default)]


def main() -> None:
    """Write the manifest anew."""
    manifest = with_settings(json.loads(MANIFEST.read_text("utf-8")))
    MANIFEST.write_text(f"{json.dumps(manifest, indent=2, ensure_ascii=False)}\n", "utf-8")


if __name__ == "__main__":
    main()
