"""Workflows and composite actions of GitHub."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import Language, Recognition, Telltale, Writing
from notion_lsp.languages._hosted import hosted
from notion_lsp.languages._python_reads import ENVIRONMENT, OS
from notion_lsp.languages.javascript import LANGUAGE as JAVASCRIPT
from notion_lsp.languages.powershell import LANGUAGE as POWERSHELL
from notion_lsp.languages.python import LANGUAGE as PYTHON
from notion_lsp.languages.shell import SCRIPT
from notion_lsp.languages.yaml import (
    GRAMMAR,
    IN_EXPRESSION,
    Place,
    Value,
    Written,
    scripts,
    writing,
)
from notion_lsp.lookup import Lookup, Remains, Requirement
from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from notion_lsp.languages import Part
    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.yaml_keys import Pair, Tree

# Where GitHub's table of contexts has `secrets`, and a secret does what the token did.
_TAKES_SECRETS = re.compile(
    r"env/[^/]+|jobs/[^/]+/(?:env|secrets|(?:container|services/[^/]+)/(?:env|credentials)"
    r"|steps/(?:env|with(?!/script\Z)))/[^/]+"
)
_SCRIPT = re.compile("jobs/[^/]+/steps/(?:run|with/script)")
# Keys around a script, up to the one in its step.
_IN_STEP = 3
_REASONS = (
    (r"(?:inputs|outputs|runs)/.*", "An action has no secrets: let it take the token as an input."),
    (r"(?:.*/)?if", "An `if` has no secrets: give the token to `env`, and look at that."),
    (r"jobs/[^/]+/with/.*", "A reusable workflow takes a secret under `secrets`, not `with`."),
    (r"jobs/[^/]+/outputs/.*", "GitHub drops an output that has a secret in it."),
)
_NO_SECRETS = "GitHub has no secrets here: they are for `env`, `with`, `run` and `secrets`."
_EXPRESSION = r"\$\{\{(?:(?!\$\{\{).)*?\}\}"
_GITHUB_SCRIPT = re.compile("[\"']?actions/github-script@")
_OTHER_SHELL = "`{}` runs this step, whose code is not rewritten here: give the token to `env`."
_ONE_LINE = Refused("This code needs others above it: write it on lines of its own, below `|`.")
_OTHER_INPUT = Refused("This input is code: read the token from the environment.")
_SEVERAL_SHELLS = "PowerShell runs this step on Windows and bash elsewhere: give it a `shell`."


def _write(value: Place) -> Written:
    edits = [
        _edit(value, token, hole) for token, hole in zip(value.tokens, value.holes, strict=True)
    ]
    if not all(edits):
        return Refused(IN_EXPRESSION)
    if _TAKES_SECRETS.fullmatch(value.path):
        return value.with_edits(filter(None, edits))
    # A key may hold any character, and so may the path of a value.
    found = (reason for path, reason in _REASONS if re.fullmatch(path, value.path))
    return Refused(next(found, _NO_SECRETS))


def _edit(value: Place, token: Span, hole: Hole) -> Edit | None:
    text = value.scalar.text
    around = (Span(*found.span()) for found in re.finditer(_EXPRESSION, text))
    expression = next((each for each in around if each.contains(token)), None)
    if expression is None:
        return Edit(token, hole.expression)
    if text[token.start - 1] != "'" or text[token.end] != "'":
        return None
    secret = f"secrets.{hole.variable}"
    string = Span(token.start - 1, token.end + 1)
    before = text[expression.start : string.start]
    falls_back = re.search(rf"\b{re.escape(secret)}( *\|\| *)\Z", before)
    # Without a secret it is the condition before `&&` that an expression comes to.
    if falls_back and "&&" not in before:
        return Edit(Span(expression.start + falls_back.start(1), string.end), "")
    return Edit(string, secret)


def _script(value: Value) -> Part:
    # The script reads a variable: an expression would put the secret into the script's own text.
    return replace(
        value.part(_language(value), _EXPRESSION),
        bind=partial(_bind, value),
    )


def _language(value: Value) -> Language | Refused:
    step = _levels(value)[0]
    if value.around[-1].key == "script":
        uses = step["uses"].value(value.tree.text) if "uses" in step else ""
        language = _IN_JAVASCRIPT if _GITHUB_SCRIPT.match(uses) else _OTHER_INPUT
    else:
        language = _of_shell(_shell(value))
    is_brought = language in (_IN_JAVASCRIPT, _IN_PYTHON)
    return _ONE_LINE if is_brought and value.scalar.style != "|" else language


def _of_shell(shell: str) -> Language | Refused:
    other = Refused(_OTHER_SHELL.format(shell) if shell else _SEVERAL_SHELLS)
    return next((language for name, language in _BY_SHELL if name.match(shell)), other)


def _bind(value: Value, holes: Sequence[Hole]) -> Written:
    # A step sees the repository's secrets only by its own `env`, or by that of what it stands in.
    missing = {}
    for name in (hole.variable for hole in holes):
        secret = f"${{{{ secrets.{name} }}}}"
        given, in_step = _given(value, name)
        # A token that is given there becomes the secret, too.
        same = secret in given or find_plain(given)
        if given and in_step and not same:
            return Refused(f"The step's `env` has another value for {name}.")
        if not same:
            missing[name] = secret
    return _add(value.tree, value.around[_IN_STEP], missing) if missing else ()


def _levels(value: Value) -> tuple[dict[str, Pair], ...]:
    # The keys of the step, of its job and of the workflow.
    tree, around = value.tree, value.around
    return tree.beside(around[_IN_STEP]), tree.inside(around[1]), tree.beside(around[0])


def _given(value: Value, name: str) -> tuple[str, bool]:
    """Return what the innermost `env` gives a name, and whether that is the step's."""
    for number, level in enumerate(_levels(value)):
        found = value.tree.inside(level["env"]).get(name) if "env" in level else None
        if found:
            return found.value(value.tree.text), number == 0
    return "", False


