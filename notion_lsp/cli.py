"""The `notion-lsp` command.

`check` and `fix` exit with 0 if no token is left, with 1 if some are, and with 2 if a file could
not be read or the call is wrong, whatever else was found.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import TYPE_CHECKING, TextIO

from notion_lsp import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from notion_lsp.check.baseline import Baseline
    from notion_lsp.check.reports import Result
    from notion_lsp.check.scan import Scan
    from notion_lsp.files.read_write import Unreadable

_STDIN = "-"
_NO_BASELINE = "there is no such baseline. Write it without --staged, outside of a build; commit it"
_LOCAL = "127.0.0.1"
_COLOUR = re.compile(r"\x1b\[\d+m")

# Fewer files than this are read before a person would notice a progress bar.
_LONG = 2000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file's name may hold bytes that are not UTF-8, or what the terminal cannot show.
            stream.reconfigure(errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader, such as `head`, has closed the pipe: Python would raise again when it flushes
        # standard output at exit (docs.python.org/3/library/signal.html#note-on-sigpipe).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except Exception:  # noqa: BLE001, Python would exit with 1, which says that tokens are left
        return _internal_error()


def _internal_error() -> int:
    import traceback

    from notion_lsp.explain.masking import mask_text

    _say("internal error. Please report it with what follows; tokens are masked.")
    sys.stderr.write(mask_text(traceback.format_exc()))
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="notion-lsp", description="Find Notion tokens in code and read them from a store."
    )
    parser.add_argument("--version", action="version", version=f"notion-lsp {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_server(commands.add_parser("server", help="run the language server"))
    _add_check(commands.add_parser("check", help="report the tokens in files and folders"))
    _add_fix(commands.add_parser("fix", help="make code read its tokens from a store"))
    return parser


def _add_server(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--tcp", type=int, metavar="PORT", help="listen on a TCP port")
    where.add_argument("--ws", type=int, metavar="PORT", help="listen on a WebSocket port")
    parser.add_argument("--host", default=_LOCAL, help=f"with --tcp or --ws (default {_LOCAL})")
    # vscode-languageclient passes this option to a server that it talks to in this way.
    where.add_argument("--stdio", action="store_true", help="use standard input (the default)")
    parser.set_defaults(run=_server)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a lone hyphen is standard input")
    parser.add_argument(
        "--output-format",
        type=_format,
        default="text",
        metavar="FORMAT",
        help="text (the default), or a format for programs",
    )
    parser.add_argument(
        "--staged", action="store_true", help="check what the next commit would add"
    )
    parser.add_argument(
        "--baseline",
        metavar="FILE",
        help="report only what this file does not list; write it if it is missing",
    )
    parser.add_argument(
        "--stdin-filename", metavar="NAME", help="the file name to assume for standard input"
    )
    parser.set_defaults(run=_check, error=parser.error)


def _add_fix(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", default=["."])
    parser.add_argument("--store", help="the store to read tokens from, whatever the settings say")
    parser.add_argument("--diff", action="store_true", help="show the changes, write nothing")
    parser.set_defaults(run=_fix, error=parser.error)


def _format(name: str) -> str:
    from notion_lsp.check.reports import formats

    if name not in formats():
        message = f"{name} is not one of {', '.join(formats())}"
        raise argparse.ArgumentTypeError(message)
    return name


def _server(options: argparse.Namespace) -> int:
    import gc

    # The protocol's types are many objects that live as long as the process. Collect garbage less
    # often while they are made, and never look at them again.
    thresholds = gc.get_threshold()
    gc.set_threshold(3000, 20, 20)
    from notion_lsp.lsp import transport

    gc.freeze()
    gc.set_threshold(*thresholds)
    if options.tcp is not None:
        transport.serve_tcp(options.host, options.tcp)
    elif options.ws is not None:
        transport.serve_ws(options.host, options.ws)
    else:
        return transport.serve_stdio()
    return 0


def _check(options: argparse.Namespace) -> int:
    from notion_lsp.check.reports import Report, renderer, result
    from notion_lsp.check.scan import absolute
    from notion_lsp.files.gitignore import top_of
    from notion_lsp.files.read_write import Unreadable

    known = _baseline(options.baseline) if options.baseline else None
    if isinstance(known, Unreadable):
        return _fail(known)
    if known and known.is_new and (options.staged or _in_a_build()):
        # A hook or a build would take the new token in and pass, each time anew.
        return _fail(Unreadable(known.file, _NO_BASELINE))
    scan = _scan(options, known.paths if known else ())
    _warn(scan)
    found = [
        result(file.path, excerpt, file.project) for file in scan.leaky for excerpt in file.excerpts
    ]
    new, problem = _compared(known, found, scan) if known else (found, None)
    here = absolute(".")
    top = top_of(here) or here
    report = Report(here, top, tuple(new), tuple(scan.unread), len(found) - len(new))
    _print(renderer(options.output_format)(report), sys.stdout)
    if problem:
        return _fail(problem)
    return 2 if scan.unread else int(bool(new))


def _in_a_build() -> bool:
    # Build machines set it: GitHub, GitLab, CircleCI, Travis, Bitbucket, Buildkite.
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def _baseline(name: str) -> Baseline | Unreadable:
    from notion_lsp.check.baseline import load
    from notion_lsp.check.scan import absolute

    return load(absolute(name))


def _compared(
    known: Baseline, found: Sequence[Result], scan: Scan
) -> tuple[Sequence[Result], Unreadable | None]:
    new, baseline, said = known.compared(found, scan.looked)
    # Tokens in a file that could not be read are neither new nor gone.
    if scan.unread or not said:
        return new, None
    problem = baseline.save()
    if not problem:
        _say(said)
    return new, problem


def _fail(file: Unreadable) -> int:
    _say(f"error: {file.path}: {file.reason}")
    return 2


def _scan(options: argparse.Namespace, known: Sequence[Path]) -> Scan:
    from notion_lsp.check.scan import scan_paths, scan_staged, scan_text

    if _STDIN in options.paths:
        if options.paths != [_STDIN] or options.staged or options.baseline:
            options.error("- goes with no other path, and with no baseline")
        name = options.stdin_filename or "<stdin>"
        return scan_text(sys.stdin.buffer.read(), name, _today())
    if options.stdin_filename:
        options.error("--stdin-filename needs -")
    if not options.staged:
        return scan_paths(options.paths or ["."], _track, _today(), known)
    scan = scan_staged(options.paths, _today())
    return scan or options.error("--staged needs git and a repository")


def _fix(options: argparse.Namespace) -> int:
    from notion_lsp.check.fix import Outcome, diff, fix, keep, report, save, summary
    from notion_lsp.check.reports import shown_name
    from notion_lsp.check.scan import absolute, scan_paths
    from notion_lsp.stores import stores

    if options.store not in {None, *stores()}:
        options.error(f"there is no store {options.store}; the stores are {', '.join(stores())}")
    scan = scan_paths(options.paths, _track, _today())
    said = sys.stderr if options.diff else sys.stdout
    outcomes: list[Outcome] = []
    for fixed in fix(scan.leaky, options.store, keep if options.diff else save):
        name = shown_name(fixed.file.path, absolute("."))
        if fixed.problem:
            scan.unread.append(fixed.problem)
            continue
        if options.diff:
            _print(diff(fixed, name), sys.stdout)
        outcomes += fixed.outcomes
        _print(report(fixed, name), said)
    _warn(scan)
    if outcomes or not scan.unread:
        _print(summary(outcomes, written=not options.diff), said)
    left = outcomes if options.diff else [outcome for outcome in outcomes if not outcome.done]
    return 2 if scan.unread else int(bool(left))


def _today() -> date:
    from datetime import datetime

    return datetime.now().astimezone().date()


def _warn(scan: Scan) -> None:
    from notion_lsp.check.reports import shown_name
    from notion_lsp.check.scan import absolute
    from notion_lsp.project.archives import not_read

    for project in scan.projects.values():
        for problem in (*project.problems, *project.patterns.take_problems()):
            _say(f"warning: {project.folder}: {problem}")
    for file in scan.unread:
        _say(f"error: {file.path} could not be read: {file.reason}")
    if scan.archives:
        names = [shown_name(path, absolute(".")) for path in sorted(scan.archives)]
        _say(f"warning: {not_read(names)}")


def _say(sentence: str) -> None:
    from notion_lsp.check.reports.text import printable
    from notion_lsp.explain.masking import mask_text
    from notion_lsp.explain.plain import plain

    # A path may hold a token.
    sys.stderr.write(f"notion-lsp: {plain(printable(mask_text(sentence)))}\n")


def _print(text: str, stream: TextIO) -> None:
    stream.write(text if _has_colour(stream) else _COLOUR.sub("", text))
    stream.flush()


def _has_colour(stream: TextIO) -> bool:
    # The old console of Windows prints colour codes as text; terminals with colour set a variable.
    draws = os.name != "nt" or "WT_SESSION" in os.environ or "TERM" in os.environ
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return stream.isatty() and draws and wanted


def _track(paths: Sequence[Path]) -> Iterable[Path]:
    if len(paths) < _LONG or not sys.stderr.isatty():
        return paths
    from rich.console import Console
    from rich.progress import track

    return track(paths, "Reading files", console=Console(stderr=True), transient=True)
