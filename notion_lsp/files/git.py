"""What git knows: the repository, what it ignores and tracks, and a fast search.

A repository is not trusted: its hooks and its file system monitor are programs of its own, and are
turned off. Nothing goes through a shell, and nothing is written there. Where git is missing, fails
or takes too long, the answer is `None` or empty.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.files import gitignore, programs, read_write
from notion_lsp.files.read_write import exists, is_folder, is_gone

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable, Mapping, Sequence

_PROGRAM = "git.exe" if os.name == "nt" else "git"
# The configuration of a repository may name programs: hooks, and a monitor of the file system.
OPTIONS = ("--no-pager", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}")
_ENVIRONMENT = {
    "GIT_NO_REPLACE_OBJECTS": "1",  # what was pushed, not what this clone shows in its place
    "GIT_NO_LAZY_FETCH": "1",  # a partial clone would ask the network for a missing object
    "GIT_OPTIONAL_LOCKS": "0",  # a person's own git must not wait for ours
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",  # `_COMPLAINT` reads messages in English
}
# A hook is told where its repository is, and how paths are to be read. It may have gone to another
# folder since, and to us a path is a path: git has to look for itself.
_INHERITED = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_IMPLICIT_WORK_TREE"),
    *("GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"),
    *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS"),
    "GIT_ICASE_PATHSPECS",
)
# What a commit is made of: `git commit -a` and `git commit PATH` have an index of their own, and a
# server's hook has its new objects in a folder of their own.
_OF_A_COMMIT = ("GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")
_SECONDS = 10.0
_SECONDS_FOR_A_SEARCH = 300.0
# Where git takes longer, as over `*a*a*a*a*a` and a long name, ripgrep lists the files as well.
_SECONDS_FOR_A_LIST = 30.0
# gitignore(5): a slash at the end names folders alone.
_EXCLUDED = tuple(f"--exclude={name}/" for name in gitignore.METADATA)
_IGNORED = "--exclude-standard"
# What an option says counts before what any file says.
_SHOWN = f"--exclude=!{programs.RGIGNORE}"
_SUBMODULE = b"160"  # of a mode such as 160000
_FOUND_OR_NOT = {0, 1}  # whoever is ended by a signal has a number below
_REFUSED = 128  # the status of a git that cannot do what it is asked to do
_COMPLAINT = rb"(?m)^(?:error|warning): [^'\n]*'(.+?)/?'"

# A message has 4 kB at the most, and a longer name has no end (git, usage.c, `vreportf`).
_BROKEN_OFF = rb"(?m)^(?:error|warning): [^'\n]*'[^'\n]*$"


class Sought(NamedTuple):
    """What git looks for: choices of patterns of Perl, for bytes; where there are none, anything.

    Each is looked for by itself. A git that has no such patterns looks for the `plain` strings.
    """

    choices: Sequence[str]
    plain: Sequence[bytes] = ()


def root(folder: Path, *, staged: bool = False) -> Path | None:
    """Return the top folder of the work tree that a folder is in, with `staged` that of a hook."""
    done = run(folder, ["rev-parse", "--show-toplevel"], staged=staged)
    if done is None or done.returncode or not done.stdout.strip():
        return None
    # Not stripped: the name of a folder may end in white space.
    return Path(os.fsdecode(done.stdout.removesuffix(b"\n")))


def is_ignored(path: Path) -> bool | None:
    """Whether git ignores a path that it does not track; `None` outside a repository."""
    # git runs in a folder that is there; the file, and its folder, may not be yet.
    folder = next(filter(is_folder, (path, *path.parents)), path.parent)
    name = "./" + path.relative_to(folder).as_posix()  # `:x` alone has a meaning of its own
    # A token may stand in the name, and everybody may read the arguments of a program.
    asked = ["check-ignore", "-z", "--stdin"]
    done = run(folder, asked, os.fsencode(name)) if _top(folder) else None
    return {0: True, 1: False}.get(done.returncode) if done else None


def ignored(folder: Path, paths: Sequence[Path]) -> frozenset[Path]:
    """Return those of the paths below a folder that git ignores, and does not track."""
    # Relative names: an absolute one would be looked for behind the folder's links.
    names = {os.fsencode("./" + path.relative_to(folder).as_posix()): path for path in paths}
    done = run(folder, ["check-ignore", "-z", "--stdin"], b"\0".join(names))
    return frozenset(names[name] for name in _names(done) if name in names)


def is_tracked(path: Path) -> bool:
    """Whether the path is in the index of a repository."""
    done = run(path.parent, ["ls-files", "-z", "--cached", "--", ":(glob)*"])
    return done is not None and os.fsencode(path.name) in done.stdout.split(b"\0")


def grep(folder: Path, sought: Sought, *, options: Sequence[str]) -> list[Path] | None:
    """Return the files below a folder in which a choice matches, and what git could not read.

    The options say which files are looked at: `--untracked`, or `--no-index` and its like. Binary
    files are. A folder outside of a repository is taken for one that tracks nothing.
    """
    arguments = ["-c", "grep.fullName=false", "grep", "--files-with-matches", "--null"]
    arguments += ["--no-color", "--no-recurse-submodules", *options]
    arguments += ["-f", "-"] if sought.choices else ["-e", ""]
    # From standard input, because Windows takes no bytes as an argument.
    perl = "\n".join(sought.choices).encode()
    done = _run_anywhere(folder, [*arguments, "--perl-regexp"], perl, _SECONDS_FOR_A_SEARCH)
    if done and done.returncode not in _FOUND_OR_NOT:
        # A git without Perl's patterns, as macOS has it, cannot look for zero bytes.
        fixed = b"\n".join(string for string in sought.plain if b"\0" not in string)
        arguments += ["--fixed-strings"]
        done = _run_anywhere(folder, arguments, fixed, _SECONDS_FOR_A_SEARCH)
    if done is None or done.returncode not in _FOUND_OR_NOT or re.search(_BROKEN_OFF, done.stderr):
        return None
    # Files that git cannot open are told on standard error alone. Some are gone by now.
    unread = (folder / os.fsdecode(name) for name in re.findall(_COMPLAINT, done.stderr))
    found = (folder / os.fsdecode(name) for name in _names(done))
    return [*dict.fromkeys([*found, *(path for path in unread if not is_gone(path))])]


class Listed(NamedTuple):
    """The files of a repository as paths, a zero byte behind each, and the repositories in it."""

    names: bytes
    inner: Sequence[Path]


def listed(folder: Path) -> Listed | None:
    """Return what git lists of a folder, which is taken for a repository if it is in none.

    Files are those that git tracks, ignored or not, and those that it neither tracks nor ignores,
    some more than once; also ripgrep's own, and in no repository all others, although ignored.
    Repositories are submodules, and others that are not ignored; those in one of them are not among
    them, unless the outer repository tracks files there.
    """
    every = ["ls-files", "-z", *_EXCLUDED, _SHOWN, "--cached", "--others"]
    # By rules, git judges what it does not track: where that is all, it would take twice as long.
    done = _run_anywhere(folder, every, seconds=_SECONDS_FOR_A_LIST, in_repositories=[_IGNORED])
    if done is None or done.returncode:
        return None
    entries = _names(_run_anywhere(folder, ["ls-files", "-z", "--stage"]))
    named = [(entry.startswith(_SUBMODULE), entry.partition(b"\t")[2]) for entry in entries]
    modules = (name for is_module, name in named if is_module)
    # A repository may have been made in a folder whose files were tracked before.
    around = {name.rpartition(b"/")[0] for is_module, name in named if not is_module} - {b""}
    # Of a repository that is not tracked, git lists the folder alone. Most names are of files.
    untracked = (names.rpartition(b"\0")[2] for names in done.stdout.split(b"/\0")[:-1])
    inner = map(os.fsdecode, (*modules, *around, *unignored(folder, untracked)))
    return Listed(done.stdout, [folder / name for name in inner if exists(folder / name / ".git")])


def unignored(folder: Path, names: Iterable[bytes]) -> list[bytes]:
    """Return those names that `listed` has of a folder which git does not ignore, or tracks."""
    given = {b"./%b" % name: name for name in names}
    if not given:
        return []
    done = _run_anywhere(folder, ["check-ignore", "-z", "--stdin"], b"\0".join(given))
    hidden = {*_names(done)}
    return [name for told, name in given.items() if told not in hidden]


def tracked_but_ignored(folder: Path) -> list[Path]:
    """Return what git tracks below a folder, although it is ignored or in a folder of METADATA.

    A repository in the repository is among them as its folder.
    """
    arguments = ["ls-files", "-z", _IGNORED, *_EXCLUDED, "--cached", "--ignored"]
    done = run(folder, arguments) if _top(folder) else None
    return [folder / os.fsdecode(name) for name in _names(done)]


def _names(done: subprocess.CompletedProcess[bytes] | None) -> list[bytes]:
    names = done.stdout.split(b"\0") if done and not done.returncode else []
    return [name for name in names if name]


def words(folder: Path, names: Sequence[str], seconds: float) -> list[str]:
    """Return each occurrence of the names as words in tracked files, nothing if it takes longer."""
    arguments = ["grep", "-h", "--only-matching", "--word-regexp", "--fixed-strings"]
    arguments += ["-I", "--no-color", "--no-line-number", "--no-column", "--no-recurse-submodules"]
    done = run(folder, [*arguments, "-f", "-"], "\n".join(names).encode(), seconds)
    return done.stdout.decode("utf-8", "replace").split() if done else []


def environment(folder: Path, *, staged: bool) -> dict[str, str]:
    """Return the variables with which git is to be run in a folder, or in a hook there."""
    inherited = set(_INHERITED)
    top = _top(folder)
    if staged:
        inherited -= set(_OF_A_COMMIT)
        if _is_found_by_variables_alone(top):
            inherited -= {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"}
    kept = {name: value for name, value in os.environ.items() if name not in inherited}
    # What the repository says of its work tree, and whose it is, keeps nothing from being found.
    here = {"GIT_DIR": str(top / ".git"), "GIT_WORK_TREE": str(top)} if top else {}
    return here | kept | _ENVIRONMENT


def _top(folder: Path) -> Path | None:
    # To start git, so that it finds no repository, takes longer than to find that out.
    return gitignore.top_of(Path(os.path.realpath(folder)))


def _is_found_by_variables_alone(top: Path | None) -> bool:
    # A server's repository has no work tree: it may lie in the work tree of another one.
    if "GIT_QUARANTINE_PATH" in os.environ:
        return True
    if "GIT_WORK_TREE" not in os.environ:
        return False
    # git names the work tree from its top, which the hook may have left. Where the repository
    # around the folder is the one that git names, it is found without the names.
    named = os.environ.get("GIT_DIR", ".git")
    return top is None or os.path.realpath(top / named) != os.path.realpath(git_folder(top))


def git_folder(top: Path) -> Path:
    """Return the folder of a work tree's own files of git."""
    # gitrepository-layout(5): that of a linked work tree or a submodule is named in a file.
    named = read_write.text_of(top / ".git") or ""
    return top / (named.removeprefix("gitdir: ").rstrip("\n") if named else ".git")


