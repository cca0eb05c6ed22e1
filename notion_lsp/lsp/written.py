"""Diagnostics as JSON: what one says is written once and kept, where it stands is put in anew.

A keystroke sends all diagnostics of its document, and has changed none of them, or one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lsprotocol import types


class Written(NamedTuple):
    """A value that is JSON already, all of it ASCII."""

    json: str


def said(diagnostic: types.Diagnostic) -> str:
    """Return the members of a diagnostic that do not depend on where it stands."""
    about = diagnostic.code_description
    members = {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "codeDescription": {"href": about.href} if about else None,
        "source": diagnostic.source,
        "message": diagnostic.message,
        "tags": diagnostic.tags,
    }
    kept = {name: value for name, value in members.items() if value is not None}
    return json.dumps(kept, separators=(",", ":"))[1:-1]


def diagnostic(place: types.Range, members: str, related: Iterable[str] = ()) -> str:
    """Return the JSON of a diagnostic at a place."""
    others = ",".join(related)
    end = f',"relatedInformation":[{others}]' if others else ""
    return f'{{"range":{_range(place)},{members}{end}}}'


def related(location: types.Location, about: str) -> str:
    """Return the JSON of a place that a diagnostic names beside its own."""
    uri, message = json.dumps(location.uri), json.dumps(about)
    return f'{{"location":{{"uri":{uri},"range":{_range(location.range)}}},"message":{message}}}'


def published(uri: str, diagnostics: Iterable[str], version: int | None) -> Written:
    """Return the parameters of `textDocument/publishDiagnostics`."""
    of_version = "" if version is None else f',"version":{version}'
    items = ",".join(diagnostics)
    return Written(f'{{"uri":{json.dumps(uri)},"diagnostics":[{items}]{of_version}}}')


def report(diagnostics: Iterable[str], result: str) -> Written:
    """Return the full report that answers a pull for one document."""
    items = ",".join(diagnostics)
    return Written(f'{{"kind":"full","resultId":{json.dumps(result)},"items":[{items}]}}')


def _range(place: types.Range) -> str:
    start, end = place.start, place.end
    return (
        f'{{"start":{{"line":{start.line},"character":{start.character}}},'
        f'"end":{{"line":{end.line},"character":{end.character}}}}}'
    )
