"""ERB: text with Ruby in its tags."""

from notion_lsp.languages import Recognition
from notion_lsp.languages._tags import in_tags
from notion_lsp.languages.ruby import LANGUAGE as RUBY

LANGUAGE = in_tags(
    RUBY, "erb", "ERB", Recognition(files=("*.erb", "*.rhtml"), editor_ids=("erb", "html.erb"))
)
