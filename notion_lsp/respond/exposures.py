"""How far tokens have got: what git has of their files, in the index, in commits, on remotes.

A version of a file has a token if it has all texts that the token is written with: what stands
there now, plain, encoded or in pieces, as it stands. So nothing is decoded again, and git is never
told what is looked for.
"""

from __future__ import annotations

import time
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.explain.exposure import Exposure, Origin
from notion_lsp.explain.masking import mask_text
from notion_lsp.files import git_objects, git_renames
from notion_lsp.files.gitignore import is_bare, top_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from notion_lsp.explain.exposure import Limit, Stage
    from notion_lsp.files.git_objects import Commit, Version

    Written = tuple[str, ...]  # the texts that a token is written with, one for each piece

_NAMED_TAGS = 3
_SHORT = 7  # digits of a commit's id, as git shows it
_KEPT = 4  # answers that have texts: the tokens of a file are asked about one after another
_SECONDS = 2.0  # git walks over all commits for the few that changed a file


class Leak(NamedTuple):
    """A token in a file, by the texts that it is written with there."""

    path: Path
    written: Written


def exposures(places: Collection[Leak]) -> dict[Leak, Exposure]:
    """Return how far tokens in files have got; a file in no repository is left out."""
    # One question to each repository, however many of its files are asked about.
    tops: dict[Path, list[Leak]] = {}
    found: dict[Leak, Exposure] = {}
    for place in places:
        top = top_of(place.path.parent)
        if top:
            tops.setdefault(top, []).append(place)
        elif any(map(is_bare, place.path.parents)):
            found[place] = Exposure("work tree", limits=("bare",))
    for top, inside in tops.items():
        found |= _in_repository(top, inside)
    return found


def traced(told: Mapping[Leak, Exposure], seconds: float = _SECONDS) -> dict[Leak, Exposure]:
    """Return exposures with the commits that brought the tokens in, as far as they are soon found.

    A token that a branch of a remote had under an earlier name of its file, or that was taken out
    there since, is found to be pushed too, and one that a tag has to be committed. All stay as they
    are once the time is over.
    """
    end = time.monotonic() + seconds
    once = _once(end)
    return {place: _traced(place, exposure, once, end) for place, exposure in told.items()}


class _Once(NamedTuple):
    """What is the same for all tokens of a file, which git is asked once."""

    names_before: Callable[[Path, str, Stage], Sequence[str]]
    in_tags: Callable[[Path, str], Sequence[Version]]
    changes: Callable[[Path, str, str], Sequence[tuple[Commit, str | None]]]
    before_commit: Callable[[Path, str, str], str | None]
    remotes_with: Callable[[Path, str], Sequence[str]]


def _once(end: float) -> _Once:
    tips, tags = cache(git_objects.remote_tips), cache(git_objects.newest_tags)

    @lru_cache(_KEPT)
    def in_tags(top: Path, name: str) -> Sequence[Version]:
        return git_objects.in_tags(top, tags(top), name)

    @lru_cache(_KEPT)
    def changes(top: Path, commit: str, name: str) -> Sequence[tuple[Commit, str | None]]:
        return git_objects.changes(top, commit, name, end - time.monotonic()) or []

    @cache
    def remotes_with(top: Path, commit: str) -> Sequence[str]:
        return git_objects.remotes_with(top, commit, tips(top), end - time.monotonic())

    return _Once(
        cache(_names_before), in_tags, changes, cache(git_renames.before_commit), remotes_with
    )


def _traced(place: Leak, exposure: Exposure, once: _Once, end: float) -> Exposure:
    (path, written), top = place, top_of(place.path.parent)
    if top is None or time.monotonic() > end:
        return exposure
    # A file that was renamed after its last commit has its history under the earlier name.
    name = path.relative_to(top).as_posix()
    names = once.names_before(top, name, exposure.stage)
    name, exposure = _under(top, names, written) or (name, exposure)
    if exposure.stage != "pushed":
        exposure = _tagged(once.in_tags(top, name), written, exposure)
    place = place._replace(path=top / name)
    brought = _brought(top, exposure.commit, place, once, end) if exposure.commit else None
    if brought is None:
        return exposure
    exposure = exposure._replace(origin=_origin(brought, limited=bool(exposure.limits)))
    if exposure.stage != "committed" or time.monotonic() > end:
        return exposure
    return _reached(exposure, once.remotes_with(top, brought.commit.object_id))


