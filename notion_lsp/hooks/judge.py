"""What is said to an agent about what it does: the judgement of an act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.check.content import Content
from notion_lsp.check.fix import fix, keep
from notion_lsp.check.look import LeakyFile, is_shown, look
from notion_lsp.check.scan import Scan
from notion_lsp.detect.finding import token_of
from notion_lsp.explain import masking
from notion_lsp.explain.shown import joined, plain_masked
from notion_lsp.files import read_write
from notion_lsp.hooks.acts import Denied, Masked, Rewritten, Stage, mapped, texts_of
from notion_lsp.hooks.file_writes import WRITTEN, file_write
from notion_lsp.hooks.here_documents import files_of_documents, outside_of_documents
from notion_lsp.hooks.notebook_writes import notebook_write
from notion_lsp.hooks.patches import outside_of_files, patch_in, patched_files
from notion_lsp.ignore.review import review
from notion_lsp.languages import language_of
from notion_lsp.lookup import Lookup, remaining
from notion_lsp.stores import stores
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from notion_lsp.check.outcomes import Outcome
    from notion_lsp.detect.finding import Finding
    from notion_lsp.detect.kinds import TokenKind
    from notion_lsp.explain.shown import Shown
    from notion_lsp.hooks.acts import Act, Object, Verdict
    from notion_lsp.hooks.file_writes import FileWrite
    from notion_lsp.project.project import Project

# Who reads these is a model, or a person beside it: they say what to do instead.
_PROMPT = (
    "The prompt holds a {kind}, so it was not sent. Put the token into a `.env` file that git "
    "ignores or into a secret store, and name its variable, `{variable}`, in the prompt instead."
)
_READING = (
    "The file holds a {kind}, so it was not read. If it is code, ask the person to run "
    "`notion-lsp fix` on it first. If the token belongs there, have code read `{variable}`."
)
# An agent goes on as it likes when it has waited for its hook for long (`agents.TIMEOUT`).
_MOST = 200
_COMMAND = (
    "The input of this tool holds a {kind}, so the tool was not run. Use the variable `{variable}` "
    "instead of the token, and ask the person to set it outside of the session."
)
_REFUSED = "`{name}` would hold a {kind}, so it was not written. {why}"
_WRITE = "Write {lookup} in its place."
_TOO_MANY = "It would hold {number} tokens, and at most {most} are replaced."
_READ_IT = "Have the code read the variable `{variable}` instead."
_REWRITTEN = "A {kind} in the text of `{name}` was replaced by {what}. {remains}"
_MASKED = "A {kind} in the output of this tool is masked. Code can read it from `{variable}`."
_READ = (
    "The output of this tool holds a {kind}, which is no secret any more. Do not repeat it, and "
    "tell the person to rotate it."
)


def judge(act: Act, today: date) -> Verdict | None:
    """Return what is said about an act, `None` if it may happen as it is."""
    scan = Scan(today)
    # The tool has run: what it has shown can be masked at most.
    if act.stage is Stage.AFTER:
        return _masked(act, scan)
    if act.stage is Stage.READING:
        return _denied(act.input, act.folder, scan, _READING, _named(act))
    if act.stage is Stage.PROMPT:
        return _denied(act.input, act.folder, scan, _PROMPT)
    written = _writes(act)
    changed = _rewritten(act.input, written, scan)
    if isinstance(changed, Denied):
        return changed
    others = _beside_files(act.input) if written else act.input
    return _denied(others, act.folder, scan, _COMMAND) or changed


def _beside_files(given: Object) -> Object:
    # What a file keeps is none of our concern, and neither is what goes from it.
    others = {field: value for field, value in given.items() if field not in WRITTEN}
    patch = patch_in(given)
    if patch:
        return {**others, patch: outside_of_files(str(given[patch]))}
    return outside_of_documents(others)


def _writes(act: Act) -> list[FileWrite]:
    given, folder, read = act.input, act.folder, read_write.text_of
    if patch_in(given):
        return patched_files(given, folder, read)
    write = file_write(given, folder, read) or notebook_write(given, folder, read)
    return [write] if write else files_of_documents(given, folder, read)


def _rewritten(given: Object, writes: Iterable[FileWrite], scan: Scan) -> Denied | Rewritten | None:
    said: list[Shown] = []
    refusals: list[Shown] = []
    for write in writes:
        brought = _brought(write, scan)
        if brought is None:
            continue
        if len(brought.findings) > _MOST:
            why = _TOO_MANY.format(number=len(brought.findings), most=_MOST)
            return Denied(_refusal(brought, why))
        # Nothing is saved here: the agent writes the file, with the text that it gets back.
        fixed = next(fix([brought], None, keep))
        refused = next((each.message for each in fixed.outcomes if not each.done), "")
        refusals.append(_refusal(brought, refused))
        changed = None if refused else write.put(given, fixed.text)
        if changed is None:
            return Denied(refusals[-1])
        given = changed
        said.append(_told(fixed.outcomes, brought))
    return Rewritten(given, joined(said, "\n"), joined(refusals, "\n")) if said else None


def _refusal(file: LeakyFile, reason: str) -> Shown:
    kind, lookup = file.findings[0].kind, None if reason else _lookup(file)
    instead = _WRITE.format(lookup=lookup) if lookup else _READ_IT.format(variable=kind.variable)
    why = f"{reason} {instead}".strip()
    return plain_masked(_REFUSED.format(name=file.path.name, kind=kind.title, why=why))


def _lookup(file: LeakyFile) -> str | None:
    settings, variable = file.project.settings, file.findings[0].kind.variable
    language, store = language_of(file.path, None, file.text), stores().get(settings.store)
    row = store.lookup(language, settings) if language and store else None
    if store is None or not isinstance(row, Lookup):
        return None
    return row.reading(store.names(settings, variable, variable))


def _brought(write: FileWrite, scan: Scan) -> LeakyFile | None:
    """Return the file with the tokens that were not in it before."""
    # As a file on the disk would be: the same rules for what is text, an example, or ignored.
    data = write.after.encode(errors="replace")
    found = look(Content(write.path, data), scan.project(write.path), scan.today)
    if not isinstance(found, LeakyFile):
        return None
    text = found.text or write.after
    findings = tuple(each for each in found.findings if token_of(text, each) not in write.before)
    excerpts = tuple(
        each for each in found.excerpts if token_of(each.text, each.finding) not in write.before
    )
    return found._replace(findings=findings, excerpts=excerpts) if findings else None


def _told(outcomes: Sequence[Outcome], file: LeakyFile) -> Shown:
    remains = remaining(row for outcome in outcomes for row in outcome.remains)
    redacted = all(outcome.redacted for outcome in outcomes)
    what = "a placeholder" if redacted else "code that reads it"
    kind, name = file.findings[0].kind.title, file.path.name
    said = _REWRITTEN.format(kind=kind, name=name, what=what, remains=" ".join(remains))
    return plain_masked(said.strip())


def _named(act: Act) -> Path | None:
    name = act.input.get("file_path")
    return act.folder / name if isinstance(name, str) else None


def _denied(
    given: Object, folder: Path, scan: Scan, sentence: str, file: Path | None = None
) -> Denied | None:
    project = scan.project(file or folder / "_")
    if file and project.excludes(file):
        return None
    for text in texts_of(given):
        # One is enough to say no, and a sentence about each would be one about many.
        for finding in _found(text, project, scan.today, file)[:1]:
            kind = finding.kind
            return Denied(plain_masked(sentence.format(kind=kind.title, variable=kind.variable)))
    return None


def _masked(act: Act, scan: Scan) -> Masked | None:
    project = scan.project(act.folder / "_")
    kinds: list[TokenKind] = []

    def mask(text: str) -> str:
        findings = _found(text, project, scan.today)
        kinds.extend(finding.kind for finding in findings)
        hidden = masking.masks(text, findings)
        return masking.masked(text, hidden, Span(0, len(text)), Span(0, 0))[0]

    output = mapped(act.output, mask)
    if not kinds:
        return None
    said, read = (
        plain_masked(sentence.format(kind=kinds[0].title, variable=kinds[0].variable))
        for sentence in (_MASKED, _READ)
    )
    return Masked(output, said, read)


def _found(
    text: str, project: Project, today: date, file: Path | None = None
) -> tuple[Finding, ...]:
    left = review(text, project.ignored(file, today), patterns=project.patterns)
    return tuple(finding for finding in left.findings if is_shown(finding, project))
