"""The settings: one record, read from the editor and from the project.

A bad value costs a message and keeps what was there.

The editor's keys are in camel case (`environmentVariable`), those of a TOML file in kebab case
(`environment-variable`). The project's file wins over the editor, so that what a colleague or a
build machine sees is what the editor shows.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Severity = Literal["error", "warning", "information", "hint", "off"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

PROJECT_FILE = ".notion-lsp.toml"
PYPROJECT = "pyproject.toml"

# What every shell, container and build system takes as a name, and no browser bundle ships.
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# What a bundler puts into the page, for everyone to read.
PUBLIC_NAME = re.compile(r"(?:VITE|NEXT_PUBLIC|REACT_APP|EXPO_PUBLIC)_[A-Z0-9_]*")
# What Notion's documentation, kits and samples call the variable of an access token.
ACCESS_TOKEN_NAMES = (
    *("NOTION_TOKEN", "NOTION_API_KEY", "NOTION_API_TOKEN", "NOTION_KEY"),
    *("NOTION_ACCESS_TOKEN", "NOTION_PAT", "NOTION_INTEGRATION_TOKEN"),
)

# The folders whose tokens are mostly made up. Those of documentation are not: what stands there is
# read by most.
_EXAMPLE_FOLDERS = (
    *("test/", "tests/", "__tests__/", "testdata/", "spec/", "fixtures/", "__fixtures__/"),
    *("example/", "examples/", "sample/", "samples/"),
)

# What 1Password takes in the parts of a reference to a secret.
_REFERENCE = re.compile(r"op:/(?:/[0-9A-Za-z_.-](?:[0-9A-Za-z_. -]*[0-9A-Za-z_.-])?){3,4}")
_A_NAME = "a name of letters, digits and `/_+=.@-` that begins with none of `/-`"


def _severity(value: object) -> Severity | None:
    return value if value in SEVERITIES else None


def _severities(value: object) -> Mapping[str, Severity] | None:
    if not isinstance(value, dict) or not all(map(_severity, value.values())):
        return None
    return {str(kind): severity for kind, severity in value.items()}


def _texts(value: object) -> Mapping[str, str] | None:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        return None
    return {str(name): text for name, text in value.items()}


def _globs(value: object) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return None
    return tuple(value)


def _variable(value: object) -> str | None:
    usable = isinstance(value, str) and _VARIABLE.fullmatch(value) and not PUBLIC_NAME.match(value)
    return str(value) if usable else None


def _secret_name(value: object) -> str | None:
    usable = isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9_+=.@][A-Za-z0-9/_+=.@-]*", value)
    return str(value) if usable else None


def _optional_name(value: object) -> str | None:
    return "" if value == "" else _secret_name(value)


def _azure_name(value: object) -> str | None:
    usable = isinstance(value, str) and re.fullmatch(r"[0-9A-Za-z-]+", value)
    return str(value) if usable else None


def _google_id(value: object) -> str | None:
    usable = isinstance(value, str) and re.fullmatch(r"[0-9A-Za-z_-]+", value)
    return str(value) if usable else None


def _reference(value: object) -> str | None:
    usable = isinstance(value, str) and _REFERENCE.fullmatch(value)
    return str(value) if usable else None


def _doppler_name(value: object) -> str | None:
    usable = isinstance(value, str) and re.fullmatch(r"[A-Z_][A-Z0-9_]*", value)
    return str(value) if usable else None


def _store(value: object) -> str | None:
    return value if isinstance(value, str) and re.fullmatch(r"[a-z0-9-]+", value) else None


def _meta(parse: Callable[[object], Any], expects: str, about: str) -> dict[str, Any]:
    return {"parse": parse, "expects": expects, "about": about}


@dataclass(frozen=True)
class Settings:
    """What a person may choose; every field has a default and a row in the README."""

    severity: Severity = field(
        default="error",
        metadata=_meta(
            _severity, f"one of {', '.join(SEVERITIES)}", "How a token is shown; `off` hides it."
        ),
    )
    kinds: Mapping[str, Severity] = field(
        default_factory=dict,
        metadata=_meta(
            _severities,
            f"a table of kind to one of {', '.join(SEVERITIES)}",
            "Another severity for some kinds of token, by the code that the diagnostic shows.",
        ),
    )
    store: str = field(
        default="env",
        metadata=_meta(
            _store,
            "the id of a store",
            "Where the preferred quick fix, fix-all and `notion-lsp fix` read the token from.",
        ),
    )
    environment_variable: str = field(
        default="NOTION_TOKEN",
        metadata=_meta(
            _variable,
            "the name of a variable that no browser bundle ships",
            "The variable for a token that neither the code nor the workspace has a name for.",
        ),
    )
    aws_secret_id: str = field(
        default="notion/api-token",
        metadata=_meta(_secret_name, _A_NAME, "The name of the secret in AWS Secrets Manager."),
    )
    aws_json_key: str = field(
        default="",
        metadata=_meta(
            _optional_name,
            _A_NAME,
            "The key of the token in a secret that is JSON; empty where the secret is the token.",
        ),
    )
    vault_mount: str = field(
        default="secret",
        metadata=_meta(_secret_name, _A_NAME, "The mount of Vault's key-value engine."),
    )
    vault_path: str = field(
        default="notion",
        metadata=_meta(_secret_name, _A_NAME, "The path of the secret below the mount."),
    )
    vault_field: str = field(
        default="api_key",
        metadata=_meta(_secret_name, _A_NAME, "The field of the token in Vault's secret."),
    )
    conjur_variable: str = field(
        default="notion/api-token",
        metadata=_meta(_secret_name, _A_NAME, "The id of the variable in Conjur."),
    )
    azure_secret_name: str = field(
        default="notion-api-token",
        metadata=_meta(
            _azure_name,
            "a name of letters, digits and `-`",
            "The name of the secret in Azure Key Vault.",
        ),
    )
    google_secret_id: str = field(
        default="notion-api-token",
        metadata=_meta(
            _google_id,
            "a name of letters, digits and `_-`",
            "The id of the secret in Google Secret Manager.",
        ),
    )
    onepassword_reference: str = field(
        default="op://notion/api-token/credential",
        metadata=_meta(
            _reference,
            "`op://vault/item/field` or `op://vault/item/section/field`",
            "The reference of the secret in 1Password.",
        ),
    )
    doppler_secret: str = field(
        default="NOTION_TOKEN",
        metadata=_meta(
            _doppler_name,
            "a name of capital letters, digits and `_`",
            "The name of the secret in Doppler.",
        ),
    )
    exclude: tuple[str, ...] = field(
        default=(),
        metadata=_meta(
            _globs,
            "a list of patterns",
            "Files to leave out, as patterns of a `.gitignore` relative to the folder.",
        ),
    )
    example_paths: tuple[str, ...] = field(
        default=_EXAMPLE_FOLDERS,
        metadata=_meta(
            _globs,
            "a list of patterns",
            "Files whose tokens are no more than hints, as patterns of a `.gitignore`.",
        ),
    )
    patterns: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_meta(
            _texts,
            "a table of kind to pattern",
            "More kinds of token, each with the regular expression that finds it.",
        ),
    )

    def severity_of(self, kind: str) -> Severity:
        """Return the severity for a kind of token."""
        return self.kinds.get(kind, self.severity)


DEFAULTS = Settings()


def parse(values: object, base: Settings | None = None) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings with the values put in, and a sentence for each that cannot be.

    A bad value leaves the base's in place.
    """
    base = base or Settings()
    if values is None:
        return base, ()
    if not isinstance(values, dict):
        return base, ("The settings are not a table of names and values.",)
    known = {option.name: option for option in fields(Settings)}
    changes: dict[str, Any] = {}
    problems = []
    for key, value in values.items():
        option = known.get(_snake_case(str(key)))
        if option is None:
            problems.append(f"{key!s}: there is no such setting.")
        elif (parsed := option.metadata["parse"](value)) is None:
            problems.append(f"{key!s}: expected {option.metadata['expects']}.")
        else:
            changes[option.name] = parsed
    return replace(base, **changes), tuple(problems)


def parse_project(
    project_file: str | None, pyproject: str | None, base: Settings
) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings with those of a project's files put in, and what is wrong with them.

    `.notion-lsp.toml` is read if it is there, else `[tool.notion-lsp]` of `pyproject.toml`.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        if project_file is not None:
            return parse(tomllib.loads(project_file), base)
        tools = tomllib.loads(pyproject or "").get("tool", {})
    # A number of thousands of digits and a list within thousands of lists have errors of their own.
    except (ValueError, RecursionError) as error:
        name = PYPROJECT if project_file is None else PROJECT_FILE
        return base, (f"{name}: {error}",)
    return parse(tools.get("notion-lsp"), base) if isinstance(tools, dict) else (base, ())


def camel_case(name: str) -> str:
    """Return a field's name as the editor spells it."""
    head, *tail = name.split("_")
    return head + "".join(map(str.title, tail))


def _snake_case(key: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", key).replace("-", "_").lower()
