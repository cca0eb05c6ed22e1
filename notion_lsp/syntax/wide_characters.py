"""Characters that a native parser must not be given, and what it is given in their place."""

from __future__ import annotations

import re

# tree-sitter-bash 0.25.1, scanner.c: `isdigit` and its like are asked about any code point behind
# `{`, where C defines them for bytes alone (C17, 7.4): what a table has no place for is read beyond
# it, and the process may end. No name and no word of the grammar asks for a character from here on.
_NARROW = frozenset({"tree_sitter_bash"})
_WIDE = re.compile("[\u0800-\U0010ffff]")
_BEYOND = 0xFFFF  # of four bytes in UTF-8
_IN_PLACE_OF_THREE, _IN_PLACE_OF_FOUR = "\N{MULTIPLICATION SIGN}_", "\N{MULTIPLICATION SIGN}" * 2


def bearable(text: str, package: str) -> bytes:
    """Return a text in UTF-8 as the parser of a package may have it: each place is the same."""
    return (_WIDE.sub(_narrow, text) if package in _NARROW else text).encode()


def _narrow(wide: re.Match[str]) -> str:
    return _IN_PLACE_OF_FOUR if ord(wide[0]) > _BEYOND else _IN_PLACE_OF_THREE
