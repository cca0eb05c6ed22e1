"""What can be done about a token, without the protocol: each assist with its change, or why not.

An assist is found again by its id. Each is made for itself: whoever asks for one does not wait for
the others.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from notion_lsp.explain.liveness import why_not_asked
from notion_lsp.ignore.ignore_file import IGNORE_FILE
from notion_lsp.keep import Secret
from notion_lsp.lookup import Lookup
from notion_lsp.project.texts import text_to_edit
from notion_lsp.refused import Refused
from notion_lsp.rewrite.file import placeholder, rewrite_all
from notion_lsp.rewrite.ignore_edits import ignore_token
from notion_lsp.rewrite.to_dotenv import DOTENV, loading, move
from notion_lsp.stores import stores
from notion_lsp.subject import NO_FOLDER, Subject
from notion_lsp.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from notion_lsp.detect.finding import Finding
    from notion_lsp.loader import Loader
    from notion_lsp.rewrite.one_text import Rewrite
    from notion_lsp.stores import Store
    from notion_lsp.text import Edit

    Make = Callable[["Subject", Finding], "Assist | None"]

# An editor sends an id back to have its action resolved: each request gives the same ids.
WHY = "why-no-rewrite"
READ_FROM = "read-from-"  # and the store's id
MOVE = "move-to-dotenv"
EVERYWHERE: Literal["replace-everywhere"] = "replace-everywhere"
ASK_NOTION: Literal["ask-notion"] = "ask-notion"
KEEP_IN = "keep-in-"  # and the store's id
KEEP: Literal["keep"] = "keep"
LEAKED: Literal["leaked"] = "leaked"
PLACEHOLDER = "replace-with-placeholder"
IGNORE_LINE = "ignore-line"
IGNORE_TOKEN = "ignore-token"  # noqa: S105, the id of an assist
WHOLE_FILE = "read-all-of-the-file"

_NOWHERE = Refused("It can be replaced in no file of the workspace.")


Later = Literal["replace-everywhere", "ask-notion", "keep", "leaked"]


class FileChange(NamedTuple):
    """Edits of a file by its path; its text is `None` where the file is to be made."""

    path: Path
    text: str | None
    edits: Sequence[Edit]


@dataclass(frozen=True)
class Change:
    """Edits of the text that an assist is for, in its code points, and of files beside it."""

    edits: tuple[Edit, ...]
    beside: tuple[FileChange, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """Why a token cannot be rewritten, for a person who asks."""

    reason: str


@dataclass(frozen=True)
class Assist:
    """Something that can be done about a token: a title, and a change or why there is none.

    The change is `EVERYWHERE` where it is made later, from all files of the workspace, and
    `ASK_NOTION` where nothing is changed and the person is asked first; `KEEP` where it waits for a
    store to have the token, and `LEAKED` where a page is opened. `finding` is `None` where the
    assist is about all tokens of the text.
    """

    id: str
    title: str
    change: Change | Refused | Explanation | Later
    finding: Finding | None = None
    preferred: bool = False


def assists(subject: Subject, asked: Sequence[Finding]) -> Iterator[Assist]:
    """Yield what can be done about each of these tokens, the best first."""
    subject.expect(asked)
    for finding in asked:
        said = set[str]()
        for make in _makers(subject, finding).values():
            made = make(subject, finding)
            # Where nothing reads the token, no store differs; a reason that is told is told once.
            if made and not said & {made.title, *_reason(made, Refused)}:
                said |= {made.title, *_reason(made, Explanation)}
                yield made


def advice(subject: Subject, finding: Finding) -> Assist:
    """Return what is best done about a token: its rewrite, or why there is none."""
    return _why(subject, finding) or _read_from(subject.store, subject, finding)


def assist(subject: Subject, wanted: str, finding: Finding | None) -> Assist | None:
    """Return the assist of an id, for a token or for all of the text; `None` if there is none."""
    if finding is None:
        return whole_file(subject) if wanted == WHOLE_FILE else None
    make = _makers(subject, finding).get(wanted)
    return make(subject, finding) if make else None


def whole_file(subject: Subject) -> Assist | None:
    """Return what can be done about all tokens of the text at once, if that is anything."""
    settings = subject.project.settings
    made = rewrite_all(subject.source, subject.findings, subject.store, subject.names, settings)
    title = "Read every Notion token of this file from its store"
    return Assist(WHOLE_FILE, title, Change(made.edits)) if made.edits else None


def _makers(subject: Subject, finding: Finding) -> dict[str, Make]:
    chosen = subject.store
    offered = [store for store in stores().values() if _is_offered(subject, store, finding)]
    # A sort in Python is stable: behind the chosen store, the others keep their order.
    offered.sort(key=lambda store: store != chosen)
    makers: dict[str, Make] = {WHY: _why}
    makers |= {f"{READ_FROM}{store.id}": partial(_read_from, store) for store in offered}
    makers |= {f"{KEEP_IN}{store.id}": partial(_keep_in, store) for store in offered}
    makers[MOVE] = _move
    # Without a folder there are no other files to replace it in.
    if subject.project.folder:
        makers[EVERYWHERE] = _everywhere
    return makers | {
        PLACEHOLDER: _placeholder,
        ASK_NOTION: _ask_notion,
        LEAKED: _leaked,
        IGNORE_LINE: _ignore_line,
        IGNORE_TOKEN: _ignore_token,
    }


def _reason(made: Assist, kind: type[Refused | Explanation]) -> Iterator[str]:
    if isinstance(made.change, kind):
        yield made.change.reason


def _is_offered(subject: Subject, store: Store, finding: Finding) -> bool:
    # These two are offered even where they are refused, so that a person can read why.
    if store.id in {"env", subject.store.id}:
        return True
    language = subject.source.language_at(finding)
    if language is None:
        return False
    lookup = store.lookup(language, subject.project.settings)
    if not isinstance(lookup, Lookup):
        return False
    # A store that few use is offered only in a project that lists its package.
    return store.common or lookup.is_listed(subject.source.manifest)


def _why(subject: Subject, finding: Finding) -> Assist | None:
    made = subject.read_from(subject.store, finding, subject.names[finding])
    if not isinstance(made, Refused):
        return None
    return Assist(WHY, f"Why no rewrite? {made.reason}", Explanation(made.reason), finding)


def _read_from(store: Store, subject: Subject, finding: Finding) -> Assist:
    name = subject.names[finding]
    made = subject.read_from(store, finding, name)
    if isinstance(made, Refused):
        title = store.title_of(subject.project.settings, finding.kind.variable, name)
        return Assist(f"{READ_FROM}{store.id}", title, made, finding)
    preferred = store == subject.store
    return Assist(f"{READ_FROM}{store.id}", made.title, Change(made.edits), finding, preferred)


def _keep_in(store: Store, subject: Subject, finding: Finding) -> Assist | None:
    name, language = subject.names[finding], subject.source.language
    fields = store.names(subject.project.settings, finding.kind.variable, name)
    secret = Secret.of(store, fields, language.id if language else None)
    if secret.keeper is None or not secret.keeper.is_used(os.environ):
        return None
    # Why there is no rewrite is told by the assist that does no more than that.
    if isinstance(subject.read_from(store, finding, name), Refused):
        return None
    title = f"Put it into {secret.title} and read it from there: {secret.name}"
    return Assist(f"{KEEP_IN}{store.id}", title, KEEP, finding)


def _move(subject: Subject, finding: Finding) -> Assist:
    folder, around = subject.dotenv_folder, subject.around
    title = f"Move it to {DOTENV}"
    if folder is None or isinstance(around, Refused):
        refused = around if isinstance(around, Refused) else NO_FOLDER
        return Assist(MOVE, title, refused, finding)
    # What is in `.env` is read from the environment, whatever store the settings choose.
    environment = stores()["env"]

    def read(name: str, loader: Loader | None) -> Rewrite | Refused:
        store = loading(environment, loader) if loader else environment
        return subject.read_from(store, finding, name)

    made = move(subject.source, finding, subject.names[finding], around, read)
    if isinstance(made, Refused):
        return Assist(MOVE, title, made, finding)
    beside = tuple(FileChange(folder / each.name, each.text, (each.edit,)) for each in made.files)
    return Assist(MOVE, made.rewrite.title, Change(made.rewrite.edits, beside), finding)


def _everywhere(subject: Subject, finding: Finding) -> Assist:
    title, places = "Replace it in the whole workspace", subject.places_of(finding)
    if places is None:
        return Assist(EVERYWHERE, title, EVERYWHERE, finding)
    if not places.able:
        return Assist(EVERYWHERE, title, _NOWHERE, finding)
    title = f"{title}: {places.able} of {counted(places.all, 'place')}"
    return Assist(EVERYWHERE, title, EVERYWHERE, finding)


def _placeholder(_subject: Subject, finding: Finding) -> Assist:
    made = placeholder((finding,))
    return Assist(PLACEHOLDER, made.title, Change(made.edits), finding)


def _ask_notion(_subject: Subject, finding: Finding) -> Assist:
    why_not = why_not_asked(finding)
    change = Refused(why_not) if why_not else ASK_NOTION
    return Assist(ASK_NOTION, "Ask Notion whether it is live", change, finding)


def _leaked(_subject: Subject, finding: Finding) -> Assist:
    return Assist(LEAKED, "My token leaked: what now?", LEAKED, finding)


def _ignore_line(subject: Subject, finding: Finding) -> Assist:
    edit = subject.ignore_line(finding)
    change = edit if isinstance(edit, Refused) else Change((edit,))
    return Assist(IGNORE_LINE, "Ignore this line", change, finding)


def _ignore_token(subject: Subject, finding: Finding) -> Assist:
    title, folder = "Ignore this token in this project", subject.project.folder
    if folder is None:
        return Assist(IGNORE_TOKEN, title, NO_FOLDER, finding)
    text = text_to_edit(folder / IGNORE_FILE, subject.newer)
    if isinstance(text, Refused):
        return Assist(IGNORE_TOKEN, title, text, finding)
    reason = f"a {finding.kind.title} in {subject.name}"
    edit = ignore_token(text or "", subject.alone, finding, reason)
    if isinstance(edit, Refused):
        return Assist(IGNORE_TOKEN, title, edit, finding)
    change = Change((), (FileChange(folder / IGNORE_FILE, text, (edit,)),))
    return Assist(IGNORE_TOKEN, title, change, finding)