def _names_before(top: Path, name: str, stage: Stage) -> tuple[str, ...]:
    match stage:
        case "staged":
            before = git_renames.before_index(top, name)
            return (before,) if before else ()
        case "work tree":
            return git_renames.gone_from_work_tree(top, name)
        case _:
            return ()


def _under(top: Path, names: Sequence[str], written: Written) -> tuple[str, Exposure] | None:
    """Return the first of the names under which a commit has the token, and how far it has got."""
    others = [Leak(top / each, written) for each in names]
    told = _in_repository(top, others) if others else {}
    found = ((place.path, each) for place, each in told.items() if each.commit)
    return next(((path.relative_to(top).as_posix(), each) for path, each in found), None)


def _tagged(tags: Sequence[Version], written: Written, exposure: Exposure) -> Exposure:
    # A repository may have thousands of tags with the token: a few show that a branch is not all.
    having = [each for each in tags if _has(each.text, written)][:_NAMED_TAGS]
    if not having:
        return exposure
    named = tuple(mask_text(each.where.removeprefix(git_objects.TAGS)) for each in having)
    commit = exposure.commit or having[0].where
    return exposure._replace(stage="committed", commit=commit, tags=named)


def _reached(exposure: Exposure, remotes: Sequence[str]) -> Exposure:
    named = tuple(map(mask_text, remotes))
    return exposure._replace(stage="pushed", remotes=named, tags=()) if named else exposure


class _Brought(NamedTuple):
    """The oldest commit that was found to have a token, and what there is before it.

    That is a version of the file without the token, or changes that were not looked at.
    """

    commit: Commit
    is_after_another: bool
    is_cut: bool


def _brought(top: Path, commit: str, place: Leak, once: _Once, end: float) -> _Brought | None:
    found, name = None, place.path.relative_to(top).as_posix()
    while time.monotonic() < end:
        older = _oldest(once.changes(top, commit, name), place.written)
        if older is None:
            break
        found, at = older, older.commit.object_id
        before = None if older.is_after_another else once.before_commit(top, at, name)
        if before is None:
            break
        commit, name = f"{at}^", before
    return found


def _oldest(changes: Sequence[tuple[Commit, str | None]], written: Written) -> _Brought | None:
    texts = enumerate(text for _, text in changes)
    having = [number for number, text in texts if text is not None and _has(text, written)]
    if not having:
        return None
    is_last, is_cut = having[-1] == len(changes) - 1, len(changes) == git_objects.MOST_COMMITS
    return _Brought(changes[having[-1]][0], not is_last, is_cut)


def _origin(brought: _Brought, *, limited: bool) -> Origin:
    commit = brought.commit
    earlier = not brought.is_after_another and (brought.is_cut or limited)
    return Origin(commit.object_id[:_SHORT], mask_text(commit.author), commit.day, earlier)


def _in_repository(top: Path, places: Sequence[Leak]) -> dict[Leak, Exposure]:
    names = {path: path.relative_to(top).as_posix() for path, _ in places}
    versions = git_objects.versions(top, sorted(set(names.values())))
    if versions is None:
        return dict.fromkeys(places, Exposure("work tree", limits=("unreadable",)))
    limits = _limits(top)
    return {
        place: _exposure(top, versions[names[place.path]], place.written)._replace(limits=limits)
        for place in places
    }


def _limits(top: Path) -> tuple[Limit, ...]:
    limits: dict[Limit, bool] = {
        "shallow": git_objects.is_shallow(top),
        "partial": git_objects.is_partial(top),
    }
    return tuple(limit for limit, holds in limits.items() if holds)


def _exposure(top: Path, versions: Sequence[Version], written: Written) -> Exposure:
    having = {each.where: each.branches for each in versions if _has(each.text, written)}
    pushed = [where for where, branches in having.items() if branches]
    # The person's own branch is what they know: its commit is named before that of a remote.
    commit = next((where for where in (git_objects.HEAD, *pushed) if where in having), "")
    if pushed:
        # Most branches have no such token, and it is not asked whose they are.
        branches = [branch for where in pushed for branch in having[where]]
        remotes = sorted({*git_objects.remotes_of(top, branches).values()})
        return Exposure("pushed", tuple(map(mask_text, remotes)), commit)
    if commit:
        return Exposure("committed", commit=commit)
    return Exposure("staged" if git_objects.INDEX in having else "work tree")


def _has(text: str, written: Written) -> bool:
    return all(part in text for part in written)
