"""Kotlin, on the JVM."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import kits

from programs import Program
from programs.java import class_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TEXT = """
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers

const val HEADER = "Bearer TOKEN"

fun main() {
    val receiver = URI.create(System.getenv("RECEIVER"))
    val request = HttpRequest.newBuilder(receiver).header("Authorization", HEADER)
    HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding())
}
"""


def _compile(folder: Path) -> None:
    compiler = kits.jars("kotlin", kits.KOTLIN)
    command = [
        *("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{compiler}/*"),
        *("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "-no-stdlib", "-no-reflect", "-Werror"),
        *("-cp", ":".join(map(str, [*kits.jars("java", kits.JAVA).glob("*.jar"), _stdlib()]))),
        *("-d", str(folder), str(folder / "program.kt")),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _stdlib() -> Path:
    return next(kits.jars("kotlin", kits.KOTLIN).glob("kotlin-stdlib-*.jar"))


def _run(folder: Path) -> Sequence[str | Path]:
    path = f"{class_path(folder)}:{_stdlib()}"
    return ["java", "-XX:TieredStopAtLevel=1", "-cp", path, "ProgramKt"]


PROGRAMS = [
    Program(
        "kotlin",
        "kotlin",
        "program.kt",
        _TEXT,
        run=_run,
        prepare=_compile,
        needs=("java", "mvn"),
    )
]
