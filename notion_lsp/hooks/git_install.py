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
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files import git, read_write
from notion_lsp.hooks import hook_files
from notion_lsp.hooks.git import hook
from notion_lsp.hooks.launcher import launcher
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

# What runs on the machine of whoever commits.
EVENTS = ("pre-commit", "pre-merge-commit", "commit-msg", "pre-push")

_SINCE = (2, 54)
_HUSKY = ".husky/_"
# lefthook.dev/configuration: "Config file name". One of each kind is read.
_LEFTHOOK, _LEFTHOOK_LOCAL = (
    [
        f"{start}{name}.{end}"
        for start in ("", ".", ".config/")
        for end in ("yml", "yaml", "toml", "json", "jsonc")
    ]
    for name in ("lefthook", "lefthook-local")
)
_NO_REPOSITORY = Refused("there is no repository with a work tree here, or no git")
_TOO_OLD = "git has hooks for all repositories from 2.54 on, and this one is older"
_SOMEBODY_ELSES = (
    "core.hooksPath is {path}, which is not of this repository: "
    "whoever owns it can add a line that calls notion-lsp hook"
)
# A hook that is a link to another of these must not find that one's `before` by its own name.
_LINES = """\
before="${{0%/*}}/{before}"
if [ ! -x {program} ]; then
  echo "notion-lsp: error: the program of this hook is gone: install it, then its hooks." >&2
  echo "notion-lsp: to go on without this check: --no-verify" >&2
  exit 2
fi
{calls}
"""
_CALLS = """\
if [ -x "$before" ]; then "$before" "$@" || exit; fi
{command} "$@" || exit\
"""
# Both read all of the input; the dot keeps the line feeds at its end.
_READING_CALLS = """\
given=$(cat; echo .)
if [ -x "$before" ]; then printf %s "${{given%.}}" | "$before" "$@" || exit; fi
printf %s "${{given%.}}" | {command} "$@" || exit\
"""


# All who work on the project share husky's files: no path of this machine stands there. What comes
# behind reads the input once more.
_HUSKY_LINES = """\
notion-lsp hook {event} "$@" || exit
"""
_READING_HUSKY_LINES = """\
given=$(cat)
printf '%s\\n' "$given" | notion-lsp hook {event} "$@" || exit
exec <<NOTION_LSP
$given
NOTION_LSP
"""


class Place(NamedTuple):
    """Where hooks are put: what to call it, and what puts them there and takes them out."""

    name: str
    is_used: Callable[[], bool]
    install: Callable[[], Refused | None]
    uninstall: Callable[[], Refused | None]


def install(folder: Path, *, everywhere: bool) -> str | Refused:
    """Put hooks where those of a repository belong, or with `everywhere` of all; return where.

    They are taken out of where they were put before there was a newer git, or a manager.
    """
    place = _place(folder, everywhere=everywhere)
    if isinstance(place, Refused):
        return place
    problem = place.install()
    if problem:
        return problem
    old = [] if everywhere else [each for each in _used(folder) if each.name != place.name]
    return next(filter(None, [each.uninstall() for each in old]), place.name)


def uninstall(folder: Path, *, everywhere: bool) -> list[str] | Refused:
    """Take the hooks of a repository, or those of all, out of every place; return where."""
    if not everywhere and git.root(folder, staged=True) is None:
        return _NO_REPOSITORY
    used = [_configuration(folder, "--global")] if everywhere else _used(folder)
    problems = [each.uninstall() for each in used]
    return next(filter(None, problems), [each.name for each in used])


def _place(folder: Path, *, everywhere: bool) -> Place | Refused:
    has_hooks = _version(folder) >= _SINCE
    if everywhere:
        return _configuration(folder, "--global") if has_hooks else Refused(_TOO_OLD)
    top = git.root(folder, staged=True)
    if top is None:
        return _NO_REPOSITORY
    manager = _lefthook_of(top) or _husky_of(top, _hooks_path(folder))
    if manager:
        return manager
    return _configuration(folder, "--local") if has_hooks else _folder(folder, top)


def _used(folder: Path) -> list[Place]:
    """Return the places in a repository that have our hooks, wherever they would be put today."""
    top = git.root(folder, staged=True)
    if top is None:
        return []
    shared = _hooks_path(folder)
    hooks = {_common(folder) / "hooks", *([top / shared] if shared else ())}
    managers = [_lefthook_of(top), _husky_of(top, shared), _husky_of(top, None)]
    every = [_configuration(folder, "--local"), *map(_scripts, hooks), *filter(None, managers)]
    return [each for each in {each.name: each for each in every}.values() if each.is_used()]


def _lefthook_of(top: Path) -> Place | None:
    main, local = (
        next((top / name for name in names if read_write.exists(top / name)), None)
        for names in (_LEFTHOOK, _LEFTHOOK_LOCAL)
    )
    if main is None and local is None:
        return None
    dot = "." if main and main.name.startswith(".") else ""
    return _lefthook(local or top / f"{dot}lefthook-local.yml")


