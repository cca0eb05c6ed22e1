"""`python -m scripts.real_input`: plant tokens in published packages, fix them, check the code.

Writes the section "Real input" of BENCHMARKS.md. Exits with 1 when code that was sound before the
fix is not afterwards, or when a token is neither gone nor refused.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.cache import CACHE
from benchmarks.report import table, write_section
from scripts.plant import Planter
from scripts.projects import PROJECTS, fetched

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.projects import Project

_WORK = CACHE / "planted-packages"
_OUTCOME = re.compile(r"^.*?:\d+:\d+: (fixed|not fixed): (.*)$", re.MULTILINE)
_REDACTED = re.compile("redact", re.IGNORECASE)
# A planted name has a number of its own at its end.
_OWN_NAME = re.compile(r"\b\w+_\d+\b")

_ABOUT = """\
Packages as they were published, with random tokens planted by a script, the same in every run: in
each source file between statements, at the start of functions and in place of strings, in the
shapes that public code has; and in a shell script, YAML, JSON and dotenv files beside them. Then
`notion-lsp fix`. "Left" are tokens still there without a reason given: wanted is none.
"""


@dataclass(frozen=True)
class Result:
    """What became of one package's tokens, and of its code."""

    name: str
    planted: int
    rewritten: int
    redacted: int
    refused: Counter[str]
    left: int
    broken: tuple[str, ...]

    def row(self) -> list[str]:
        """Return the package's row of the table."""
        counts = (self.planted, self.rewritten, self.redacted, self.refused.total(), self.left)
        return [self.name, *map(str, counts), ", ".join(self.broken) or "as before"]


def main(names: list[str]) -> int:
    """Do the packages named, else all."""
    chosen = [project for project in PROJECTS if not names or project.name in names]
    results = [_result(project) for project in chosen]
    head = ["package", "planted", "rewritten", "redacted", "refused", "left", "code"]
    refused = sum((result.refused for result in results), Counter())
    reasons = table(["reason of a refusal", "tokens"], _by_count(refused))
    text = f"{_ABOUT}\n{table(head, (result.row() for result in results))}\n\n{reasons}"
    if names:
        print(text)
    else:
        write_section("Real input", text)
    return int(any(result.left or result.broken for result in results))


def _result(project: Project) -> Result:
    folder = _WORK / fetched(project).name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(fetched(project), folder, symlinks=True)
    planter = Planter(folder)
    planter.plant()
    before = [check(folder) for check in project.checks]
    outcomes = _outcomes(folder)
    after = [check(folder) for check in project.checks]
    broken = [
        f"{check.__name__}: {len(_news(old, new))} errors"
        for check, old, new in zip(project.checks, before, after, strict=True)
        if _news(old, new)
    ]
    for old, new in zip(before, after, strict=True):
        print(*_news(old, new), sep="\n")
    refused = outcomes["not fixed"]
    redacted = sum(number for how, number in outcomes["fixed"].items() if _REDACTED.search(how))
    left = sum(token in path.read_text("utf-8") for path, token in planter.planted)
    result = Result(
        project.name,
        planted=len(planter.planted),
        rewritten=outcomes["fixed"].total() - redacted,
        redacted=redacted,
        refused=refused,
        left=left - refused.total(),
        broken=tuple(broken),
    )
    print(*result.row(), sep=" | ", flush=True)
    return result


def _outcomes(folder: Path) -> dict[str, Counter[str]]:
    command = [sys.executable, "-m", "notion_lsp", "fix", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1} or not done.stdout:
        raise RuntimeError(done.stderr)
    found = _OUTCOME.findall(done.stdout)
    return {
        kind: Counter(_general(message) for which, message in found if which == kind)
        for kind in ("fixed", "not fixed")
    }


def _general(message: str) -> str:
    return _OWN_NAME.sub("…", message)


def _news(old: str, new: str) -> list[str]:
    lines = (Counter(new.splitlines()) - Counter(old.splitlines())).elements()
    return [line for line in lines if not line.startswith("#")]


def _by_count(counts: Counter[str]) -> list[list[str]]:
    return [[what, str(number)] for what, number in counts.most_common()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
