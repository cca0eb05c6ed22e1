"""Which variable a token is to be read from."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.detect.finding import fingerprint
from notion_lsp.lookup import Lookup
from notion_lsp.rewrite.split_tokens import collapse
from notion_lsp.settings import DEFAULTS, PUBLIC_NAME
from notion_lsp.stores import stores
from notion_lsp.syntax.site import Site
from notion_lsp.text import free_name

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from notion_lsp.detect.finding import Finding
    from notion_lsp.rewrite.source import Source
    from notion_lsp.settings import Settings

# A constant's or a variable's name that can be an environment variable's.
_GIVEN_NAME = re.compile(r"[A-Z][A-Z0-9_]{2,}")
# What the code reads already is one, whatever its letters (POSIX, 8.1: names may have any).
_READ_NAME = re.compile(r"[A-Za-z_][\w.:-]*", re.ASCII)
_DEFAULT = re.compile(r"\$\{([A-Za-z_]\w*):?[-=]\Z", re.ASCII)


def variable_names(
    source: Source,
    findings: Sequence[Finding],
    usual: Mapping[str, str],
    taken: Mapping[str, str] | None = None,
    settings: Settings = DEFAULTS,
) -> dict[Finding, str]:
    """Return the variable that each token of the text is to be read from.

    The first of these that exists: the name that the code gives the token there, a name that the
    token has already (in `taken` or elsewhere in the text), the usual name for its kind. Different
    tokens get different names: the second `NOTION_TOKEN` becomes `NOTION_TOKEN_2`, also where the
    text reads `NOTION_TOKEN` from a store already. A token that no program reads, such as one in a
    comment, reserves no name. `taken` holds fingerprints by name.
    """
    collapsed = collapse(source, findings)
    written_out = {collapsed.moved(finding): finding for finding in findings}
    names = _names(collapsed.source, tuple(written_out), usual, dict(taken or {}), settings)
    return {finding: names[at] for at, finding in written_out.items()}


def owners(
    source: Source, took_place: Mapping[str, frozenset[str]], settings: Settings
) -> dict[str, str]:
    """Return which tokens are in the variables that the text reads now: fingerprints by name.

    `took_place` has the words that an edit put in place of each token, by its fingerprint.
    """
    return {
        word: token
        for token, words in took_place.items()
        for word in sorted(words)
        if _is_read(source, settings, word, (), word)
    }


def _names(
    source: Source,
    findings: Sequence[Finding],
    usual: Mapping[str, str],
    taken: Mapping[str, str],
    settings: Settings,
) -> dict[Finding, str]:
    sites = {
        finding: site for finding in findings if isinstance(site := source.site((finding,)), Site)
    }
    given = {
        finding: name for finding, site in sites.items() if (name := _given_name(source, site))
    }
    marks = {finding: fingerprint(source.token(finding)) for finding in findings}
    # Of several names that the code gives one token, the first one stays.
    known = {marks[finding]: name for finding, name in reversed(given.items())}
    known |= {owner: name for name, owner in taken.items()}
    looked_up = [finding for finding in given if _is_looked_up(sites[finding])]
    used = set(given.values())
    owners = dict.fromkeys(_assigned(source) - used, "") | dict(taken)
    owners |= {given[finding]: marks[finding] for finding in looked_up}
    names = {}
    # What the code calls a token is not to be another's, who may stand above it.
    for finding in sorted(findings, key=lambda finding: finding not in given):
        kind = finding.kind.variable
        name = given.get(finding) or known.get(marks[finding]) or usual.get(kind, kind)
        if finding in sites and finding not in looked_up:
            is_read = partial(_is_read, source, settings, kind, used)
            name = free_name(name, "_", partial(_is_anothers, marks[finding], owners, is_read))
        names[finding] = name
    return {finding: names[finding] for finding in findings}


def _given_name(source: Source, site: Site) -> str | None:
    before, after = site.literal.parts
    given = site.name or _default_name(site) or ""
    if before.endswith("=") and not after:
        given = before[:-1]
    name = given.strip("\"'$")
    name = source.language.writing.variable(name) if source.language else name
    pattern = _READ_NAME if _is_looked_up(site) else _GIVEN_NAME
    # A bundler would ship the value of a public name with the page.
    usable = pattern.fullmatch(name) and not PUBLIC_NAME.match(name)
    return name if usable else None


def _is_looked_up(site: Site) -> bool:
    # The code reads the variable already, and the token is what it falls back to.
    return site.fallback or _default_name(site) is not None


def _default_name(site: Site) -> str | None:
    # Of a text that a shell or its like reads, such as a value of YAML.
    found = _DEFAULT.search(site.literal.parts[0])
    return found[1] if found and site.literal.parts[1].startswith("}") else None


def _assigned(source: Source) -> set[str]:
    spans = source.syntax.outline.captures.get("variable", ()) if source.syntax else ()
    return {span.of(source.text) for span in spans}


def _is_read(
    source: Source, settings: Settings, usual: str, given: Collection[str], name: str
) -> bool:
    # By a lookup as ours, from any store: it stops without the variable, so a token is behind it. A
    # read that may find nothing is more likely for the very token that stands in the text.
    return name not in given and any(
        re.search(lookup.pattern(store.names(settings, usual, name)), text.text)
        for text in (source, *(inner for _, inner in source.inner))
        if text.language
        for store in stores().values()
        if isinstance(lookup := store.lookup(text.language, settings), Lookup)
    )


def _is_anothers(
    token: str, owners: dict[str, str], is_read: Callable[[str], bool], name: str
) -> bool:
    # A name that nothing has becomes the token's own.
    return owners.setdefault(name, "" if is_read(name) else token) != token
