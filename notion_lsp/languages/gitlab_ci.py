"""GitLab's pipelines, which give each job the project's variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Recognition, Telltale, Writing
from notion_lsp.languages._hosted import hosted
from notion_lsp.languages.shell import SCRIPT
from notion_lsp.languages.yaml import GRAMMAR, Place, Value, Written, below, scripts, writing
from notion_lsp.lookup import Lookup, Remains
from notion_lsp.refused import Refused

if TYPE_CHECKING:
    from notion_lsp.languages import Part

_VARIABLE = re.compile(r"(?:.*/)?variables/[^/]+")
_FORM = re.compile(r"variables/[^/]+/(?:value|options)")
# The keywords of a job that hold commands (GitLab, "CI/CD YAML syntax reference").
_SCRIPT = re.compile(
    r"\A(?:[^/]+/)?(?:(?:before_|after_)?script|hooks/pre_get_sources_script)|\A[^/]+/run/script"
)
_JOB = below(r"[\w.\"'].*:", r"(?:before_|after_)?script:")
# What no job tells by: the stages of Azure are mappings.
_STAGES = (
    r"^stages:[ \t]*(?:\[|\r?\n[ ]*- [\w-]+[ \t]*\r?$)"
    r"|^include:[ \t]*\r?\n[ ]*- (?:component|file|local|project|remote|template):"
)
# GitLab fills in an input when it makes the pipeline, before any shell.
_INPUT = r"\$\[\[(?:(?!\$\[\[).)*?\]\]"
_WINDOWS = re.compile(r"windows|powershell|pwsh", re.IGNORECASE)

_NOT_EXPANDED = Refused("GitLab reads a variable in `variables` and in a script, not here.")
_IN_FORM = Refused("This fills the form of a pipeline started by hand: leave the value out.")
_COUNTS_MORE = Refused("This name has several values here, and the project's would count more.")
_POWERSHELL = Refused("The job may run in PowerShell, whose text is not rewritten here.")


def _write(value: Place) -> Written:
    if _VARIABLE.fullmatch(value.path):
        return _in_variables(value)
    return _IN_FORM if _FORM.fullmatch(value.path) else _NOT_EXPANDED


def _in_variables(value: Place) -> Written:
    pair = value.around[-1]
    if value.is_named(pair.key):
        # The job has the project's variable as it is; one that reads itself would be a circle.
        is_one = value.tree.is_same_everywhere(pair)
        return value.tree.without(pair) if is_one else _COUNTS_MORE
    if pair.key in value.names:
        return Refused(f"A variable {pair.key} cannot be made of itself.")
    return value.with_expressions()


def _script(value: Value) -> Part:
    # The shell is a setting of the runner, and the tags are all that the file says of that.
    tags = value.tree.beside(value.around[-1]).get("tags")
    is_windows = tags and _WINDOWS.search(tags.value(value.tree.text))
    return value.part(_POWERSHELL if is_windows else _BASH, _INPUT)


LANGUAGE = Language(
    id="gitlab-ci",
    title="GitLab CI",
    recognition=Recognition(
        files=(
            *(".gitlab-ci.yml", ".gitlab-ci.yaml", "*.gitlab-ci.yml", "*.gitlab-ci.yaml"),
            *(".gitlab/ci/*.yml", ".gitlab-ci/*.yml"),
        ),
        editor_ids=("gitlab-ci", "yaml.gitlab"),
        telltale=Telltale("yaml", (rf"{_JOB}|^variables:", rf"{_JOB}|{_STAGES}")),
    ),
    environment=Lookup(
        "${{name}}",
        action="Read it from {name}, a masked and protected CI/CD variable",
        remains=(Remains("Add {} to the CI/CD variables of the project.", "{name}", storing=True),),
    ),
    grammar=GRAMMAR,
    writing=Writing(write=writing(_write)),
    parts=scripts(_SCRIPT, _script),
)

_BASH = hosted(SCRIPT, LANGUAGE)
