"""Bitbucket's pipelines, whose scripts have the secured variables of the repository."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Telltale, Writing
from notion_lsp.languages._hosted import hosted
from notion_lsp.languages._pipeline_readers import NEXT
from notion_lsp.languages.shell import SCRIPT
from notion_lsp.languages.yaml import GRAMMAR, Place, Value, Written, scripts, writing
from notion_lsp.lookup import Lookup, Remains
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from notion_lsp.languages import Part

_SCRIPT = re.compile(r"\A(?:.*/)?step/(?:after-)?script")
# What a pipe is given (Bitbucket, "Use pipes in Bitbucket Pipelines").
_GIVEN = re.compile(r"(?:.*/)?step/(?:after-)?script/variables/[^/]+")
_NOT_EXPANDED = Refused(
    "Bitbucket reads a secured variable in a script and for a pipe, not here: set this one in the "
    "repository's settings."
)


def _write(value: Place) -> Written:
    is_given = _GIVEN.fullmatch(value.path) and value.literal.whole
    return value.with_expressions() if is_given else _NOT_EXPANDED


def _script(value: Value) -> Part:
    return value.part(_BASH)


LANGUAGE = Language(
    id="bitbucket",
    title="Bitbucket Pipelines",
    recognition=Recognition(
        files=("bitbucket-pipelines.yml", "bitbucket-pipelines.yaml"),
        telltale=Telltale(
            "yaml",
            (
                rf"^pipelines:{NEXT}[ \t](?:branches|custom|default|pull-requests|tags):",
                r"^[ \t]*- step:",
            ),
        ),
    ),
    environment=Lookup(
        "${name}",
        action="Read it from {name}, a secured variable",
        remains=(
            Remains("Add {} to the secured variables of the repository.", "{name}", storing=True),
        ),
    ),
    grammar=GRAMMAR,
    writing=Writing(write=writing(_write)),
    parts=scripts(_SCRIPT, _script),
)

_BASH = hosted(SCRIPT, LANGUAGE)
