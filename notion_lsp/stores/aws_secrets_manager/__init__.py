"""AWS Secrets Manager, by each language's own kit; credentials and region from its environment.

The helpers read a secret when first asked for it and keep it: Secrets Manager charges by the call.
A secret is the token itself, or JSON with the token under a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from notion_lsp.lookup import Remains
from notion_lsp.stores import Store, field_name, row, secret_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notion_lsp.languages import Language
    from notion_lsp.lookup import Lookup
    from notion_lsp.refused import Refused
    from notion_lsp.settings import Settings


def _names(settings: Settings, usual: str, variable: str) -> Mapping[str, str]:
    # A secret in JSON holds several tokens, each under its own key; a plain secret holds one token.
    secret, key = settings.aws_secret_id, settings.aws_json_key
    if key:
        key = field_name(key, usual, variable)
    else:
        secret = secret_name(secret, usual, variable)
    kept = f"{key} of {secret}" if key else secret
    return {"SECRET_ID": secret, "KEY": key, "KEPT": kept, "VARIABLE": variable}


def _lookup(language: Language, settings: Settings) -> Lookup | Refused | None:
    return row(__name__, language.id, "LOOKUP_WITH_KEY" if settings.aws_json_key else "LOOKUP")


STORE = Store(
    id="aws-secrets-manager",
    title="AWS Secrets Manager",
    action="Read it from AWS Secrets Manager: {SECRET_ID}",
    names=_names,
    lookup=_lookup,
    kept_as="{KEPT}",
    remains=(Remains("Give the code credentials of AWS, and AWS_REGION, where it runs."),),
    common=True,
)
