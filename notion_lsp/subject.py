"""A text whose tokens something is to be done about, with all that is known around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp.project.dotenv_folders import folder_of
from notion_lsp.project.sources import Around, among_cells, cell_source, source_of
from notion_lsp.project.surroundings import surroundings
from notion_lsp.project.variables import kept_tokens
from notion_lsp.refused import Refused
from notion_lsp.rewrite.each import Several, rewrite_each
from notion_lsp.rewrite.ignore_edits import ignore_lines
from notion_lsp.rewrite.naming import Variables, owners, variable_names
from notion_lsp.stores import stores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from notion_lsp.detect.finding import Finding
    from notion_lsp.project.project import Project
    from notion_lsp.project.sources import NotebookCell
    from notion_lsp.project.texts import Newer
    from notion_lsp.project.variables import UsualNames
    from notion_lsp.rewrite.one_text import Rewrite
    from notion_lsp.rewrite.source import Source
    from notion_lsp.rewrite.to_dotenv import Surroundings
    from notion_lsp.stores import Store
    from notion_lsp.text import Edit

NO_FOLDER = Refused("The file is in no open folder: open its folder first.")


class Places(NamedTuple):
    """In how many of its places in the workspace a token can be replaced, and how many it has."""

    able: int
    all: int


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A text as it was at one moment, with the tokens in it, in offsets of the text.

    What stands around it is read when the first assist asks for it, and once. `path` is that of its
    file, for a cell that of its notebook, and `name` what a person calls that. `newer` are the
    texts of open files near it. `took_place` are the words that edits put where tokens stood, by
    the tokens' fingerprints, and `took_place_near` those in open files near it. `places` are where
    its tokens stand in the workspace, as far as that is known, but for those that stand
    `only_here`.
    """

    text: str
    path: Path | None
    project: Project
    findings: tuple[Finding, ...]
    name: str
    language_id: str | None
    cell: NotebookCell | None
    newer: Newer
    took_place: Mapping[str, frozenset[str]]
    usual_names: UsualNames
    places: Mapping[Finding, Places] = field(default_factory=dict)
    only_here: frozenset[Finding] = frozenset()
    took_place_near: Mapping[Path, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    @cached_property
    def alone(self) -> Source:
        """The text and nothing but it, even where it is a cell."""
        top = self.project.folder
        if self.cell:
            return cell_source(self.cell.cell, self.path, top, self.newer)
        return source_of(self.text, self.path, Around(top, self.newer), self.language_id)

    @cached_property
    def source(self) -> Source:
        """The text with all that a rewrite of it sees."""
        return among_cells(self.cell, self.alone) if self.cell else self.alone

    @cached_property
    def names(self) -> dict[Finding, str]:
        """The variable that each token is to be read from."""
        settings = self.project.settings
        # Which variables have a token already: in `.env`, and by the edits of this session.
        taken = kept_tokens(self.project, self.newer)
        for path, took_place in self.took_place_near.items():
            other = source_of(self.newer[path], path, Around(self.project.folder, self.newer))
            taken |= owners(other, took_place, settings)
        taken |= owners(self.source, self.took_place, settings)
        usual = self.usual_names.of(self.project)
        return variable_names(self.source, self.findings, usual, Variables(taken), settings)

    def expect(self, findings: Iterable[Finding]) -> None:
        """Say which tokens will be asked about, so that what they share is made once."""
        self._expected.update(dict.fromkeys(findings))

    def read_from(self, store: Store, finding: Finding, name: str) -> Rewrite | Refused:
        """Return the rewrite that reads a token from a store under a name, made once."""
        # The move to `.env` reads the environment, as its own action does: one rewrite for both.
        key = store.id, finding, name
        if key not in self._rewrites:
            # Under a name of its own the others keep theirs, and all of them are made at once.
            own = name == self.names[finding]
            names = self.names if own else self.names | {finding: name}
            those = self._beside(finding) if own else (finding,)
            made = rewrite_each(self._several(those), store, names, self.project.settings)
            self._rewrites.update({(store.id, at, names[at]): its for at, its in made.items()})
        return self._rewrites[key]

    def places_of(self, finding: Finding) -> Places | None:
        """Return in how many places the workspace has a token, `None` if that is not known."""
        if finding not in self.only_here:
            return self.places.get(finding)
        made = self.read_from(self.store, finding, self.names[finding])
        return Places(0 if isinstance(made, Refused) else 1, 1)

    def ignore_line(self, finding: Finding) -> Edit | Refused:
        """Return the edit that puts an ignore comment on a token's line, made once."""
        # The comment goes into this cell: its own text tells whether a comment may stand there.
        if finding not in self._comments:
            self._comments.update(ignore_lines(self.alone, self._beside(finding)))
        return self._comments[finding]

    def _beside(self, finding: Finding) -> tuple[Finding, ...]:
        return tuple(self._expected) if finding in self._expected else (finding,)

    @cached_property
    def _several(self) -> Callable[[tuple[Finding, ...]], Several]:
        return cache(partial(Several, self.source))

    @cached_property
    def _expected(self) -> dict[Finding, None]:
        return {}

    @cached_property
    def _comments(self) -> dict[Finding, Edit | Refused]:
        return {}

    @cached_property
    def _rewrites(self) -> dict[tuple[str, Finding, str], Rewrite | Refused]:
        return {}

    @cached_property
    def dotenv_folder(self) -> Path | None:
        """The folder of the `.env` that a token moves into."""
        top = self.project.folder
        return folder_of(self.path, top) if top and self.path else top

    @cached_property
    def around(self) -> Surroundings | Refused:
        """The files of the folder that a token moves into."""
        folder = self.dotenv_folder
        return surroundings(folder, self.source.language, self.newer) if folder else NO_FOLDER

    @cached_property
    def store(self) -> Store:
        """The store that the settings choose."""
        return stores().get(self.project.settings.store, stores()["env"])
