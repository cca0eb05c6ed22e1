"""SARIF 2.1.0, which code hosts and editors read.

A result's fingerprint is the SHA-256 of its token, so the same token is the same result wherever it
moves; it does not give the token away. The log says when a file could not be read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from notion_lsp import __version__
from notion_lsp.files import path_to_uri
from notion_lsp.kinds import TOKEN_KINDS

if TYPE_CHECKING:
    from pathlib import PurePath

    from notion_lsp.files import Unreadable
    from notion_lsp.kinds import TokenKind
    from notion_lsp.reports import Report, Result
    from notion_lsp.settings import Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_BASE = "SRCROOT"
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning"}
_RULES = {kind.id: number for number, kind in enumerate(TOKEN_KINDS)}


def render(report: Report) -> str:
    """Return the report as a SARIF log with one run."""
    folder = path_to_uri(report.folder).rstrip("/") + "/"
    run = {
        "tool": {
            "driver": {
                "name": "notion-lsp",
                "version": __version__,
                "informationUri": "https://github.com/notion-lsp/notion-lsp",
                "rules": [_rule(kind) for kind in TOKEN_KINDS],
            }
        },
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {_BASE: {"uri": folder}},
        "invocations": [
            {
                "executionSuccessful": not report.unread,
                "toolExecutionNotifications": [_unread(report, file) for file in report.unread],
            }
        ],
        "results": [_result(report, result) for result in report.results],
    }
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, indent=2) + "\n"


def _rule(kind: TokenKind) -> dict[str, object]:
    advice = f"It opens {kind.opens}. {kind.rotate}"
    return {
        "id": kind.id,
        "shortDescription": {"text": f"{kind.title} is hardcoded"},
        "fullDescription": {"text": advice},
        "help": {"text": f"Read it from the environment or a secret store. {advice}"},
        "helpUri": kind.documentation,
        "properties": {"tags": ["security", "external/cwe/cwe-798"], "security-severity": "8.0"},
    }


def _result(report: Report, result: Result) -> dict[str, object]:
    region = {
        "startLine": result.line,
        "startColumn": result.utf_16_columns.start,
        "endLine": result.line,
        "endColumn": result.utf_16_columns.end,
    }
    location = _location(report, result.path) | {"region": region}
    return {
        "ruleId": result.kind.id,
        "ruleIndex": _RULES[result.kind.id],
        "level": _LEVELS.get(result.severity, "note"),
        "message": {"text": result.message},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"token/v1": result.fingerprint},
    }


def _location(report: Report, path: PurePath) -> dict[str, object]:
    if report.folder not in path.parents:
        return {"artifactLocation": {"uri": path_to_uri(path)}}
    uri = quote(report.name(path), errors="surrogateescape")
    return {"artifactLocation": {"uri": uri, "uriBaseId": _BASE}}


def _unread(report: Report, file: Unreadable) -> dict[str, object]:
    return {
        "level": "error",
        "message": {"text": f"The file was not read: {file.reason}."},
        "locations": [{"physicalLocation": _location(report, file.path)}],
    }
