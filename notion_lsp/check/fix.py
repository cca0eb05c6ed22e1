"""The rewrites of whole files: what `notion-lsp fix` does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.check.into_dotenv import into_dotenv
from notion_lsp.check.keeping import once_kept, secrets
from notion_lsp.check.outcomes import Outcome, does
from notion_lsp.detect.find import find_tokens
from notion_lsp.detect.finding import token_of
from notion_lsp.explain.shown import plain
from notion_lsp.files import read_write
from notion_lsp.languages import language_of
from notion_lsp.lookup import Lookup
from notion_lsp.positions import LineIndex
from notion_lsp.project.sources import Around, source_of
from notion_lsp.project.variables import kept_tokens, usual_names
from notion_lsp.rewrite.file import rewrite_all
from notion_lsp.rewrite.naming import Variables, variable_names
from notion_lsp.rewrite.parts import WHY_REDACTED, Done
from notion_lsp.rewrite.source import Source
from notion_lsp.stores import stores
from notion_lsp.syntax.site import Site
from notion_lsp.text import apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from notion_lsp.check.excerpts import Excerpt
    from notion_lsp.check.keeping import Keeping
    from notion_lsp.check.look import LeakyFile
    from notion_lsp.detect.finding import Finding
    from notion_lsp.lookup import Read
    from notion_lsp.project.project import Project
    from notion_lsp.rewrite.file import Rewritten
    from notion_lsp.settings import Settings
    from notion_lsp.stores import Store
    from notion_lsp.text import Edit

    Save = Callable[[LeakyFile, str], read_write.Unwritten | None]


_NOT_TEXT = plain(
    f"A file that is not text, or {read_write.TOO_LARGE.removeprefix('it is ')}, is not rewritten."
)
_IN_NAME = plain("The token is in the name of a file or folder. Rename it by hand.")
_STILL_THERE = plain("The same token still stands here. Take it out by hand.")


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file's edits and its new text, the same as before where every token was refused."""

    file: LeakyFile
    edits: tuple[Edit, ...]
    text: str
    outcomes: tuple[Outcome, ...]
    problem: read_write.Unwritten | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a project."""

    settings: Settings
    store: Store | None
    usual: Mapping[str, str]
    taken: Variables
    reads: set[Read]


class _Named(NamedTuple):
    file: LeakyFile
    names: Mapping[Finding, str]
    known: _Known


def fix(
    leaky: Sequence[LeakyFile],
    store_id: str | None,
    save: Save,
    keeping: Keeping | None = None,
    searched: Sequence[Path] = (),
) -> Iterator[FixedFile]:
    """Yield each file with its tokens read from a store, by default that of its settings.

    In a project a name stands for one token. Later files know the helpers that earlier ones got,
    once `save` has taken them: in a package a helper is defined once. With `keeping`, a token that
    does not get into its store stays in the text. What lies in one of the folders that were
    `searched` is taken for one build where no project says otherwise.
    """
    changed: dict[Path, str] = {}
    readable = [file for file in leaky if file.content]
    for file in leaky:
        left = [each for each in file.excerpts if each.in_name or file.content is None]
        if left:
            yield FixedFile(file, (), file.text, tuple(map(_refused, left)))
    for each in _named(sorted(readable, key=_shared_first), store_id):
        around = Around(each.file.project.folder, changed, searched)
        fixed = _fixed(each, around, keeping)
        problem = save(each.file, fixed.text) if fixed.text != each.file.text else None
        if problem is None:
            changed[each.file.path] = fixed.text
        yield replace(fixed, problem=problem)


def _fixed(named: _Named, around: Around, keeping: Keeping | None) -> FixedFile:
    file, names, known = named
    source = source_of(file.text, file.path, around, file.language_id)
    source = replace(source, elsewhere=frozenset(known.reads))
    edits, outcomes = _rewritten(source, file, names, known, keeping)
    new = apply_edits(file.text, edits)
    again = tuple(_still_there(file, new)) if all(each.done for each in outcomes) else ()
    return FixedFile(file, edits, new, (*outcomes, *again))


def save(file: LeakyFile, text: str) -> read_write.Unwritten | None:
    """Write a file's new text, unless the file is no longer what was read."""
    if file.content is None:
        return read_write.Unwritten(file.path, read_write.NOT_TEXT)
    encode = file.content.encode
    return read_write.write_atomically(file.path, encode(text), encode(file.content.text))


def keep(_file: LeakyFile, _text: str) -> None:
    """Write nothing."""


def _shared_first(file: LeakyFile) -> tuple[Path, int, Path]:
    # A helper must stand where the whole package sees it.
    language = language_of(file.path, file.language_id, file.text)
    conditions = language.project.conditions(file.path.name, file.text) if language else ()
    return file.path.parent, len(conditions), file.path