def run(
    folder: Path,
    arguments: Sequence[str],
    given: bytes = b"",
    seconds: float = _SECONDS,
    *,
    staged: bool = False,
) -> subprocess.CompletedProcess[bytes] | None:
    """Return what became of git in a folder, given bytes on standard input; `None` without one.

    With `staged`, a hook's index and objects are those that count.
    """
    told = environment(folder, staged=staged)
    return _run(folder, arguments, programs.Ends(given), told, seconds)


def run_into(folder: Path, arguments: Sequence[str], ends: programs.Ends) -> None:
    """Have git in a folder read, and write its answer into an open file."""
    _run(folder, arguments, ends, environment(folder, staged=False), _SECONDS)


def _run_anywhere(
    folder: Path,
    arguments: Sequence[str],
    given: bytes = b"",
    seconds: float = _SECONDS,
    *,
    in_repositories: Sequence[str] = (),
) -> subprocess.CompletedProcess[bytes] | None:
    if _top(folder):
        done = run(folder, [*arguments, *in_repositories], given, seconds)
        if done is None or done.returncode != _REFUSED:
            return done
    from tempfile import TemporaryDirectory

    # Where there is no repository, or a broken one, the folder is the work tree of an empty one.
    try:
        with TemporaryDirectory(prefix="notion-lsp-") as empty:
            # gitrepository-layout(5): by these, git tells a repository from another folder.
            Path(empty, "HEAD").write_bytes(b"ref: refs/heads/none\n")
            for name in ("objects", "refs"):
                Path(empty, name).mkdir()
            there = {"GIT_DIR": empty, "GIT_WORK_TREE": str(folder)}
            told = environment(folder, staged=False) | there
            return _run(folder, arguments, programs.Ends(given), told, seconds)
    except OSError:
        return None


def _run(
    folder: Path,
    arguments: Sequence[str],
    ends: programs.Ends,
    told: Mapping[str, str],
    seconds: float,
) -> subprocess.CompletedProcess[bytes] | None:
    program = program_path(folder)
    if program is None:
        return None
    command, bounds = [program, *OPTIONS, *arguments], programs.Bounds(seconds)
    return programs.run(command, folder, told, ends=ends, bounds=bounds)


def program_path(folder: Path) -> str | None:
    """Return the path of git; a program of the workspace that the folder is in never counts."""
    return programs.find(_PROGRAM, folder)
