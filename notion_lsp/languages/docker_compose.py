"""Docker Compose, which puts variables into every value of its files."""

from __future__ import annotations

import re

from notion_lsp.languages import Language, ProjectFacts, Recognition, Telltale, Writing
from notion_lsp.languages._reasons import STAYS_IN_IMAGE
from notion_lsp.languages.yaml import GRAMMAR, IN_EXPRESSION, Place, Written, below, writing
from notion_lsp.loader import Loader
from notion_lsp.lookup import Lookup, Remains
from notion_lsp.refused import Refused
from notion_lsp.text import Edit, Span

_BUILD = re.compile(r"services/[^/]+/build/(?:args(?:/.*)?|dockerfile_inline)")
# `$$` is a dollar sign, and no hole (Compose file reference, "Interpolation").
_IN_HOLE = re.compile(r"(?<!\$)(?:\$\$)*\$(?:\{[^{}]*)?\Z")
_DEFAULT = re.compile(r"(?<!\$)(?P<even>(?:\$\$)*)\$\{(?P<name>\w+):?-\Z")


def _write(value: Place) -> Written:
    if _BUILD.fullmatch(value.path):
        return Refused(STAYS_IN_IMAGE)
    said, edits = value.scalar.text, []
    for token, hole in zip(value.tokens, value.holes, strict=True):
        before = said[: token.start]
        default = _DEFAULT.search(before)
        if default and said[token.end : token.end + 1] == "}":
            name, start = default["name"], default.end("even")
            # The default goes: `:?` stops Compose where the variable is not set or empty.
            whole = Span(start, token.end + 1)
            edits.append(Edit(whole, f"${{{name}:?{name} is not set}}"))
        elif _IN_HOLE.search(before):
            return Refused(IN_EXPRESSION)
        else:
            edits.append(Edit(token, hole.expression))
    return value.with_edits(edits)


LANGUAGE = Language(
    id="docker-compose",
    title="Docker Compose",
    recognition=Recognition(
        files=tuple(
            f"{name}.{ending}"
            for name in ("compose", "compose.*", "*docker*compose*")
            for ending in ("yml", "yaml")
        ),
        editor_ids=("dockercompose", "yaml.docker-compose"),
        # A job of GitLab has a list of services.
        # One that is laid over another need not have an image.
        telltale=Telltale(
            "yaml",
            (
                below(
                    "services:",
                    r"[ ]+(?:(?:image|build|env_file|extends):|environment:[ \t]*(?:[#&].*)?\r?$)",
                ),
            ),
        ),
    ),
    environment=Lookup(
        "${{name}:?{name} is not set}",
        remains=(Remains("Set {} where Docker Compose runs.", "{name}"),),
    ),
    grammar=GRAMMAR,
    writing=Writing(write=writing(_write)),
    project=ProjectFacts(takes_dotenv=True, dotenv=Loader(r"\A", "Docker Compose")),
)
