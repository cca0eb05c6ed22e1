"""The process's environment: each language's own way to read it stands in the language's module."""

from notion_lsp.languages import languages
from notion_lsp.stores import Store

_LOOKUPS = {language.id: language.environment for language in languages()}

STORE = Store(
    id="env",
    title="the environment",
    action="Read it from the environment variable {name}",
    lookups=lambda _settings: _LOOKUPS,
    names=lambda _settings, _usual, variable: {"name": variable},
)