def _husky_of(top: Path, shared: str | None) -> Place | None:
    # From version 9 on, git is told the folder `_` of its folder; before, its folder.
    hooks = top / (shared or _HUSKY)
    own = hooks.parent if hooks.name == "_" else hooks
    is_there = read_write.is_folder(own / "_") and _is_below(own, top)
    return _husky(own) if is_there else None


def _folder(folder: Path, top: Path) -> Place | Refused:
    common, shared = _common(folder), _hooks_path(folder)
    if shared is None:
        return _scripts(common / "hooks")
    hooks = top / shared
    if any(_is_below(hooks, each) for each in (top, common)):
        return _scripts(hooks)
    return Refused(_SOMEBODY_ELSES.format(path=shared))


def _common(folder: Path) -> Path:
    # That of the main repository also in a linked work tree.
    return folder / (_asked(folder, "rev-parse", "--git-common-dir") or ".git")


def _is_below(path: Path, folder: Path) -> bool:
    return Path(os.path.realpath(folder)) in Path(os.path.realpath(path)).parents


def _version(folder: Path) -> tuple[int, ...]:
    found = re.search(r"(\d{1,9})\.(\d{1,9})", _asked(folder, "--version") or "")
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _hooks_path(folder: Path) -> str | None:
    # We call git with a folder of hooks that is none, which it tells too.
    asked = ("config", "--null", "--show-scope", "--type=path", "--get-all", "core.hooksPath")
    # A zero byte stands behind each scope and each path.
    words = (_asked(folder, *asked) or "").split("\0")
    values = zip(words[::2], words[1::2], strict=False)
    said = [path for scope, path in values if scope != "command"]
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

    def is_used() -> bool:
        return bool(_asked(folder, "config", scope, "--get-regexp", r"^hook\.notion-lsp-"))

    return Place(f"git's configuration ({scope.strip('-')})", is_used, install, uninstall)


def _scripts(hooks: Path) -> Place:
    def install() -> Refused | None:
        in_the_way = (hook_files.in_the_way(hooks / event) for event in EVENTS)
        return next(filter(None, in_the_way), None) or _each(
            lambda event: hook_files.add(hooks / event, _lines(event))
        )

    def uninstall() -> Refused | None:
        return _each(lambda event: hook_files.take_out(hooks / event))

    return Place(str(hooks), partial(_has_ours, hooks), install, uninstall)


def _has_ours(hooks: Path) -> bool:
    return any(hook_files.is_installed(hooks / event) for event in EVENTS)


def _lines(event: str) -> str:
    command = launcher("hook", event)
    calls = _READING_CALLS if hook(event).reads else _CALLS
    return _LINES.format(
        before=event + hook_files.BEFORE,
        program=shlex.quote(shlex.split(command)[0]),
        calls=calls.format(command=command),
    )


def _husky(folder: Path) -> Place:
    # husky writes the folder `_` anew; a hook of its is a file of lines (typicode.github.io/husky).
    def install() -> Refused | None:
        others = (hook_files.of_another_language(folder / event) for event in EVENTS)
        return next(filter(None, others), None) or _each(
            lambda event: hook_files.add_lines(folder / event, _husky_lines(event))
        )

    def uninstall() -> Refused | None:
        return _each(lambda event: hook_files.take_out_lines(folder / event))

    return Place(str(folder), partial(_has_ours, folder), install, uninstall)


def _husky_lines(event: str) -> str:
    # Ours come first: what reads the input, as git-lfs does, would leave nothing of it.
    return (_READING_HUSKY_LINES if hook(event).reads else _HUSKY_LINES).format(event=event)


def _each(change: Callable[[str], Refused | None]) -> Refused | None:
    """Make a change for each event, whatever becomes of the others; return the first problem."""
    try:
        problems = [change(event) for event in EVENTS]
    except OSError as error:
        return Refused(f"{error.filename}: {read_write.unreadable(Path(), error).reason}")
    return next(filter(None, problems), None)


def _lefthook(path: Path) -> Place:
    def install() -> Refused | None:
        jobs = _jobs()
        if read_write.exists(path) and not hook_files.is_ours(path):
            return Refused(f"{path} is there already. Add to it:\n{jobs}")
        return hook_files.add_lines(path, jobs, new="")

    def uninstall() -> Refused | None:
        return hook_files.take_out_lines(path, new="")

    return Place(f"{path}, for lefthook", partial(hook_files.is_ours, path), install, uninstall)


def _jobs() -> str:
    return "".join(
        f"{event}:\n  jobs:\n    - name: notion-lsp\n"
        f"      run: {json.dumps(launcher('hook', event) + ' {0}')}\n"
        f"{'      use_stdin: true' + chr(10) if hook(event).reads else ''}"
        for event in EVENTS
    )
