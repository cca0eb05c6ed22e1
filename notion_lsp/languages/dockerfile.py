"""Dockerfiles: a secret of the build for `RUN`, a variable of the container for what it starts.

What `ENV` and `ARG` hold stays in the image or in its history: there the variable goes away. The
command of a `RUN` is read as its shell gets it, without the comments between its lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.detect.plain import find_plain
from notion_lsp.languages import Language
from notion_lsp.languages.shell import LANGUAGE as SHELL
from notion_lsp.lookup import Lookup
from notion_lsp.refused import Refused
from notion_lsp.syntax.site import NoSite, Syntax
from notion_lsp.syntax.trees import Grammar
from notion_lsp.text import Edit, Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from notion_lsp.lookup import Hole
    from notion_lsp.syntax.site import Literal, Site

_IN_THE_IMAGE = "What this instruction holds stays in the image, and it can read no secret."

_CONTEXT = f"""
(run_instruction) @literal @run
(run_instruction (heredoc_block (heredoc_content) @heredoc) @heredoc_block) @literal
(cmd_instruction (shell_command) @literal)
(entrypoint_instruction (shell_command) @literal)
(comment) @literal @comment

(env_pair name: (unquoted_string) @name value: (_) @literal)
(arg_pair name: (unquoted_string) @name default: (_) @literal)
(env_instruction (env_pair) @pair) @unset
(arg_instruction (arg_pair) @pair) @unset

