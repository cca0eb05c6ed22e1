"""The configuration of ggshield, versions 1 and 2: the matches and paths that it leaves out.

A match is given as its text, or as the SHA-256 of its text and the name that the detector gives to
it. The digest of a client id together with its secret cannot be computed from the secret alone, so
such an entry has no effect here.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import regex

from notion_lsp.detect.finding import fingerprint
from notion_lsp.ignore.ignore_file import FOREVER, Entry
from notion_lsp.ignore.scanners import Triage
from notion_lsp.syntax.site import Syntax
from notion_lsp.syntax.trees import Grammar
from notion_lsp.syntax.yaml_keys import OUTLINE, path_of, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from notion_lsp.text import Span

_ITEMS = """
(block_sequence_item (flow_node) @item)
(flow_sequence (flow_node) @item)
(block_mapping_pair key: (_) @_key value: (flow_node) @item (#match? @_key "^.?match.?$"))
(flow_pair key: (_) @_key value: (flow_node) @item (#match? @_key "^.?match.?$"))
"""
_GRAMMAR = Grammar("tree_sitter_yaml", "", OUTLINE + _ITEMS)
# Version 2 has a section `secret`, version 1 has none. A match is a text, or an object with a name.
_MATCHES = re.compile(r"(?:secret/ignored_matches|matches_ignore)(?:/match)?")
_PATHS = re.compile(r"secret/ignored_paths|paths_ignore")

# A pattern with many stars can take exponential time; past this limit it matches nothing.
_SECONDS = 0.05

# A pattern matches the end of a path, or all below a folder if it ends in a slash.
_PIECE = re.compile(r"(?P<folders>(?:\*\*/)+)|(?P<part>\*)|.", re.DOTALL)
_NO_PATTERN = re.compile(r"\*\*\*|\*\*[^/]|[^/]\*\*|\A\Z")


def read(text: str) -> Triage:
    """Return what a `.gitguardian.yaml` says."""
    syntax = Syntax(text, _GRAMMAR)
    if syntax.error_count:
        return Triage(problems=(": this is not YAML.",))
    items = _items(syntax)
    matches = [item for path, item in items if _MATCHES.fullmatch(path)]
    paths = [item for path, item in items if _PATHS.fullmatch(path)]
    good = [path for path in paths if not _NO_PATTERN.search(path)]
    problem = ": an entry of the ignored paths is not a pattern."
    return Triage(
        {Entry(digest): FOREVER for match in matches for digest in (match, fingerprint(match))},
        tuple(map(_excludes, good)),
        (problem,) if good != paths else (),
    )


def _items(syntax: Syntax) -> list[tuple[str, str]]:
    tree = tree_of(syntax)
    spans = syntax.outline.captures.get("item", ())
    return [
        (path_of(tree.around(span)).replace("-", "_"), _said(syntax.text, span)) for span in spans
    ]


def _said(text: str, span: Span) -> str:
    # Quotes alone are taken off: neither a digest, a token nor a usual path needs an escape.
    return span.of(text).strip("\"'")


def _excludes(pattern: str) -> Callable[[str], bool]:
    source = "".join(
        "(?:[^/]+/)*" if found["folders"] else "[^/]+" if found["part"] else re.escape(found[0])
        for found in _PIECE.finditer(pattern.removeprefix("/"))
    )
    begin = "" if pattern.startswith("/") else "(?:.*/)?"
    end = ".*" if pattern.endswith("/") else ""
    return partial(_is_match, regex.compile(begin + source + end, regex.DOTALL))


def _is_match(expression: regex.Pattern[str], path: str) -> bool:
    try:
        return expression.fullmatch(path, timeout=_SECONDS) is not None
    except TimeoutError:
        return False
