"""Every kind of token has a file of samples: first what is found, then near misses.

A sample is a comment that says what it is, or the one thing wrong with it, and the text, searched
alone. Under each token that must be found stands a line of carets, with `likely` behind it where
the shape alone does not make it certain.
"""

from __future__ import annotations

import random
import re
import string
from pathlib import Path
from typing import NamedTuple

import pytest

from notion_lsp.detect.kinds import TOKEN_KINDS
from notion_lsp.detect.plain import find_plain
from notion_lsp.detect.plausible import looks_random
from notion_lsp.text import Span

SAMPLES = Path(__file__).parents[1] / "samples"
BASE62 = string.digits + string.ascii_letters
COUNT = 20_000

_MARK = re.compile(r"\s*(\^{10,})(?: (likely))?")


class Sample(NamedTuple):
    """A text, and the tokens marked in it: where, of what kind, how sure."""

    text: str
    marked: tuple[tuple[Span, str, str], ...]


def samples() -> list[object]:
    files = sorted(SAMPLES.glob("*.txt"))
    return [
        pytest.param(parsed(block, path.stem), id=f"{path.stem}: {block.partition(chr(10))[0][2:]}")
        for path in files
        for block in path.read_text("utf-8").strip("\n").split("\n\n")
    ]


def parsed(block: str, kind: str) -> Sample:
    text = ""
    start = 0
    marked = []
    for line in block.split("\n")[1:]:
        if found := _MARK.fullmatch(line):
            marked.append((Span(*found.span(1)).shifted(start), kind, found[2] or "certain"))
        else:
            start = len(text)
            text += f"{line}\n"
    return Sample(text, tuple(marked))


@pytest.mark.parametrize("sample", samples())
def test_a_sample_has_the_tokens_marked_in_it_and_no_other(sample: Sample) -> None:
    found = [
        (finding.span, finding.kind.id, finding.confidence.value)
        for finding in find_plain(sample.text)
    ]
    assert found == list(sample.marked)


def test_every_kind_has_samples() -> None:
    assert {path.stem for path in SAMPLES.glob("*.txt")} == {kind.id for kind in TOKEN_KINDS}


def lost(bodies: list[str], line: str) -> float:
    """Return the share of these tokens, each on a line of its own, that is not found."""
    found = find_plain("".join(line.format(body) for body in bodies))
    return 1 - len(found) / len(bodies)


def headed(prefix: str) -> list[str]:
    chosen = random.Random(prefix)  # noqa: S311, opens nothing
    drawn = []
    for _ in range(COUNT):
        number = str(chosen.randrange(2**36))
        padding = "".join(chosen.choices(string.ascii_letters, k=11 - len(number)))
        drawn.append(f"{prefix}{padding}{number}{''.join(chosen.choices(BASE62, k=35))}")
    return drawn


def secrets() -> list[str]:
    chosen = random.Random("secret")  # noqa: S311, opens nothing
    return [f"secret_{''.join(chosen.choices(BASE62, k=43))}" for _ in range(COUNT)]


@pytest.mark.parametrize("prefix", ["ntn_", "nrt_", "development_ntn_"])
def test_of_a_thousand_random_tokens_with_a_head_one_is_lost_at_most(prefix: str) -> None:
    assert lost(headed(prefix), "{}\n") <= 0.001


def test_of_a_thousand_random_secrets_six_are_lost_at_most() -> None:
    assert lost(secrets(), "{}\n") <= 0.006


def test_of_a_thousand_random_secrets_beside_notions_name_one_is_lost_at_most() -> None:
    assert lost(secrets(), "NOTION_TOKEN={}\n") <= 0.001


@pytest.mark.parametrize(
    ("alphabet", "known"), [("aB3xQ7kM9z", {True, False}), ("aB3xQ7kM9", {False})]
)
def test_a_body_of_fewer_than_ten_different_characters_is_made_up(
    alphabet: str, known: set[bool]
) -> None:
    drawn = random.Random(1)  # noqa: S311, which bodies are drawn is the same each time
    bodies = ["".join(drawn.choices(alphabet, k=46)) for _ in range(100)]
    assert {looks_random(body, 1) for body in bodies} == known
