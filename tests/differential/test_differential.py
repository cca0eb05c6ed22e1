"""Random programs do the same after `fix`, with the variables set, and stop without them.

`DIFFERENTIAL_SEED=text` draws other programs.
"""

from __future__ import annotations

import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import grammar
import pytest
from builds import TOOLCHAINS, toolchain

from notion_lsp.check.fix import fix, save
from notion_lsp.check.scan import scan_paths
from notion_lsp.detect.finding import token_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from builds import Toolchain

    from notion_lsp.check.fix import FixedFile

SEED = os.environ.get("DIFFERENTIAL_SEED", "1")
BATCHES, SIZE = 1, 184
GRAMMARS = Path(__file__).parent / "grammars"
# With more refusals than that, the programs of a language would prove little.
MOST_REFUSED = 0.6
FEWEST_RUN = 0.8


class Run(NamedTuple):
    """What a program has printed, and whether it came to its end."""

    printed: str
    complaint: str
    finished: bool


class Program(NamedTuple):
    """A program before and after, and the tokens that its variables stand for."""

    case: str
    seed: str
    text: str
    fixed: str
    before: Run
    variables: Mapping[str, str]
    outcomes: tuple[bool, ...]

    @property
    def printed_variables(self) -> list[str]:
        """The variables whose tokens the program has printed before."""
        return [name for name, token in self.variables.items() if token in self.before.printed]


class Batch(NamedTuple):
    """Programs that are fixed and built together, and those that no longer build."""

    toolchain: Toolchain
    folder: Path
    programs: tuple[Program, ...]
    broken: Mapping[str, str]

    @property
    def built(self) -> tuple[Program, ...]:
        """The programs that were built."""
        return tuple(each for each in self.programs if each.case not in self.broken)

    def runs(self, missing: Mapping[str, str | None]) -> dict[str, Run]:
        """Run these cases with all variables set but one, if one is named."""
        # What Go reads for its variables it reads for all packages that are built together.
        known = dict(pair for each in self.programs for pair in each.variables.items())
        chosen = {
            case: {name: token for name, token in known.items() if name != lacking}
            for case, lacking in missing.items()
        }
        return run(self.toolchain, self.folder, chosen)


def run(
    toolchain: Toolchain, folder: Path, variables: Mapping[str, Mapping[str, str]]
) -> dict[str, Run]:
    def one(case: str) -> Run:
        done = subprocess.run(
            toolchain.run(folder, case),
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
            | dict(variables[case]),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Run(done.stdout, done.stderr, done.returncode == 0)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(variables, pool.map(one, variables), strict=True))


@pytest.fixture(
    scope="module",
    params=[(language, number) for language in TOOLCHAINS for number in range(BATCHES)],
    ids=lambda param: f"{param[0]}-{param[1]}",
)
def batch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Batch:
    language, number = request.param
    folder = tmp_path_factory.mktemp(language)
    return made(language, folder, [f"{SEED}-{language}-{number}-{each}" for each in range(SIZE)])


def made(language: str, folder: Path, seeds: Sequence[str]) -> Batch:
    """Write the programs, run them, fix the folder, and build it again."""
    tools, rules = toolchain(language), grammar.read(GRAMMARS / f"{language}.txt")
    named = {grammar.case(number): seed for number, seed in enumerate(seeds)}
    texts = {
        case: grammar.program(rules, seed, number)
        for number, (case, seed) in enumerate(named.items())
    }
    paths = {case: folder / tools.file.format(case=case) for case in named}
    for case, path in paths.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(texts[case])
    # One that uses what it has hidden itself is not built, or comes to no end, and shows nothing.
    unsound = tools.broken(folder, tuple(named))
    before = run(tools, folder, {case: {} for case in named if case not in unsound})
    named = {case: seed for case, seed in named.items() if case in before and before[case].finished}
    fixed = fixed_files(folder)
    programs = tuple(
        Program(
            case,
            seed,
            texts[case],
            paths[case].read_text(),
            before[case],
            variables(fixed[paths[case]]),
            tuple(outcome.done for outcome in fixed[paths[case]].outcomes),
        )
        for case, seed in named.items()
    )
    return Batch(tools, folder, programs, tools.broken(folder, tuple(named)))


def fixed_files(folder: Path) -> dict[Path, FixedFile]:
    today = datetime.now(tz=timezone.utc).date()
    scan = scan_paths([str(folder)], iter, today)
    return {fixed.file.path: fixed for fixed in fix(scan.leaky, None, save)}


def variables(fixed: FixedFile) -> dict[str, str]:
    findings = sorted(fixed.file.findings, key=lambda finding: finding.span)
    tokens = [token_of(fixed.file.text, finding) for finding in findings]
    pairs = zip(fixed.outcomes, tokens, strict=True)
    return {remains.what: token for outcome, token in pairs for remains in outcome.remains}


def shown(program: Program, why: object) -> str:
    return f"seed {program.seed}: {why}\n{program.text}\n--- after ---\n{program.fixed}\n"


def test_most_programs_run_before_they_are_fixed(batch: Batch) -> None:
    assert len(batch.programs) >= FEWEST_RUN * SIZE


def test_a_fixed_program_builds(batch: Batch) -> None:
    broken = [each for each in batch.programs if each.case in batch.broken]
    wrong = [shown(each, batch.broken[each.case]) for each in broken]
    assert not wrong, "\n".join(wrong)


def test_a_variable_stands_for_one_token(batch: Batch) -> None:
    pairs = {pair for each in batch.programs for pair in each.variables.items()}
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names))


def test_a_fixed_program_prints_the_same(batch: Batch) -> None:
    after = batch.runs({each.case: None for each in batch.built})
    wrong = [
        shown(each, f"{after[each.case]}\nbefore: {each.before}")
        for each in batch.built
        if (after[each.case].printed, after[each.case].finished) != each.before[::2]
    ]
    assert not wrong, "\n".join(wrong)


def test_a_fixed_program_stops_without_a_variable_that_it_prints(batch: Batch) -> None:
    printed = {each.case: each.printed_variables for each in batch.built}
    missing = {case: names[-1] for case, names in printed.items() if names}
    after = batch.runs(missing)
    wrong = [
        shown(each, f"runs without {missing[each.case]}: {after[each.case]}")
        for each in batch.built
        if each.case in missing and not stops(each, after[each.case], missing[each.case])
    ]
    assert not wrong, "\n".join(wrong)


def stops(program: Program, run: Run, variable: str) -> bool:
    # A shell asks for an alternative such as `${1:-…}` where it needs one: in a shell of its own
    # that alone ends.
    alternative = rf"[$][{{]\w+:?[-+=].*[$][{{]{variable}:[?]"
    is_told = variable in run.complaint and re.search(alternative, program.fixed)
    return not run.finished or bool(is_told)


def test_most_tokens_are_rewritten(batch: Batch) -> None:
    outcomes = [done for each in batch.programs for done in each.outcomes]
    assert outcomes.count(False) <= MOST_REFUSED * len(outcomes)
