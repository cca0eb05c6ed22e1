"""What a check of all repositories of an organization costs: ten are measured, more are calculated.

Each is cloned and checked as `examples/ci/github-organization.yml` does it, without the network.
"""

from __future__ import annotations

import gzip
import math
import statistics
import subprocess
import sysconfig
import tempfile
import time
from pathlib import Path
from shutil import copytree, ignore_patterns

from benchmarks.cache import run
from benchmarks.report import table, write_section
from benchmarks.servers import CHECK

_MEASURED = 10
_COUNTS = (10, 1_000, 100_000)
_JOBS = 256  # of a matrix, at most
_SET_UP = 30  # seconds that a job takes before it checks anything: an assumption
_PAGE = 100  # repositories in an answer to the request that lists them
_ABOUT = """\
{measured} repositories were made of the largest packages of this environment, {files:,} files with
{size:.0f} MB in all. A clone of the last commit and a check with a report in SARIF took
{least:.1f} to {most:.1f} s each, {mean:.1f} s on average. The rest is calculated from that: at most
{jobs} jobs, each of which takes {set_up} s before it checks anything, an assumption. What the
network takes to clone comes on top.
"""


def main() -> None:
    """Measure ten repositories, and write the section."""
    with tempfile.TemporaryDirectory() as folder:
        origins = [_repository(package, Path(folder)) for package in _packages()]
        seconds = [_seconds(origin, Path(folder) / "checkout") for origin in origins]
        files = [path for origin in origins for path in origin.rglob("*") if _is_source(path)]
        about = _ABOUT.format(
            measured=len(origins),
            files=len(files),
            size=sum(path.stat().st_size for path in files) / 1e6,
            least=min(seconds),
            most=max(seconds),
            mean=statistics.mean(seconds),
            set_up=_SET_UP,
            jobs=_JOBS,
        )
    rows = [_row(count, statistics.mean(seconds)) for count in _COUNTS]
    head = ("repositories", "jobs", "minutes of the longest job", "minutes of all jobs", "listing")
    write_section("All repositories of an organization", f"{about}\n{table(head, rows)}")


def _packages() -> list[Path]:
    folders = [path for path in Path(sysconfig.get_path("purelib")).iterdir() if path.is_dir()]
    return sorted(folders, key=lambda folder: -len(list(folder.rglob("*.py"))))[:_MEASURED]


def _repository(package: Path, folder: Path) -> Path:
    made = copytree(package, folder / package.name, ignore=ignore_patterns("__pycache__", ".git"))
    run("git", "init", "--quiet", cwd=made)
    run("git", "add", "--all", "--force", cwd=made)
    author = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    run("git", *author, "commit", "--quiet", "--message", "all of it", cwd=made)
    return made


def _seconds(origin: Path, checkout: Path) -> float:
    start = time.perf_counter()
    run("git", "clone", "--quiet", "--depth=1", origin.as_uri(), str(checkout), cwd=origin)
    command = [*CHECK, "--output-format", "sarif"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, check=False)
    gzip.compress(done.stdout)
    taken = time.perf_counter() - start
    checkout.rename(checkout.with_name(f"{origin.name}-checked"))
    return taken


def _is_source(path: Path) -> bool:
    return path.is_file() and ".git" not in path.parts


def _row(count: int, seconds: float) -> list[str]:
    jobs = min(count, _JOBS)
    longest = _SET_UP + math.ceil(count / jobs) * seconds
    total = jobs * _SET_UP + count * seconds
    requests = math.ceil(count / _PAGE)
    listing = f"{requests:,} request" + ("" if requests == 1 else "s")
    return [f"{count:,}", str(jobs), f"{longest / 60:.1f}", f"{total / 60:,.0f}", listing]
