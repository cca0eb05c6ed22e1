"""Move a token into `.env`: the lookup in the source, and the files around it, as one change."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notion_lsp.lookup import Lookup
from notion_lsp.refused import Refused
from notion_lsp.rewrite.one_text import Rewrite
from notion_lsp.text import Edit, Span, free_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from notion_lsp.detect.finding import Finding
    from notion_lsp.languages import Language
    from notion_lsp.loader import Loader
    from notion_lsp.rewrite.source import Source
    from notion_lsp.settings import Settings
    from notion_lsp.stores import Store
    from notion_lsp.syntax.site import Syntax

    ReadFrom = Callable[[str, Loader | None], Rewrite | Refused]

DOTENV = ".env"
EXAMPLE = ".env.example"
GITIGNORE = ".gitignore"

# gitignore(5): a pattern changes nothing for a file that git tracks already.
_TRACKED = Refused(f"git tracks {DOTENV}: run `git rm --cached {DOTENV}` first.")
_STARTER = "what starts the program"

# A value in quotes, or words up to a comment or the end of the line: one way to read it alone, so
# that the search is linear.
_ASSIGNMENT = re.compile(
    r"^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*"
    r"(?:\"([^\"\r\n]*)\"|'([^'\r\n]*)'|((?:[^ \t\r\n]+(?:[ \t]+(?!#)[^ \t\r\n]+)*)?))"
    r"[ \t]*(?:[ \t]#[^\r\n]*)?(?=[\r\n]|\Z)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The folder as it is: the texts of three files, and what git says of `.env`.

    A text is `None` where there is no file, and `ignored` is `None` outside a repository. `.env` is
    `loaded` if something beside it does so before the code runs.
    """

    dotenv: str | None
    example: str | None
    gitignore: str | None
    tracked: bool
    ignored: bool | None
    loaded: bool = False


@dataclass(frozen=True, slots=True)
class FileEdit:
    """An edit of a file of the folder: its text is `None` where there is no file yet."""

    name: str
    text: str | None
    edit: Edit


@dataclass(frozen=True, slots=True)
class Move:
    """Edits of the source, and of the files beside it, in the order to make them."""

    rewrite: Rewrite
    files: tuple[FileEdit, ...]


def move(
    source: Source, finding: Finding, wanted: str, around: Surroundings, read: ReadFrom
) -> Move | Refused:
    """Return the change that moves a token into `.env` under the wanted name, or why there is none.

    A variable with the same value is used again, and one without a value is given it; where the
    name has another value, the next free one is taken. `read` gives the rewrite that reads the
    token from the environment variable of a name, and that has a loader load the file, if any.
    """
    if around.tracked:
        return _TRACKED
    token = source.token(finding)
    values = _values(around.dotenv or "")
    known = next((name for name, value in values.items() if value == token), None)
    # An empty value is a place kept for this one.
    name = known or free_name(wanted, "_", lambda free: bool(values.get(free)))
    language = source.language_at(finding)
    loader = language.project.dotenv if language else None
    loaded = around.loaded or bool(loader and _is_loaded(source, finding, loader))
    made, how = _made(source, name, loader, read, loaded=loaded)
    if isinstance(made, Refused):
        return made
    if not made.remains:
        return Refused("Nothing here reads an environment variable.")
    title = f"Move it to {DOTENV} as {name}{how}"
    files = _files(language, name, token, around)
    return files if isinstance(files, Refused) else Move(Rewrite(title, made.edits), files)


def assigned(
    language: Language | None, name: str, token: str, around: Surroundings
) -> tuple[FileEdit, ...] | Refused:
    """Return the edits that give a variable of `.env` a token, in the order to make them.

    A variable that has another value is refused.
    """
    if around.tracked:
        return _TRACKED
    if _values(around.dotenv or "").get(name) not in {None, "", token}:
        return Refused(
            f"{DOTENV} has another value for {name}, which is left as it is: take it out if nothing"
            " needs it, or move the token there under another name."
        )
    return _files(language, name, token, around)


def _files(
    language: Language | None, name: str, token: str, around: Surroundings
) -> tuple[FileEdit, ...] | Refused:
    if language and not language.project.takes_dotenv:
        return Refused(f"Nothing reads {DOTENV} for {language.title}.")
    files = []
    # `None` is outside a repository: there, nothing reads .gitignore.
    if around.ignored is False:
        files.append(_append(GITIGNORE, around.gitignore, f"{DOTENV}\n"))
    if _values(around.dotenv or "").get(name) != token:
        files.append(_assign(around.dotenv, name, token))
    # The example goes into the repository: it tells others the name, never the value.
    if name not in _values(around.example or ""):
        files.append(_append(EXAMPLE, around.example, f"{name}=\n"))
    return tuple(files)


def _made(
    source: Source, name: str, loader: Loader | None, read: ReadFrom, *, loaded: bool
) -> tuple[Rewrite | Refused, str]:
    # The rewrite, and what the title says of how the file gets loaded.
    plain = read(name, None)
    holes = plain.holes if isinstance(plain, Rewrite) else ()
    if loaded or (loader and loader.is_of_library(source.text, holes)):
        return plain, ""
    if loader and loader.is_listed(source.manifest):
        made = read(name, loader)
        if isinstance(made, Rewrite):
            return made, f", and load it with {loader.package}"
    advice = loader.advice if loader else _STARTER
    return plain, f", which {advice} has to load first"


def loading(store: Store, loader: Loader) -> Store:
    """Return a store that has `.env` loaded before it is asked."""

    def lookup(language: Language, settings: Settings) -> Lookup | Refused | None:
        found = store.lookup(language, settings)
        return loader.before(found) if isinstance(found, Lookup) else found

    return replace(store, id=f"{store.id}-of-{loader.package}", lookup=lookup)


def _is_loaded(source: Source, finding: Finding, loader: Loader) -> bool:
    # What stands below the token loads too late.
    above = (text.syntax and text.syntax.once(_place_of, loader) for text in source.above)
    place = source.syntax.once(_place_of, loader) if source.syntax else None
    return any(above) or (place is not None and place <= finding.span.start)


def _place_of(syntax: Syntax, loader: Loader) -> int | None:
    return loader.place_in(syntax.text)


def _values(text: str) -> dict[str, str]:
    return {found[1]: _value(found) for found in _ASSIGNMENT.finditer(text)}


def _value(assignment: re.Match[str]) -> str:
    return assignment[2] or assignment[3] or assignment[4] or ""


def _assign(text: str | None, name: str, token: str) -> FileEdit:
    kept = [found for found in _ASSIGNMENT.finditer(text or "") if found[1] == name]
    if not kept:
        return _append(DOTENV, text, f"{name}={token}\n")
    # Of several lines for one name the last counts.
    group = max(number for number in (2, 3, 4) if kept[-1][number] is not None)
    return FileEdit(DOTENV, text, Edit(Span(*kept[-1].span(group)), token))


def _append(name: str, text: str | None, line: str) -> FileEdit:
    end = len(text or "")
    gap = "\n" if text and not text.endswith(("\n", "\r")) else ""
    return FileEdit(name, text, Edit(Span(end, end), gap + line))
