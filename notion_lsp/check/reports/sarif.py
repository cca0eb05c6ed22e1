"""SARIF 2.1.0, which code hosts and editors read.

A result's fingerprint is the SHA-256 of its token: the same token is the same result wherever it
moves, and nobody learns the token from it; a short token has none. A file that could not be read is
a notification. There are as many results as GitHub takes, the worst ones first:
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp import __version__
from notion_lsp.check.reports._hosts import more_than, worst_first
from notion_lsp.check.reports.json import past
from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.explain.exposure import facts
from notion_lsp.explain.masking import mask_text
from notion_lsp.explain.shown import as_json
from notion_lsp.files.uris import name_to_uri, path_to_uri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import PurePath

    from notion_lsp.check.reports import Region, Report, Result
    from notion_lsp.detect.kinds import TokenKind
    from notion_lsp.explain.shown import Shown
    from notion_lsp.files.read_write import Unreadable
    from notion_lsp.settings import Severity

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_BASE = "SRCROOT"
_MOST = 25_000  # results of a run
_PLACES = 1_000  # locations of a result
# SARIF has three levels; all that is less than a warning is a note.
_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning"}


def render(report: Report) -> Shown:
    """Return the report as a SARIF log with one run."""
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]})


def _run(report: Report) -> dict[str, object]:
    # All kinds, found or not, so that the list of rules does not change from run to run.
    rules = {kind.id: kind for kind in (*TOKEN_KINDS, *(each.kind for each in report.results))}
    folder = _uri(report.top).rstrip("/") + "/"
    told = worst_first(report.results)[:_MOST]
    return {
        "tool": {"driver": _driver(rules.values())},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n"],  # as git counts, and a host that shows the result
        "originalUriBaseIds": {_BASE: {"uri": folder}},
        "invocations": [_invocation(report)],
        "results": [_result(report, result, list(rules)) for result in told],
    }


def _driver(rules: Iterable[TokenKind]) -> dict[str, object]:
    return {
        "name": "notion-lsp",
        "version": __version__,
        "informationUri": "https://github.com/notion-lsp/notion-lsp",
        "rules": [_rule(kind) for kind in rules],
    }


def _invocation(report: Report) -> dict[str, object]:
    notes = [{"level": "note", "message": {"text": said}} for said in _notes(report)]
    return {
        "executionSuccessful": not report.unread,
        "toolExecutionNotifications": [
            *(_unread(report, file) for file in report.unread),
            *notes,
        ],
    }


def _notes(report: Report) -> Iterator[str]:
    yield from report.left_out
    yield from filter(None, [more_than(report.results, _MOST)])


def _rule(kind: TokenKind) -> dict[str, object]:
    advice = f"{kind.opens} {kind.rotate}"
    return {
        "id": kind.id,
        "shortDescription": {"text": f"{kind.title} is hardcoded"},
        "fullDescription": {"text": advice},
        "help": {"text": f"Read it from the environment or a secret store. {advice}"},
        "helpUri": kind.documentation,
        # GitHub reads both: the tag puts it under security, and 7.0 to 8.9 is shown as "high".
        "properties": {"tags": ["security", "external/cwe/cwe-798"], "security-severity": "8.0"},
    }


def _result(report: Report, result: Result, rules: Sequence[str]) -> dict[str, object]:
    # Code may use one piece twice: each place is given once.
    places = list(dict.fromkeys([result.place, *result.pieces]))
    first, *others = (_place(report, result, each) for each in places[:_PLACES])
    related = [{**each, "message": {"text": "A piece of the token."}} for each in others]
    return {
        "ruleId": result.kind.id,
        "ruleIndex": rules.index(result.kind.id),
        "level": _LEVELS.get(result.severity, "note"),
        "message": {"text": result.message},
        "locations": [first],
        **({"relatedLocations": related} if related else {}),
        **_fingerprints(result),
        **_properties(result),
    }


def _fingerprints(result: Result) -> dict[str, object]:
    if result.fingerprint is None:
        return {}
    return {"partialFingerprints": {"token/v1": result.fingerprint}}


def _properties(result: Result) -> dict[str, object]:
    exposure, earlier, layer = result.where
    found = facts(exposure) if exposure else {}
    if earlier:
        found["past"] = past(earlier)
    if layer:
        found["layer"] = layer.facts()
    return {"properties": found} if found else {}


def _place(report: Report, result: Result, place: Region) -> dict[str, object]:
    region = {"startLine": place.git_line, "endLine": place.git_line}
    if place.has_git_columns:
        columns = place.utf_16_columns
        region |= {"startColumn": columns.start, "endColumn": columns.end}
    return {"physicalLocation": _location(report, result.path) | {"region": region}}


def _location(report: Report, path: PurePath) -> dict[str, object]:
    # A path below the top is relative, so that the report means the same on another machine.
    if report.top not in path.parents:
        return {"artifactLocation": {"uri": _uri(path)}}
    uri = name_to_uri(report.name_on_host(path))
    return {"artifactLocation": {"uri": uri, "uriBaseId": _BASE}}


def _uri(path: PurePath) -> str:
    return path_to_uri(type(path)(mask_text(str(path))))


def _unread(report: Report, file: Unreadable) -> dict[str, object]:
    return {
        "level": "error",
        "message": {"text": f"The file was not read: {file.reason}."},
        "locations": [{"physicalLocation": _location(report, file.path)}],
    }
