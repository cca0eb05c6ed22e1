"""Where a token may begin: the texts that the rows of a table begin with, and patterns of them.

What needs a prefix is a function of the rows here or in `encodings.py`, `needles.py` and
`split_patterns.py`; the values for Notion's kinds are made from `TOKEN_KINDS` once.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.detect.kinds import TOKEN_KINDS, Confidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from notion_lsp.detect.kinds import Shape, TokenKind

FEWEST = 2  # characters of a prefix that tell its first piece from any other string


class Beginning(NamedTuple):
    """A text that tokens begin with, and what is known of those that do, of whatever kind.

    The text is a prefix up to its colon, which may be percent-encoded: `followed` holds the
    characters of which one comes next, or none. Lengths are code points of the body, but `whole`
    is that of the longest token of a certain shape: what is as long is no piece of another one.
    """

    text: str
    followed: str
    least: int
    most: int
    whole: int
    base62: bool

    @property
    def written(self) -> tuple[str, ...]:
        """The text with each of the characters that may follow it."""
        return tuple(f"{self.text}{each}" for each in self.followed) or (self.text,)


def beginnings(kinds: Iterable[TokenKind]) -> tuple[Beginning, ...]:
    """Return what the tokens of the kinds begin with, each text once, in the order of the rows."""
    shapes: dict[str, list[Shape]] = {}
    for shape in _shapes(kinds):
        if shape.prefix:
            shapes.setdefault(shape.prefix, []).append(shape)
    return tuple(_beginning(prefix, each) for prefix, each in shapes.items())


def names(kinds: Iterable[TokenKind]) -> tuple[str, ...]:
    """Return the texts of which one stands beside a token that has no prefix, each once."""
    return tuple(dict.fromkeys(name for shape in _shapes(kinds) for name in shape.names))


def prefixes(kinds: Sequence[TokenKind]) -> tuple[str, ...]:
    """Return the texts of which one stands where a token with a prefix begins."""
    return fewest(each.text for each in beginnings(kinds))


def heads(begin: Iterable[Beginning]) -> tuple[str, ...]:
    """Return the parts of their texts that a first piece may hold, a longer one before its own."""
    cut = {each.text[:end] for each in begin for end in range(FEWEST, len(each.text))}
    return tuple(sorted(cut, reverse=True))


def fewest(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts without those that hold another one: wherever they stand, it does too."""
    every = dict.fromkeys(texts)
    return tuple(text for text in every if not any(each in text for each in every if each != text))


def anchor_pattern(kinds: Sequence[TokenKind], *, by_name: bool) -> str:
    """Return the pattern, in the dialect of `re`, of the places where a token may begin.

    Those that only a name nearby tells are among them if `by_name`.
    """
    # What follows is looked at in each choice: a choice of groups is found at half the speed.
    choices = [f"{re.escape(each.text)}{_ahead(each)}" for each in beginnings(kinds)]
    nameless = (shape.body.pattern for shape in _shapes(kinds) if not shape.prefix)
    return "|".join([*choices, *(f"(?<![A-Za-z0-9]){body}" for body in nameless if by_name)])


def _shapes(kinds: Iterable[TokenKind]) -> Iterator[Shape]:
    return (shape for kind in kinds for shape in kind.shapes)


def _beginning(prefix: str, shapes: Sequence[Shape]) -> Beginning:
    text, colon, _ = prefix.partition(":")
    bodies = [shape.body for shape in shapes]
    certain = [shape.body for shape in shapes if shape.confidence is Confidence.CERTAIN]
    return Beginning(
        text,
        followed=":%" if colon else "",
        least=min(body.least for body in bodies),
        most=max(body.most for body in bodies),
        whole=len(prefix) + max(body.least for body in certain or bodies),
        base62=all(body.digits for body in bodies),
    )


def _ahead(begin: Beginning) -> str:
    if begin.base62:
        return f"(?=[A-Za-z0-9]{{{begin.least}}})"
    return f"(?=[{begin.followed}])" if begin.followed else ""


BEGINNINGS = beginnings(TOKEN_KINDS)
NAMES = names(TOKEN_KINDS)

_SHORTEST_NAMED = min(
    shape.body.least for kind in TOKEN_KINDS for shape in kind.shapes if not shape.prefix
)


def anchor(text: str, *, by_name: bool) -> re.Pattern[str]:
    """Return the pattern of the places of the text where a token may begin."""
    return _anchor(by_name=by_name and len(text) >= _SHORTEST_NAMED)


@cache
def _anchor(*, by_name: bool) -> re.Pattern[str]:
    # The standard library's module finds a choice of literals in half the time that `regex` takes,
    # and nothing but this runs over a text without tokens, be it full of `secret_key`.
    return re.compile(anchor_pattern(TOKEN_KINDS, by_name=by_name))


def may_be_in_pieces(text: str) -> bool:
    """Whether a token may be put together in the text: it holds a prefix, or the head of one."""
    return any(each.text in text for each in BEGINNINGS) or bool(_quoted_head().search(text))


@cache
def _quoted_head() -> re.Pattern[str]:
    choice = "|".join(map(re.escape, heads(BEGINNINGS)))
    return re.compile(rf"""["'`](?:{choice})["'`$\\#{{]""")
