"""What each of git's hooks is asked about (githooks(5)), and the scan that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.check.scan import absolute, scan_history, scan_paths, scan_staged
from notion_lsp.files import git_history
from notion_lsp.files.git_stream import Repository, repository_around
from notion_lsp.text import LINE_BREAK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from notion_lsp.check.scan import Scan

_REFS, _REMOTES = "refs/", "refs/remotes/"
_STOPPED = "stopped. Take the tokens out and rotate them, or ignore what is no secret."
_TAKEN = "the push is taken, and whoever may fetch has the tokens: rotate them."


class Asked(NamedTuple):
    """What git hands to a hook: arguments, standard input, and the environment."""

    arguments: Sequence[str]
    given: bytes
    today: date
    environment: Mapping[str, str] = {}

    @property
    def repository(self) -> Repository:
        """The repository of the hook."""
        return repository_around(absolute("."), in_hook=True)


class Hook(NamedTuple):
    """A hook: the scan for what it is asked about, `None` if git cannot tell, and the way past it.

    One that `reads` has its question on standard input. `ends` is what tokens come to.
    """

    scan: Callable[[Asked], Scan | None]
    past: str = ""
    reads: bool = False
    ends: str = _STOPPED


def _commit(asked: Asked) -> Scan | None:
    return scan_staged((), asked.today, everything=False)


def _message(asked: Asked) -> Scan | None:
    return scan_paths(asked.arguments, lambda paths: paths, asked.today)


def _push(asked: Asked) -> Scan | None:
    updates = pushed(asked.given) or _pushed_by_pre_commit(asked.environment)
    told = (asked.environment.get(f"PRE_COMMIT_REMOTE_{each}", "") for each in ("NAME", "URL"))
    remote, address = (*asked.arguments, *told)[:2]
    # Without a name for it, both are the address: then what any remote has is all that is known.
    below = f"{_REMOTES}{remote}/" if remote != address else _REMOTES
    repository = asked.repository
    there = git_history.resolved(repository, [each.old for each in updates])
    known = {*git_history.tips(repository, below), *filter(None, there)}
    return _brought(repository, updates, known, asked.today)


def _receive(asked: Asked) -> Scan | None:
    # The old refs still stand, and whatever they reach is here already.
    repository = asked.repository
    known = git_history.tips(repository, _REFS)
    return _brought(repository, received(asked.given), known, asked.today)


def _update(asked: Asked) -> Scan | None:
    # `REF OLD NEW`: git asks about one ref at a time, and those before it have moved.
    repository = asked.repository
    ref, old, new = (*asked.arguments, "", "", "")[:3]
    updates = [] if _is_nothing(new) else [Update(old, new, ref)]
    return _brought(repository, updates, git_history.tips(repository, _REFS), asked.today)


def _received(asked: Asked) -> Scan | None:
    # All refs have moved: what was here is reached from the others, and from where these stood.
    repository, updates = asked.repository, received(asked.given)
    there = git_history.resolved(repository, [each.old for each in updates])
    others = git_history.tips(repository, _REFS, {each.ref for each in updates})
    known = {*others, *filter(None, there)}
    return _brought(repository, updates, known, asked.today)


def _brought(
    repository: Repository, updates: Sequence[Update], known: Iterable[str], today: date
) -> Scan | None:
    if not updates:
        return scan_paths((), lambda paths: paths, today)
    revisions = [*(each.new for each in updates), *(f"^{each}" for each in known)]
    refs = [each.ref for each in updates if _is_nothing(each.old)]
    return scan_history(repository, today, revisions, refs, everything=False)


HOOKS = {
    "pre-commit": Hook(_commit, "git commit --no-verify"),
    "pre-merge-commit": Hook(_commit, "git merge --no-verify"),
    "commit-msg": Hook(_message, "git commit --no-verify"),
    "pre-push": Hook(_push, "git push --no-verify", reads=True),
    "pre-receive": Hook(_receive, reads=True),
    "update": Hook(_update),
    "post-receive": Hook(_received, reads=True, ends=_TAKEN),
}


class Update(NamedTuple):
    """A ref that is pushed: the id that the remote has for it, the one it gets, and its name."""

    old: str
    new: str
    ref: str


def pushed(given: bytes) -> list[Update]:
    """Return what is pushed, by the lines of `pre-push`.

    A line has the local ref, which may be any expression, its id, the remote ref and its id. A ref
    that is deleted brings nothing.
    """
    lines = (line.rsplit(" ", 3) for line in _lines(given))
    updates = (Update(line[3], line[1], line[2]) for line in lines if len(line) == len(_PUSHED))
    return [each for each in updates if not _is_nothing(each.new)]


_PUSHED = ("local ref", "local id", "remote ref", "remote id")


def received(given: bytes) -> list[Update]:
    """Return what is pushed to a server, by the lines of `pre-receive` and `post-receive`."""
    lines = (line.split(" ", 2) for line in _lines(given))
    updates = (Update(*line) for line in lines if len(line) == len(Update._fields))
    return [each for each in updates if not _is_nothing(each.new)]


def _lines(given: bytes) -> list[str]:
    # A ref may have U+2028 in its name, at which `str.splitlines` would break the line.
    return LINE_BREAK.split(given.decode("utf-8", "replace"))


def _is_nothing(object_id: str) -> bool:
    # 40 zeros, or 64 where ids are SHA-256.
    return set(object_id) <= {"0"}


def _pushed_by_pre_commit(environment: Mapping[str, str]) -> list[Update]:
    # It hands on what it reads of one ref alone, in variables, and of a first push its name alone.
    new = environment.get("PRE_COMMIT_TO_REF") or environment.get("PRE_COMMIT_LOCAL_BRANCH")
    old, ref = (environment.get(f"PRE_COMMIT_{each}", "") for each in ("FROM_REF", "REMOTE_BRANCH"))
    return [Update(old, new, ref)] if new else []