def _shell(value: Value) -> str:
    """Return what runs a step, nothing where that depends on the matrix."""
    tree, (step, job, workflow) = value.tree, _levels(value)
    if "shell" in step:
        return step["shell"].value(tree.text).strip("\"'")
    for level in (job, workflow):
        run = tree.inside(level["defaults"]).get("run") if "defaults" in level else None
        if run and "shell" in tree.inside(run):
            return tree.inside(run)["shell"].value(tree.text).strip("\"'")
    runner = job["runs-on"].value(tree.text) if "runs-on" in job else ""
    matrix = job["strategy"].value(tree.text) if "strategy" in job and "${{" in runner else ""
    # A matrix may run the step on several systems, and their shells differ.
    if "windows" in matrix.lower():
        return ""
    # Without a `shell`, Windows takes PowerShell and others bash (GitHub, "Workflow syntax").
    return "pwsh" if "windows" in runner.lower() else "bash"


def _add(tree: Tree, run: Pair, secrets: dict[str, str]) -> Written:
    env = tree.beside(run).get("env")
    if env is None:
        return (_new(tree, run, secrets),)
    entries = sorted(tree.inside(env).values())
    if not entries:
        return Refused("The step's `env` is not written out here.")
    first, last = Span(*[entries[0].span.start] * 2), line_bounds(tree.text, entries[-1].span.start)
    if tree.in_brackets(entries[0]):
        return (Edit(first, "".join(f"{entry}, " for entry in _entries(secrets, quote='"'))),)
    indent = " " * tree.column(first.start)
    if entries[-1].span.end > last.end:
        # The last value takes several lines, and the grammar may not tell where they end.
        return (Edit(first, "".join(f"{entry}\n{indent}" for entry in _entries(secrets))),)
    return (Edit(Span(last.end, last.end), "".join(f"\n{indent}{e}" for e in _entries(secrets))),)


def _new(tree: Tree, run: Pair, secrets: dict[str, str]) -> Edit:
    at, indent = Span(run.span.start, run.span.start), " " * tree.column(run.span.start)
    if tree.in_brackets(run):
        return Edit(at, f"env: {{{', '.join(_entries(secrets, quote=chr(34)))}}}, ")
    lines = "".join(f"{indent}  {entry}\n" for entry in _entries(secrets))
    return Edit(at, f"env:\n{lines}{indent}")


def _entries(secrets: dict[str, str], quote: str = "") -> list[str]:
    return [f"{name}: {quote}{secret}{quote}" for name, secret in secrets.items()]


LANGUAGE = Language(
    id="github-actions",
    title="GitHub Actions",
    recognition=Recognition(
        files=(
            *(".github/workflows/*.yml", ".github/workflows/*.yaml"),
            *("action.yml", "action.yaml"),
        ),
        editor_ids=("github-actions-workflow", "yaml.ghaction"),
        telltale=Telltale("yaml", (r"^[\"']?on[\"']?:", r"^jobs:", r"^ +(?:- )?(?:runs-on|uses):")),
    ),
    environment=Lookup(
        "${{ secrets.{name} }}",
        action="Read it from the repository secret {name}",
        remains=(Remains("Add {} to the secrets of the repository.", "{name}", storing=True),),
    ),
    grammar=GRAMMAR,
    writing=Writing(write=writing(_write)),
    parts=scripts(_SCRIPT, _script),
)

_IN_JAVASCRIPT = hosted(JAVASCRIPT, LANGUAGE)
_SYS = Requirement("sys", "import sys", "sys", aliased="import sys as _sys", alias="_sys")
# A secret that is not there is an empty text (GitHub, "Using secrets in GitHub Actions").
_STOPPING = replace(
    ENVIRONMENT,
    expression='{os}.environ["{name}"] or {sys}.exit("{name} is not set")',
    requirements=(OS, _SYS),
    compound=True,
)
_IN_PYTHON = hosted(replace(PYTHON, environment=_STOPPING), LANGUAGE)
_BY_SHELL = tuple(
    (re.compile(rf"(?:\S{{0,200}}/)?(?:{name})(?:\s|\Z)"), language)
    for name, language in (
        ("(?:ba|da|k|z)?sh", hosted(SCRIPT, LANGUAGE)),
        ("pwsh|powershell", hosted(POWERSHELL, LANGUAGE)),
        (r"python[\d.]*", _IN_PYTHON),
        ("node", _IN_JAVASCRIPT),
    )
)