def _named(leaky: Sequence[LeakyFile], store_id: str | None) -> list[_Named]:
    # All files are named before the first is rewritten: which tokens would be read from one secret
    # does not depend on which of them comes first.
    projects: dict[Path | None, _Known] = {}
    named = []
    for file in leaky:
        project, text = file.project, file.text
        if project.folder not in projects:
            projects[project.folder] = _known(project, store_id)
        known = projects[project.folder]
        source = Source(text, language_of(file.path, file.language_id, text))
        names = variable_names(source, file.findings, known.usual, known.taken, known.settings)
        for read in _reads(source, names, known):
            known.reads.add(read)
            if not known.taken.has(read.variable):
                known.taken.take(read.variable, read.fingerprint)
        named.append(_Named(file, names, known))
    for known in projects.values():
        if known.store:
            known.reads.intersection_update(known.store.sharing(known.settings, known.reads))
    return named


def _known(project: Project, store_id: str | None) -> _Known:
    settings = project.settings._replace(store=store_id or project.settings.store)
    usual, kept = usual_names(project), kept_tokens(project)
    return _Known(settings, stores().get(settings.store), usual, Variables(kept), set())


def _reads(source: Source, names: Mapping[Finding, str], known: _Known) -> tuple[Read, ...]:
    # A token that no program reads, as in a comment or a file of data, reserves no name.
    read = {each: name for each, name in names.items() if _is_read(source, (each,), known)}
    return source.reads(read)


def _is_read(source: Source, findings: tuple[Finding, ...], known: _Known) -> bool:
    if inside := source.first_part(findings):
        part, inner = inside
        return _is_read(inner, tuple(part.inside(findings)), known)
    language, store = source.language, known.store
    if not (store and language and isinstance(store.lookup(language, known.settings), Lookup)):
        return False
    return isinstance(source.site(findings), Site)


def _rewritten(
    source: Source,
    file: LeakyFile,
    names: Mapping[Finding, str],
    known: _Known,
    keeping: Keeping | None,
) -> tuple[tuple[Edit, ...], tuple[Outcome, ...]]:
    store, settings, findings = known.store, known.settings, file.findings
    if store is None:
        reason = f"There is no store {settings.store}; the stores are {', '.join(stores())}."
        return (), tuple(_outcomes(file, dict.fromkeys(findings, reason), {}))

    def rewrite(those: Sequence[Finding]) -> Rewritten:
        return rewrite_all(source, those, store, names, settings)

    if keeping is None:
        made = rewrite(findings)
    else:
        kept_in = secrets(source, store, names, settings)
        # The environment itself keeps nothing: a pipeline's host does, or else a file.
        has_keeper = store.id != "env" or any(each.keeper for each in kept_in.values())
        put = keeping.of(source, kept_in) if has_keeper else into_dotenv(file, source, names)
        made = once_kept(findings, rewrite, put)
    return made.edits, tuple(_outcomes(file, made.refused, made.done))


def _outcomes(
    file: LeakyFile, refused: Mapping[Finding, str], done: Mapping[Finding, Done]
) -> Iterator[Outcome]:
    index = file.content.lines() if file.content else LineIndex("")
    for finding in sorted({**refused, **done}, key=lambda finding: finding.span):
        line, column = index.position(finding.span.start, "utf-32")
        if finding in refused:
            yield Outcome(line + 1, column + 1, plain(refused[finding]), done=False)
        else:
            title, remains, redacted, kept = done[finding]
            left = tuple(each for each in remains if not (kept and each.storing))
            said = plain(WHY_REDACTED if redacted else does(title))
            made = Outcome(line + 1, column + 1, said, done=True, remains=left)
            yield replace(made, redacted=redacted, kept=kept)


def _still_there(file: LeakyFile, new: str) -> Iterator[Outcome]:
    # A comment may hide a token from the check, and an edit may move one into another's place.
    index = LineIndex(new)
    known = file.tokens
    found = find_tokens(new, file.project.patterns, known)
    for finding in (each for each in found if token_of(new, each) in known):
        line, column = index.position(finding.span.start, "utf-32")
        yield Outcome(line + 1, column + 1, _STILL_THERE, done=False)


def _refused(excerpt: Excerpt) -> Outcome:
    if excerpt.in_name:
        return Outcome(1, 1, _IN_NAME, done=False)
    line, column = LineIndex(excerpt.text, excerpt.origin).position(
        excerpt.finding.span.start, "utf-32"
    )
    return Outcome(line + 1, column + 1, _NOT_TEXT, done=False)
