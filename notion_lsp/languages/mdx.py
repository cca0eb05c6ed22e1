"""MDX: Markdown whose code is a part of a page."""

from dataclasses import replace

from notion_lsp.languages import Recognition, Writing
from notion_lsp.languages.markdown import LANGUAGE as MARKDOWN
from notion_lsp.refused import Refused
from notion_lsp.syntax.line_patterns import LineGrammar, comment

LANGUAGE = replace(
    MARKDOWN,
    id="mdx",
    title="MDX",
    recognition=Recognition(files=("*.mdx",), editor_ids=("mdx",)),
    environment=Refused(
        "A page of MDX is shipped to the browser, its code too: read the token on a server."
    ),
    grammar=LineGrammar((comment(r"\{/\*", r"\*/\}"),)),
    writing=Writing(comment="{{/* {} */}}"),
)
