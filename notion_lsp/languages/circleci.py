"""CircleCI's pipelines: a job has the variables of its project and of its contexts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Telltale, Writing
from notion_lsp.languages._hosted import hosted
from notion_lsp.languages.powershell import LANGUAGE as POWERSHELL
from notion_lsp.languages.shell import SCRIPT
from notion_lsp.languages.yaml import GRAMMAR, Place, Value, Written, scripts, writing
from notion_lsp.lookup import Lookup, Remains
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from notion_lsp.languages import Part

# Where steps stand, those of `when` and `unless` too (CircleCI configuration reference).
_STEPS = r"(?:.*/)?(?:steps|pre-steps|post-steps)/"
_SCRIPT = re.compile(r"\A" + _STEPS + r"run(?:/command)?")
_ENVIRONMENT = re.compile(
    rf"(?:jobs/[^/]+|executors/[^/]+|{_STEPS}run)/environment/(?P<variable>[^/]+)"
)
_SHELL = re.compile(r"(?:/(?:usr/)?bin/(?:env +)?)?(?:ba)?sh(?:\s|\Z)")
_POWERSHELL = re.compile(r"(?:pwsh|powershell)(?:[.]exe)?(?:\s|\Z)")
# CircleCI replaces `<< … >>` before a shell sees the script, and takes `\<<` for a plain `<<`.
_PARAMETER = r"<<\s*(?:parameters|pipeline|matrix)\.[^<>]*>>|\\(?=<<)"

_NOT_EXPANDED = Refused(
    "CircleCI expands no variable here: keep the token in the project's settings or a context."
)
_SEVERAL = Refused("This name has several values here, and the project's variable is but one.")


def _write(value: Place) -> Written:
    found = _ENVIRONMENT.fullmatch(value.path)
    if not found or not value.is_named(found["variable"]):
        return _NOT_EXPANDED
    # What is set here would count more than the project's variable and the context's.
    is_one = value.tree.is_same_everywhere(value.around[-1])
    return value.tree.without(value.around[-1]) if is_one else _SEVERAL


def _script(value: Value) -> Part:
    shell = _shell(value)
    if _POWERSHELL.match(shell):
        return value.part(_IN_POWERSHELL, _PARAMETER)
    other = Refused(f"`{shell}` runs this step, not a POSIX shell or PowerShell.")
    return value.part(_IN_BASH if _SHELL.match(shell) else other, _PARAMETER)


def _shell(value: Value) -> str:
    tree, (top, owner) = value.tree, value.around[:2]
    job = tree.inside(owner) if top.key == "jobs" else {}
    # A step's `shell` counts more than its job's.
    for level in (tree.beside(value.around[-1]), job):
        if "shell" in level:
            return level["shell"].value(tree.text).strip("\"'")
    # The orb `circleci/windows` calls its executors `win/…`; they run PowerShell.
    executor = job["executor"].value(tree.text) if "executor" in job else ""
    return "powershell" if "win/" in executor else "bash"


LANGUAGE = Language(
    id="circleci",
    title="CircleCI",
    recognition=Recognition(
        files=(".circleci/*.yml", ".circleci/*.yaml"),
        telltale=Telltale(
            "yaml", (r"^version:[ \t]*[\"']?2", r"^(?:jobs|commands|orbs):", r"^ +steps:")
        ),
    ),
    environment=Lookup(
        "${{name}:?}",
        action="Read it from {name} of the project's settings or of a context",
        remains=(
            Remains(
                "Add {} to the environment variables of the project or of a context.", "{name}"
            ),
        ),
    ),
    grammar=GRAMMAR,
    writing=Writing(write=writing(_write)),
    parts=scripts(_SCRIPT, _script),
)

_IN_BASH = hosted(SCRIPT, LANGUAGE)
_IN_POWERSHELL = hosted(POWERSHELL, LANGUAGE)
