"""The pages of the documentation that a message sends a person to."""

ON_REFUSALS = (
    "https://github.com/notion-lsp/notion-lsp/blob/main/docs/languages.md#where-nothing-can-be-read"
)
