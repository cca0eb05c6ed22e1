"""The configuration of ggshield, versions 1 and 2: the matches and paths that it leaves out.

A match is given as its text, or as the SHA-256 of its text and the name that the detector gives to
it. The digest of a client id together with its secret cannot be computed from the secret alone, so
such an entry has no effect here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from notion_lsp.detect.finding import fingerprint
from notion_lsp.files import path_patterns
from notion_lsp.ignore.ignore_file import FOREVER, Entry
from notion_lsp.ignore.scanners import Triage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Version 2 has a section `secret`, version 1 has none.
_SECTIONS = ("secret", "ignored_matches", "ignored_paths"), ("", "matches_ignore", "paths_ignore")
# PyYAML reads about as much in a second.
_LONGEST = 200_000  # code points

# A pattern matches the end of a path, or all below a folder if it ends in a slash.
_PIECE = re.compile(r"(?P<folders>(?:\*\*/)+)|(?P<part>\*)|(?P<slash>/)|.", re.DOTALL)
_NO_PATTERN = re.compile(r"\*\*\*|\*\*[^/]|[^/]\*\*|\A\Z")


def read(text: str) -> Triage:
    """Return what a `.gitguardian.yaml` says."""
    if len(text) > _LONGEST:
        return Triage(problems=(": the file is too long to be read.",))
    try:
        # This loader is in Python: a parser in C may end the process where a file nests too deeply.
        said = yaml.load(text, yaml.BaseLoader)  # noqa: S506, it makes texts, lists and mappings only
    except (yaml.YAMLError, RecursionError):
        return Triage(problems=(": this is not YAML.",))
    return _triage(*_items(said))


def _triage(matches: Sequence[str], paths: Sequence[str]) -> Triage:
    good = [path for path in paths if not _NO_PATTERN.search(path)]
    problem = ": an entry of the ignored paths is not a pattern."
    return Triage(
        {Entry(digest): FOREVER for match in matches for digest in (match, fingerprint(match))},
        tuple(("", _excludes(path)) for path in good),
        (problem,) if good != paths else (),
    )


def _items(said: object) -> tuple[list[str], list[str]]:
    # The matches and the paths. A match is a text, or an object with the text and a name.
    matches: list[str] = []
    paths: list[str] = []
    for section, match_key, path_key in _SECTIONS:
        values = _mapping(_mapping(said).get(section) if section else said)
        for each in _list(values.get(match_key)):
            match = each.get("match") if isinstance(each, dict) else each
            matches += [match] if isinstance(match, str) else []
        paths += [each for each in _list(values.get(path_key)) if isinstance(each, str)]
    return matches, paths


def _mapping(value: object) -> dict[str, object]:
    # ggshield takes dashes and underscores in keys for the same.
    pairs = value.items() if isinstance(value, dict) else ()
    return {key.replace("-", "_"): each for key, each in pairs if isinstance(key, str)}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _excludes(path: str) -> Callable[[str], bool]:
    pattern = path_patterns.parse(_as_of_gitignore(path))
    return lambda name: bool(pattern and pattern.is_for(name.split("/"), is_folder=False))


def _as_of_gitignore(path: str) -> str:
    # A star takes one character at least, and no other character means more than itself.
    pieces = (
        found["folders"] or ("?*" if found["part"] else found["slash"] or f"\\{found[0]}")
        for found in _PIECE.finditer(path)
    )
    begin = "" if path.startswith("/") else "**/"
    return f"{begin}{''.join(pieces)}{'**' if path.endswith('/') else ''}"
