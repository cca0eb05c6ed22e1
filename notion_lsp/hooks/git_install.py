"""Where git's hooks are put, so that what runs there already goes on, and how to take them out.

From 2.54 on, git has hooks in its configuration, beside those of the hooks folder
(git-scm.com/docs/git-hook). Before, a script is written into that folder, which calls the one that
was there. husky and lefthook write that folder themselves: they are told in their own files.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files import git, read_write
from notion_lsp.hooks.git_hooks import HOOKS
from notion_lsp.hooks.launcher import launcher
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# What runs on the machine of whoever commits.
EVENTS = ("pre-commit", "pre-merge-commit", "commit-msg", "pre-push")

_SINCE = (2, 54)
_MARK = "# Written by notion-lsp install; notion-lsp uninstall takes it out."
_END = "# End of what notion-lsp install has written."
_BEFORE = ".before-notion-lsp"
_HUSKY = ".husky"
_LEFTHOOK = tuple(f"{dot}lefthook{end}" for dot in ("", ".") for end in (".yml", ".yaml"))
_LEFTHOOK_LOCAL = "lefthook-local.yml"
_TOO_OLD = "git has hooks for all repositories from 2.54 on, and this one is older"
_SOMEBODY_ELSES = (
    "core.hooksPath is {path}, which is not of this repository: "
    "whoever owns it can add a line that calls notion-lsp hook"
)
_SCRIPT = """\
#!/bin/sh
{mark}
before="$0{before}"
if [ ! -x {program} ]; then
  echo "notion-lsp: error: the program of this hook is gone: install it, then its hooks." >&2
  echo "notion-lsp: to go on without this check: --no-verify" >&2
  exit 2
