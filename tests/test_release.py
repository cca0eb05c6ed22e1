"""What a release is made of: locked dependencies, pinned actions, a package that is whole."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import zipfile
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
MANIFEST = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = sorted((ROOT / "locks").glob("*.txt"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"(?m)^([a-z0-9-]+)==(\S+)(?: ; (.*?))?(?: \\|$)")
# Read by the locks' markers; `AMD64` is how Windows calls it.
PLATFORMS = [("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"), ("darwin", "x86_64")]
ENVIRONMENTS = [
    {
        "python_version": version,
        "python_full_version": f"{version}.0",
        "sys_platform": system,
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
    }
    for version, (system, machine) in product(
        ("3.10", "3.11", "3.12", "3.13", "3.14"), [*PLATFORMS, ("win32", "AMD64")]
    )
]


class Pin(NamedTuple):
    """A line of a lock."""

    version: str
    requirement: Requirement


def pins(lock: Path) -> Iterator[tuple[str, Pin]]:
    for name, version, marker in PINNED.findall(lock.read_text("utf-8")):
        suffix = f" ; {marker}" if marker else ""
        yield name, Pin(version, Requirement(f"{name}=={version}{suffix}"))


def wanted(lock: Path) -> list[Requirement]:
    group = lock.stem
    chosen: list[str] = []
    if group != "server":
        chosen = [*resolve_dependency_groups(MANIFEST["dependency-groups"], group)]
    return [Requirement(each) for each in [*MANIFEST["project"]["dependencies"], *chosen]]


def applies(requirement: Requirement, environment: dict[str, str]) -> bool:
    return not requirement.marker or requirement.marker.evaluate(environment)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_has_what_the_project_asks_for_on_each_platform(lock: Path) -> None:
    locked = list(pins(lock))
    missing = [
        (str(requirement), environment)
        for requirement, environment in product(wanted(lock), ENVIRONMENTS)
        if applies(requirement, environment)
        and not any(
            name == canonicalize_name(requirement.name)
            and applies(pin.requirement, environment)
            and requirement.specifier.contains(pin.version, prereleases=True)
            for name, pin in locked
        )
    ]
    assert not missing, "`make lock` writes the locks"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_names_no_host_and_a_hash_for_each_package(lock: Path) -> None:
    text = lock.read_text("utf-8")
    packages = re.split(r"(?m)^(?=[a-z0-9-]+==)", text)[1:]
    assert packages
    assert "://" not in text
    assert not [package for package in packages if "--hash=sha256:" not in package]


def test_the_server_that_is_released_has_the_versions_that_are_tested() -> None:
    tested = set(pins_of("test"))
    assert set(pins_of("server")) <= tested


def pins_of(group: str) -> list[tuple[str, str]]:
    return [(name, str(pin.requirement)) for name, pin in pins(ROOT / "locks" / f"{group}.txt")]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.stem)
def test_a_workflow_pins_each_action_to_a_commit_and_names_its_version(workflow: Path) -> None:
    used = re.findall(r"uses: (.*)", workflow.read_text("utf-8"))
    assert used
    assert not [each for each in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", each)]


def test_zizmor_finds_no_weakness_in_a_workflow() -> None:
    program = Path(sys.executable).with_name("zizmor")
    audited = subprocess.run(
        [program, "--offline", "--no-progress", "--quiet", ROOT / ".github"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert audited.returncode == 0, audited.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the source distribution, and the wheel that is built from it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    return folder


def test_the_wheel_has_each_file_of_the_package_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "notion_lsp"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    package = {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}
    carried = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert carried == package


def test_the_source_distribution_has_no_tests_and_no_token(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as files:
        names = {name.split("/")[1] for name in files.getnames()}
    expected = {"notion_lsp", "CHANGELOG.md", "LICENSE", "README.md", "pyproject.toml", "PKG-INFO"}
    assert names - {".gitignore"} == expected


def test_the_package_index_can_show_the_description(built: Path) -> None:
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, built.iterdir())]
    checked = subprocess.run(command, check=False, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout


def test_the_description_links_to_the_web_as_the_index_has_none_of_our_files(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    links = re.findall(r"\]\((?!https://)([^)]+)\)", archive.read(metadata).decode())
    assert not links
