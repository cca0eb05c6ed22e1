"""What a file must hold for a token to be found in it, as patterns for the tools that search.

Each pattern is that of a literal, for which there are one or more needles.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from notion_lsp.detect.anchors import fewest
from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.detect.literal_order import dealt, grouped
from notion_lsp.detect.needles import ARCHIVES, escaped, needles
from notion_lsp.text import Span, merged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from notion_lsp.detect.needles import Needle

_QUOTES = "\"'`"
# Bytes around the literal of a block: the rest of a prefix before it, and a token in short rows.
_BEFORE, _BEHIND = 2**7, 2**11


@cache
def patterns(*, archives: bool = False) -> tuple[str, ...]:
    """Return a pattern for each literal of the needles of Notion's tokens.

    Of what one matches, a token begins where `counts` says so. With `archives`, there is one for
    what each of these begins with, too.
    """
    literals = _by_literal()
    sought = literals.keys() if archives else _literals_of_tokens()
    return tuple(_pattern(each, literals[each]) for each in dealt(sought))


@cache
def choices() -> tuple[str, ...]:
    """Return choices of such patterns which also look behind: in Perl's dialect, not in Rust's."""
    return tuple("|".join(map(_exact, group)) for group in grouped(_by_literal()))


def _exact(literal: str) -> str:
    return _pattern(literal, _by_literal()[literal], behind=True)


def _pattern(literal: str, found: Iterable[Needle], *, behind: bool = False) -> str:
    rests = [f"{_behind(each)}{each.rest}" if behind else each.rest for each in found]
    return f"{escaped(literal)}(?:{'|'.join(rests)})"


def _behind(needle: Needle) -> str:
    # The head of a prefix has both of its quotes, as `"client_secret"` has not. To look for the
    # first one too would make a needle of each quote.
    return f"(?<=[{_QUOTES}]{escaped(needle.literal)})" if needle.quoted else ""


@cache
def strings() -> tuple[bytes, ...]:
    """Return the bytes of which a file holds one if a token of Notion's may be found in it."""
    texts = fewest(each.text for found in _by_literal().values() for each in found)
    return tuple(text.encode("latin-1") for text in texts)


@cache
def _by_literal() -> Mapping[str, Sequence[Needle]]:
    found: dict[str, list[Needle]] = {}
    for each in needles(TOKEN_KINDS):
        found.setdefault(each.literal, []).append(each)
    return found


def _literals_of_tokens() -> set[str]:
    return _by_literal().keys() - {each.literal for each in ARCHIVES}


@cache
def _compiled(literal: str) -> re.Pattern[bytes]:
    return re.compile(_exact(literal).encode(), re.MULTILINE)


@cache
def _literals() -> re.Pattern[bytes]:
    return _any_of(_literals_of_tokens())


@cache
def _literals_of_blocks() -> re.Pattern[bytes]:
    return _any_of({each.literal for each in needles(TOKEN_KINDS) if each.in_block})


def _any_of(literals: Iterable[str]) -> re.Pattern[bytes]:
    # The choice that `re` finds fastest: by the first character, and then by what follows it.
    by_first: dict[str, list[str]] = {}
    for literal in literals:
        by_first.setdefault(literal[0], []).append(re.escape(literal[1:]))
    choices = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return re.compile("|".join(choices).encode())


def places(data: bytes) -> Iterator[int]:
    """Yield the offset of each needle of a token in the bytes."""
    return _places(data, _literals())


def _places(data: bytes, literals: re.Pattern[bytes]) -> Iterator[int]:
    found = literals.search(data)
    while found:
        literal, start = found[0].decode(), found.start()
        if _compiled(literal).match(data, start):
            yield start
        found = literals.search(data, start + 1)


def blocks(data: bytes) -> list[Span]:
    """Return the spans in which a token in base64 or hexadecimal may begin, in bytes."""
    found = _places(data, _literals_of_blocks())
    return merged(Span(max(at - _BEFORE, 0), at + _BEHIND) for at in found)


def counts(matched: bytes, before: Callable[[], bytes]) -> bool:
    """Whether a token may begin where one of the patterns matches, behind a byte to be read."""
    return not _before_a_quote().match(matched) or before() in _QUOTES.encode()


@cache
def _before_a_quote() -> re.Pattern[bytes]:
    quoted = [each.text for found in _by_literal().values() for each in found if each.quoted]
    return re.compile("|".join(quoted).encode())
