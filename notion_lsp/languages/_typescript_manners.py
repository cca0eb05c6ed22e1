"""What the compiler of TypeScript wants of a lookup, by what the settings of a project say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Manner
from notion_lsp.languages._javascript_reads import (
    ENVIRONMENT_OF_NODE,
    NODE,
    TYPES_OF_HELPER,
    documented,
    throwing,
    typed,
)
from notion_lsp.languages._typescript_types import fit_declared
from notion_lsp.runtime import Beside, in_any

if TYPE_CHECKING:
    from collections.abc import Callable

    from notion_lsp.lookup import Lookup
    from notion_lsp.refused import Refused


def _settings(content: str, *names: str) -> tuple[Beside, ...]:
    files = ("tsconfig.json", "jsconfig.json", *names)
    return tuple(Beside(name, content, extends=True) for name in files)


def _says(key: str, value: str) -> str:
    # What `tsc --init` writes proposes other values in comments.
    return rf'(?m)^(?![ \t]*//).*"{key}"\s{{0,9}}:\s{{0,9}}{value}'


ENVIRONMENT = typed(ENVIRONMENT_OF_NODE, TYPES_OF_HELPER)
_OF_NODE = r'"(?:\*|node|bun|bun-types)"'
_WITH_TYPES = _settings(_says("types", rf"\[[^\]]{{0,999}}{_OF_NODE}"))
# Its types may have come with another package: a lock file tells.
_LOCKED = in_any(
    "package-lock.json yarn.lock pnpm-lock.yaml bun.lock", 'node_modules/@types/node"|@types/node@'
)
_UNTYPED_PROJECTS = (
    (_settings(_says("types", rf"\[(?![^\]]{{0,999}}{_OF_NODE})")), ()),
    # Since TypeScript 6, `types` is an empty list where nothing is said.
    (in_any("package.json", r'"typescript"\s*:\s*"[^"\d]*(?:[6-9]|\d\d)\b'), _WITH_TYPES),
    (
        in_any("package.json", r'(?s)\A(?=.*"typescript"\s*:)(?!.*"@types/(?:node|bun)"\s*:)'),
        (*_WITH_TYPES, *_LOCKED, *in_any("node_modules/@types/node/package.json")),
    ),
)
# What uses Node.js by itself has its types from somewhere.
_TYPED = NODE + r"|\bprocess\??\.\w|<reference types="


def _untyped(process: str) -> Lookup:
    read = f"{process}.process.env"
    return replace(throwing(f"{read}[name]"), lenient=f'{read}["{{name}}"] ?? ""')


_UNTYPED = "(globalThis as unknown as { process: { env: Record<string, string> } })"
_UNTYPED_READS: dict[Lookup | Refused, Lookup | Refused] = {
    ENVIRONMENT: typed(_untyped(_UNTYPED), TYPES_OF_HELPER),
    ENVIRONMENT_OF_NODE: _untyped("/** @type {any} */ (globalThis)"),
}


def _without_types(language: Language) -> Language:
    environment = language.environment
    return replace(language, environment=_UNTYPED_READS.get(environment, environment))


def _declared(language: Language) -> Language:
    return replace(language, writing=replace(language.writing, fit=fit_declared))


def _documented(language: Language) -> Language:
    return replace(language, placement=replace(language.placement, helper=documented))


def _without_types_where_checked(language: Language) -> Language:
    return _without_types(language) if language.placement.helper is documented else language


def _where_untyped(at: Callable[[Language], Language]) -> tuple[Manner, ...]:
    return tuple(
        Manner(at, unless=_TYPED, beside=beside, instead=instead)
        for beside, instead in _UNTYPED_PROJECTS
    )


MANNERS = (
    *_where_untyped(_without_types),
    Manner(
        _declared, beside=_settings(_says("isolatedDeclarations", "true"), "tsconfig.base.json")
    ),
)
# TypeScript checks JavaScript too, where it is asked to (typescriptlang.org, checkJs).
MANNERS_OF_JAVASCRIPT = (
    Manner(_documented, text=r"^[ \t]*//[ \t]*@ts-check\b"),
    Manner(_documented, beside=_settings(_says("checkJs", "true"))),
    *_where_untyped(_without_types_where_checked),
)
