"""What hands a token on without a variable's name: a whole file or Secret, or a value of a chart.

Sources: the pages of Docker Compose on `env_file`, of Kubernetes on Secrets, of Helm on values,
systemd.exec(5), and Visual Studio Code's on `envFile`; the libraries that load a `.env` file are
named after it.
"""

from __future__ import annotations

import os.path
import re
from typing import TYPE_CHECKING, NamedTuple

from notion_lsp import dotenv
from notion_lsp.explain.uses import Use
from notion_lsp.syntax.site import Syntax
from notion_lsp.syntax.trees import Grammar
from notion_lsp.syntax.yaml_keys import tree_of
from notion_lsp.text import Span, line_bounds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from notion_lsp.languages import Language

_REACH = 300  # code points around a name that say what it is the name of
_MANIFESTS = "kubernetes"

# What stands before the path of a file whose variables are taken: on its line, or, in a list of
# Compose, in the lines above.
_TAKES = re.compile(
    r"(?:env[-_]?file|dotenv\w*|environmentfile|\b(?:source|include))(?:[^\w\n][^\n]*)?\Z"
    r"|(?:\A|[\s;&|(])\.[ \t]+[\"']?\Z",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\benv_file[\"']?:[ \t]*(?:\n[ \t]*(?:-[^\n]*|(?:path|required|format):[^\n]*))*"
    r"(?:\n[ \t]*)?(?:-[ \t]*)?(?:path:[ \t]*)?[\"']?\Z"
)
_APART = re.compile(r"[\s\"'`=,:;|&()<>\[\]]")  # from what stands before a path
_VARIABLES = re.compile(r"\$(?:\{[^{}]*\}|\w+)/")

_DOCUMENT = re.compile(r"^---.*$", re.MULTILINE)
_KEPT = re.compile(r"^kind:[ \t]*[\"']?(?:Secret|ConfigMap)\b", re.MULTILINE)
_CALLED = re.compile(
    r"^metadata:[^\n]*\n(?:[ \t][^\n]*\n)*?[ \t]+name:[ \t]*[\"']?([\w.-]+)", re.MULTILINE
)
_KEY = re.compile(r"[ \t]*[\"']?([\w.-]+)[\"']?[ \t]*:")
# After one of these keys, a name is that of a secret; one with `Key` has the key beside it.
_REFERRED = re.compile(
    r"\b(?:secret|configMap)(Key)?(?:Ref)?[\"']?:[\s{]{0,99}(?:[\"']?\w{1,99}[\"']?:[^\n,{}]{0,99}[,\n]\s{0,99}){0,2}"
    r"[\"']?name[\"']?:[ \t]{0,99}[\"']?\Z"
)
_BY_NAME = re.compile(r"\bsecretName[\"']?:[ \t]*[\"']?\Z")
_VALUES = re.compile(r"values(?:[.-]\w*)*\.ya?ml")
_IN_A_TEMPLATE = re.compile(r"[A-Za-z_]\w*")
_ITS_KEY = r"\bkey[\"']?:[ \t]*[\"']?{key}(?![\w.-])"


class Whole(NamedTuple):
    """A file at a path, or a secret of Kubernetes by its name, without one.

    It has a token, or sets a variable, under a key; `variable` is the one that it gives. A value of
    a chart has neither a path nor a key: its name is what templates call it.
    """

    name: str
    path: Path | None
    key: str
    variable: str

    @property
    def pattern(self) -> str:
        """What matches where it may be handed on, for a search of files."""
        before = r"[nN]ame[\"']?:[ \t]*[\"']?" if self.key else r"(^|[^0-9A-Za-z_])"
        return rf"{before}{re.escape(self.name)}($|[^0-9A-Za-z_.-])"


def wholes_of(path: Path, text: str, language: Language | None, uses: Iterable[Use]) -> list[Whole]:
    """Return what may be handed on of a file that holds a token or sets a variable, by its uses."""
    given = [use for use in uses if use.role in {"holds", "sets"}]
    if dotenv.is_named_so(path):
        return [Whole(path.name, path, "", use.variable) for use in given[:1]]
    if _VALUES.fullmatch(path.name):
        return [each for use in given if (each := _value(text, use, language))]
    if language is None or language.id != _MANIFESTS:
        return []
    return [each for use in given if (each := _secret(text, use))]


def handed_on(path: Path, text: str, every: Iterable[Whole]) -> list[Use]:
    """Return the places of a file that hand one of these on, each once."""
    found: dict[Span, Use] = {}
    for whole in every:
        is_meant = _is_file if whole.path else _is_secret if whole.key else _is_value
        word = re.compile(rf"(?<![\w.-]){re.escape(whole.name)}(?![\w.-])")
        for span in (Span(*each.span()) for each in word.finditer(text)):
            if span not in found and is_meant(whole, path, text, span):
                found[span] = Use("reads", (span,), whole.variable)
    return list(found.values())


def _value(text: str, use: Use, language: Language | None) -> Whole | None:
    grammar = language.grammar if language else None
    if not isinstance(grammar, Grammar):
        return None
    keys = [pair.key for pair in tree_of(Syntax(text, grammar)).around(use.spans[0])]
    if not keys or not all(map(_IN_A_TEMPLATE.fullmatch, keys)):
        return None
    name = ".".join(("", "Values", *keys))
    return Whole(name, None, "", name)


def _secret(text: str, use: Use) -> Whole | None:
    at = use.spans[0].start
    starts = [0, *(found.end() for found in _DOCUMENT.finditer(text)), len(text)]
    number = max(number for number, start in enumerate(starts) if start <= at)
    document = text[starts[number] : starts[min(number + 1, len(starts) - 1)]]
    called = _CALLED.search(document) if _KEPT.search(document) else None
    key = _KEY.match(text, line_bounds(text, at).start)
    return Whole(called[1], None, key[1], use.variable) if called and key else None


def _is_file(whole: Whole, path: Path, text: str, name: Span) -> bool:
    above = text[max(name.start - _REACH, 0) : name.start]
    told = _APART.split(above)[-1]
    above = above.removesuffix(told)
    if not (_TAKES.search(above.rpartition("\n")[2]) or _LISTED.search(above)):
        return False
    # A command works in a folder that nobody knows; it is above the file, or its own.
    # One of systemd that may be missing has a hyphen before it.
    where = _VARIABLES.sub("", told).removeprefix("-") + whole.name
    return any(os.path.normpath(folder / where) == str(whole.path) for folder in path.parents)


def _is_value(_whole: Whole, _path: Path, _text: str, _name: Span) -> bool:
    return True  # nothing else is called so


def _is_secret(whole: Whole, _path: Path, text: str, name: Span) -> bool:
    before = text[max(name.start - _REACH, 0) : name.start]
    referred = _REFERRED.search(before)
    if not referred:
        return _BY_NAME.search(before) is not None
    around = before[referred.start() :] + text[name.start : name.end + _REACH]
    its_key = _ITS_KEY.format(key=re.escape(whole.key))
    # With the name of a variable, the key itself is a use of it.
    return not referred[1] or (whole.key != whole.variable and bool(re.search(its_key, around)))
