"""The settings: one record, read from the editor and from the project's files.

A bad value yields a message, and the setting keeps the value that it had.

The editor writes keys in camel case (`environmentVariable`), a TOML file in kebab case
(`environment-variable`). The project's file wins over the editor, so that the editor, a colleague
and a build machine all report the same.
"""

import re
import sys
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_type_hints

Severity = Literal["error", "warning", "information", "hint", "off"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

PROJECT_FILE = ".notion-lsp.toml"
PYPROJECT = "pyproject.toml"

# A bundler puts the value of such a variable into the page, for everyone to read.
PUBLIC_NAME = (
    r"(?:VITE|(?:NEXT_|EXPO_|NUXT_)?PUBLIC|(?:REACT|VUE|NG)_APP|GATSBY|STORYBOOK)_[A-Z0-9_]*"
)
# The names that Notion's documentation, client libraries and samples give to the variable.
ACCESS_TOKEN_NAMES = (
    *("NOTION_TOKEN", "NOTION_API_KEY", "NOTION_API_TOKEN", "NOTION_KEY"),
    *("NOTION_ACCESS_TOKEN", "NOTION_PAT", "NOTION_INTEGRATION_TOKEN"),
)

# Tokens in these folders are mostly made up. Folders of documentation are not listed: more people
# read what stands there than anything else in a repository, so a real token there matters most.
_EXAMPLE_FOLDERS = (
    *("test/", "tests/", "__tests__/", "testdata/", "spec/", "fixtures/", "__fixtures__/"),
    *("example/", "examples/", "sample/", "samples/"),
)


class _Accepted(NamedTuple):
    """The values that a setting takes: what fits a pattern, or a list or a table of such.

    `expects` names them in a message. A table's keys may be any text.
    """

    pattern: str
    expects: str
    shape: type = str

    def parse(self, value: object) -> Any:  # noqa: ANN401, the type of the setting's field
        """Return the value of the setting, `None` if it is not one of those accepted."""
        if not isinstance(value, self.shape):
            return None
        if isinstance(value, int):
            return value if self._fits(str(value)) else None
        if isinstance(value, dict):
            fits = all(map(self._fits, value.values()))
            return {str(key): text for key, text in value.items()} if fits else None
        if isinstance(value, list):
            return tuple(value) if all(map(self._fits, value)) else None
        return value if self._fits(value) else None

    def _fits(self, text: object) -> bool:
        return isinstance(text, str) and re.fullmatch(self.pattern, text) is not None


# A name goes into generated code and command lines, between quotes of every kind: a pattern leaves
# out whatever could end the string there, even where the store itself would take it.
_ONE_SEVERITY = "|".join(SEVERITIES)
_ANY_TEXT = "(?s:.*)"
_SEVERITY = _Accepted(_ONE_SEVERITY, f"one of {', '.join(SEVERITIES)}")
_SEVERITIES = _Accepted(_ONE_SEVERITY, f"a table of kind to {_SEVERITY.expects}", dict)
_STORE = _Accepted("[a-z0-9-]+", "the id of a store")
# Every shell, container and build system accepts such a name, and no browser bundle ships it.
_VARIABLE = _Accepted(
    rf"(?!{PUBLIC_NAME})[A-Za-z_][A-Za-z0-9_]*",
    "the name of a variable that no browser bundle ships",
)
_NAME = _Accepted(
    "[A-Za-z0-9_+=.@][A-Za-z0-9/_+=.@-]*",
    "a name of letters, digits and `/_+=.@-` that begins with none of `/-`",
)
_NAME_OR_EMPTY = _Accepted(f"(?:{_NAME.pattern})?", _NAME.expects)
_AZURE_NAME = _Accepted("[0-9A-Za-z-]+", "a name of letters, digits and `-`")
_GOOGLE_ID = _Accepted("[0-9A-Za-z_-]+", "a name of letters, digits and `_-`")
# https://developer.1password.com/docs/cli/secret-reference-syntax lists the characters.
_REFERENCE = _Accepted(
    "op:/(?:/[0-9A-Za-z_.-](?:[0-9A-Za-z_. -]*[0-9A-Za-z_.-])?){3,4}",
    "`op://vault/item/field` or `op://vault/item/section/field`",
)
_DOPPLER_NAME = _Accepted("[A-Z_][A-Z0-9_]*", "a name of capital letters, digits and `_`")
_NUMBER = _Accepted("[1-9][0-9]{0,5}", "a whole number from 1 to 999999", int)
_GLOBS = _Accepted(_ANY_TEXT, "a list of patterns", list)
_PATTERNS = _Accepted(_ANY_TEXT, "a table of kind to pattern", dict)


class Option(NamedTuple):
    """What a setting takes, and what it is about."""

    accepted: _Accepted
    about: str


class Settings(NamedTuple):
    """What a person may choose; every field has a default and a row in the README."""

    severity: Annotated[Severity, Option(_SEVERITY, "How a token is shown; `off` hides it.")] = (
        "error"
    )
    kinds: Annotated[
        Mapping[str, Severity],
        Option(
            _SEVERITIES,
            "Another severity for some kinds of token, by the code that the diagnostic shows.",
        ),
    ] = {}
    store: Annotated[
        str,
        Option(
            _STORE,
            "Where the preferred quick fix, fix-all and `notion-lsp fix` read the token from.",
        ),
    ] = "env"
    environment_variable: Annotated[
        str,
        Option(
            _VARIABLE,
            "The variable for a token that neither the code nor the workspace has a name for.",
        ),
    ] = "NOTION_TOKEN"
    aws_secret_id: Annotated[
        str, Option(_NAME, "The name of the secret in AWS Secrets Manager.")
    ] = "notion/api-token"
    aws_json_key: Annotated[
        str,
        Option(
            _NAME_OR_EMPTY,
            "The key of the token in a secret that is JSON; empty where the secret is the token.",
        ),
    ] = ""
    vault_mount: Annotated[str, Option(_NAME, "The mount of Vault's key-value engine.")] = "secret"
    vault_path: Annotated[str, Option(_NAME, "The path of the secret below the mount.")] = "notion"
    vault_field: Annotated[str, Option(_NAME, "The field of the token in Vault's secret.")] = (
        "api_key"
    )
    conjur_variable: Annotated[str, Option(_NAME, "The id of the variable in Conjur.")] = (
        "notion/api-token"
    )
    azure_secret_name: Annotated[
        str, Option(_AZURE_NAME, "The name of the secret in Azure Key Vault.")
    ] = "notion-api-token"
    google_secret_id: Annotated[
        str, Option(_GOOGLE_ID, "The id of the secret in Google Secret Manager.")
    ] = "notion-api-token"
    onepassword_reference: Annotated[
        str, Option(_REFERENCE, "The reference of the secret in 1Password.")
    ] = "op://notion/api-token/credential"
    doppler_secret: Annotated[str, Option(_DOPPLER_NAME, "The name of the secret in Doppler.")] = (
        "NOTION_TOKEN"
    )
    keyring_name: Annotated[
        str, Option(_NAME, "The service and the user of the password in the system's keyring.")
    ] = "notion/api-token"
    maximum_findings: Annotated[
        int,
        Option(
            _NUMBER,
            "How many tokens of one file an editor shows, the worst first; the last one says how "
            "many more there are.",
        ),
    ] = 1000
    exclude: Annotated[
        tuple[str, ...],
        Option(_GLOBS, "Files to leave out, as patterns of a `.gitignore` relative to the folder."),
    ] = ()
    example_paths: Annotated[
        tuple[str, ...],
        Option(_GLOBS, "Files whose tokens are no more than hints, as patterns of a `.gitignore`."),
    ] = _EXAMPLE_FOLDERS
    patterns: Annotated[
        Mapping[str, str],
        Option(_PATTERNS, "More kinds of token, each with the regular expression that finds it."),
    ] = {}

    def severity_of(self, kind: str) -> Severity:
        """Return the severity for a kind of token."""
        return self.kinds.get(kind, self.severity)


DEFAULTS = Settings()

# Hardly a token or a PIN is without digits.
_LIKE_A_KEY = r"(?=.{0,32}\Z)[A-Za-z_. -]*\d{0,2}"


def parse(values: object, base: Settings | None = None) -> tuple[Settings, tuple[str, ...]]:
    """Return `base` with the values of a table put in, and a sentence for each bad one.

    A bad value leaves that of the base in place; `None` stands for an empty table.
    """
    base = base or Settings()
    if values is None:
        return base, ()
    if not isinstance(values, dict):
        return base, ("The settings are not a table of names and values.",)
    known = options()
    changes: dict[str, Any] = {}
    problems = []
    for key, value in values.items():
        name = _snake_case(str(key))
        option = known.get(name)
        if option is None:
            problems.append(f"{shown_key(str(key))}: there is no such setting.")
        elif (parsed := option.accepted.parse(value)) is None:
            problems.append(f"{key!s}: expected {option.accepted.expects}.")
        else:
            changes[name] = parsed
    return base._replace(**changes), tuple(problems)


@cache
def options() -> Mapping[str, Option]:
    """Return what there is to be said of each setting, by the name of its field."""
    hints = get_type_hints(Settings, include_extras=True)
    return {name: next(iter(hint.__metadata__)) for name, hint in hints.items()}


def shown_key(key: str) -> str:
    """Return a key as a message names it: one that cannot be a name may be a secret."""
    return key if re.fullmatch(_LIKE_A_KEY, key) else f"a key of {len(key)} characters"


def parse_project(
    project_file: str | None, pyproject: str | None, base: Settings
) -> tuple[Settings, tuple[str, ...]]:
    """Return `base` with the settings of a project put in, and a sentence for each problem.

    The arguments are the texts of `.notion-lsp.toml` and `pyproject.toml`, `None` for a file that
    is not there. The first one counts if it is there, else `[tool.notion-lsp]` of the second.
    """
    try:
        if project_file is not None:
            return parse(_toml(project_file), base)
        tools = _toml(pyproject or "").get("tool", {})
    except _NOT_TOML as error:
        name = PYPROJECT if project_file is None else PROJECT_FILE
        return base, (f"{name}: {re.sub(_QUOTED, '…', str(error))}",)
    return parse(tools.get(_TABLE), base) if isinstance(tools, dict) else (base, ())


def has_table(pyproject: str) -> bool:
    """Whether the text of a `pyproject.toml` has settings of ours, or cannot be read for them."""
    if _TABLE not in pyproject:
        return False
    try:
        tools = _toml(pyproject).get("tool", {})
    except _NOT_TOML:
        return True
    return isinstance(tools, dict) and _TABLE in tools


# tomllib documents one error of its own, a ValueError. A number of thousands of digits raises
# another ValueError, and a list within thousands of lists a RecursionError.
_NOT_TOML = (ValueError, RecursionError)
# Some of its messages quote a key, which may be anything; one character tells what is expected.
_QUOTED = r"""(?s)["'](?=[^"']{2}).*["']"""
_TABLE = "notion-lsp"


# tomllib keeps a tuple of names for each depth of a key: time and memory grow with its square. The
# deepest key of ours has four names.
_TOO_DEEP = r"""(?a)(?:\.[ \t]*(?:[\w-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')[ \t]*){16}"""


def _toml(text: str) -> dict[str, Any]:
    if re.search(_TOO_DEEP, text):
        message = "a key has more than 16 names"
        raise ValueError(message)
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)


def camel_case(name: str) -> str:
    """Return a field's name as the editor spells it."""
    head, *tail = name.split("_")
    return head + "".join(map(str.title, tail))


def _snake_case(key: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", key).replace("-", "_").lower()
