"""Which files of a folder can hold a token."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from notion_lsp import dotenv
from notion_lsp.detect import glance, prefilters
from notion_lsp.detect.needles import ARCHIVES
from notion_lsp.files import git, gitignore, read_write, ripgrep
from notion_lsp.project import archives, names
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from notion_lsp.project.project import Project

    # The files that may hold a token, each with its needles where those are known.
    _Found = Iterable[tuple[Path, Sequence[ripgrep.Match] | None]]

_UTF_16_MARKS = ("^\\xff\\xfe", "^\\xfe\\xff")
_ARCHIVES = {each.text.encode("latin-1") for each in ARCHIVES}
_UNTRACKED = ["--untracked"]
_EVERYTHING = ["--no-index", "--no-exclude-standard"]
_HEAD = 2**9  # bytes that tell an encoding
_CHUNK = 2**20  # bytes of a file that are held at once
_OVERLAP = 2**9  # and those of the block before: more than any needle has


def searchable_files(
    project: Project,
    below: Path | None = None,
    listed: Callable[[], Mapping[Path, bytes]] | None = None,
) -> tuple[Path, ...]:
    """Return the files of the project, or of a folder in it, that can hold a token, sorted.

    They are those that git tracks, and those that it neither tracks nor ignores, also of
    repositories in the folder. Links are not followed. What the project leaves out, and what could
    not be looked at, is in the answer too: whoever reads it tells why. `listed` returns what
    `names.listed` does for the folder.
    """
    folder = below or project.folder
    if folder is None:
        return ()
    # What the patterns of the settings find begins with nothing that is known.
    patterns = () if project.patterns else prefilters.patterns(archives=True)
    repositories = listed or partial(names.listed, folder)
    try:
        return _let_through(_by_ripgrep(folder, patterns, repositories), patterns)
    except ripgrep.SearchError:
        choices = (*prefilters.choices(), *_UTF_16_MARKS) if patterns else ()
        found = _by_git(folder, git.Sought(choices, prefilters.strings()), repositories())
    every = gitignore.walk(folder) if found is None else found
    return _let_through(((path, None) for path in every), patterns)


def _let_through(found: _Found, patterns: Sequence[str]) -> tuple[Path, ...]:
    return tuple(sorted({path for path, at in found if not patterns or _may_hold(path, at)}))


def can_hold_a_token(path: Path) -> bool:
    """Whether a file holds what may be a token; one that cannot be read may do so."""
    return _may_hold(path, None)


def files_with(folder: Path, patterns: Sequence[str], by_git: git.Sought) -> tuple[Path, ...]:
    """Return every file below a folder, ignored or not, in which one of the patterns matches.

    They are sorted. Without patterns, all files are found that hold anything. `by_git` is what git
    looks for where ripgrep is missing. Without git too, every file is in the answer.
    """
    found = ripgrep.search(folder, patterns, ignored=True, left_out=gitignore.METADATA)
    if found is None:
        found = git.grep(folder, by_git, options=_EVERYTHING)
    every = gitignore.everything(folder) if found is None else found
    return tuple(sorted(_ours(folder, every)))


def _by_ripgrep(
    folder: Path, patterns: Sequence[str], repositories: Callable[[], Mapping[Path, bytes]]
) -> _Found:
    ignored = bool(git.is_ignored(folder))
    left_out = gitignore.METADATA
    if patterns:
        yield from ripgrep.places(folder, patterns, ignored=ignored, left_out=left_out)
    else:
        every = ripgrep.search(folder, (), ignored=ignored, left_out=left_out)
        if every is None:
            raise ripgrep.SearchError
        yield from ((path, None) for path in every)
    listed = repositories()
    if not ignored and ripgrep.is_misled(folder, listed.values(), left_out):
        raise ripgrep.SearchError
    passed_over = list(_tracked_but_ignored(listed))
    for module in filter(_is_submodule, passed_over):
        yield from _by_ripgrep(module, patterns, partial(names.listed, module))
    yield from ((path, None) for path in passed_over if _is_file(path))


def _tracked_but_ignored(repositories: Iterable[Path]) -> Iterator[Path]:
    # Neither tool looks at them when it looks for files that are not tracked.
    return (path for here in repositories for path in git.tracked_but_ignored(here))


def _by_git(
    folder: Path, sought: git.Sought, repositories: Iterable[Path]
) -> Sequence[Path] | None:
    every: list[Path] = []
    # In a folder that is ignored itself, nothing would be searched by git's rules.
    options = _EVERYTHING if git.is_ignored(folder) else _UNTRACKED
    for here in [*repositories] or [folder]:
        found = git.grep(here, sought, options=options)
        if found is None:
            return None
        every += _ours(folder, found)
    return [*every, *filter(_is_file, _tracked_but_ignored(repositories))]


def _is_file(path: Path) -> bool:
    there = read_write.exists(path) and not read_write.is_link(path)
    return there and not read_write.is_folder(path)


def _is_submodule(path: Path) -> bool:
    return read_write.exists(path / ".git") and not read_write.is_link(path)


def _ours(folder: Path, files: Iterable[Path]) -> Iterator[Path]:
    return (path for path in files if not gitignore.is_metadata(path.relative_to(folder)))


def _may_hold(path: Path, matches: Sequence[ripgrep.Match] | None) -> bool:
    if matches and archives.is_archive(path) and not any(map(_may_be_of_a_token, matches)):
        return False
    # A file that cannot be read can, too: reading it again tells why.
    try:
        opened = read_write.open_file(path)
        if isinstance(opened, read_write.Unreadable):
            return True
        with opened as file:
            head = file.read(_HEAD)
            # Of an archive it is told that nobody looks into it, unless its name has told so.
            file.seek(0)
            unnamed = archives.holds_an_archive(file) and not archives.is_archive(path)
            if unnamed or read_write.encoding_of(head)[1] != "utf-8":
                return True
            needles = _needles(file) if matches is None else _of_tokens(file, matches)
            whole = glance.Whole(partial(_text, path))
            spans = glance.around(needles)
            return any(glance.may_hold(_stretch(file, span), whole) for span in spans)
    except OSError:
        return True


def _text(path: Path) -> str | None:
    data = read_write.read_bytes(path)
    # What is too large is searched in blocks.
    return None if isinstance(data, read_write.Unreadable) else read_write.decode_any(data).text


def _of_tokens(file: BinaryIO, matches: Iterable[ripgrep.Match]) -> Iterator[int]:
    for offset, text in filter(_may_be_of_a_token, matches):
        if prefilters.counts(text, partial(_stretch, file, Span(max(offset - 1, 0), offset))):
            yield offset


def _may_be_of_a_token(match: ripgrep.Match) -> bool:
    return match.text not in _ARCHIVES


def _needles(file: BinaryIO) -> Iterator[int]:
    before = b""
    file.seek(0)
    while chunk := file.read(_CHUNK):
        start = file.tell() - len(chunk) - len(before)
        yield from (start + place for place in prefilters.places(before + chunk))
        # A needle may begin in one block and end in the next.
        before = chunk[-_OVERLAP:]


def _stretch(file: BinaryIO, span: Span) -> bytes:
    file.seek(span.start)
    return file.read(span.end - span.start)


def belongs_here(path: Path) -> bool:
    """Whether the path is where tokens belong: a `.env` file that git ignores."""
    if not dotenv.is_named_so(path):
        return False
    from notion_lsp.languages import language_of
    from notion_lsp.languages.dotenv import LANGUAGE

    if language_of(path) is not LANGUAGE:
        return False
    ignored = git.is_ignored(path)
    # Outside a repository git has no answer, and we read .gitignore ourselves.
    return gitignore.is_ignored(path) if ignored is None else ignored
