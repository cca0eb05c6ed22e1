"""Dockerfiles: a secret of the build for `RUN`, a variable of the container for what it starts.

What `ENV` and `ARG` hold stays in the image or in its history: there the variable goes away. The
command of a `RUN` is read as its shell gets it, without the comments between its lines.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import Language, Part, Recognition, Writing
from notion_lsp.languages._hosted import hosted, on_one_line
from notion_lsp.languages.shell import SCRIPT
from notion_lsp.lookup import Lookup, Remains
from notion_lsp.refused import Refused
from notion_lsp.syntax.embedded import read
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit, Span, line_bounds, next_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from notion_lsp.languages import Bind
    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.embedded import Embedded
    from notion_lsp.syntax.site import Site, Syntax

_IN_THE_IMAGE = "What this instruction holds stays in the image, and it can read no secret."

_NOT_POSIX = Refused("The commands of this file are not those of a POSIX shell.")
_OTHER_LANGUAGE = Refused("The script is one of another language.")

_CONTEXT = f"""
(comment) @comment

(env_pair name: (unquoted_string) @name value: (_) @literal)
(arg_pair name: (unquoted_string) @name default: (_) @literal)
(env_instruction (env_pair) @pair) @unset  ; Docker calls its check SecretsUsedInArgOrEnv.
(arg_instruction (arg_pair) @pair) @unset

