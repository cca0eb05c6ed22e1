r"""What the holes of a case are filled with.

`⟨N⟩` is a token: the table `_TOKENS` has its letters. A number or letter behind a quotation mark,
`⟨N'2⟩`, names a token, so that it can stand in a case twice. `⟨N[:9]⟩` is a piece of a token that
is put together when the program runs. `⟨~N⟩` must not be found.

`⟪base64 ⟨N⟩⟫` is encoded text; `encoders.py` has the ways.

Other holes: `⟨uuid⟩`, `⟨hex 40⟩`, `⟨HEX 40⟩`, `⟨digits 8⟩`, `⟨base62 24⟩`, `⟨base64 88⟩`,
`⟨base64url 43⟩` are drawn at random; `⟨U+2028⟩` is a character, `⟨byte ff⟩` a byte that is no text.
"""

from __future__ import annotations

import random
import re
import string
from typing import TYPE_CHECKING, NamedTuple

import token_factory as make

from corpus.encoders import ENCODERS, Piece, Text, shifted

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKENS: dict[str, tuple[str, Callable[[str], str]]] = {
    "N": ("access-token", lambda seed: make.headed_token("ntn_", seed)),
    "N1": ("access-token", lambda seed: make.headed_token("ntn_", seed, 1)),
    "N2": ("access-token", lambda seed: make.headed_token("ntn_", seed, 2)),
    "N3": ("access-token", lambda seed: make.headed_token("ntn_", seed, 3)),
    "N4": ("access-token", lambda seed: make.headed_token("ntn_", seed, 4)),
    "N?": ("access-token", lambda seed: f"ntn_{make.base62(seed, 46)}"),
    "N50?": ("access-token", lambda seed: f"ntn_{make.base62(seed, 50)}"),
    "D": ("internal-development-token", lambda seed: make.headed_token("development_ntn_", seed)),
    "R": ("refresh-token", lambda seed: make.headed_token("nrt_", seed)),
    "R1": ("refresh-token", lambda seed: make.headed_token("nrt_", seed, 1)),
    "R?": ("refresh-token", lambda seed: make.headed_token("nrt_", seed)[:-1]),
    "S": ("integration-token", lambda seed: f"secret_{make.base62(seed, 43)}"),
    "S42?": ("integration-token", lambda seed: f"secret_{make.base62(seed, 42)}"),
    "O": ("oauth-client-secret", lambda seed: f"secret_{make.base62(seed, 43)}"),
    "O42?": ("oauth-client-secret", lambda seed: f"secret_{make.base62(seed, 42)}"),
    "W": ("webhook-verification-token", lambda seed: f"secret_{make.base62(seed, 43)}"),
    "V": ("session-cookie", make.session_cookie),
    "U": ("session-cookie", lambda seed: make.session_cookie(seed).replace("_or_cookies", "")),
    "E": ("session-cookie", make.new_session_cookie),
    "H": ("session-cookie", make.old_session_cookie),
    "F": ("file-cookie", make.file_cookie),
}
_ALPHABETS = {
    "hex": "0123456789abcdef",
    "HEX": "0123456789ABCDEF",
    "digits": string.digits,
    "base62": string.digits + string.ascii_letters,
    "base64": string.digits + string.ascii_letters + "+/",
    "base64url": string.digits + string.ascii_letters + "-_",
}
_HOLE = re.compile(r"⟨([^⟨⟩]+)⟩|⟪(\S+) |⟫")
_TOKEN = re.compile(
    r"(?P<quiet>~?)(?P<letters>[A-Z]\d*\??)(?P<percent>%*)(?:'(?P<label>\w+))?"
    r"(?:\[(?P<start>\d*):(?P<end>\d*)\])?"
)


class Filled(NamedTuple):
    """A text, and the kind and fragments of each token in it, in the order of its first one."""

    text: str
    tokens: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]


class Filler:
    """Fills the holes of one case, from a seed."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._drawn: dict[str, str] = {}
        self._count = 0

    def fill(self, template: str) -> Filled:
        """Return the template with its holes filled, and where that put the tokens."""
        text, _ = self._fill(template, 0)
        by_token: dict[str, list[Piece]] = {}
        for piece in text.pieces:
            by_token.setdefault(piece.token, []).append(piece)
        tokens = [(_TOKENS[pieces[0].letters][0], _joined(pieces)) for pieces in by_token.values()]
        return Filled(text.text, tuple(sorted(tokens, key=lambda token: min(token[1]))))

    def _fill(self, template: str, position: int) -> tuple[Text, int]:
        written, pieces = "", list[Piece]()
        while found := _HOLE.search(template, position):
            written += template[position : found.start()]
            position = found.end()
            if found[0] == "⟫":
                break
            inner = self._hole(found[1]) if found[1] else None
            if inner is None:
                inner, position = self._fill(template, position)
                inner = ENCODERS[found[2]](inner)
            pieces += shifted(inner.pieces, len(written))
            written += inner.text
        else:
            written += template[position:]
            position = len(template)
        return Text(written, tuple(pieces)), position

    def _hole(self, hole: str) -> Text:
        self._count += 1
        found = _TOKEN.fullmatch(hole)
        return self._token(found) if found else Text(self._other(hole), ())

    def _token(self, found: re.Match[str]) -> Text:
        letters, is_piece = found["letters"], found["start"] is not None
        # Two whole tokens are two; the pieces with the same letters are of one.
        name = f"{letters}'{found['label'] or ('' if is_piece else self._count)}"
        if name not in self._drawn:
            self._drawn[name] = _TOKENS[letters][1](f"{self._seed} {name}")
        token = self._drawn[name]
        for _ in found["percent"]:
            token = token.replace("%", "%25").replace(":", "%3A")
        start = int(found["start"] or 0)
        text = token[start : int(found["end"] or len(token))]
        key = name if is_piece else f"{name} {self._count}"
        piece = Piece(key, letters, start, 0, len(text))
        return Text(text, () if found["quiet"] else (piece,))

    def _other(self, hole: str) -> str:
        what, _, size = hole.partition(" ")
        if what.startswith("U+"):
            return bytes.fromhex(what[2:].zfill(8)).decode("utf-32-be")
        if what == "byte":
            return bytes.fromhex(size).decode("utf-8", "surrogateescape")
        chosen = random.Random(f"{self._seed} {self._count}")  # noqa: S311, opens nothing
        if what == "uuid":
            drawn = "".join(chosen.choices(_ALPHABETS["hex"], k=30))
            return f"{drawn[:8]}-{drawn[8:12]}-4{drawn[12:15]}-8{drawn[15:18]}-{drawn[18:]}"
        return "".join(chosen.choices(_ALPHABETS[what], k=int(size)))


def _joined(pieces: list[Piece]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for piece in sorted(pieces, key=lambda piece: piece.offset):
        if spans and spans[-1][1] == piece.start:
            spans[-1] = (spans[-1][0], piece.end)
        else:
            spans.append((piece.start, piece.end))
    return tuple(spans)
