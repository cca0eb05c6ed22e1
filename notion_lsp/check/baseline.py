"""The tokens that a project knows it has: a check with a baseline reports only the others.

The file holds no token: `findings` has the SHA-256 and the kind of each, by the file's path
relative to the baseline's folder. A short token, which its SHA-256 would give away, is known by its
kind and a number: the file has so many of them. It is sorted, so that a diff shows only what has
changed.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from notion_lsp.check.names import may_hold_a_token
from notion_lsp.detect.finding import public_fingerprint
from notion_lsp.explain.masking import mask_text
from notion_lsp.files import git_index, read_write
from notion_lsp.files.read_write import Unreadable, Unwritten
from notion_lsp.json_text import object_in
from notion_lsp.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import PurePath

    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.check.reports import Result

    # A token in a file, with the lines around it.
    _Told = tuple[Path, Excerpt]

_VERSION = 1
_NOT_ONE = "it is not a baseline of this version of notion-lsp"
_LEFT_OUT = "it is outside of this sparse checkout: `git sparse-checkout add` takes its folder in"


class Known(NamedTuple):
    """A token in a file of the project, whatever its kind: that may change with the code around."""

    path: str
    fingerprint: str


class _Token(NamedTuple):
    path: PurePath
    fingerprint: str | None
    kind: str

    @classmethod
    def of(cls, result: Result) -> _Token:
        return cls(result.path, result.fingerprint, result.kind.id)

    @classmethod
    def told(cls, path: Path, excerpt: Excerpt) -> _Token:
        return cls(path, public_fingerprint(excerpt.token), excerpt.finding.kind.id)


@dataclass(frozen=True)
class Baseline:
    """A baseline's file, and the kind of each token that it knows."""

    file: Path
    kinds: dict[Known, str]
    is_new: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files in which it knows tokens, sorted."""
        return tuple(sorted({self._path(known) for known in self.kinds}))

    def compared(
        self, results: Sequence[Result], looked: AbstractSet[Path], older: Sequence[_Told] = ()
    ) -> Comparison:
        """Return what is new among a check's results, given the files that it has read.

        The `older` ones are still there, and not among the results. To a new baseline nothing is
        new: it takes all results in.
        """
        names = tuple(self._names(map(_Token.of, results)))
        found = {known: result.kind.id for known, result in zip(names, results, strict=True)}
        if self.is_new:
            said = f"{self.file.name} is written, with {counted(len(found), 'token')}."
            return Comparison((), replace(self, kinds=found), said)
        pairs = zip(names, results, strict=True)
        new = tuple(result for known, result in pairs if known not in self.kinds)
        # What is gone is taken out, so that a token which comes back is reported.
        there = {*found, *self._names(_Token.told(*each) for each in older)}
        left = {
            known: kind
            for known, kind in self.kinds.items()
            if known in there or not self._is_gone(known, looked)
        }
        gone = counted(len(self.kinds) - len(left), "token")
        said = f"{gone} no longer found, and taken out of {self.file.name}."
        return Comparison(new, replace(self, kinds=left), said if left != self.kinds else "")

    def unlisted(self, told: Sequence[_Told]) -> list[_Told]:
        """Return those of the tokens that it does not know."""
        names = self._names(_Token.told(*each) for each in told)
        return [each for each, known in zip(told, names, strict=True) if known not in self.kinds]

    def save(self) -> Unwritten | None:
        """Write the file; return what went wrong, if anything."""
        findings: dict[str, dict[str, str]] = {}
        for known, kind in sorted(self.kinds.items()):
            findings.setdefault(known.path, {})[known.fingerprint] = kind
        text = json.dumps({"version": _VERSION, "findings": findings}, indent=2) + "\n"
        return read_write.write_atomically(self.file, text.encode())

    def _names(self, tokens: Iterable[_Token]) -> Iterator[Known]:
        short: Counter[Known] = Counter()
        for token in tokens:
            known = self._known(token)
            short[known] += 1
            number = f" {short[known]}" if token.fingerprint is None else ""
            yield Known(known.path, f"{known.fingerprint}{number}")

    def _known(self, token: _Token) -> Known:
        try:
            path = os.path.relpath(token.path, self.file.parent)
        except ValueError:  # on Windows, a file on another drive has no relative path
            path = str(token.path)
        return Known(mask_text(Path(path).as_posix()), token.fingerprint or token.kind)

    def _is_gone(self, known: Known, looked: AbstractSet[Path]) -> bool:
        # A file that was deleted is not among those that a check reads. One outside of a sparse
        # checkout is not on the disk either, but is in the index.
        files = self._files(known)
        return not looked.isdisjoint(files) if files else not self._is_indexed(known.path)

    def _is_indexed(self, name: str) -> bool:
        if name in self._indexed:
            return True
        # Of a submodule the index has the folder alone; what is in it is known once it is there.
        modules = self._indexed.intersection(map(str, PurePosixPath(name).parents))
        return any(not read_write.exists(self.file.parent / each / ".git") for each in modules)

    @cached_property
    def _indexed(self) -> frozenset[str]:
        every = git_index.names(self.file.parent)
        return frozenset(
            mask_text(name) if may_hold_a_token(PurePosixPath(name)) else name for name in every
        )

    def _files(self, known: Known) -> list[Path]:
        # The files of that name: with a token masked in it, there may be several.
        path = self._path(known)
        if "…" not in known.path:
            return [path] if read_write.is_file(path) else []
        folders = [Path(path.anchor)]
        for part in path.parts[1:]:
            folders = [each for folder in folders for each in _named(folder, part)]
        return folders

    def _path(self, known: Known) -> Path:
        return Path(os.path.normpath(self.file.parent / known.path))


def _named(folder: Path, name: str) -> list[Path]:
    if "…" not in name:
        return [folder / name] if read_write.exists(folder / name) else []
    return [each for each in read_write.children(folder) if mask_text(each.name) == name]


class Comparison(NamedTuple):
    """What is new, the baseline to be saved, and what to say if it differs from the old one."""

    new: tuple[Result, ...]
    baseline: Baseline
    said: str


def load(file: Path) -> Baseline | Unreadable:
    """Return the baseline in a file, a new one if there is no file, or why it cannot be read."""
    if not read_write.exists(file):
        left_out = git_index.is_left_out(file)
        return Unreadable(file, _LEFT_OUT) if left_out else Baseline(file, {}, is_new=True)
    read = _read(file)
    # Another program may be writing it.
    if isinstance(read, Unreadable) and read_write.is_fresh(file):
        time.sleep(read_write.PAUSE)
        return _read(file)
    return read


def _read(file: Path) -> Baseline | Unreadable:
    read = read_write.read(file)
    if isinstance(read, Unreadable):
        return read
    kinds = _kinds(object_in(read.text) or {})
    return Unreadable(file, _NOT_ONE) if kinds is None else Baseline(file, kinds)


def _kinds(data: Mapping[str, Any]) -> dict[Known, str] | None:
    if data.get("version") != _VERSION:
        return None
    findings = data.get("findings")
    if not isinstance(findings, dict) or not all(map(_is_file, findings.values())):
        return None
    return {
        Known(path, fingerprint): kind
        for path, kinds in findings.items()
        for fingerprint, kind in kinds.items()
    }


def _is_file(kinds: object) -> bool:
    return isinstance(kinds, dict) and all(isinstance(kind, str) for kind in kinds.values())
