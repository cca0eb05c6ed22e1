"""How far a token has got, and the sentence that says so."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from notion_lsp.text import enumerated

Stage = Literal["work tree", "staged", "committed", "pushed"]
STAGES: tuple[Stage, ...] = get_args(Stage)  # each lies beyond the one before it
# What a clone does not have, so that something cannot be told of it.
Limit = Literal["shallow", "partial", "bare", "unreadable"]

_LIMITS: dict[Limit, str] = {
    "shallow": " This clone is shallow: what older commits have cannot be told here.",
    "partial": " This clone is partial: what was not fetched cannot be told here.",
    "bare": " This file is in a bare repository: whether a commit has the token cannot be told.",
    "unreadable": " git cannot read this repository: whether it has the token cannot be told.",
}


class Origin(NamedTuple):
    """The commit that brought a token into a file: its short id, its author, and the day.

    An `earlier` one may have had it: the history that was looked at begins with this one.
    """

    commit: str
    author: str
    day: str
    earlier: bool = False


class Exposure(NamedTuple):
    """How far a token has got, as this clone knows.

    `remotes` are those on which a branch had it at the last fetch or push; tokens in their names
    are masked. That none is named proves nothing: another file or a fork may have it. `commit` is
    where it was found in the history, and `origin` the commit that brought it in, where somebody
    has looked for that. So are `tags` some of those that have it and are behind no branch of a
    remote: git does not keep where a tag was pushed.
    """

    stage: Stage
    remotes: tuple[str, ...] = ()
    commit: str = ""
    origin: Origin | None = None
    limits: tuple[Limit, ...] = ()
    tags: tuple[str, ...] = ()


def facts(exposure: Exposure | None) -> dict[str, object]:
    """Return the members that a report for programs has of an exposure, which may be unknown."""
    origin = exposure.origin if exposure else None
    return {
        "exposure": exposure.stage if exposure else None,
        "remotes": list(exposure.remotes) if exposure else [],
        "commit": origin.commit if origin else None,
        "author": origin.author if origin else None,
        "date": origin.day if origin else None,
        "in_tags": list(exposure.tags) if exposure else [],
        "limits": list(exposure.limits) if exposure else [],
    }


def sentence(exposure: Exposure | None) -> str:
    """Return what it means, after a space, for `Shown` or `Markdown`; empty for the work tree."""
    if exposure is None:
        return ""
    return _stage(exposure) + "".join(_LIMITS[limit] for limit in exposure.limits)


def _stage(exposure: Exposure) -> str:
    origin = _origin(exposure.origin)
    match exposure.stage:
        case "work tree":
            return ""
        case "staged":
            return " It is staged: unstage it before you commit."
        case "committed" if exposure.tags:
            tags = f"the tag{'s' * (len(exposure.tags) > 1)} {enumerated(exposure.tags)}"
            unknown = "git does not tell whether that was pushed, so rotate it."
            return f" It was committed{origin}, and is in {tags}: {unknown}"
        case "committed":
            no_help = "taking it out of the file does not take it out of the history."
            return (
                f" It was committed{origin}: {no_help}"
                if origin
                else f" It is committed: {no_help}"
            )
        case "pushed":
            # git knows of a remote what it had at the last fetch or push, and nothing later.
            remotes = enumerated(exposure.remotes)
            no_help = "taking it out of the file does not help, so rotate it."
            return f" It was pushed to {remotes}{origin} (as of the last fetch): {no_help}"


def _origin(origin: Origin | None) -> str:
    if origin is None:
        return ""
    before = " or before" if origin.earlier else ""
    return f" in {origin.commit} by {origin.author} on {origin.day}{before}"
