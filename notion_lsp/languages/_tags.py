"""The code in the tags of a template, which is one program: `<% if … %>` goes on behind its tag."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from notion_lsp.languages import Language, Part, Recognition, Writing
from notion_lsp.languages._hosted import hosted
from notion_lsp.refused import Refused
from notion_lsp.syntax.embedded import read
from notion_lsp.syntax.line_patterns import XML_COMMENT, LineGrammar, comment
from notion_lsp.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from notion_lsp.syntax.site import Syntax

# `<%%` is text, and `<%#` and `<%!--` begin comments. No tag has another one in it, so that what
# is never closed is passed over once.
_TAG = re.compile(
    r"<%(?![%#!])[=|-]?(?P<code>[^%<]*(?:(?!<%|-?%>)[%<][^%<]*)*?)-?%>",
)
COMMENTS = (
    XML_COMMENT,
    comment("<%(?:#|!--)", "%>"),
)


def in_tags(language: Language, id_: str, title: str, recognition: Recognition) -> Language:
    """Return the language of templates whose tags have code of another one."""
    host = Language(
        id=id_,
        title=title,
        recognition=recognition,
        environment=Refused(
            "What stands outside of the tags is sent on as it is: read the token within `<%= %>`, "
            "or in the code that fills in this template."
        ),
        grammar=LineGrammar(COMMENTS),
        writing=Writing(comment=""),
        parts=lambda syntax: _parts(syntax, inner),
    )
    inner = hosted(language, host)
    return host


def _parts(syntax: Syntax, language: Language) -> tuple[Part, ...]:
    code = read(_stretches(syntax.text))
    return (Part(code, code.text, language, alone=True),) if code.text else ()


def _stretches(text: str) -> Iterator[tuple[str, Span]]:
    for tag in _TAG.finditer(text):
        span = Span(*tag.span("code"))
        yield tag["code"], span
        # Each tag has statements of its own.
        yield "\n", Span(span.end, span.end)
