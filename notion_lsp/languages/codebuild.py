"""Build specifications of AWS CodeBuild, whose commands have the variables of the build."""

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

# docs.aws.amazon.com, CodeBuild, buildspec syntax.
_SCRIPT = re.compile(r"phases/[^/]+/(?:commands|finally)")
_SHELL = re.compile(r"(?:/bin/)?(?:ba)?sh\b")
_NOT_EXPANDED = Refused(
    "CodeBuild reads AWS Secrets Manager: name the secret in env.secrets-manager, and read the "
    "variable in the command."
)
_NO_SHELL = Refused("PowerShell or cmd runs these commands, not a POSIX shell.")


def _write(_value: Place) -> Written:
    return _NOT_EXPANDED


def _script(value: Value) -> Part:
    return value.part(_BASH if _SHELL.match(_shell(value)) else _NO_SHELL)


def _shell(value: Value) -> str:
    tree = value.tree
    env = tree.beside(value.around[0]).get("env")
    shell = tree.inside(env).get("shell") if env else None
    return shell.value(tree.text).strip("\"'") if shell else "sh"


LANGUAGE = Language(
    id="codebuild",
    title="AWS CodeBuild",
    recognition=Recognition(
        files=("buildspec.yml", "buildspec.yaml", "buildspec[-.]*.yml", "buildspec[-.]*.yaml"),
        telltale=Telltale(
            "yaml",
            (
                r"^version:[ \t]*[\"']?0\.\d",
                rf"^phases:{NEXT}[ \t](?:install|pre_build|build|post_build):",
            ),
        ),
    ),
    environment=Lookup(
        "${{name}:?}",
        action="Read it from {name}, which the build has from AWS Secrets Manager",
        remains=(Remains("Name the secret of {} in env.secrets-manager of the build.", "{name}"),),
    ),
    grammar=GRAMMAR,
    writing=Writing(write=writing(_write)),
    parts=scripts(_SCRIPT, _script),
)

_BASH = hosted(SCRIPT, LANGUAGE)
