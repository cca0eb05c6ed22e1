"""Scala, compiled before it runs."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from programs import Program

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = """\
import java.net.{HttpURLConnection, URL}

object Main {
  final val sys = "mine"
  private val header = s"Bearer TOKEN"

  def main(arguments: Array[String]): Unit = {
    val url = new URL(System.getenv("RECEIVER"))
    val request = url.openConnection().asInstanceOf[HttpURLConnection]
    request.setRequestProperty("Authorization", header)
    scala.sys.exit(if (request.getResponseCode == 200) 0 else 1)
  }
}
"""


def _compile(folder: Path) -> None:
    subprocess.run(["scalac", "-d", folder, folder / "Main.scala"], cwd=folder, check=True)


PROGRAMS = [
    Program(
        "scala",
        "scala",
        "Main.scala",
        _TEXT,
        run=lambda folder: ["scala", "-classpath", folder, "Main"],
        prepare=_compile,
        needs=("scala", "scalac"),
    )
]