((json_string) @fixed
  (#set! reason "No shell expands a variable in this form: write the command without brackets."))
((onbuild_instruction) @fixed (#set! reason "This instruction runs in the builds of others."))
([(add_instruction) (copy_instruction) (from_instruction) (label_instruction)
  (maintainer_instruction) (shell_instruction) (user_instruction) (volume_instruction)
  (workdir_instruction)] @fixed (#set! reason "{_IN_THE_IMAGE}"))
"""

_OUTLINE = """
(source_file (run_instruction) @run)
(source_file (from_instruction) @from)
(source_file (shell_instruction) @shell)
(source_file [(add_instruction) (arg_instruction) (copy_instruction) (env_instruction)
  (from_instruction) (label_instruction) (onbuild_instruction) (user_instruction)
  (workdir_instruction)] @other)
(env_pair name: (unquoted_string) @variable)
(arg_pair name: (unquoted_string) @variable)
"""

_FRONTEND = "# syntax=docker/dockerfile:1\n"
_DIRECTIVES = r"(?i)(?:#[^\r\n]*\r?\n)*#[ \t]*"
_HAS_FRONTEND = re.compile(rf"{_DIRECTIVES}syntax[ \t]*=")
_OLD_FRONTEND = re.compile(
    rf"{_DIRECTIVES}syntax[ \t]*=[ \t]*docker/dockerfile[\w-]*:(?:0|1\.\d(?!\d)|experimental)"
)
_BACKTICK = re.compile(rf"{_DIRECTIVES}escape[ \t]*=[ \t]*`")
_WINDOWS = re.compile(r"(?i)windows|nanoserver|servercore")
_POSIX = re.compile(r"\[\s*\"(?:[^\"]*/)?(?:ba|da|a|k|z)?sh\"")
_OTHER_SCRIPT = re.compile(r"\s*#!(?!\s*\S*/(?:env\s+(?:-S\s+)?)?(?:ba|da|a|k|z)?sh\b)")

# A line that goes on, with the comments and the empty lines that are left out below it.
_CONTINUED = re.compile(r"\\[ \t]*\r?\n(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*")
_HEAD = re.compile(rf"(?i)run(?:(?:[ \t]|{_CONTINUED.pattern})+--[a-z]+(?:=\S+)?)*")
_ONLY_HEREDOC = re.compile(r"\s*<<-?([\"']?)\w+\1\s*")


def _write(syntax: Syntax, site: Site, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    literal = site.literal
    if not _is_posix(syntax):
        return Refused("The commands of this file are not those of a POSIX shell.")
    if "unset" in site.captures:
        return _unset(syntax, site, holes[0].variable)
    command = _command(syntax.text, site, literal)
    read = command if isinstance(command, Refused) else _read(command, literal, holes)
    if isinstance(read, Refused) or "run" not in site.captures:
        return read
    used = [
        hole.variable for hole in holes if any(hole.expression in edit.new_text for edit in read)
    ]
    mounts = _mounts(syntax, {literal.span: used})
    return mounts if isinstance(mounts, Refused) else (*mounts, *read)


def _is_posix(syntax: Syntax) -> bool:
    captures, text = syntax.outline.captures, syntax.text
    shells = [span.of(text) for span in captures.get("shell", ())]
    images = [span.of(text) for span in captures.get("from", ())]
    return (
        not _BACKTICK.match(text)
        and all(map(_POSIX.search, shells))
        and not any(map(_WINDOWS.search, images))
    )


def _command(text: str, site: Site, literal: Literal) -> str | Refused:
    """Return what the shell gets of an instruction, each character at its own place."""
    start, end = literal.span.start, literal.span.end
    head = _HEAD.match(text, start, end) if "run" in site.captures else None
    begin = head.end() if head else start
    below = min((span.start for span in site.captures.get("heredoc_block", ())), default=end)
    line = _CONTINUED.sub(lambda found: " " * len(found[0]), text[begin:below])
    if below == end or not _ONLY_HEREDOC.fullmatch(line):
        return " " * (begin - start) + line + text[below:end]
    # The text of a lone here-document is the command itself.
    script = site.captures["heredoc"][0]
    content = script.of(text)
    if _OTHER_SCRIPT.match(content):
        return Refused("The script is one of another language.")
    return " " * (script.start - start) + content


def _read(command: str, literal: Literal, holes: Sequence[Hole]) -> tuple[Edit, ...] | Refused:
    assert SHELL.grammar  # noqa: S101, it has one
    shell, start = Syntax(command, SHELL.grammar), literal.span.start
    words: dict[Span | None, dict[Span, Hole]] = {}
    for token, hole in zip(literal.tokens, holes, strict=True):
        span = token.shifted(-start)
        words.setdefault(shell.literal_span(span) or span, {})[span] = hole
    made = [_word(shell, word) for word in words.values()]
    refused = next((each for each in made if isinstance(each, Refused)), None)
    return refused or tuple(
        Edit(edit.span.shifted(start), edit.new_text)
        for each in made
        if not isinstance(each, Refused)
        for edit in each
    )


def _word(shell: Syntax, holes: Mapping[Span, Hole]) -> tuple[Edit, ...] | Refused:
    site = shell.site(tuple(holes), SHELL.opening)
    if isinstance(site, NoSite) and site.comment:
        found = [each for each in find_plain(shell.text) if each.span in holes]
        return tuple(Edit(each.span, each.kind.placeholder) for each in found)
    if isinstance(site, NoSite) or SHELL.write is None:
        reason = site.reason if isinstance(site, NoSite) else None
        return Refused(reason or "The token does not stand in a word of the command.")
    return SHELL.write(shell, site, tuple(holes.values()))


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
    if head is None or re.search(rf"--mount=\S*\benv={name}\b", head[0]):
        return
    at = run.start + len("RUN")
    goes_on = re.match(r"[ \t]*(?:\\[ \t]*\r?\n|<<)", text[at:])
    mount = f" --mount=type=secret,id={name.lower()},env={name},required=true"
    yield Edit(Span(at, at), mount if goes_on else f"{mount} \\\n   ")


def _unset(syntax: Syntax, site: Site, name: str) -> tuple[Edit, ...] | Refused:
    text, unset = syntax.text, site.captures["unset"][0]
    if site.name is None or len(find_plain(unset.of(text))) > 1:
        return Refused("The instruction sets more than this token: give the token its own.")
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
    start, end = line_bounds(text, span.start).start, line_bounds(text, span.end).end
    after = re.compile(r"\r?\n?").match(text, end)
    return Edit(Span(start, after.end() if after else end), "")


LANGUAGE = Language(
    id="dockerfile",
    title="Dockerfile",
    editor_ids=("dockerfile",),
    files=(
        *("Dockerfile", "Dockerfile.*", "*.Dockerfile", "*.dockerfile"),
        *("Containerfile", "Containerfile.*", "*.Containerfile"),
    ),
    grammar=Grammar("tree_sitter_containerfile", _CONTEXT, _OUTLINE),
    environment=Lookup(
        "${{name}:?}",
        action=(
            "Read it from the variable {name}: docker build --secret id={LOWER},env={name} ."
            " or docker run -e {name}"
        ),
    ),
    write=_write,
)
