"""Our lines in files that others write too, and taken out again so that each byte of theirs stays.

They stand between two comments. What is no file of ours is moved aside by `add`, and called.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.files import read_write
from notion_lsp.files.read_write import Decoded, Unreadable
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from pathlib import Path

BEFORE = ".before-notion-lsp"

_SINCE = ".since-notion-lsp"
_MARK = "# Written by notion-lsp install; notion-lsp uninstall takes it out."
_END = "# End of what notion-lsp install has written."
# Git may have changed the line endings of a file that it tracks.
_OURS = re.compile(
    rf"^{re.escape(_MARK)}\r?\n(?:(?!^{re.escape(_MARK)}).)*?^{re.escape(_END)}(?:\r?\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
_NEW = "#!/bin/sh\n"
_OTHER_LANGUAGE = re.compile(r"#!(?!.*sh\b)")


def in_the_way(path: Path) -> Refused | None:
    """Return why a hook cannot be moved aside, if it has to be and cannot."""
    before = _before(path)
    if read_write.exists(path) and not is_ours(path) and read_write.exists(before):
        return Refused(f"{before} is there already: move it away first")
    return None


def of_another_language(path: Path) -> Refused | None:
    """Return why a file cannot have lines of a shell, if it cannot."""
    there = _there(path, "")
    if isinstance(there, Refused):
        return there
    if not _OTHER_LANGUAGE.match(there.text):
        return None
    return Refused(f"{path} is no script of a shell: have it call notion-lsp hook {path.name}")


def add(path: Path, lines: str) -> Refused | None:
    """Make a hook of our lines; another that was there is moved aside under the name of `BEFORE`.

    Raises `OSError` where that cannot be done.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not read_write.exists(path) or is_ours(path):
        return add_lines(path, lines)
    path.rename(_before(path))
    problem = add_lines(path, lines)
    if problem:
        _before(path).rename(path)
    return problem


def take_out(path: Path) -> Refused | None:
    """Take our lines out of a hook, and put back the one that was moved aside.

    What others have added to ours is kept under the name of `_SINCE`, and one that has taken the
    place of ours is left. Raises `OSError` where that cannot be done.
    """
    before, since = _before(path), path.with_name(path.name + _SINCE)
    if not read_write.exists(before):
        return take_out_lines(path) if is_ours(path) else None
    if read_write.exists(path) and not is_ours(path):
        return Refused(f"{path} is not ours any more, and is left. Before, there was {before}")
    if read_write.exists(since):
        return Refused(f"{since} is there already: move it away first")
    problem = take_out_lines(path)
    if problem:
        return problem
    # What is left beside our lines was written by somebody who took the file for theirs.
    is_changed = read_write.exists(path)
    if is_changed:
        path.rename(since)
    before.rename(path)
    told = f"{path} is as it was before. What others have added since is in {since}"
    return Refused(told) if is_changed else None


def is_installed(path: Path) -> bool:
    """Whether a hook has lines of ours, or one was moved aside for it."""
    return is_ours(path) or read_write.exists(_before(path))


def is_ours(path: Path) -> bool:
    """Whether a file has lines of ours; a link has not, whatever it leads to."""
    return not read_write.is_link(path) and _MARK in (read_write.text_of(path) or "")


def add_lines(path: Path, lines: str, new: str = _NEW) -> Refused | None:
    """Put our lines at the top of a file, in place of those that are there; `new` begins one."""
    there = _there(path, new)
    if isinstance(there, Refused):
        return there
    left = _OURS.sub("", there.text)
    head = re.match(r"#!.*\n|", left)
    end = head.end() if head else 0
    return _write(path, there.encode(f"{left[:end]}{_MARK}\n{lines}{_END}\n{left[end:]}"))


def take_out_lines(path: Path, new: str = _NEW) -> Refused | None:
    """Take our lines out of a file, and the file away if it has nothing else than when `new`."""
    there = _there(path, "")
    if isinstance(there, Refused) or _MARK not in there.text:
        return None
    left = _OURS.sub("", there.text)
    if left.replace("\r\n", "\n") == new:
        path.unlink()
        return None
    return _write(path, there.encode(left))


def _there(path: Path, new: str) -> Decoded | Refused:
    if not read_write.exists(path):
        return Decoded(new, "utf-8", b"")
    found = read_write.read(path)
    return Refused(f"{path}: {found.reason}") if isinstance(found, Unreadable) else found


def _before(path: Path) -> Path:
    return path.with_name(path.name + BEFORE)


def _write(path: Path, data: bytes) -> Refused | None:
    is_new = not read_write.exists(path)
    problem = read_write.write_atomically(path, data)
    if problem:
        return Refused(f"{problem.path} could not be written: {problem.reason}")
    if is_new:
        path.chmod(0o755)
    return None
