"""Under which conditions a file of Go is compiled: by its name, and by the lines at its top."""

from __future__ import annotations

import re

# What the end of a file's name, or a tag, may say (go/build, syslist.go).
_SYSTEMS = re.compile(
    "aix|android|darwin|dragonfly|freebsd|hurd|illumos|ios|js|linux|nacl|netbsd|openbsd|plan9"
    "|solaris|wasip1|windows|zos"
)
_ARCHITECTURES = re.compile(
    "386|amd64|amd64p32|arm|arm64|arm64be|armbe|loong64|mips|mips64|mips64le|mips64p32|mips64p32le"
    "|mipsle|ppc|ppc64|ppc64le|riscv|riscv64|s390|s390x|sparc|sparc64|wasm"
)
_CONSTRAINT = re.compile(r"(?m)^//(?:go:build|[ ]*\+build)[ \t](.*)$")
_CLAUSE = re.compile(r"(?m)^package[ \t]")
_MAIN = re.compile(r"(?m)^func main\(\)")


def conditions(name: str, text: str) -> frozenset[str]:
    """Return what has to hold for the file to be compiled, by its name and text.

    Of conditions `key=value` with one key, and of `tag` and `!tag`, no two hold at once. A program
    has one function `main`.
    """
    clause = _CLAUSE.search(text)
    header = text[: clause.start()] if clause else ""
    terms = [term for found in _CONSTRAINT.findall(header) for term in _terms(found.strip())]
    if _MAIN.search(text):
        terms.append(f"main={name}")
    return frozenset((*_of_name(name), *map(_known, terms)))


def _of_name(name: str) -> list[str]:
    stem = name.removesuffix(".go")
    test = ["test"] if stem.endswith("_test") else []
    words = stem.removesuffix("_test").split("_")[1:][-2:]
    # As in `name_GOOS_GOARCH`: the system counts only where it comes last but for that.
    if words[-1:] and _ARCHITECTURES.fullmatch(words[-1]):
        return [*test, *map(_known, words if _SYSTEMS.fullmatch(words[0]) else words[-1:])]
    return [*test, *(_known(word) for word in words[-1:] if _SYSTEMS.fullmatch(word))]


def _terms(constraint: str) -> list[str]:
    # A choice is one condition, which only a file with the same one shares.
    if "||" in constraint or "(" in constraint:
        return ["".join(constraint.split())]
    return [term.strip() for term in constraint.split("&&")]


def _known(term: str) -> str:
    if _SYSTEMS.fullmatch(term):
        return f"system={term}"
    return f"architecture={term}" if _ARCHITECTURES.fullmatch(term) else term
