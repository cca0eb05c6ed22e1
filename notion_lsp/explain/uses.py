"""The uses of a token and of its variables, and what a person reads of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from notion_lsp.explain.exposure import facts
from notion_lsp.explain.masking import mask_text
from notion_lsp.explain.shown import BOLD, DIM, RESET, Shown, as_json, composed, joined, plain
from notion_lsp.text import counted, enumerated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from notion_lsp.explain.exposure import Exposure
    from notion_lsp.text import Span

# What a place has to do with a token: it holds the token itself, gives a variable its value, reads
# the variable, or only has its name.
Role = Literal["holds", "sets", "reads", "names"]


@dataclass(frozen=True, slots=True)
class Use:
    """A place of a text, in code points: its spans, the variable's name, the token's fingerprint.

    One that `holds` a token has a span for each piece, the fingerprint, and the variable that it
    gives the token to, if any. Any other has the variable.
    """

    role: Role
    spans: tuple[Span, ...]
    variable: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class UsedToken:
    """A token that an inventory is about: how it is shown, and its variables."""

    kind: str
    mask: str
    fingerprint: str
    public_fingerprint: str | None
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A use as it is listed: its file, the place from 1 in code points, and how far it has got.

    `reader` is what kind of file it is. `exposure` is `None` outside a repository, and `ignored`
    whether git ignores the file.
    """

    use: Use
    path: str
    reader: str
    place: tuple[int, int, int, int]
    exposure: Exposure | None
    ignored: bool

    @property
    def stops(self) -> bool:
        """Whether it stops working when the token is rotated, whatever else is done."""
        return self.use.role == "holds"

    @property
    def where(self) -> tuple[str, int, str]:
        """Its file and line, and the variable."""
        return self.path, self.place[0], self.use.variable

    @property
    def state(self) -> str:
        """How far it has got, in a word or two."""
        if self.ignored:
            return "ignored by git"
        if self.exposure is None:
            return "not in a repository"
        if self.exposure.stage == "pushed":
            return f"pushed to {enumerated(self.exposure.remotes)}"
        if self.exposure.stage == "work tree":
            return "not known to be committed" if self.exposure.limits else "not committed"
        return self.exposure.stage


@dataclass(frozen=True, slots=True)
class Inventory:
    """What was asked for, and its uses; files that could not be looked into, each with a reason."""

    tokens: tuple[UsedToken, ...]
    variables: tuple[str, ...]
    uses: tuple[Listed, ...]
    unread: tuple[tuple[str, str], ...] = ()


ROLES: tuple[Role, ...] = ("holds", "sets", "reads", "names")
HEADINGS: dict[Role, str] = {
    "holds": "These hold the token, and stop working when it is rotated",
    "sets": "These give a variable its value: put the new token there",
    "reads": "These read a variable, and need the new token in it",
    "names": "These have the name of a variable",
}


def ordered(uses: Iterable[Listed]) -> tuple[Listed, ...]:
    """Return uses in the order in which they matter: those that stop working come first."""
    return tuple(sorted(uses, key=lambda each: (ROLES.index(each.use.role), each.path, each.place)))


def as_text(inventory: Inventory) -> Shown:
    """Return an inventory for a terminal."""
    if not inventory.uses:
        return composed("{said}\n", said=plain("No uses found."))
    several = len(inventory.tokens) > 1
    # A single one stands in the heading, and need not be told in each row.
    masks = {each.fingerprint: each.mask for each in inventory.tokens if several}
    groups = (_group(role, rows, masks) for role, rows in in_groups(inventory).items())
    return joined([_about(inventory), *groups], "\n")


def in_groups(inventory: Inventory) -> dict[Role, list[Listed]]:
    """Return the uses by their roles, in the order in which they matter."""
    filled = {each.where for each in inventory.uses if each.use.role == "holds"}
    groups: dict[Role, list[Listed]] = {}
    for each in inventory.uses:
        # A line that gives a variable the token is listed already, as one that holds it.
        if each.use.role != "sets" or each.where not in filled:
            groups.setdefault(each.use.role, []).append(each)
    return groups


def _about(inventory: Inventory) -> Shown:
    lines = [
        composed(
            "{bold}{kind} {mask}{reset}: {uses}\n",
            kind=plain(each.kind),
            mask=plain(each.mask),
            uses=plain(_uses_of(each, inventory.uses)),
            bold=BOLD,
            reset=RESET,
        )
        for each in inventory.tokens
    ]
    names = [name for name in inventory.variables if not _has_token(name, inventory.tokens)]
    lines += [
        composed("{said}\n", said=plain(f"No token is known to be in {name}.")) for name in names
    ]
    return joined(lines)


def _has_token(name: str, tokens: Sequence[UsedToken]) -> bool:
    return any(name in each.variables for each in tokens)


def _uses_of(token: UsedToken, uses: Sequence[Listed]) -> str:
    places = sum(each.use.fingerprint == token.fingerprint for each in uses)
    said = f"stands in {counted(places, 'place')}"
    names = enumerated(token.variables)
    return f"{said}, variable{'s' if len(token.variables) > 1 else ''} {names}" if names else said


def _group(role: Role, rows: Sequence[Listed], masks: Mapping[str, str]) -> Shown:
    listed = joined(_row(each, masks) for each in rows)
    return composed("{heading}:\n{rows}", heading=plain(HEADINGS[role]), rows=listed)


def _row(listed: Listed, masks: Mapping[str, str]) -> Shown:
    line, column, *_ = listed.place
    mask = masks.get(listed.use.fingerprint, "")
    said = (mask, listed.use.variable, listed.reader, listed.state)
    about = ", ".join(filter(None, said))
    return composed(
        "  {path}:{line}:{column}  {dim}{about}{reset}\n",
        path=plain(mask_text(listed.path)),
        line=line,
        column=column,
        about=plain(about),
        dim=DIM,
        reset=RESET,
    )


def as_data(inventory: Inventory) -> Shown:
    """Return an inventory as JSON; tokens are named by their fingerprints."""
    # A token that could be guessed from its hash has no fingerprint that may be shown.
    known = {each.fingerprint: each.public_fingerprint for each in inventory.tokens}
    return as_json(
        {
            "tokens": [
                {
                    "kind": each.kind,
                    "fingerprint": each.public_fingerprint,
                    "variables": list(each.variables),
                }
                for each in inventory.tokens
            ],
            "variables": list(inventory.variables),
            "uses": [_data(each, known) for each in inventory.uses],
            "unread": [{"path": mask_text(path), "reason": why} for path, why in inventory.unread],
        }
    )


def _data(listed: Listed, known: dict[str, str | None]) -> dict[str, object]:
    line, column, end_line, end_column = listed.place
    return {
        "path": mask_text(listed.path),
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "use": "value" if listed.use.role == "holds" else "variable",
        "role": listed.use.role,
        "variable": listed.use.variable or None,
        "fingerprint": known.get(listed.use.fingerprint),
        "reader": listed.reader,
        "stops": listed.stops,
        "ignored": listed.ignored,
        **facts(listed.exposure),
    }
