"""C and C++; curl is their client of HTTP."""

from __future__ import annotations

import subprocess
from functools import partial
from typing import TYPE_CHECKING

from programs import Program

if TYPE_CHECKING:
    from pathlib import Path

_C = """\
#include <stdio.h>

static const char *key(void) {
    return "TOKEN";
}

int main(void) {
    char command[500];
    const char *sends = "curl --silent --header 'Authorization: Bearer %s' \\"$RECEIVER\\"";
    FILE *curl;

    snprintf(command, sizeof command, sends, key());
    curl = popen(command, "r");
    return curl == NULL || pclose(curl) != 0;
}
"""
_CPP = """\
#include <cstdlib>
#include <map>
#include <string>

class Client {
 public:
    void send() const {
        const std::string header = "Authorization: " + headers_.at("Authorization");
        const std::string command = "curl --silent --header '" + header + "' \\"$RECEIVER\\"";
        std::exit(std::system(command.c_str()));
    }

 private:
    std::map<std::string, std::string> headers_ = {{"Authorization", "Bearer TOKEN"}};
};

int main() { Client().send(); }
"""


def _compile(compiler: str, file: str, folder: Path) -> None:
    subprocess.run([compiler, "-Wall", "-Werror", "-o", "program", file], cwd=folder, check=True)


PROGRAMS = [
    Program(
        language,
        language,
        file,
        text,
        run=lambda folder: [folder / "program"],
        prepare=partial(_compile, compiler, file),
        needs=(compiler, "curl"),
    )
    for language, file, compiler, text in (
        ("c", "program.c", "gcc", _C),
        ("cpp", "program.cpp", "g++", _CPP),
    )
]