fi
{calls}
"""
_CALLS = """\
if [ -x "$before" ]; then "$before" "$@" || exit; fi
exec {command} "$@"\
"""
# Both read all of the input; the dot keeps the line feeds at its end.
_READING_CALLS = """\
given=$(cat; echo .)
if [ -x "$before" ]; then printf %s "${{given%.}}" | "$before" "$@" || exit; fi
printf %s "${{given%.}}" | {command} "$@"\
"""


# All who work on the project share husky's files: no path of this machine stands there. What comes
# behind reads the input once more.
_LINES = """\
notion-lsp hook {event} "$@"
"""
_READING_LINES = """\
given=$(cat)
printf '%s\\n' "$given" | notion-lsp hook {event} "$@"
exec <<NOTION_LSP
$given
NOTION_LSP
"""


class Place(NamedTuple):
    """Where hooks are put: what to call it, and what puts them there and takes them out."""

    name: str
    install: Callable[[], Refused | None]
    uninstall: Callable[[], Refused | None]


def place(folder: Path, *, everywhere: bool) -> Place | Refused:
    """Return where the hooks of a repository belong, or with `everywhere` those of all."""
    has_hooks = _version(folder) >= _SINCE
    if everywhere:
        return _configuration(folder, "--global") if has_hooks else Refused(_TOO_OLD)
    top = git.root(folder, staged=True)
    if top is None:
        return Refused("there is no repository with a work tree here, or no git")
    manager = _manager(top)
    if manager:
        return manager
    return _configuration(folder, "--local") if has_hooks else _folder(folder, top)


def _manager(top: Path) -> Place | None:
    if any(read_write.exists(top / name) for name in _LEFTHOOK):
        return _file("lefthook", top / _LEFTHOOK_LOCAL, _jobs())
    return _husky(top / _HUSKY) if read_write.is_folder(top / _HUSKY / "_") else None


def _folder(folder: Path, top: Path) -> Place | Refused:
    shared = _hooks_path(folder)
    if shared is None:
        # That of the main repository also in a linked work tree.
        common = _asked(folder, "rev-parse", "--git-common-dir") or ".git"
        return _scripts(folder / common / "hooks")
    if top in (top / shared).parents:
        return _scripts(top / shared)
    return Refused(_SOMEBODY_ELSES.format(path=shared))


def _version(folder: Path) -> tuple[int, ...]:
    found = re.search(r"(\d+)\.(\d+)", _asked(folder, "--version") or "")
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _hooks_path(folder: Path) -> str | None:
    # We call git with a folder of hooks that is none, which it tells too.
    asked = ("config", "--show-scope", "--type=path", "--get-all", "core.hooksPath")
    lines = (line.split("\t", 1) for line in (_asked(folder, *asked) or "").splitlines())
    said = [path for scope, path in lines if scope != "command"]
    return said[-1] if said else None


def _asked(folder: Path, *arguments: str) -> str | None:
    done = git.run(folder, arguments, staged=True)
    if done is None or done.returncode:
        return None
    return os.fsdecode(done.stdout.removesuffix(b"\n"))


def _configuration(folder: Path, scope: str) -> Place:
    def install() -> Refused | None:
        for event in EVENTS:
            settings = {"command": launcher("hook", event), "event": event}
            for key, value in settings.items():
                name = f"hook.notion-lsp-{event}.{key}"
                if _asked(folder, "config", scope, "--replace-all", name, value) is None:
                    return Refused("git could not write its configuration")
        return None

    def uninstall() -> Refused | None:
        for event in EVENTS:
            _asked(folder, "config", scope, "--remove-section", f"hook.notion-lsp-{event}")
        return None

    return Place(f"git's configuration ({scope.strip('-')})", install, uninstall)


def _scripts(hooks: Path) -> Place:
    def install() -> Refused | None:
        hooks.mkdir(parents=True, exist_ok=True)
        return next(filter(None, (_add_script(hooks / event, event) for event in EVENTS)), None)

    def uninstall() -> Refused | None:
        for event in EVENTS:
            _take_out_script(hooks / event)
        return None

    return Place(str(hooks), install, uninstall)


def _add_script(path: Path, event: str) -> Refused | None:
    before = path.with_name(path.name + _BEFORE)
    if read_write.exists(path) and not _is_ours(path):
        if read_write.exists(before):
            return Refused(f"{before} is there already: move it away first")
        path.rename(before)
    return _written(path, _script(event), mode=0o755)


def _take_out_script(path: Path) -> None:
    before = path.with_name(path.name + _BEFORE)
    if not _is_ours(path):
        return
    path.unlink()
    if read_write.exists(before):
        before.rename(path)


def _script(event: str) -> str:
    command = launcher("hook", event)
    calls = _READING_CALLS if HOOKS[event].reads else _CALLS
    program = shlex.quote(shlex.split(command)[0])
    return _SCRIPT.format(
        mark=_MARK, before=_BEFORE, program=program, calls=calls.format(command=command)
    )


def _husky(folder: Path) -> Place:
    # husky writes the folder `_` anew; a hook of its is a file of lines (typicode.github.io/husky).
    def install() -> Refused | None:
        problems = (_add_lines(folder / event, event) for event in EVENTS)
        return next(filter(None, problems), None)

    def uninstall() -> Refused | None:
        problems = (_take_out_lines(folder / event) for event in EVENTS)
        return next(filter(None, problems), None)

    return Place(str(folder), install, uninstall)


def _add_lines(path: Path, event: str) -> Refused | None:
    # Ours come first: what reads the input, as git-lfs does, would leave nothing of it.
    lines = (_READING_LINES if HOOKS[event].reads else _LINES).format(event=event)
    left = _without_ours(path)
    head = left.partition("\n")[0] + "\n" if left.startswith("#!") else ""
    return _written(path, f"{head}{_MARK}\n{lines}{_END}\n{left[len(head) :]}")


def _take_out_lines(path: Path) -> Refused | None:
    if not _is_ours(path):
        return None
    left = _without_ours(path)
    if left:
        return _written(path, left)
    path.unlink()
    return None


def _file(name: str, path: Path, text: str) -> Place:
    def install() -> Refused | None:
        if read_write.exists(path) and not _is_ours(path):
            return Refused(f"{path} is there already. Add to it:\n{text}")
        return _written(path, text)

    def uninstall() -> Refused | None:
        if _is_ours(path):
            path.unlink()
        return None

    return Place(f"{path}, for {name}", install, uninstall)


def _jobs() -> str:
    jobs = "".join(
        f"{event}:\n  jobs:\n    - name: notion-lsp\n"
        f"      run: {json.dumps(launcher('hook', event) + ' {0}')}\n"
        f"{'      use_stdin: true' + chr(10) if HOOKS[event].reads else ''}"
        for event in EVENTS
    )
    return f"{_MARK}\n{jobs}"


def _is_ours(path: Path) -> bool:
    return _MARK in (read_write.text_of(path) or "")


def _without_ours(path: Path) -> str:
    ours = re.compile(rf"^{re.escape(_MARK)}\n.*?^{re.escape(_END)}\n", re.MULTILINE | re.DOTALL)
    return ours.sub("", read_write.text_of(path) or "")


def _written(path: Path, text: str, *, mode: int = 0o644) -> Refused | None:
    is_new = not read_write.exists(path)
    problem = read_write.write_atomically(path, text.encode("utf-8", "surrogateescape"))
    if problem:
        return Refused(f"{problem.path} could not be written: {problem.reason}")
    if is_new:
        path.chmod(mode)
    return None
