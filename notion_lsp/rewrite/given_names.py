"""What the code calls a token."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.detect.plain import find_plain
from notion_lsp.settings import PUBLIC_NAME

if TYPE_CHECKING:
    from notion_lsp.rewrite.source import Source
    from notion_lsp.syntax.site import Site

# A constant's or a variable's name that can be an environment variable's.
GIVEN_NAME = re.compile(r"[A-Z][A-Z0-9_]{2,}")
# What the code reads already is one, whatever its letters (POSIX, 8.1: names may have any).
_READ_NAME = re.compile(r"[A-Za-z_][\w.:-]*", re.ASCII)
_DEFAULT = re.compile(
    # A shell's and its like, Spring's, OmegaConf's, Serverless's, dbt's, and that of an expression
    # of GitHub.
    r"\$\{([A-Za-z_]\w*)(?::?[-=])\Z|\$\{([A-Za-z_][\w.-]*):`?\Z"
    r"|\$\{(?:oc\.)?env:(\w+), *[\"']?\Z|\benv_var\(['\"](\w+)['\"], *['\"]\Z"
    r"|\bsecrets\.(\w+) *\|\| *'\Z",
    re.ASCII,
)
_DEFAULT_ENDS = re.compile("[`'\"]?}|'")
# Of a text that a library reads (Spring Framework, "Using `@Value`"; picocli, "Variables").
_LIBRARY_DEFAULT = re.compile(r"\$\{(?:env:|sys:)?([\w.-]+):-?\Z", re.ASCII)

# Of make's functions, which the grammar has told: `$(or $(NAME),…)`.
_MAKE_DEFAULT = re.compile(r"\$[({]([\w.-]+)[)}],[ \t]*\Z", re.ASCII)


def given_name(source: Source, site: Site) -> str | None:
    """Return what the code calls a token, where a variable can be called so."""
    before, after = site.literal.parts
    given = site.name or _default_name(site) or ""
    if before.endswith("=") and not after:
        given = before[:-1]
    name = given.strip("\"'$")
    name = source.language.writing.variable(name) if source.language else name
    pattern = _READ_NAME if is_looked_up(site) else GIVEN_NAME
    # A bundler would ship the value of a public name with the page, and messages show each name.
    usable = pattern.fullmatch(name) and not (re.match(PUBLIC_NAME, name) or _is_a_token(name))
    return name if usable else None


def _is_a_token(name: str) -> bool:
    return bool(find_plain(name, edges=False))


def is_looked_up(site: Site) -> bool:
    """Whether the code reads the variable already, and the token is what it falls back to."""
    return site.fallback or _default_name(site) is not None


def _default_name(site: Site) -> str | None:
    if "tried" in site.captures and site.literal.parent == "arguments":
        found = _MAKE_DEFAULT.search(site.literal.parts[0])
        return found[1] if found else None
    # Of a text that a shell or its like reads, such as a value of YAML.
    default = _DEFAULT if site.instead is None else _LIBRARY_DEFAULT
    found = default.search(site.literal.parts[0])
    ends = _DEFAULT_ENDS.match(site.literal.parts[1])
    return next(filter(None, found.groups())) if found and ends else None
