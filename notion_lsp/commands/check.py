"""`notion-lsp check`: report the tokens in files and folders."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from notion_lsp.terminal import say, show, today, track, warn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from notion_lsp.check.baseline import Baseline, Comparison
    from notion_lsp.check.build_hosts import Commits
    from notion_lsp.check.scan import Scan
    from notion_lsp.explain.exposure import Exposure
    from notion_lsp.files.git_stream import Repository
    from notion_lsp.files.read_write import Unreadable, Unwritten
    from notion_lsp.respond.exposures import Leak

HELP = "report the tokens in files and folders"

_STDIN = "-"
_FORMAT = "text"
_OF_THE_BUILD = "build"
_NO_BASE = "{} names no base that is here, so all files are checked instead of the new commits"
_NO_BUILD = "no host of builds says here which commits are new; name BASE..HEAD"
_NOT_DEEP = "the clone is not deep enough, so all files are checked instead of the new commits"
_NO_BASELINE = (
    "there is no such baseline. Write it without --staged, outside of a hook or build; commit it"
)


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    about = "a file or folder to check, by default this folder; - is standard input"
    parser.add_argument("paths", nargs="*", metavar="PATH", help=about)
    _add_contents(parser)
    _add_judgement(parser)
    parser.add_argument(
        "--output-format",
        type=_format,
        metavar="FORMAT",
        help=f"{_FORMAT} (the default), or a format for programs",
    )
    parser.set_defaults(error=parser.error)


def _add_contents(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--staged", action="store_true", help="check what the next commit brings")
    what.add_argument(
        "--range",
        nargs="?",
        const=_OF_THE_BUILD,
        metavar="BASE..HEAD",
        help="check what these commits bring, and their messages; without them, those of the build",
    )
    what.add_argument(
        "--history", action="store_true", help="check all that the repository has ever held"
    )
    what.add_argument(
        "--image",
        metavar="FILE",
        help="check the saved image of a container, a file or a folder; - is standard input",
    )
    parser.add_argument("--since", metavar="REF", help="with --history: leave out what REF has")
    parser.add_argument(
        "--stdin-filename", metavar="NAME", help="the file name to assume for standard input"
    )


def _add_judgement(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--all",
        action="store_true",
        help="with --staged or --range: report the tokens too that were there before",
    )
    parser.add_argument(
        "--baseline",
        metavar="FILE",
        help="report only what this file does not list; write it if it is missing",
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help="exit with 2 if settings or comments leave anything out",
    )


def run(options: argparse.Namespace) -> int:
    """Check, print the report, and return the exit code."""
    from notion_lsp.files.read_write import Unreadable

    known = _baseline(options.baseline) if options.baseline else None
    if isinstance(known, Unreadable):
        return _fail(f"{known.path}: {known.reason}")
    if known and known.is_new and (options.staged or options.range or _is_unattended()):
        # A hook or a build would take the new token in and pass, each time anew.
        return _fail(f"{known.file}: {_NO_BASELINE}")
    scan = _scan(options, known.paths if known else ())
    warn(scan, known)
    return _tell(options, scan, known)


def _tell(options: argparse.Namespace, scan: Scan, known: Baseline | None) -> int:
    from notion_lsp.check.reports import renderer
    from notion_lsp.check.scan import absolute
    from notion_lsp.check.verdict import verdict
    from notion_lsp.files.git_stream import repository_around

    of_commits = options.range or options.history
    of_files = not (of_commits or options.staged or options.image or _STDIN in options.paths)
    repository = repository_around(absolute("."), in_hook=bool(options.range))
    told = _exposures(scan) if of_files and scan.leaky else {}
    found = verdict(scan, repository, known, told, strict=options.strict)
    # Each token of a history is told once: what else a baseline has may still be there.
    saved = known and (known.is_new or not of_commits) and not scan.unread
    problem = _save(found.compared) if saved else None
    if problem:
        # What is to be known from now on is not known: the report would say so.
        return _fail(f"{problem.path} could not be written: {problem.reason}")
    show(renderer(options.output_format or _FORMAT)(found.report), sys.stdout)
    return found.code


def _exposures(scan: Scan) -> dict[Leak, Exposure]:
    from notion_lsp.respond.exposures import Leak, exposures, traced

    places = [
        Leak(file.path, excerpt.written)
        for file in scan.leaky
        for excerpt in file.excerpts
        if not excerpt.in_name
    ]
    return traced(exposures(places))


def _is_unattended() -> bool:
    from notion_lsp.check.build_hosts import is_a_build

    # git names the folder that it was called in to each hook.
    return is_a_build(os.environ) or not {"GIT_PREFIX", "GIT_INDEX_FILE"}.isdisjoint(os.environ)


def _baseline(name: str) -> Baseline | Unreadable:
    from notion_lsp.check.baseline import load
    from notion_lsp.check.scan import absolute

    return load(absolute(name))


def _save(compared: Comparison | None) -> Unwritten | None:
    if not compared or not compared.said:
        return None
    problem = compared.baseline.save()
    if not problem:
        say(compared.said)
    return problem


def _fail(problem: str) -> int:
    say(f"error: {problem}")
    return 2


def _scan(options: argparse.Namespace, known: Sequence[Path]) -> Scan:
    from notion_lsp.check.scan import scan_paths, scan_staged, scan_text

    if options.since and not options.history:
        options.error("--since needs --history")
    if options.image:
        return _scan_image(options)
    if _STDIN in options.paths:
        other = options.staged or options.range or options.history or options.baseline
        if options.paths != [_STDIN] or other:
            options.error("- goes with no other path, and with no baseline")
        name = options.stdin_filename or "<stdin>"
        return scan_text(sys.stdin.buffer.read(), name, today())
    if options.stdin_filename:
        options.error("--stdin-filename needs -")
    if options.history or options.range:
        return _scan_history(options)
    if not options.staged:
        return scan_paths(options.paths or ["."], track, today(), known)
    scan = scan_staged(options.paths, today(), everything=options.all)
    return scan or options.error("--staged needs git and a repository")


def _scan_image(options: argparse.Namespace) -> Scan:
    from notion_lsp.check.scan import absolute, scan_image
    from notion_lsp.files import image_archive, read_write

    if options.paths:
        options.error("an image goes with no path")
    if options.image == _STDIN:
        return scan_image("<image>", image_archive.packed(sys.stdin.buffer), today())
    path = absolute(options.image)
    if read_write.is_folder(path):
        return scan_image(options.image, image_archive.unpacked(path), today())
    try:
        file = read_write.open_file(path)
    except (OSError, ValueError) as error:
        file = read_write.unreadable(path, error)
    if isinstance(file, read_write.Unreadable):
        refused: Scan = options.error(f"{options.image} could not be read: {file.reason}")
        return refused
    with file:
        return scan_image(options.image, image_archive.packed(file), today())


def _scan_history(options: argparse.Namespace) -> Scan:
    from notion_lsp.check.build_hosts import Commits, commits_of_build, is_of_nothing
    from notion_lsp.check.scan import absolute
    from notion_lsp.files.git_history import is_gone

    if options.paths:
        options.error("a history goes with no path")
    base, dots, head = (options.range or "").partition("..")
    if options.range == _OF_THE_BUILD:
        return _scan_build(options, commits_of_build(os.environ) or options.error(_NO_BUILD))
    if dots and (is_of_nothing(base) or is_gone(absolute("."), base)):
        return _scan_build(options, Commits("the range", "", head))
    return _scan_revisions(options)


def _scan_revisions(options: argparse.Namespace) -> Scan:
    from notion_lsp.check.scan import absolute, scan_history
    from notion_lsp.files import git_history
    from notion_lsp.files.git_stream import GitError, is_repository, repository_around
    from notion_lsp.files.read_write import Unreadable

    repository = repository_around(absolute("."), in_hook=bool(options.range))
    try:
        revisions = _revisions(options, repository)
        refs = git_history.names_of_refs(repository) if options.history else ()
    except GitError:
        is_there = is_repository(repository.folder)
        failed = git_history.what_failed(repository)
        options.error(failed if is_there else "a history needs git and a repository")
    everything = options.all or options.history
    scan = scan_history(repository, today(), revisions, refs, everything=everything)
    if options.range and git_history.is_cut_off(repository, revisions):
        problem = git_history.incomplete(repository)
        scan.unread.append(Unreadable(repository.folder, problem))
    return scan


def _revisions(options: argparse.Namespace, repository: Repository) -> list[str]:
    from notion_lsp.files import git_history

    base, _, head = (options.range or f"{options.since}..").partition("..")
    named = [base, head.lstrip(".") or git_history.HEAD]
    known = git_history.resolved(repository, named if options.range or options.since else ())
    heads = known[1:] if options.range else git_history.tips(repository)
    if not all(known):
        missing = " or ".join(name for name, found in zip(named, known, strict=False) if not found)
        options.error(f"there is no commit {missing} here; git fetch may get it")
    return [*heads, *(f"^{each}" for each in known[:1])] if known else []


def _scan_build(options: argparse.Namespace, build: Commits) -> Scan:
    from notion_lsp.check.scan import absolute, scan_history, scan_paths
    from notion_lsp.files import git_history
    from notion_lsp.files.git_stream import GitError, repository_around

    repository = repository_around(absolute("."))
    try:
        base, head = git_history.resolved(repository, [build.base or build.head, build.head])
    except GitError:
        options.error("a range needs git and a repository")
    revisions = [head, f"^{base}"]
    # A base that is the head has been built before, as in a build that somebody starts again.
    is_known = bool(build.base and base and head and base != head)
    if is_known and not git_history.is_cut_off(repository, revisions):
        return scan_history(repository, today(), revisions, everything=options.all)
    # A new branch, a force push, or a clone that is not deep enough.
    say(_NOT_DEEP if is_known else _NO_BASE.format(build.host))
    return scan_paths(["."], track, today())


def _format(name: str) -> str:
    from notion_lsp.check.reports import formats

    if name not in formats():
        message = f"{name} is not one of {', '.join(formats())}"
        raise argparse.ArgumentTypeError(message)
    return name
