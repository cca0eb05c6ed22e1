"""A repository with about 29,000 versions of real files, and tokens all over its history."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

from benchmarks.cache import CACHE, linux_tree

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))
import token_factory as make

if TYPE_CHECKING:
    from collections.abc import Callable

_FILES, _VERSIONS = 2_900, 10
_ENDINGS = {".c", ".h", ".rst", ".py", ".sh"}
_SMALLEST, _LARGEST = 2_000, 60_000  # bytes
_AUTHOR = "A <a@example.org> 1700000000 +0000"
_OPTIONS = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=")


def repository() -> tuple[Path, dict[str, str]] | None:
    """Return the folder of the repository, made if need be, and the planted tokens by their places.

    None without the sources of the kernel.
    """
    tree = linux_tree()
    if tree is None:
        return None
    folder = CACHE / "history"
    tokens = {name: make.access_token(7000 + number) for number, name in enumerate(_PLANTS)}
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _git(folder, "init", "--quiet", "--initial-branch=main")
        _import(tree, folder)
        _git(folder, "reset", "--quiet", "--hard", "main")
        for name, plant in _PLANTS.items():
            plant(folder, f'token = "{tokens[name]}"\n')
        _git(folder, "repack", "-a", "-d", "-k", "--quiet")
        (folder / ".git" / "info" / "exclude").write_text("done\n")
        (folder / "done").touch()
    return folder, tokens


def _import(tree: Path, folder: Path) -> None:
    command = ["git", "fast-import", "--quiet"]
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101, it is a pipe
        texts = _texts(tree)
        for version in range(_VERSIONS):
            _write_version(process.stdin, texts, version)


def _texts(tree: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in sorted(tree.rglob("*")):
        wanted = path.suffix in _ENDINGS and path.is_file() and not path.is_symlink()
        if wanted and _SMALLEST < path.stat().st_size < _LARGEST:
            found[path.relative_to(tree).as_posix()] = path.read_bytes()
        if len(found) == _FILES:
            break
    return found


def _write_version(stream: IO[bytes], texts: dict[str, bytes], version: int) -> None:
    head = f"commit refs/heads/main\ncommitter {_AUTHOR}\ndata 7\nversion\n"
    stream.write(head.encode())
    for name, text in texts.items():
        # Each version changes a line somewhere else.
        at = text.find(b"\n", len(text) * version // _VERSIONS) + 1
        data = b"%sversion %d\n%s" % (text[:at], version, text[at:])
        stream.write(f'M 644 inline "{name}"\ndata {len(data)}\n'.encode() + data + b"\n")


def _git(folder: Path, *arguments: str) -> None:
    environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", *_OPTIONS, *arguments]
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


def _commit(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)
    _git(folder, "add", name)
    _git(folder, "commit", "--quiet", "--message", f"write {name}")


def _in_a_file(folder: Path, text: str) -> None:
    _commit(folder, "plain.py", text)


def _taken_out(folder: Path, text: str) -> None:
    _commit(folder, "taken_out.py", text)
    _commit(folder, "taken_out.py", "token = None\n")


def _in_base64(folder: Path, text: str) -> None:
    _commit(folder, "secret.yaml", f"data:\n  token: {base64.b64encode(text.encode()).decode()}\n")


def _by_a_merge_alone(folder: Path, text: str) -> None:
    _git(folder, "checkout", "--quiet", "-b", "side")
    _commit(folder, "side.txt", "side\n")
    _git(folder, "checkout", "--quiet", "main")
    _commit(folder, "main.txt", "main\n")
    _git(folder, "merge", "--quiet", "--no-commit", "side")
    _commit(folder, "merged.py", text)
    _git(folder, "rm", "--quiet", "merged.py")
    _git(folder, "commit", "--quiet", "--message", "take it out")


def _in_an_amended_commit(folder: Path, text: str) -> None:
    _commit(folder, "amended.py", text)
    (folder / "amended.py").write_text("token = None\n")
    _git(folder, "commit", "--quiet", "--all", "--amend", "--no-edit")


def _in_a_dropped_stash(folder: Path, text: str) -> None:
    (folder / "plain.py").write_text(text)
    _git(folder, "stash")
    _git(folder, "stash", "drop")


def _in_an_older_stash(folder: Path, text: str) -> None:
    for each in (text, "token = 2\n"):
        (folder / "plain.py").write_text(each)
        _git(folder, "stash")


def _in_the_message_of_a_commit(folder: Path, text: str) -> None:
    _git(folder, "commit", "--quiet", "--allow-empty", "--message", text)


def _in_the_message_of_a_tag(folder: Path, text: str) -> None:
    _git(folder, "tag", "--annotate", "v1", "--message", text)


def _in_a_note(folder: Path, text: str) -> None:
    _git(folder, "notes", "add", "--message", text)


_PLANTS: dict[str, Callable[[Path, str], None]] = {
    "in a file": _in_a_file,
    "taken out again": _taken_out,
    "in base64": _in_base64,
    "by a merge alone": _by_a_merge_alone,
    "in an amended commit": _in_an_amended_commit,
    "in a dropped stash": _in_a_dropped_stash,
    "in an older stash": _in_an_older_stash,
    "in the message of a commit": _in_the_message_of_a_commit,
    "in the message of a tag": _in_the_message_of_a_tag,
    "in a note": _in_a_note,
}
