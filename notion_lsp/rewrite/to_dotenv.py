"""Move a token into `.env`: the lookup in the source, and the files around it, as one change."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notion_lsp.lookup import Lookup
from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span, free_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.languages import Language
    from notion_lsp.loader import Loader
    from notion_lsp.lookup import Hole
    from notion_lsp.rewrite.one_text import Rewrite
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
_READS_NOTHING = Refused("Nothing here reads an environment variable.")
# A part of every call that loads the file, for a search of the project.
_MAY_LOAD = r"(?i)dot(?:net)?env|(?:load|read)_?env|renviron"
_NOT_LOADED = f"Nothing loads {DOTENV} before this code"

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
    plain = read(name, None)
    if isinstance(plain, Refused):
        return plain
    files = _files(language, name, token, around) if plain.remains else _READS_NOTHING
    if isinstance(files, Refused):
        return files
    loader = language.project.dotenv if language else None
    is_loaded = around.loaded or (loader and _is_loaded(source, finding, loader, plain.holes))
    brought = None if is_loaded else _brought(source, loader)
    if isinstance(brought, Refused):
        return brought
    made = read(name, brought) if brought else plain
    if isinstance(made, Refused):
        return made
    how = f", and load it with {brought.package}" if brought else ""
    return Move(replace(made, title=f"Move it to {DOTENV} as {name}{how}"), files)


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


def loading(store: Store, loader: Loader) -> Store:
    """Return a store that has `.env` loaded before it is asked."""

    def lookup(language: Language, settings: Settings) -> Lookup | Refused | None:
        found = store.lookup(language, settings)
        return loader.before(found) if isinstance(found, Lookup) else found

    return replace(store, id=f"{store.id}-of-{loader.package}", lookup=lookup)


def _is_loaded(source: Source, finding: Finding, loader: Loader, holes: Sequence[Hole]) -> bool:
    if loader.is_of_library(source.text, holes):
        return True
    # What stands below the token loads too late.
    above = (text.syntax and text.syntax.once(_place_of, loader) for text in source.above)
    place = source.syntax.once(_place_of, loader) if source.syntax else None
    return any(above) or (place is not None and place <= finding.span.start)


def _brought(source: Source, loader: Loader | None) -> Loader | Refused | None:
    # What has to load the file in the same change, if anything.
    if loader is None:
        return Refused(f"{_NOT_LOADED}.")
    if loader.is_had(source.manifest, _imported(source)):
        return loader
    # Where a program begins is in another file more often than not.
    if any(loader.place_in(each.text) is not None for each in source.mentioning(_MAY_LOAD)):
        return None
    return Refused(f"{_NOT_LOADED}: {loader.advice} would.")


def _imported(source: Source) -> Iterator[str]:
    # The text's own imports, or those of its cells.
    for each in (source, *(inner for _, inner in source.inner)):
        if each.syntax:
            yield from (given.module for given in each.syntax.outline.imports)


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
