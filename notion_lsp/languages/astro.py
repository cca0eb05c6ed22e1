"""Components of Astro: the code between their fences runs on a server, and the rest is a page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from notion_lsp.languages import Part, Recognition
from notion_lsp.languages.html import LANGUAGE as HTML
from notion_lsp.languages.typescript import LANGUAGE as TYPESCRIPT
from notion_lsp.refused import Refused
from notion_lsp.syntax.embedded import read
from notion_lsp.text import Span

if TYPE_CHECKING:
    from notion_lsp.syntax.site import Syntax

# Astro, "Components": a component script stands between two code fences, at the top.
_SCRIPT = re.compile(
    r"\A\s*---[ \t]*(?:\r\n|\n|\r)((?:.*?[\r\n])?)---[ \t]*(?=[\r\n]|\Z)", re.DOTALL
)


def _parts(syntax: Syntax) -> tuple[Part, ...]:
    script = _SCRIPT.match(syntax.text)
    if script is None:
        return ()
    code = read([(script[1], Span(*script.span(1)))])
    return (Part(code, code.text, TYPESCRIPT, alone=True),)


LANGUAGE = replace(
    HTML,
    id="astro",
    title="a component of Astro",
    recognition=Recognition(files=("*.astro",), editor_ids=("astro",)),
    environment=Refused(
        "This part of the component is shipped to the browser: read the token between its fences."
    ),
    parts=_parts,
)
