"""`python -m benchmarks.programs [NAME…]`: plant tokens in public programs, fix, check the code.

Writes the section "Real input" of BENCHMARKS.md, with the last result of each program. Exits with 1
when code that was sound before the fix is not afterwards, or when a token is neither gone nor
refused.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from benchmarks.cache import CACHE
from benchmarks.packages import PROJECTS, fetched, folder_name
from benchmarks.planter import Planter
from benchmarks.report import table, write_section
from notion_lsp.check.fix import fix, save
from notion_lsp.check.scan import scan_paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.packages import Project
    from notion_lsp.check.outcomes import Outcome

_WORK = CACHE / "planted-packages"
# A planted name has a number of its own at its end.
_OWN_NAME = re.compile(r"\b\w+_\d+\b")

_ABOUT = """\
Programs as they were published, with random tokens planted by a script, the same in every run: in
up to 30 source files of each between statements, at the start of functions and types and in place
of strings, in the shapes that public code has and in contexts that are hard to rewrite; and in a
shell script, YAML, JSON and dotenv files beside them. Then `notion-lsp fix`. "Shapes" are those of
all languages that there were when the program was measured. "Left" are tokens still there without a
reason given: wanted is none. The code is compared before and after: Python, JavaScript, Ruby and
PHP are parsed, Python's names are looked up too; TypeScript's types are checked; Go, Rust, Java and
Kotlin are compiled, and Go's own tests run; C# is parsed by the grammar, as these programs need C#
9 to 12 and packages of NuGet, and Mono's compiler knows C# 7.
"""


@dataclass(frozen=True)
class Result:
    """What became of one program's tokens, and of its code."""

    name: str
    shapes: int  # how many there were to plant
    planted: int
    rewritten: int
    redacted: int
    refused: dict[str, int]
    left: int
    broken: list[str]

    def row(self) -> list[str]:
        """Return the program's row of the table."""
        refused = sum(self.refused.values())
        counts = (
            *(self.shapes, self.planted, self.rewritten),
            *(self.redacted, refused, self.left),
        )
        return [self.name, *map(str, counts), ", ".join(self.broken) or "as before"]


def main(names: list[str]) -> int:
    """Do the programs named, else all."""
    chosen = [project for project in PROJECTS if not names or project.name in names]
    results = [_result(project) for project in chosen]
    for result in results:
        _kept(result.name).write_text(json.dumps(asdict(result)), "utf-8")
    kept = [_kept(project.name) for project in PROJECTS]
    known = [Result(**json.loads(path.read_text("utf-8"))) for path in kept if path.exists()]
    lacking = ", ".join(project.name for project in PROJECTS if not _kept(project.name).exists())
    left_out = f"Not measured: {lacking}.\n\n" if lacking else ""
    write_section("Real input", left_out + _section(known))
    return int(any(result.left or result.broken for result in results))


def _kept(name: str) -> Path:
    return _WORK / f"{folder_name(name)}.json"


def _section(results: list[Result]) -> str:
    head = ["program", "shapes", "planted", "rewritten", "redacted", "refused", "left", "code"]
    refused = sum((Counter(result.refused) for result in results), Counter[str]())
    total = Result(
        f"{len(results)} programs",
        max((result.shapes for result in results), default=0),
        sum(result.planted for result in results),
        sum(result.rewritten for result in results),
        sum(result.redacted for result in results),
        dict(refused),
        sum(result.left for result in results),
        [name for result in results for name in result.broken],
    )
    rows = [*(result.row() for result in results), total.row()]
    reasons = table(["reason of a refusal", "tokens"], _by_count(refused))
    return f"{_ABOUT}\n{table(head, rows)}\n\n{reasons}"


def _result(project: Project) -> Result:
    folder = _copied(project)
    planter = Planter(folder)
    planter.plant()
    before = [check(folder) for check in project.checks]
    outcomes = _outcomes(planter)
    # A program that is run reads them, as do the project's own tests.
    os.environ |= dict.fromkeys((each.what for one in outcomes for each in one.remains), "set")
    after = [check(folder) for check in project.checks]
    result = _summed_up(project, planter, outcomes, list(_broken(project, before, after)))
    print(*result.row(), sep=" | ", flush=True)
    return result


def _copied(project: Project) -> Path:
    folder = _WORK / fetched(project).name
    shutil.rmtree(folder, ignore_errors=True)
    # What the project has git ignore is searched too.
    ignored = shutil.ignore_patterns(".gitignore")
    shutil.copytree(fetched(project), folder, symlinks=True, ignore=ignored)
    return folder


def _broken(project: Project, before: list[str], after: list[str]) -> Iterator[str]:
    for check, old, new in zip(project.checks, before, after, strict=True):
        if news := _news(old, new):
            print(*news, sep="\n")
            yield f"{check.__name__}: {len(news)} errors"


def _summed_up(
    project: Project, planter: Planter, outcomes: list[Outcome], broken: list[str]
) -> Result:
    refused = Counter(_general(outcome.message) for outcome in outcomes if not outcome.done)
    done = [outcome for outcome in outcomes if outcome.done]
    redacted = sum(outcome.redacted for outcome in done)
    left = sum(token in path.read_text("utf-8") for path, token in planter.planted)
    return Result(
        project.name,
        shapes=planter.shapes,
        planted=len(planter.planted),
        rewritten=len(done) - redacted,
        redacted=redacted,
        refused=dict(refused),
        left=left - refused.total(),
        broken=broken,
    )


def _outcomes(planter: Planter) -> list[Outcome]:
    scan = scan_paths([str(planter.root)], iter, datetime.now(tz=timezone.utc).date())
    fixed = list(fix(scan.leaky, None, save))
    # A program may have come with a token of its own.
    ours = {path for path, _ in planter.planted}
    return [outcome for each in fixed if each.file.path in ours for outcome in each.outcomes]


def _general(message: str) -> str:
    return _OWN_NAME.sub("…", message)


def _news(old: str, new: str) -> list[str]:
    lines = (Counter(new.splitlines()) - Counter(old.splitlines())).elements()
    return [line for line in lines if not line.startswith("#")]


def _by_count(counts: Counter[str]) -> list[list[str]]:
    return [[what, str(number)] for what, number in counts.most_common()]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
