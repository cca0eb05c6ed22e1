"""How the programs of each language are built and run: many in one build, where that takes long."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import kits
from toolchains import required

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Command = Sequence[str | Path]

_CASE = re.compile(r"\bcase\d+\b")
_JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")


def _no_other_files(_cases: Sequence[str]) -> dict[str, str]:
    return {}


def _no_build(_folder: Path, _cases: Sequence[str]) -> Command:
    return ()


@dataclass(frozen=True)
class Toolchain:
    """What makes programs run.

    `file` is where the program of a case stands in the folder, and `others` are the files that the
    build of some cases needs beside theirs. `build` is the command that builds these cases, empty
    where there is nothing to build, and `run` the one that runs a case.
    """

    needs: tuple[str, ...]
    file: str
    run: Callable[[Path, str], Command]
    others: Callable[[Sequence[str]], Mapping[str, str]] = field(default=_no_other_files)
    build: Callable[[Path, Sequence[str]], Command] = field(default=_no_build)

    def complaint(self, folder: Path, cases: Sequence[str]) -> str:
        """Build these cases, and return what the compiler says against them."""
        for name, text in self.others(cases).items():
            (folder / name).write_text(text)
        command = self.build(folder, cases)
        if not command:
            return ""
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        return f"{done.stdout}{done.stderr}" if done.returncode else ""

    def broken(self, folder: Path, cases: Sequence[str]) -> dict[str, str]:
        """Build these cases, and return those that do not build, with what the compiler says."""
        complaint = self.complaint(folder, cases)
        if not complaint:
            return {}
        # No case uses another one, so that those are to blame which the compiler names.
        named = set(_CASE.findall(complaint)) & set(cases) or set(cases)
        left = [case for case in cases if case not in named]
        # A complaint goes on until the next line that names a case.
        parts = re.split(r"(?m)^(?=.*\bcase\d+\b)", complaint)
        said = {case: [part for part in parts if case in _CASE.findall(part)] for case in named}
        broken = {case: "".join(said[case]) or complaint for case in named}
        return broken | (self.broken(folder, left) if left else {})


def _go_main(cases: Sequence[str]) -> dict[str, str]:
    imports = "".join(f'\t"example.org/programs/{case}"\n' for case in cases)
    calls = "".join(f'\tcase "{case}":\n\t\t{case}.Run()\n' for case in cases)
    main = f'package main\n\nimport (\n\t"os"\n{imports})\n\n'
    main += f"func main() {{\n\tswitch os.Args[1] {{\n{calls}\t}}\n}}\n"
    return {"go.mod": "module example.org/programs\n\ngo 1.22\n", "main.go": main}


def _rust_main(cases: Sequence[str]) -> dict[str, str]:
    modules = "".join(f"mod {case};\n" for case in cases)
    calls = "".join(f'        "{case}" => {case}::run(),\n' for case in cases)
    main = "fn main() {\n    match std::env::args().nth(1).unwrap().as_str() {\n"
    return {"main.rs": f"{modules}{main}{calls}        _ => (),\n    }}\n}}\n"}


def _csharp_main(cases: Sequence[str]) -> dict[str, str]:
    calls = "".join(f'case "{case}": {case}.Program.Run(); break;\n' for case in cases)
    main = "static class Start { static void Main(string[] arguments) { switch (arguments[0]) {\n"
    return {"Start.cs": f"{main}{calls}}} }} }}\n"}


def _java_build(folder: Path, cases: Sequence[str]) -> Command:
    return ["javac", "-d", folder / "out", *(folder / case / "Case.java" for case in cases)]


def _kotlin_build(folder: Path, cases: Sequence[str]) -> Command:
    compiler = kits.jars("kotlin", kits.KOTLIN)
    options = ("-no-stdlib", "-no-reflect", "-nowarn", "-cp", _kotlin_library(), "-d", "out")
    files = [folder / case / "Case.kt" for case in cases]
    main = "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler"
    return [*_JAVA, "-cp", f"{compiler}/*", main, *options, *files]


def _kotlin_library() -> str:
    return str(next(kits.jars("kotlin", kits.KOTLIN).glob("kotlin-stdlib-[0-9]*.jar")))


def _typescript_build(folder: Path, cases: Sequence[str]) -> Command:
    packages = kits.node()
    types = ("--typeRoots", packages / "@types", "--types", "node")
    options = ("--strict", "--target", "es2022", "--module", "commonjs", "--outDir", "out")
    files = [folder / f"{case}.ts" for case in cases]
    return [packages / ".bin" / "tsc", *options, *types, *files]


TOOLCHAINS = {
    "csharp": Toolchain(
        ("mcs", "mono"),
        "{case}/Program.cs",
        run=lambda folder, case: ["mono", folder / "programs.exe", case],
        others=_csharp_main,
        build=lambda folder, cases: [
            *("mcs", "-nowarn:0162,0168,0219,0414", f"-out:{folder / 'programs.exe'}"),
            *("Start.cs", *(f"{case}/Program.cs" for case in cases)),
        ],
    ),
    "go": Toolchain(
        ("go",),
        "{case}/case.go",
        run=lambda folder, case: [folder / "programs", case],
        others=_go_main,
        build=lambda folder, _cases: ["go", "build", "-o", folder / "programs", "."],
    ),
    "java": Toolchain(
        ("java", "javac"),
        "{case}/Case.java",
        run=lambda folder, case: [*_JAVA, "-cp", folder / "out", f"{case}.Case"],
        build=_java_build,
    ),
    "javascript": Toolchain(
        ("node",), "{case}.js", run=lambda folder, case: ["node", folder / f"{case}.js"]
    ),
    "kotlin": Toolchain(
        ("java", "mvn"),
        "{case}/Case.kt",
        run=lambda folder, case: [
            *(*_JAVA, "-cp", f"{folder / 'out'}:{_kotlin_library()}", f"{case}.CaseKt"),
        ],
        build=_kotlin_build,
    ),
    "php": Toolchain(
        ("php",), "{case}.php", run=lambda folder, case: ["php", "-n", folder / f"{case}.php"]
    ),
    "python": Toolchain(
        (), "{case}.py", run=lambda folder, case: [sys.executable, "-I", folder / f"{case}.py"]
    ),
    "ruby": Toolchain(
        ("ruby",), "{case}.rb", run=lambda folder, case: ["ruby", folder / f"{case}.rb"]
    ),
    "rust": Toolchain(
        ("rustc",),
        "{case}.rs",
        run=lambda folder, case: [folder / "programs", case],
        others=_rust_main,
        build=lambda folder, _cases: [
            *("rustc", "--edition", "2021", "-A", "warnings", "-C", "debuginfo=0"),
            *("-o", folder / "programs", folder / "main.rs"),
        ],
    ),
    "shell": Toolchain(
        ("bash",), "{case}.sh", run=lambda folder, case: ["bash", folder / f"{case}.sh"]
    ),
    "typescript": Toolchain(
        ("node", "npm"),
        "{case}.ts",
        run=lambda folder, case: ["node", folder / "out" / f"{case}.js"],
        build=_typescript_build,
    ),
}


def toolchain(language: str) -> Toolchain:
    """Return how the language's programs are built, on a machine that has what this needs."""
    for program in TOOLCHAINS[language].needs:
        required(program)
    return TOOLCHAINS[language]
