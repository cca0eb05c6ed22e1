"""Texts that are hard for a pattern, made of what the pattern itself says.

For each repeat there is a long run of what it takes, behind what must stand before it and without,
ended by each of a few characters that may break it; what stands before over and over; and the runs
of two repeats together.
"""

from __future__ import annotations

import string
import warnings
from itertools import product
from typing import TYPE_CHECKING, Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.11 has them at `re._parser`
    import sre_constants as kinds
    import sre_parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHARACTERS = f"{string.ascii_letters}{string.digits} \t\n{string.punctuation}\r\0\v\f\x7fé"
_ENDS = ("", "\0", "\n", "!", " ", "a")
_ALONE = " \t\na0\\\"'$({."
_VARIANTS = range(3)
_MANY = 20  # from so many times on, a repeat counts as one without an end
_MOST_PAIRED = 20  # runs, of which each two are put together
_GROUPS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_WITHOUT_TEXT = {"AT", "ASSERT", "ASSERT_NOT", "GROUPREF", "GROUPREF_EXISTS", "FAILURE"}


def hostile(pattern: str | bytes) -> Iterator[tuple[str, str, str]]:
    """Yield what each text begins with, what it then repeats, and what it ends with, each once."""
    text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    try:
        tree = sre_parse.parse(text).data
    except sre_parse.error:  # in the syntax of the library `regex`
        cases = list(_of_pieces(text))
    else:
        cases = [*_of_repeats(tree), *_of_all(tree)]
    yield from (case for case in dict.fromkeys(cases) if case[1])


def made(case: tuple[str, str, str]) -> Callable[[int], str]:
    """Return a function that makes the text in about so many characters."""
    before, unit, after = case
    return lambda size: before + unit * max(size // len(unit), 1) + after


def _of_pieces(text: str) -> Iterator[tuple[str, str, str]]:
    pieces = {text[at : at + size] for at in range(len(text)) for size in (1, 2)}
    yield from (("", piece, end) for piece in sorted(pieces) for end in _ENDS[:2])


def _of_repeats(tree: list[Any]) -> Iterator[tuple[str, str, str]]:
    repeats = [*_repeats(tree, "")]
    runs = [(before, _text(body, each)) for before, body in repeats for each in _VARIANTS]
    for before, run in runs:
        yield from ((begun, run, end) for begun, end in product((before, ""), _ENDS))
        yield from (("", unit, "\0") for unit in (before, before + run, before + run * 2))
        yield "", f"{before}{run}\n", "\0"
    firsts = [run for _, run in runs[:: len(_VARIANTS)]][:_MOST_PAIRED]
    yield from (("", one + other, "\0") for one, other in product(firsts, firsts))


def _of_all(tree: list[Any]) -> Iterator[tuple[str, str, str]]:
    whole = _text(tree, 0)
    yield from (("", unit, "\0") for unit in (whole, whole[:-1], whole[1:]))
    yield from (("", unit, end) for unit, end in product(_ALONE, _ENDS[:2]))


def _repeats(items: list[Any], before: str) -> Iterator[tuple[str, list[Any]]]:
    """Yield what each repeat takes, with an example of what stands before it."""
    for kind, value in items:
        for within in _parts(kind, value):
            if str(kind) in _GROUPS and value[1] > _MANY:
                yield before, within
            yield from _repeats(within, before)
        before += _text([(kind, value)], 0)


def _parts(kind: Any, value: Any) -> list[list[Any]]:  # noqa: ANN401, the parser has no types
    name = str(kind)
    if name in _GROUPS:
        return [list(value[2])]
    if name == "SUBPATTERN":
        return [list(value[3])]
    if name == "BRANCH":
        return [list(each) for each in value[1]]
    if name in {"ASSERT", "ASSERT_NOT"}:
        return [list(value[1])]
    if name == "GROUPREF_EXISTS":
        return [list(each) for each in value[1:] if each]
    return [list(value)] if name == "ATOMIC_GROUP" else []


def _text(items: list[Any], variant: int) -> str:
    """Return an example of what is matched, another one for each variant."""
    return "".join(_one(kind, value, variant) for kind, value in items)


def _one(kind: Any, value: Any, variant: int) -> str:  # noqa: ANN401, likewise
    name = str(kind)
    if name in _WITHOUT_TEXT:
        return ""
    if name == "LITERAL":
        return chr(value)
    if name == "ANY":
        return "a \\"[variant]
    if name in {"IN", "NOT_LITERAL"}:
        taken = value if name == "IN" else [(kinds.NEGATE, None), (kinds.LITERAL, value)]
        fitting = [each for each in _CHARACTERS if _is_in(taken, each)]
        return fitting[(0, len(fitting) // 2, -1)[variant]] if fitting else ""
    parts = _parts(kind, value)
    times = max(value[0], int(variant != 1)) if name in _GROUPS else 1
    return _text(parts[variant % len(parts)], variant) * times


def _is_in(taken: list[Any], character: str) -> bool:
    names = {str(kind): value for kind, value in taken}
    return ("NEGATE" in names) is not any(
        _takes(str(kind), value, character) for kind, value in taken
    )


def _takes(kind: str, value: Any, character: str) -> bool:  # noqa: ANN401, likewise
    if kind == "LITERAL":
        return bool(ord(character) == value)
    if kind == "RANGE":
        return bool(value[0] <= ord(character) <= value[1])
    category = str(value).removeprefix("CATEGORY_")
    sorts = {
        "DIGIT": character.isdigit(),
        "SPACE": character.isspace(),
        "WORD": character.isalnum() or character == "_",
    }
    is_one: bool = sorts.get(category.removeprefix("NOT_"), False)
    return bool(kind == "CATEGORY" and is_one != category.startswith("NOT_"))
