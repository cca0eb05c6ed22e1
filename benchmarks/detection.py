"""What is found in the tests' corpus of detection, and what is taken for a token, beside peers."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import corpus

from benchmarks.report import table, write_section
from benchmarks.scanners import scanners

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus import Case, Token

    from benchmarks.scanners import Hit, Scanner

ROUNDS = 3

_POSITIVE = corpus.GROUPS[:-1]
_NEGATIVE = corpus.GROUPS[-1]
_ABOUT = """\
The project's own corpus, `tests/corpus/`: {tokens} tokens in {files} files, and {negatives} files
without one. It was made to be hard, and by those who made this server, so it shows which shapes a
scanner knows, not how it does on usual code. "Found" is a token with any hit of any rule on one of
its lines; the tokens are in one piece, in pieces that the program joins, or encoded. "Negative
files hit" are those with a hit of any rule; a scanner of all vendors is right about some, which
hold another vendor's secret, so beside it are those hit by a rule with Notion in its name. No
scanner may ask a vendor whether what it found works. Seconds are the best of {rounds} runs on the
whole folder, start included.
"""


class Result(NamedTuple):
    """What a scanner found, and how long it took."""

    hits: list[Hit]
    seconds: float


def main() -> None:
    """Measure those that can be had here, and write the section."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary).resolve()
        _write(folder)
        had = scanners()
        rows = [_row(name, scanner, folder) for name, scanner in had.items() if scanner]
    totals = [f"{group} (of {len(_tokens(group))})" for group in _POSITIVE]
    tokens = sum(len(_tokens(group)) for group in _POSITIVE)
    negatives = len(corpus.cases(_NEGATIVE))
    head = ["", "version", f"found (of {tokens})", *totals]
    head += [f"negative files hit (of {negatives})", "as Notion's", "seconds"]
    about = _ABOUT.format(
        tokens=tokens,
        files=sum(len(corpus.cases(group)) for group in _POSITIVE),
        negatives=negatives,
        rounds=ROUNDS,
    )
    absent = ", ".join(name for name, scanner in had.items() if scanner is None)
    about += f"Could not be had on this machine: {absent}.\n" if absent else ""
    write_section("Detection", f"{about}\n{table(head, rows)}")


def _write(folder: Path) -> None:
    for case in (case for group in corpus.GROUPS for case in corpus.cases(group)):
        path = folder / case.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.data)


def _result(scanner: Scanner, folder: Path) -> Result:
    results = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        hits = scanner.scan(folder)
        results.append(Result(hits, time.perf_counter() - start))
    return min(results, key=lambda result: result.seconds)


def _row(name: str, scanner: Scanner, folder: Path) -> list[str]:
    result = _result(scanner, folder)
    places = {(hit.path, hit.line) for hit in result.hits}
    found = [
        sum(
            any((case.path, line) in places for line in _lines(case, token)) for case, token in each
        )
        for each in map(_tokens, _POSITIVE)
    ]
    notion = [hit for hit in result.hits if "notion" in hit.rule.lower()]
    false = [_false(result.hits), _false(notion)]
    row = [name, scanner.version, *map(str, [sum(found), *found, *false])]
    row.append(f"{result.seconds:.1f}")
    print("detection:", *row, flush=True)
    return row


def _tokens(group: str) -> list[tuple[Case, Token]]:
    return [(case, token) for case in corpus.cases(group) for token in case.tokens]


def _lines(case: Case, token: Token) -> set[int]:
    # A lone carriage return begins a line for some scanners and not for others.
    lines = set()
    feeds = case.data.count(b"\n")
    for fragment in token.fragments:
        lines |= {line + 1 for line in range(fragment.start.line, fragment.end.line + 1)}
    return lines | ({1} if feeds == 0 else set())


def _false(hits: Iterable[Hit]) -> int:
    return len({hit.path for hit in hits if hit.path.startswith(f"{_NEGATIVE}/")})
