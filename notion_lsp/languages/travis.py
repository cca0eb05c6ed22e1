"""Travis CI's builds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Writing
from notion_lsp.languages._hosted import hosted
from notion_lsp.languages.shell import SCRIPT
from notion_lsp.languages.yaml import GRAMMAR, Place, Value, Written, scripts, writing
from notion_lsp.lookup import Lookup, Remains
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from notion_lsp.languages import Part

# The phases of a job (Travis CI, "Job Lifecycle").
_SCRIPT = re.compile(
    r"(?:(?:jobs|matrix)/include/)?(?:script|install|before_(?:install|script|cache|deploy)"
    r"|after_(?:success|failure|script|deploy)|deploy/script)"
)
# `matrix` is another name of `jobs` (Travis CI, "Build Config Reference").
_ENVIRONMENT = re.compile(r"(?:(?:jobs|matrix)/include/)?env(?:/.*)?")

_SETS = Refused(
    "This sets the variable: encrypt it with `travis encrypt --add env.global`, "
    "or set it in the repository's settings."
)
_NOT_EXPANDED = Refused(
    "Travis expands no variable here: encrypt the token with `travis encrypt`, as `secure:`."
)


def _write(value: Place) -> Written:
    return _SETS if _ENVIRONMENT.fullmatch(value.path) else _NOT_EXPANDED


def _script(value: Value) -> Part:
    return value.part(_BASH)


LANGUAGE = Language(
    id="travis",
    title="Travis CI",
    recognition=Recognition(files=(".travis.yml", ".travis.yaml")),
    environment=Lookup(
        "${{name}:?}",
        action="Read it from {name} of the repository's settings",
        remains=(
            Remains(
                "Add {} to the environment variables in the settings of the repository.", "{name}"
            ),
        ),
    ),
    grammar=GRAMMAR,
    writing=Writing(write=writing(_write)),
    parts=scripts(_SCRIPT, _script),
)

_BASH = hosted(SCRIPT, LANGUAGE)
