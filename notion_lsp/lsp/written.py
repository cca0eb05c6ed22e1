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


class Said(NamedTuple):
    """A diagnostic but for its line: its columns, in the client's units, and its other members."""

    start: int
    end: int
    members: str

    def shifted(self, by: int) -> Said:
        """Return the same, moved by that many units in its line."""
        return Said(self.start + by, self.end + by, self.members)


def said(diagnostic: types.Diagnostic) -> Said:
    """Return a diagnostic, which stands in one line, but for that and for what is related."""
    about = diagnostic.code_description
    values = {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "codeDescription": {"href": about.href} if about else None,
        "source": diagnostic.source,
        "message": diagnostic.message,
        "tags": diagnostic.tags,
    }
    kept = {name: value for name, value in values.items() if value is not None}
    members = json.dumps(kept, separators=(",", ":"))[1:-1]
    place = diagnostic.range
    return Said(place.start.character, place.end.character, members)


def diagnostic(line: int, said: Said, related: Iterable[str] = ()) -> str:
    """Return the JSON of a diagnostic in a line."""
    others = ",".join(related)
    end = f',"relatedInformation":[{others}]' if others else ""
    return f'{{"range":{_range(line, said.start, line, said.end)},{said.members}{end}}}'


def related(location: types.Location, about: str) -> str:
    """Return the JSON of a place that a diagnostic names beside its own."""
    uri, message = json.dumps(location.uri), json.dumps(about)
    start, end = location.range.start, location.range.end
    place = _range(start.line, start.character, end.line, end.character)
    return f'{{"location":{{"uri":{uri},"range":{place}}},"message":{message}}}'


def published(uri: str, diagnostics: Iterable[str], version: int | None) -> Written:
    """Return the parameters of `textDocument/publishDiagnostics`."""
    of_version = "" if version is None else f',"version":{version}'
    items = ",".join(diagnostics)
    return Written(f'{{"uri":{json.dumps(uri)},"diagnostics":[{items}]{of_version}}}')


def report(diagnostics: Iterable[str], result: str) -> Written:
    """Return the full report that answers a pull for one document."""
    items = ",".join(diagnostics)
    return Written(f'{{"kind":"full","resultId":{json.dumps(result)},"items":[{items}]}}')


def _range(line: int, character: int, last_line: int, last_character: int) -> str:
    return (
        f'{{"start":{{"line":{line},"character":{character}}},'
        f'"end":{{"line":{last_line},"character":{last_character}}}}}'
    )