((json_string) @fixed
  (#set! reason "No shell expands a variable in this form: write the command without brackets."))
((onbuild_instruction) @fixed (#set! reason "This instruction runs in the builds of others."))
((run_instruction [(mount_param) (param)] @fixed)
  (#set! reason "The token does not stand in a word of the command."))
([(add_instruction) (copy_instruction) (from_instruction) (label_instruction)
  (maintainer_instruction) (shell_instruction) (user_instruction) (volume_instruction)
  (workdir_instruction)] @fixed (#set! reason "{_IN_THE_IMAGE}"))
"""

_OUTLINE = """
(source_file (run_instruction) @run)
(source_file (run_instruction (shell_command) @command))
(source_file (run_instruction (heredoc_block (heredoc_content) @heredoc) @heredoc_block))
(source_file [
  (cmd_instruction (shell_command) @started)
  (entrypoint_instruction (shell_command) @started)
  (healthcheck_instruction (cmd_instruction (shell_command) @started))])
(source_file (from_instruction) @from)
(source_file (shell_instruction) @shell)
(source_file [(add_instruction) (arg_instruction) (copy_instruction) (env_instruction)
  (from_instruction) (label_instruction) (onbuild_instruction) (user_instruction)
  (workdir_instruction)] @other)
(env_pair name: (unquoted_string) @variable)
(arg_pair name: (unquoted_string) @variable default: (_))
(arg_pair name: (unquoted_string) @inherited !default)
"""

# `:1` is always the newest frontend of version 1 (Dockerfile reference, "syntax").
_FRONTEND = "# syntax=docker/dockerfile:1\n"
# Directives are comments above all else in a file (Dockerfile reference, "Parser directives").
_DIRECTIVES = r"(?i)(?:#[^\r\n]*\r?\n)*#[ \t]*"
_HAS_FRONTEND = re.compile(rf"{_DIRECTIVES}syntax[ \t]*=")
# A mount with `env=` needs version 1.10 of the frontend (Dockerfile reference, "RUN --mount").
_OLD_FRONTEND = re.compile(
    rf"{_DIRECTIVES}syntax[ \t]*=[ \t]*docker/dockerfile[\w-]*:(?:0|1\.\d(?!\d)|experimental)"
)
# The backtick is the escape of files for Windows, whose paths have backslashes.
_BACKTICK = re.compile(rf"{_DIRECTIVES}escape[ \t]*=[ \t]*`")
_WINDOWS = re.compile(r"(?i)windows|nanoserver|servercore")
_POSIX = re.compile(r"\[\s*\"(?:[^\"]*/)?(?:ba|da|a|k|z)?sh\"")
# A here-document may begin with a line that says what runs it (Dockerfile reference,
# "Here-Documents").
_OTHER_SCRIPT = re.compile(r"\s*#!(?!\s*\S*/(?:env\s+(?:-S\s+)?)?(?:ba|da|a|k|z)?sh\b)")

# A line that goes on, with the comments and the empty lines that are left out below it.
_CONTINUED = re.compile(r"\\[ \t]*\r?\n(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*")
_HEAD = re.compile(rf"(?i)run(?:(?:[ \t]|{_CONTINUED.pattern})+--[a-z]+(?:=\S+)?)*")
_ONLY_HEREDOC = re.compile(r"\s*<<-?([\"']?)\w+\1\s*")


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    return _unset(syntax, site, holes[0].variable) if _is_posix(syntax) else _NOT_POSIX


def _parts(syntax: Syntax) -> tuple[Part, ...]:
    captures, text = syntax.outline.captures, syntax.text
    commands = captures.get("command", ())
    parts = [
        _run(syntax, run) for run in captures.get("run", ()) if any(map(run.contains, commands))
    ]
    parts += [_started(_command(text, span)) for span in captures.get("started", ())]
    if not _is_posix(syntax):
        parts = [replace(part, language=_NOT_POSIX) for part in parts]
    return tuple(parts)


def _run(syntax: Syntax, run: Span) -> Part:
    captures, text = syntax.outline.captures, syntax.text
    head = _HEAD.match(text, run.start, run.end)
    begin = head.end() if head else run.start
    below = min(filter(run.contains, captures.get("heredoc_block", ())), default=None)
    end = below.start if below else run.end
    bind = partial(_bind, syntax, run)
    if below is None or not _ONLY_HEREDOC.fullmatch(_command(text, Span(begin, end)).text):
        heredocs = Span(end, run.end)
        return _part(_command(text, Span(begin, end), heredocs), bind)
    # The text of a lone here-document is the command itself.
    script = next(filter(run.contains, captures["heredoc"]))
    part = _part(read([(script.of(text), script)]), bind)
    is_other = _OTHER_SCRIPT.match(part.text)
    return replace(part, language=_OTHER_LANGUAGE) if is_other else part


def _part(command: Embedded, bind: Bind) -> Part:
    return Part(command, command.text, _IN_BUILD, bind=bind, alone=True)


def _started(command: Embedded) -> Part:
    return Part(
        command,
        command.text,
        _IN_CONTAINER,
        encode=lambda script, _ends: on_one_line(script),
        alone=True,
    )


def _command(text: str, line: Span, *below: Span) -> Embedded:
    """Return what the shell gets of an instruction: its line, and the here-documents below."""
    breaks = [Span(*found.span()) for found in _CONTINUED.finditer(text, line.start, line.end)]
    edges = [Span(line.start, line.start), *breaks, Span(line.end, line.end)]
    spans = [Span(before.end, after.start) for before, after in pairwise(edges)]
    return read((span.of(text), span) for span in (*spans, *below))


def _bind(syntax: Syntax, run: Span, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    return _mounts(syntax, {run: [hole.variable for hole in holes]})


def _is_posix(syntax: Syntax) -> bool:
    captures, text = syntax.outline.captures, syntax.text
    shells = [span.of(text) for span in captures.get("shell", ())]
    images = [span.of(text) for span in captures.get("from", ())]
    return (
        not _BACKTICK.match(text)
        and all(map(_POSIX.search, shells))
        and not any(map(_WINDOWS.search, images))
    )


def _mounts(syntax: Syntax, runs: dict[Span, list[str]]) -> tuple[Edit, ...] | Refused:
    text = syntax.text
    edits = [
        edit for run, names in runs.items() for name in names for edit in _mount(text, run, name)
    ]
    if edits and _OLD_FRONTEND.match(text):
        return Refused("A secret as a variable needs `# syntax=docker/dockerfile:1`.")
    if edits and not _HAS_FRONTEND.match(text):
        edits.insert(0, Edit(Span(0, 0), _FRONTEND))
    return tuple(dict.fromkeys(edits))


def _mount(text: str, run: Span, name: str) -> Iterator[Edit]:
    head = _HEAD.match(text, run.start, run.end)
    if head is None or re.search(rf"--mount=(?:(?!--mount=)\S)*\benv={name}\b", head[0]):
        return
    at = run.start + len("RUN")
    goes_on = re.match(r"[ \t]*(?:\\[ \t]*\r?\n|<<)", text[at:])
    # Without `required` the command would run with no variable where the build gets no secret.
    mount = f" --mount=type=secret,id={name.lower()},env={name},required=true"
    yield Edit(Span(at, at), mount if goes_on else f"{mount} \\\n   ")


def _unset(syntax: Syntax, site: Site, name: str) -> tuple[Edit, ...] | Refused:
    text, unset = syntax.text, site.captures["unset"][0]
    if site.name is None or len(find_plain(unset.of(text))) > 1:
        return Refused("The instruction sets more than this token: give the token its own.")
    variables = [span.of(text) for span in syntax.outline.captures.get("variable", ())]
    if site.name != name and variables.count(site.name) > 1:
        return Refused("Another instruction sets the variable, too: take that one out first.")
    if site.name != name:
        return Refused(f"The variable is not called {name}: rename it first.")
    uses = re.compile(rf"\$(?:{name}\b|\{{{name}\b)")
    below = [
        (kind, span)
        for kind in ("run", "other")
        for span in syntax.outline.captures.get(kind, ())
        if span.start > unset.start
    ]
    used = [(kind, span) for kind, span in below if uses.search(text, span.start, span.end)]
    if any(kind == "other" for kind, _ in used):
        return Refused("Another instruction puts the variable into the image.")
    # `ARG NAME` in a later stage declares the same argument again: it goes, too.
    declared = re.compile(rf"(?i)arg\s+{name}\s*")
    again = [span for _, span in below if declared.fullmatch(text, span.start, span.end)]
    mounts = _mounts(syntax, {span: [name] for _, span in used})
    if isinstance(mounts, Refused):
        return mounts
    return (_removed(text, site, unset), *mounts, *(_whole_lines(text, span) for span in again))


def _removed(text: str, site: Site, unset: Span) -> Edit:
    pairs = sorted(site.captures["pair"])
    if len(pairs) == 1:
        return _whole_lines(text, unset)
    index = next(i for i, pair in enumerate(pairs) if pair.contains(site.literal.span))
    if index:
        return Edit(Span(pairs[index - 1].end, pairs[index].end), "")
    blank = re.compile(r"[ \t]*").match(text, pairs[0].end)
    return Edit(Span(pairs[0].start, blank.end() if blank else pairs[0].end), "")


def _whole_lines(text: str, span: Span) -> Edit:
    return Edit(Span(line_bounds(text, span.start).start, next_line(text, span.end)), "")


_BUILT = Lookup(
    "${{name}:?}",
    action="Read it from the variable {name}: docker build --secret id={LOWER},env={name} .",
    remains=(Remains("Pass {} to docker build as a secret.", "{name}"),),
)
_STARTED = Lookup(
    "${{name}:?}",
    action="Read it from the variable {name}: docker run -e {name}",
    remains=(Remains("Pass {} to docker run.", "{name}"),),
)
# Who reads what an instruction sets is told by the instructions below it.
_SET = replace(
    _BUILT,
    action=f"{_BUILT.action} or docker run -e {{name}}",
    remains=(Remains("Pass {} to docker build as a secret, or to docker run.", "{name}"),),
)

LANGUAGE = Language(
    id="dockerfile",
    title="Dockerfile",
    recognition=Recognition(
        files=(
            *("Dockerfile", "Dockerfile.*", "Dockerfile-*", "*.Dockerfile", "*.dockerfile"),
            *("Containerfile", "Containerfile.*", "*.Containerfile"),
        ),
        editor_ids=("dockerfile",),
    ),
    environment=_SET,
    grammar=Grammar("tree_sitter_containerfile", _CONTEXT, _OUTLINE),
    writing=Writing(write=_write),
    parts=_parts,
)

_IN_CONTAINER = hosted(SCRIPT, replace(LANGUAGE, environment=_STARTED))
# A build without the secret stops before its command runs.
_IN_BUILD = replace(_IN_CONTAINER, environment=_BUILT)
