"""Taskfiles, whose commands have the variables of whoever runs Task."""

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

# taskfile.dev, schema: a task may be its command, or a list of them.
_SCRIPT = re.compile(
    r"tasks/[^/]+(?:/(?:cmds(?:/(?:cmd|defer))?|cmd|status|preconditions(?:/sh)?))?"
    r"|(?:tasks/[^/]+/)?(?:vars|env)/[^/]+/sh"
)
# Task fills in its templates before a shell sees the command.
_TEMPLATE = r"\{\{(?:(?!\{\{).)*?\}\}"
_SETS = Refused(
    "Task hands its environment on: delete what sets the variable, and set it outside or in a "
    "file that `dotenv` names."
)


def _write(_value: Place) -> Written:
    return _SETS


def _script(value: Value) -> Part:
    return value.part(_BASH, _TEMPLATE)


LANGUAGE = Language(
    id="taskfile",
    title="Task",
    recognition=Recognition(
        files=tuple(
            f"{name}{kind}.{ending}"
            for name in ("Taskfile", "taskfile")
            for kind in ("", ".dist")
            for ending in ("yml", "yaml")
        ),
    ),
    environment=Lookup("${{name}:?}", remains=(Remains("Set {} where Task runs.", "{name}"),)),
    grammar=GRAMMAR,
    writing=Writing(write=writing(_write)),
    parts=scripts(_SCRIPT, _script),
)

_BASH = hosted(SCRIPT, LANGUAGE)
