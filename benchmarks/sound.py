"""What tells that code is sound: compilers, parsers and the project's own tests.

Each check takes a project's folder and returns what is wrong, a line each, without the places.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from tree_sitter import Language, Parser
from tree_sitter_c_sharp import language as csharp

from benchmarks.cache import CACHE, run

if TYPE_CHECKING:
    from pathlib import Path

_KOTLIN = "org.jetbrains.kotlin:kotlin-compiler-embeddable:2.3.21"
# The libraries that the projects' builds name.
_JARS = (
    "com.fasterxml.jackson.core:jackson-databind:2.17.2",
    "com.fasterxml.jackson.datatype:jackson-datatype-jsr310:2.17.2",
    "com.google.code.gson:gson:2.11.0",
    "com.squareup.okhttp3:okhttp:4.12.0",
    "org.slf4j:slf4j-api:2.0.16",
)


def python_compiles(folder: Path) -> str:
    """Return what `compileall` says."""
    cache = f"pycache_prefix={_beside(folder)}"
    return _said(folder, sys.executable, "-X", cache, "-m", "compileall", "-q", "-f", ".")


def python_names(folder: Path) -> str:
    """Return the names that are read but not there, and the syntax errors, that ruff finds."""
    options = ("--quiet", "--isolated", "--no-cache", "--output-format", "concise")
    said = _said(folder, sys.executable, "-m", "ruff", "check", *options, "--select=F821,F822", ".")
    return re.sub(r":\d+:\d+:", ":", said)


def javascript_parses(folder: Path) -> str:
    """Return what `node --check` says of each JavaScript file."""
    files = [path for path in _sources(folder) if path.suffix in {".js", ".mjs"}]
    return "".join(
        _said(folder, "node", "--check", str(path)) for path in files if path.name != "merge.js"
    )


def typescript_checks(folder: Path) -> str:
    """Return the compiler's errors, without their places."""
    compiler = folder / "node_modules" / ".bin" / "tsc"
    said = _said(folder, str(compiler), "--noEmit", "--pretty", "false", "-p", ".")
    return re.sub(r"\(\d+,\d+\)", "", said)


def go_builds(folder: Path) -> str:
    """Return what the compiler and `go vet`, which looks at the tests too, say."""
    said = _said(folder, "go", "build", "./...") or _said(folder, "go", "vet", "./...")
    return re.sub(r":\d+:\d+:", ":", said)


def config_parses(folder: Path) -> str:
    """Return what is wrong with the planted shell script and JSON files."""
    said = _said(folder, "sh", "-n", "deploy.sh")
    for name in ("notion.json", ".mcp.json"):
        said += _said(folder, sys.executable, "-m", "json.tool", name, os.devnull)
    return said


def go_tests(folder: Path) -> str:
    """Return the project's own tests that fail."""
    said = _said(folder, "go", "test", "./...")
    return "".join(sorted(re.findall(r"--- FAIL: \S+|^FAIL\\s+\S+", said, re.MULTILINE)))


def rust_checks(folder: Path) -> str:
    """Return the compiler's errors, those of the tests among them."""
    target = f"--target-dir={CACHE / 'cargo'}"
    # Without --keep-going, it is chance which of several broken targets is compiled first.
    options = ("--quiet", "--tests", "--keep-going", target, "--message-format=short")
    said = _said(folder, "cargo", "check", *options)
    return re.sub(r":\d+:\d+:", ":", "".join(re.findall(r".*: error.*\n", said)))


def java_compiles(folder: Path) -> str:
    """Return the errors of `javac` on all main sources together."""
    files = [
        path for path in _sources(folder) if path.suffix == ".java" and "test" not in path.parts
    ]
    said = _said(
        folder,
        "javac",
        "-nowarn",
        "-Xmaxerrs",
        "9999",
        "-proc:none",
        "-d",
        _beside(folder),
        "-cp",
        f"{_jars('java', _JARS)}/*",
        *map(str, files),
    )
    return re.sub(r":\d+:", ":", "".join(re.findall(r".*: error: .*\n", said)))


def kotlin_compiles(folder: Path) -> str:
    """Return the compiler's errors on all main sources together."""
    compiler = _jars("kotlin", (_KOTLIN,))
    libraries = [*_jars("java", _JARS).glob("*.jar"), *compiler.glob("kotlin-stdlib-[0-9]*.jar")]
    files = [path for path in _sources(folder) if path.suffix in {".kt", ".java"}]
    said = _said(
        folder,
        *("java", "-cp", f"{compiler}/*", "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler"),
        *("-no-stdlib", "-no-reflect", "-nowarn", "-cp", ":".join(map(str, libraries))),
        *("-d", _beside(folder)),
        *(str(path) for path in files if "test" not in str(path.relative_to(folder)).lower()),
    )
    return re.sub(r":\d+:\d+:", ":", "".join(re.findall(r".*: error: .*\n", said)))


def ruby_parses(folder: Path) -> str:
    """Return what `ruby -c` says of each file."""
    return _each(folder, ".rb", "ruby", "-c")


def php_parses(folder: Path) -> str:
    """Return what `php -l` says of each file."""
    return re.sub(r" on line \d+", "", _each(folder, ".php", "php", "-n", "-l"))


def csharp_parses(folder: Path) -> str:
    """Return the files with syntax errors; no compiler of today's C# can be had everywhere."""
    parser = Parser(Language(csharp()))
    files = [path for path in _sources(folder) if path.suffix == ".cs"]
    wrong = [path for path in files if parser.parse(path.read_bytes()).root_node.has_error]
    return "".join(f"{path}: a syntax error\n" for path in wrong)


def _each(folder: Path, suffix: str, *command: str) -> str:
    files = [path for path in _sources(folder) if path.suffix == suffix]
    return "".join(re.sub(r":\d+:", ":", _said(folder, *command, str(path))) for path in files)


def _jars(name: str, artifacts: tuple[str, ...]) -> Path:
    folder = CACHE / "jars" / name
    if not folder.exists():
        part = folder.with_name(f"{name}.part")
        part.mkdir(parents=True, exist_ok=True)
        (part / "pom.xml").write_text(_pom(artifacts))
        copy = ("dependency:copy-dependencies", f"-DoutputDirectory={part}")
        run("mvn", "--quiet", "--batch-mode", *copy, cwd=part)
        part.rename(folder)
    return folder


def _pom(artifacts: tuple[str, ...]) -> str:
    keys = ("groupId", "artifactId", "version")
    parts = (zip(keys, artifact.split(":"), strict=True) for artifact in artifacts)
    rows = ("".join(f"<{key}>{value}</{key}>" for key, value in part) for part in parts)
    dependencies = "".join(f"<dependency>{row}</dependency>" for row in rows)
    name = "<groupId>program</groupId><artifactId>program</artifactId><version>1</version>"
    head = f"<project><modelVersion>4.0.0</modelVersion>{name}"
    return f"{head}<dependencies>{dependencies}</dependencies></project>"


def _beside(folder: Path) -> str:
    # What compilers write has tokens too, and is no part of the project.
    return str(folder.with_name(f"{folder.name}.out"))


def _sources(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in found if "node_modules" not in path.parts]


def _said(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    return said if done.returncode else ""
