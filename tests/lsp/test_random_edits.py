"""A session of many edits ends where a fresh open of its text begins."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from edited import make
from token_factory import access_token, integration_token

if TYPE_CHECKING:
    from pathlib import Path

    from sessions import Start

PIECES = [
    *("\n", "\r\n", "\r", "\u2028", "\f", "é", "😀", 'x = "', '"', "notion", ""),
    *("{access}", "{access}", "{integration}", "😀{access}\r\n"),
    *("  # notion-lsp:ignore", "# notion-lsp:ignore-next-line\n"),
    *("# notion-lsp:ignore-file\n", "# secretlint-disable\n", "# secretlint-enable\n"),
]


def written(chosen: random.Random, size: int) -> str:
    """Return a text of some pieces. No two tokens are the same: that only a pause would see."""
    seed = chosen.randrange(2**32)
    pieces = enumerate(chosen.choices(PIECES, k=size), seed)
    return "".join(
        piece.replace("{access}", access_token(number)).replace(
            "{integration}", integration_token(number)
        )
        for number, piece in pieces
    )


@pytest.mark.parametrize("profile", ["vscode", "neovim-0.11", "neovim-0.7", "eglot"])
async def test_the_diagnostics_after_random_edits_are_those_of_a_fresh_open(
    start: Start, tmp_path: Path, profile: str
) -> None:
    chosen = random.Random(profile)  # noqa: S311, any edits will do
    editor = await start(profile, tmp_path)
    uri = editor.open("untitled:edited", written(chosen, 20))
    for number in range(30):
        buffer = editor.buffers[uri]
        size = len(buffer.text)
        begin = chosen.randrange(size + 1)
        end = min(size, begin + chosen.choice([0, 0, 1, 5, 40]))
        if buffer.splits_a_break(begin) or buffer.splits_a_break(end):
            continue
        editor.replace(uri, begin, end, written(chosen, chosen.randrange(3)))
        fresh = editor.open(f"untitled:fresh-{number}", buffer.text)
        places = [
            [(each.range, each.code, each.message) for each in await editor.shown(document)]
            for document in (uri, fresh)
        ]
        editor.close(fresh)
        assert places[0] == places[1]


async def test_any_sort_of_token_is_shown_after_edits_as_in_a_fresh_open(tmp_path: Path) -> None:
    seed = random.randrange(2**32)  # noqa: S311, any edits will do
    # A failure names the seed, the document and both lists.
    assert await make(tmp_path, seed, 300)
