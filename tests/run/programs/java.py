"""Java: a token in a class, and one in an interface whose own types have the names of others."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import kits

from programs import Program

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CLASS = """
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

public class Program {
    private static final String HEADER = "Bearer TOKEN";

    public static void main(String[] args) throws Exception {
        URI receiver = URI.create(System.getenv("RECEIVER"));
        HttpRequest request =
                HttpRequest.newBuilder(receiver).header("Authorization", HEADER).build();
        HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    }
}
"""
_INTERFACE = """
import java.net.URI;
import java.net.http.*;

interface Program {
  String HEADER = "Bearer TOKEN";

  static void main(String[] args) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(System.getenv("RECEIVER")));
    HttpClient client = HttpClient.newHttpClient();
    client.send(
        request.header("Authorization", HEADER).build(), HttpResponse.BodyHandlers.discarding());
  }

  record Map(Vault vault, Conjur conjur) {}

  enum Vault { ConcurrentHashMap }

  class Objects extends SdkException {}

  class Conjur {}

  class SdkException {}

  class VaultException {}
}
"""


def class_path(folder: Path) -> str:
    """Return the class path of a compiled program, for `java`."""
    return f"{folder}:{kits.jars('java', kits.JAVA)}/*"


def run(folder: Path) -> Sequence[str | Path]:
    """Return the command that runs the compiled program."""
    return ["java", "-XX:TieredStopAtLevel=1", "-cp", class_path(folder), "Program"]


def _compile(folder: Path) -> None:
    command = ["javac", "-Xlint:all", "-Werror", "-cp", class_path(folder), "Program.java"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


PROGRAMS = [
    Program(
        name,
        "java",
        "Program.java",
        text,
        run=run,
        prepare=_compile,
        needs=("java", "javac", "mvn"),
    )
    for name, text in (("java", _CLASS), ("java-interface", _INTERFACE))
]
