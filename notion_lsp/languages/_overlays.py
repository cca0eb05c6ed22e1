"""What the query of a language finds that code lays over other values, by the names of these.

The literal's own query has the name as `@laid`, and of a collection the keys down to the value as
`@laid_key`; of what a class has for all of its objects, the class is `@laid_in`. A query of the
language's, over the whole text, has these captures, each in a row of its own:

- `@overlaid`: a collection or an object that others are laid over, by keys that are not to be seen.
- `@taken`: a variable that is handed to what may give it a value.
- `@set`: what an assignment gives a value.
- `@anything`: what may give any variable above it a value.
- `@shared`: a name that a function sets for the text around it, too.
- `@target` with its `@given`: a name that may be a copy of another.
- `@fallback`: what is taken only where something else has no value; of one under a `@condition`,
  the `@other` is what the condition asks for.
- `@branch`: a statement that may not run, or not to its end; `@function` and `@class`, likewise.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from notion_lsp.syntax.site import Syntax
    from notion_lsp.text import Span

    _Row = Mapping[str, Span]

WORD = re.compile(r"[^\W\d]\w*")
# What makes a copy of a collection, which then has the same values.
_COPY = re.compile(
    r"(?:[\s{\[(&%$]|\*\*|\.{3}|new\b|[\w.:]{0,80}(?:dict|[Cc]opy|[Cc]lone\w*|create|parse|stringify|Map"
    r"|Namespace|OpenStruct\.new)\(){0,20}(?P<name>[$@\w.:>-]{0,80}\w)(?:\(\))?\s*(?:[,)}\]]|\Z)"
)
_COPIES = re.compile(r"(?:\.|->)(?:clone|copy|deep_dup|dup)\Z")
_LONGEST_COPY = 200  # code points


class Named(NamedTuple):
    """A name that stands somewhere, and the words of it."""

    span: Span
    words: Sequence[str]


class Overlays(NamedTuple):
    """What a text lays over others, by the last word of each name; `given` is by all words."""

    overlaid: Mapping[str, Sequence[Named]]
    sets: Mapping[str, Sequence[Named]]
    copies: Mapping[str, Sequence[Sequence[str]]]
    given: Mapping[str, Sequence[Named]]
    shared: frozenset[str]
    taken: frozenset[str]
    fallbacks: frozenset[Span]
    anything: Sequence[Span]


def words_of(text: str) -> list[str]:
    """Return the words that a name consists of."""
    # In Ruby `@token` is a member, as `self.token` is.
    return [*(["self"] if text.startswith("@") else []), *WORD.findall(text)]


def overlays_of(syntax: Syntax, query: str) -> Overlays:
    """Return what the query finds in the text."""
    text, rows = syntax.text, syntax.found(query)
    given = [row for row in rows if "given" in row]
    fallbacks = [row for row in rows if "fallback" in row]
    return Overlays(
        overlaid=_grouped(_named(text, rows, "overlaid"), _last),
        sets=_grouped(_named(text, rows, "set"), _last),
        copies=_copies(text, given),
        given=_grouped(_named(text, given, "target"), " ".join),
        shared=_words(_named(text, rows, "shared")),
        taken=_words(_named(text, rows, "taken")),
        fallbacks=frozenset(row["fallback"] for row in fallbacks if _is_asked_for(text, row)),
        anything=[row["anything"] for row in rows if "anything" in row],
    )


def _named(text: str, rows: Iterable[_Row], capture: str) -> list[Named]:
    spans = (row[capture] for row in rows if capture in row)
    return [Named(span, words_of(span.of(text))) for span in spans]


def _grouped(
    names: Iterable[Named], key_of: Callable[[Sequence[str]], str]
) -> dict[str, list[Named]]:
    groups: dict[str, list[Named]] = {}
    for each in sorted(names):
        if each.words:
            groups.setdefault(key_of(each.words), []).append(each)
    return groups


def _last(words: Sequence[str]) -> str:
    return words[-1]


def _words(names: Iterable[Named]) -> frozenset[str]:
    return frozenset(word for each in names for word in each.words)


def _copies(text: str, given: Iterable[_Row]) -> dict[str, list[Sequence[str]]]:
    copies: dict[str, list[Sequence[str]]] = {}
    for row in given:
        target = words_of(row["target"].of(text))
        if target and (copied := _copied(row["given"].of(text))):
            copies.setdefault(copied, []).append(target)
    return copies


def _is_asked_for(text: str, row: _Row) -> bool:
    # `given if given else DEFAULT` falls back, and `LIVE if live else TRIAL` does not.
    if "condition" not in row:
        return True
    asked, other = (words_of(row[name].of(text)) for name in ("condition", "other"))
    return not set(asked).isdisjoint(other)


def _copied(given: str) -> str | None:
    found = _COPY.match(given) if len(given) <= _LONGEST_COPY else None
    words = words_of(_COPIES.sub("", found["name"])) if found else []
    return words[-1] if words else None
