"""A string of the source, taken apart at its tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from notion_lsp.text import Span


class Literal(NamedTuple):
    """A string with tokens in it, taken apart: `opening parts[0] TOKEN parts[1] … closing`."""

    span: Span
    tokens: tuple[Span, ...]
    opening: str
    parts: tuple[str, ...]
    closing: str
    type: str
    parent: str

    @property
    def whole(self) -> bool:
        """Whether the string is one token and nothing else."""
        return self.parts == ("", "")


def taken_apart(
    text: str,
    span: Span,
    tokens: Sequence[Span],
    opening: re.Pattern[str] | None,
    types: tuple[str, str],
) -> Literal:
    """Return the literal at a span; without an `opening` it has no quotes.

    `types` are what its grammar calls it, and what holds it.
    """
    source = span.of(text)
    start = opening.match(source) if opening else None
    begin = start[0] if start else ""
    # An opening may be more than its quote, such as `b"` in PHP: the quote alone closes it.
    quote = start.groupdict().get("quote", begin) if start else ""
    close = quote if quote and source.endswith(quote) else ""
    borders = [
        span.start + len(begin),
        *(border for token in tokens for border in (token.start, token.end)),
        span.end - len(close),
    ]
    parts = tuple(text[borders[index] : borders[index + 1]] for index in range(0, len(borders), 2))
    return Literal(span, tuple(tokens), begin, parts, close, *types)
