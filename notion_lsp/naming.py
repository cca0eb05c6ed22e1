"""Which variable a token is to be read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.settings import PUBLIC_NAME
from notion_lsp.tokens import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from notion_lsp.source import Source
    from notion_lsp.syntax import Site
    from notion_lsp.tokens import Finding

# A constant's or a variable's name that can be an environment variable's.
_GIVEN_NAME = re.compile(r"[A-Z][A-Z0-9_]{2,}")


def variable_names(
    source: Source,
    findings: Sequence[Finding],
    usual: Mapping[str, str],
    taken: Mapping[str, str] | None = None,
) -> dict[Finding, str]:
    """Return the name under which each token of the text is to be read.

    It is the one the code gives it there, else one that it has already, in `taken` or elsewhere in
    the text, else `usual` for its kind's own. Different tokens get different names: the second one
    that would be `NOTION_TOKEN` is `NOTION_TOKEN_2`. `taken` holds fingerprints by name.
    """
    sites = {finding: source.site((finding,)) for finding in findings}
    given = {
        finding: name
        for finding, site in sites.items()
        if site and (name := _given_name(source, site))
    }
    marks = {finding: fingerprint(source.token(finding)) for finding in findings}
    known = {marks[finding]: name for finding, name in reversed(given.items())}
    known |= {owner: name for name, owner in (taken or {}).items()}
    looked_up = {
        name: marks[finding] for finding, name in given.items() if _is_looked_up(sites[finding])
    }
    owners = dict.fromkeys(_assigned(source) - set(given.values()), "") | dict(taken or {})
    owners |= looked_up
    names = {}
    for finding, site in sites.items():
        usually = usual.get(finding.kind.variable, finding.kind.variable)
        name = given.get(finding) or known.get(marks[finding]) or usually
        if not (finding in given and _is_looked_up(site)):
            name = _free_name(name, marks[finding], owners)
        names[finding] = name
    return names


def _given_name(source: Source, site: Site) -> str | None:
    literal = site.literal
    is_assignment = literal and literal.parts[0].endswith("=") and literal.parts[1:] == ("",)
    given = literal.parts[0][:-1] if literal and is_assignment else site.name or ""
    name = given.strip("\"'$")
    name = source.language.variable(name) if source.language else name
    usable = _GIVEN_NAME.fullmatch(name) and not PUBLIC_NAME.match(name)
    return name if usable else None


def _is_looked_up(site: Site | None) -> bool:
    # The code reads the variable already, and the token is what it falls back to.
    return site is not None and site.replaced is not None


def _assigned(source: Source) -> set[str]:
    spans = source.syntax.outline.captures.get("variable", ()) if source.syntax else ()
    return {source.text[span.start : span.end] for span in spans}


def _free_name(name: str, token: str, owners: dict[str, str]) -> str:
    free, number = name, 1
    while owners.setdefault(free, token) != token:
        number += 1
        free = f"{name}_{number}"
    return free
