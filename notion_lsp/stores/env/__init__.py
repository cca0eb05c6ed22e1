"""The process's environment: each language's own way to read it stands in the language's module."""

from notion_lsp.lookup import dashed, key_of, set_where_the_code_runs
from notion_lsp.stores import Store

STORE = Store(
    id="env",
    title="the environment",
    action="Read it from the environment variable {name}",
    # Ids of inputs and credentials have hyphens; Terraform's variables and the secrets of a build
    # are in small letters; a Secret of Kubernetes is called `notion` itself.
    names=lambda _settings, _usual, variable: {
        "name": variable,
        "VARIABLE": variable,
        "dashed": dashed(variable),
        "LOWER": variable.lower(),
        "key": key_of(variable),
    },
    lookup=lambda language, _settings: language.environment,
    remains=(set_where_the_code_runs("{name}"),),
    common=True,
)
